// «Мои обращения»: one ticket from its answer to its rating, live and without the live stream, words added exactly once, the link to
// another device, a lost device by mail. By keyboard, under axe.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { POLICY, assertClean, audit, launch, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus, tabTo } from './lib/keyboard.mjs';
import { startMailbox } from './lib/mailbox.mjs';
import { TICKET, dialogOf, fillTicket, send } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

let mailbox;
let server;
let browser;
let desk;
before(async () => {
  mailbox = await startMailbox();
  [server, browser] = await Promise.all([startServer({ policy: POLICY, mail: mailbox.address }), launch()]);
  desk = await server.operator();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  mailbox?.stop();
});

/** A page with a ticket that was just sent, and its number. */
async function sent(options) {
  const page = await openPage(browser, options);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  return { page, number: await send(page) };
}

/** From the page where it was sent to its card. */
async function card(options) {
  const it = await sent(options);
  await dialogOf(it.page).getByRole('button', { name: 'Мои обращения' }).click();
  await dialogOf(it.page).getByRole('button', { name: new RegExp(it.number) }).click();
  await dialogOf(it.page).getByRole('heading', { level: 2, name: `Обращение ${it.number}` }).waitFor();
  await dialogOf(it.page).getByText('Ответим до').waitFor();
  return it;
}

const posts = (from, path) => server.sent.slice(from).filter((it) => it.method === 'POST' && path.test(it.url));
const said = (page, text) => dialogOf(page).getByRole('status').getByText(text).waitFor({ state: 'attached' });

test('a ticket by keyboard: its state, a question that comes live, an answer with a file, the solution, a rating', async () => {
  const { page, number } = await card();
  const dialog = dialogOf(page);
  await assertFocus(page, 'heading', new RegExp(number));
  assert.equal(await dialog.locator('.line [aria-current="step"]').textContent(), 'Принято');
  await dialog.getByText(TICKET.text).waitFor();
  await audit(page);
  await shot(page, 'ticket-card');

  // What is being typed stays while news come.
  await tabTo(page, 'textbox', /Дополнить обращение/);
  await page.keyboard.type('Это было в ');
  await desk.act(number, { action: 'take' });
  await desk.act(number, { action: 'ask', text: 'В каком браузере это было?' });
  await dialog.getByText('В каком браузере это было?').waitFor();
  await said(page, /Вопрос к вам/);
  await dialog.getByText('Срок остановлен').waitFor();
  await assertFocus(page, 'textbox', /Ответить/);
  await page.keyboard.type('Яндекс Браузере.');
  assert.equal(await dialog.locator('#pdk-add').inputValue(), 'Это было в Яндекс Браузере.');
  await dialog.getByLabel('Приложить файлы').setInputFiles({ name: 'текст.txt', mimeType: 'text/plain', buffer: Buffer.from('снимка нет') });
  const from = server.sent.length;
  await tabTo(page, 'button', 'Отправить');
  await page.keyboard.press('Enter');
  await dialog.getByText('Это было в Яндекс Браузере.').waitFor();
  await said(page, /Отправлено/);
  assert.equal(posts(from, /comments$/).length, 1);
  await dialog.getByRole('button', { name: /Скачать файл/ }).or(dialog.getByText(/Файл проверяется/)).first().waitFor();
  assert.equal(await dialog.locator('#pdk-add').inputValue(), '');

  await desk.act(number, { action: 'resolve', text: 'Исправили проверку.' });
  await dialog.getByText('Исправили проверку.').waitFor();
  await dialog.getByRole('group', { name: /Как мы справились/ }).waitFor();
  await audit(page);
  await shot(page, 'ticket-solved');
  await tabTo(page, 'button', 'Отправить оценку');
  await page.keyboard.press('Enter');
  await dialog.getByText('Выберите оценку от 1 до 5').waitFor();
  await assertFocus(page, 'radio', /плохо/);
  await page.keyboard.press('ArrowDown');
  await dialog.getByLabel('Долго ждать').check();
  await audit(page);
  await dialog.getByLabel(/Что ещё сказать/).fill('Ждала два дня');
  const rated = server.sent.length;
  await tabTo(page, 'button', 'Отправить оценку');
  await page.keyboard.press('Enter');
  await said(page, /Спасибо за оценку/);
  await dialog.getByText('Ваша оценка: 2 из 5').waitFor();
  assert.deepEqual(JSON.parse(posts(rated, /rating$/)[0].body), { score: 2, reasons: ['slow'], text: 'Ждала два дня' });
  assert.ok((await page.seen()).events.some((it) => it.name === 'rated' && it.detail === JSON.stringify({ number, score: 2 })));

  // Once: neither here nor after a new opening.
  await dialog.getByRole('button', { name: 'Всё получилось, закрыть' }).click();
  await dialog.locator('.line [aria-current="step"]').getByText('Закрыто').waitFor();
  await page.reload();
  await page.waitForSelector('.pdk-launcher');
  await page.evaluate((number) => window.Podskazka.openTicket(number), number);
  await dialog.getByText('Ваша оценка: 2 из 5').waitFor();
  assert.equal(await dialog.getByRole('group', { name: /Как мы справились/ }).count(), 0);

  await tabTo(page, 'button', 'Не получилось, вернуть в работу');
  await page.keyboard.press('Enter');
  await assertFocus(page, 'paragraph', /Что осталось не так/).catch(() => {});
  await tabTo(page, 'button', 'Вернуть в работу');
  await page.keyboard.press('Enter');
  await assertFocus(page, 'textbox', /Что осталось не так/);
  await page.keyboard.type('Снова та же ошибка.');
  await tabTo(page, 'button', 'Вернуть в работу');
  await page.keyboard.press('Enter');
  await dialog.locator('.line [aria-current="step"]').getByText('В работе').waitFor();
  await assertClean(page);
  await page.context().close();
});

