// Numbers of papers and cards in the citizen's own words: named before they go, hidden by a tap, left in by choice; a card's is hidden
// at the sending. In the letter and in words added to a ticket, by keyboard, with one announcement and never the number in it.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, audit, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus, tabTo } from './lib/keyboard.mjs';
import { TICKET, WORDS, dialogOf, numberOf, pictureOf, storage } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const SNILS = '112-233-445 95';
const CARD = '2200 0000 0000 0004';
const PAUSE = 2_500;

const { server, browser } = await stand();
const desk = await server.operator();
const posts = (from, path) => server.sent.slice(from).filter((it) => it.method === 'POST' && path.test(it.url));
const text = (page) => dialogOf(page).getByLabel(WORDS.text);
const note = (page) => dialogOf(page).locator('.note', { hasText: /В тексте есть|в тексте/ });
const press = (page, name) => dialogOf(page).getByRole('button', { name, exact: true }).click();
const sendButton = (page) => dialogOf(page).getByRole('button', { name: WORDS.send, exact: true });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** The letter of a page without its picture, with everything but the text; every word of the announcer is kept. */
async function letter(options) {
  const page = await openPage(browser, options);
  await ready(page, `${server.origin}/refund.html`);
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  const dialog = dialogOf(page);
  await dialog.getByLabel(WORDS.name).fill(TICKET.name);
  await dialog.getByLabel(WORDS.contact).fill(TICKET.contact);
  await dialog.getByLabel(WORDS.topic).selectOption({ index: 1 });
  await pictureOf(page).uncheck();
  await dialog.getByRole('status').first().evaluate((it) => {
    window.announced = [];
    new MutationObserver(() => it.textContent && window.announced.push(it.textContent)).observe(it, { childList: true, characterData: true, subtree: true });
  });
  return page;
}
const announced = (page) => page.evaluate(() => window.announced);
const stored = async (number) => (await desk.card(number)).events[0].text;

test('a number is named after a pause, once and without its digits, hidden by a tap and brought back by another', async () => {
  const page = await letter();
  const from = server.sent.length;
  await text(page).pressSequentially(`Не подходит СНИЛС ${SNILS}, `, { delay: 5 });
  assert.deepEqual(await announced(page), [], 'nothing is said while one types');
  await dialogOf(page).getByText('В тексте есть номер, похожий на СНИЛС: 112-…').waitFor();
  await assertFocus(page, 'textbox', /Что случилось/);
  assert.deepEqual((await announced(page)).filter((it) => /СНИЛС/.test(it)), ['В тексте есть СНИЛС. Под текстом можно скрыть или оставить.']);
  await page.keyboard.type('и всё.');
  await wait(PAUSE);
  assert.equal((await announced(page)).filter((it) => /СНИЛС/.test(it)).length, 1, 'once');
  await audit(page);
  await text(page).scrollIntoViewIfNeeded();
  await shot(page, 'letter-number');

  await tabTo(page, 'button', 'Скрыть в тексте: СНИЛС');
  await page.keyboard.press('Enter');
  assert.equal(await text(page).inputValue(), 'Не подходит СНИЛС 999-999-999 99, и всё.');
  await assertFocus(page, 'button', /Вернуть номер: СНИЛС/);
  await audit(page);
  await shot(page, 'letter-number-hidden');
  await page.keyboard.press('Enter');
  assert.equal(await text(page).inputValue(), `Не подходит СНИЛС ${SNILS}, и всё.`);
  await assertFocus(page, 'button', /Скрыть в тексте: СНИЛС/);
  await dialogOf(page).getByText('Останется в тексте: СНИЛС.').first().waitFor();
  await page.keyboard.press('Enter');
  await text(page).focus();
  await page.keyboard.press('Control+z');
  assert.equal(await text(page).inputValue(), `Не подходит СНИЛС ${SNILS}, и всё.`, "the browser's own undo");
  await page.keyboard.press('Control+Shift+z');
  await sendButton(page).click();
  assert.equal(await stored(await numberOf(page)), 'Не подходит СНИЛС 999-999-999 99, и всё.');
  const all = server.sent.slice(from).map((it) => it.url + JSON.stringify(it.headers) + it.body).join('\n');
  assert.ok(!all.includes('112-233') && !(await storage(page)).includes('112-233'));
  // But that of the ticket, which may have three figures side by side.
  assert.ok(!(await announced(page)).some((it) => /\d{3}/.test(it.replace(WORDS.number, ''))), 'no number is announced');
  await assertClean(page);
  await page.context().close();
});