test('a rating that the server does not take is not thanked for, and can be sent again', async () => {
  const { page, number } = await card();
  const dialog = dialogOf(page);
  await desk.act(number, { action: 'take' });
  await desk.act(number, { action: 'resolve', text: 'Исправили проверку.' });
  const question = dialog.getByRole('group', { name: /Как мы справились/ });
  await dialog.getByLabel('4 — хорошо').check();
  const from = server.sent.length;
  const press = () => dialog.getByRole('button', { name: 'Отправить оценку' }).click();
  for (const [status, words] of [[401, /сервер её не принял/], [403, /сервер её не принял/], [404, /сервер её не принял/], [422, /сервер её не принял/], [503, /сервер сейчас не отвечает/]]) {
    const restore = server.lose({ url: /rating$/, status });
    await press();
    await said(page, words);
    await dialog.locator('#pdk-rate-error').getByText(words).waitFor();
    assert.ok(await dialog.getByLabel('4 — хорошо').isChecked(), `${status}: what was chosen stays`);
    restore();
    // The next answer is told anew.
    await dialog.getByLabel('4 — хорошо').dispatchEvent('change');
  }
  assert.equal(await dialog.getByText(/Спасибо за оценку/).count(), 0);
  assert.ok(!(await page.seen()).events.some((it) => it.name === 'rated'));
  await audit(page);
  await page.reload();
  await page.waitForSelector('.pdk-launcher');
  await page.evaluate((number) => window.Podskazka.openTicket(number), number);
  await question.waitFor();
  await dialog.getByLabel('4 — хорошо').check();
  await press();
  await said(page, /Спасибо за оценку/);
  const keys = new Set(posts(from, /rating$/).map((it) => it.headers['idempotency-key']));
  assert.equal(keys.size, 2, 'one key for one rating of a page');
  await page.context().close();
});

test('the question can be skipped, and a ticket withdrawn only after a second word', async () => {
  const { page, number } = await card();
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Отозвать обращение' }).click();
  await dialog.getByText('Работа над ним прекратится').waitFor();
  await dialog.getByRole('button', { name: 'Отмена' }).click();
  await assertFocus(page, 'button', /Отозвать обращение/);
  await dialog.getByRole('button', { name: 'Отозвать обращение' }).click();
  await dialog.getByRole('button', { name: 'Да, отозвать' }).click();
  await dialog.getByRole('button', { name: 'Пропустить' }).click();
  await page.evaluate((number) => window.Podskazka.openTicket(number), number);
  await dialog.getByText('Вы отозвали обращение').waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Пропустить' }).count(), 0, 'it is not asked again');
  await page.context().close();
});