test('a number that was not shown yet stops the first press; left in by choice it goes, and lies sealed', async () => {
  const page = await letter();
  const from = server.sent.length;
  await text(page).fill(`Портал пишет, что СНИЛС ${SNILS} занят.`);
  await sendButton(page).click();
  await assertFocus(page, 'group', /Ещё не отправлено.*СНИЛС/);
  assert.equal(posts(from, /tickets$/).length, 0);
  await audit(page);
  await tabTo(page, 'button', 'Оставить: СНИЛС');
  await page.keyboard.press('Enter');
  await assertFocus(page, 'button', /Скрыть в тексте: СНИЛС/);
  await shot(page, 'letter-number-left');
  // The choice outlives the view.
  await press(page, 'Назад');
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  await pictureOf(page).waitFor();
  if (await pictureOf(page).isChecked()) await pictureOf(page).uncheck();
  await sendButton(page).click();
  const number = await numberOf(page);
  assert.equal(await stored(number), `Портал пишет, что СНИЛС ${SNILS} занят.`);
  assert.ok(!server.log().includes('112-233'), 'not in the log');
  assert.ok(!(await storage(page)).includes('112-233'), 'not in the storage of the browser');
  await page.context().close();
});

test("a card's number is hidden at the sending, unless it is left in", async () => {
  for (const left of [false, true]) {
    const page = await letter();
    await text(page).fill(`С карты ${CARD} списали дважды, полис ОМС 7700 0000 0000 0008.`);
    await dialogOf(page).getByText('В тексте есть номер, похожий на номер банковской карты: 2200…').waitFor();
    await dialogOf(page).getByText('В тексте есть номер, похожий на номер полиса ОМС: 7700…').waitFor();
    await text(page).scrollIntoViewIfNeeded();
    await shot(page, 'letter-card');
    if (left) await press(page, 'Оставить: номер банковской карты');
    await sendButton(page).click();
    const card = left ? CARD : '9999 9999 9999 9999';
    // What was shown and not hidden goes as it is.
    assert.equal(await stored(await numberOf(page)), `С карты ${card} списали дважды, полис ОМС 7700 0000 0000 0008.`);
    await page.context().close();
  }
});

test('what a letter is made of is not asked about', async () => {
  const page = await letter();
  await text(page).fill('Звоните Анне Петровне, +7 900 123-45-67, ошибка 404 на шаге 2, заявление № 1234567 от 05.03.2026.');
  await wait(PAUSE);
  assert.equal(await note(page).filter({ visible: true }).count(), 0);
  await sendButton(page).click();
  await numberOf(page);
  await page.context().close();
});

test('several numbers of a kind are one question; words added to a ticket are looked at alike', async () => {
  const page = await letter({ viewport: { width: 320, height: 640 } });
  await text(page).fill(TICKET.text);
  await sendButton(page).click();
  const number = await numberOf(page);
  await page.evaluate((number) => window.Podskazka.openTicket(number), number);
  const add = dialogOf(page).getByLabel('Дополнить обращение');
  await add.fill(`СНИЛС ${SNILS} и СНИЛС 087-654-303 00`);
  const from = server.sent.length;
  await sendButton(page).click();
  await assertFocus(page, 'group', /Ещё не отправлено/);
  assert.equal(posts(from, /comments$/).length, 0);
  await dialogOf(page).getByText('В тексте есть номера, похожие на СНИЛС: 112-…, 087-…').waitFor();
  await audit(page);
  await shot(page, 'ticket-numbers');
  await press(page, 'Скрыть в тексте: СНИЛС');
  assert.equal(await add.inputValue(), 'СНИЛС 999-999-999 99 и СНИЛС 999-999-999 99');
  await press(page, 'Вернуть номер: СНИЛС');
  assert.equal(await add.inputValue(), `СНИЛС ${SNILS} и СНИЛС 087-654-303 00`);
  await press(page, 'Скрыть в тексте: СНИЛС');
  await sendButton(page).click();
  await dialogOf(page).locator('.entry').getByText('СНИЛС 999-999-999 99 и').waitFor();
  assert.equal((await desk.card(number)).events.at(-1).text, 'СНИЛС 999-999-999 99 и СНИЛС 999-999-999 99');
  assert.equal(await add.inputValue(), '');
  assert.equal(await note(page).filter({ visible: true }).count(), 0);
  await assertClean(page);
  await page.context().close();
});