test('where no stream gets through, news come all the same', async () => {
  const page = await openPage(browser);
  await page.clock.install();
  await page.route(/\/tickets\/[^/]+\/events$/, (route) => route.abort('connectionreset'));
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  const number = await send(page);
  await page.evaluate((number) => window.Podskazka.openTicket(number), number);
  await dialogOf(page).getByText('Ответим до').waitFor();
  await desk.act(number, { action: 'take' });
  await desk.act(number, { action: 'ask', text: 'Какой у вас телефон?' });
  await page.clock.runFor(21_000);
  await dialogOf(page).getByText('Какой у вас телефон?').waitFor();
  await page.context().close();
});

test('what happened while the line was cut is not missed', async () => {
  const { page, number } = await card();
  await page.context().setOffline(true);
  await desk.act(number, { action: 'take' });
  await desk.act(number, { action: 'ask', text: 'Первый вопрос' });
  await desk.say(number, 'И ещё одно');
  await page.context().setOffline(false);
  await dialogOf(page).getByText('Первый вопрос').waitFor();
  await dialogOf(page).getByText('И ещё одно').waitFor();
  await page.context().close();
});

test('words that are added over a bad line arrive once', async () => {
  const { page, number } = await card();
  const dialog = dialogOf(page);
  const restore = server.lose({ url: /comments$/, at: 'answer' });
  await dialog.locator('#pdk-add').fill('Ошибка повторилась.');
  await dialog.getByRole('button', { name: 'Отправить', exact: true }).click();
  await dialog.getByText('Ждёт сети').first().waitFor();
  await audit(page);
  restore();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await said(page, /Отправлено/);
  const stored = JSON.parse(await page.evaluate(() => localStorage['podskazka.tickets']));
  const { token } = stored.find((it) => it.number === number);
  const answer = await fetch(`${server.origin}/v1/tickets/${number}`, { headers: { authorization: `Bearer ${token}` } });
  const { events } = await answer.json();
  assert.equal(events.filter((it) => it.text === 'Ошибка повторилась.').length, 1);
  await page.context().close();
});

test('another device opens the ticket by its link; the token reaches no server and leaves the address', async () => {
  const { page, number } = await card();
  const dialog = dialogOf(page);
  await dialog.locator('summary', { hasText: 'Открыть на другом устройстве' }).click();
  const href = await dialog.getByLabel('Открыть на другом устройстве').inputValue();
  assert.match(href, new RegExp(`/podskazka/ticket\\.html#podskazka=${number}\\.[\\w-]{43}$`));
  const token = href.slice(-43);
  await audit(page);
  await page.context().close();

  const from = server.sent.length;
  const other = await openPage(browser, { viewport: { width: 390, height: 760 } });
  await other.goto(href);
  await dialogOf(other).getByRole('heading', { level: 2, name: `Обращение ${number}` }).waitFor();
  await dialogOf(other).getByText(TICKET.text).waitFor();
  assert.ok(!(await other.evaluate(() => location.href)).includes(token), 'the address no longer has it');
  const seen = server.sent.slice(from);
  assert.ok(!seen.some((it) => it.url.includes(token) || (it.headers.referer ?? '').includes(token)), 'no address of a request has it');
  await audit(other);
  await shot(other, 'ticket-link-390');
  await assertClean(other);
  await other.context().close();
});

test('a lost device: tickets are found by mail', async () => {
  const { page, number } = await sent();
  await page.context().close();
  const fresh = await openPage(browser);
  await ready(fresh, `${server.origin}/refund.html`);
  const dialog = dialogOf(fresh);
  await fresh.evaluate(() => window.Podskazka.open('status'));
  await dialog.getByText('Из этого браузера обращений ещё не было.').waitFor();
  await tabTo(fresh, 'button', 'Найти по почте');
  await fresh.keyboard.press('Enter');
  await dialog.getByRole('heading', { level: 2, name: 'Найти по почте' }).waitFor();
  await tabTo(fresh, 'textbox', 'Почта');
  await fresh.keyboard.type('анна');
  await fresh.keyboard.press('Enter');
  await dialog.getByText(/Введите адрес почты/).waitFor();
  await assertFocus(fresh, 'textbox', /Почта/);
  await audit(fresh);
  await fresh.keyboard.press('Control+A');
  await fresh.keyboard.type(TICKET.contact);
  await fresh.keyboard.press('Enter');
  await assertFocus(fresh, 'textbox', /Код из письма/);
  await shot(fresh, 'ticket-code');
  let letter;
  do letter = await mailbox.next();
  while (!letter.text.includes('Ваш код'));
  const code = letter.text.match(/код: (\d{4} \d{4})/)[1];
  await fresh.keyboard.type(code[0] === '1' ? '2222 2222' : '1111 1111');
  await fresh.keyboard.press('Enter');
  await dialog.getByText(/Код не подошёл/).waitFor();
  await audit(fresh);
  await fresh.keyboard.press('Control+A');
  await fresh.keyboard.type(code);
  await fresh.keyboard.press('Enter');
  await said(fresh, /Найдено/);
  await dialog.getByRole('button', { name: new RegExp(number) }).click();
  await dialog.getByText(TICKET.text).first().waitFor();
  // Whoever read the code reads the mail: letters come, and the switch says so.
  await dialog.locator('summary', { hasText: 'Сообщения на почту' }).click();
  await dialog.getByText('Письма приходят').waitFor();
  await dialog.getByRole('button', { name: 'Не получать писем' }).click();
  await dialog.getByText(/Письма не приходят/).first().waitFor();
  await audit(fresh);
  await assertClean(fresh);
  await fresh.context().close();
});

test('answers that were not read are counted on the button, also on the next page', async () => {
  const { page, number } = await sent();
  await desk.act(number, { action: 'take' });
  await desk.act(number, { action: 'ask', text: 'Пришлите номер заявления' });
  await ready(page, `${server.origin}/appointment.html`);
  const launcher = page.locator('.pdk-launcher');
  await launcher.getByText('новых ответов: 1').waitFor();
  assert.ok((await page.seen()).events.some((it) => it.name === 'unread'));
  assert.equal(await page.locator('podskazka-panel').count(), 0, 'help itself was not loaded for it');
  await audit(page);
  await shot(page, 'unread');
  await launcher.click();
  await dialogOf(page).getByRole('button', { name: 'Мои обращения' }).click();
  await dialogOf(page).getByRole('button', { name: /новый ответ/ }).click();
  await dialogOf(page).getByText('Пришлите номер заявления').waitFor();
  await dialogOf(page).getByRole('button', { name: 'Назад' }).click();
  await dialogOf(page).getByRole('button', { name: new RegExp(number) }).waitFor();
  await launcher.getByText('новых ответов').waitFor({ state: 'detached' });
  await page.context().close();
});

test('a list and a ticket that opens no more leave the focus where it is, whatever comes late', async () => {
  const { page, number } = await sent();
  const dialog = dialogOf(page);
  const ticket = `**/v1/tickets/${number}`;
  let go;
  let asked;
  const late = new Promise((done) => (go = done));
  const begun = new Promise((done) => (asked = done));
  await page.route(ticket, async (route) => {
    asked();
    await late;
    await route.continue();
  });
  await dialog.getByRole('button', { name: 'Мои обращения' }).click();
  const row = dialog.getByRole('button', { name: new RegExp(number) });
  await row.focus();
  await begun;
  go();
  await row.getByText('Принято').waitFor();
  await assertFocus(page, 'button', new RegExp(number));
  await page.unroute(ticket);

  // The token holds no more: asked again and again, and drawn once.
  let questions = 0;
  await page.route(/\/v1\/tickets\/.*/, (route) => {
    questions += 1;
    return route.fulfill({ status: 404, contentType: 'application/json', body: '{}' });
  });
  await page.clock.install();
  await page.keyboard.press('Enter');
  const mail = dialog.getByRole('button', { name: 'Найти по почте' });
  await dialog.getByText('срок доступа закончился').waitFor();
  await mail.focus();
  const before = questions;
  for (let tries = 0; tries < 50 && questions < before + 4; tries += 1) await page.clock.runFor(1_000);
  assert.ok(questions >= before + 4, `asked ${questions - before} times more`);
  await assertFocus(page, 'button', /Найти по почте/);
  await page.context().close();
});

test('the view without its part: numbers are shown and the letter can be written', async () => {
  const { page, number } = await sent();
  await page.route('**/tickets.js', (route) => route.abort());
  await dialogOf(page).getByRole('button', { name: 'Мои обращения' }).click();
  await dialogOf(page).getByText(number).first().waitFor();
  await dialogOf(page).getByRole('button', { name: 'Написать в поддержку' }).waitFor();
  await page.context().close();
});
