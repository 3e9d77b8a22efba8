// The search box by hand: what waits until typing rests, where Enter and a mended question lead, how long a story may be.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, openPage, ready } from './lib/chromium.mjs';
import { assertFocus } from './lib/keyboard.mjs';
import { dialogOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';
import { until } from './lib/webdriver.mjs';

const { server, browser } = await stand();
const DOUBT = /Точного ответа, похоже, нет/;

/** An open panel with its articles and what stands around every view. */
async function opened() {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  const dialog = dialogOf(page);
  await dialog.getByRole('separator').waitFor();
  await dialog.locator('details').first().waitFor({ state: 'attached' });
  // Every text that the announcer has had, one after the other.
  await page.evaluate(() => {
    const status = document.querySelector('podskazka-panel').shadowRoot.querySelector('[role=status]');
    window.said = [];
    new MutationObserver(() => status.textContent && window.said.push(status.textContent)).observe(status, { subtree: true, childList: true, characterData: true });
  });
  return { page, dialog, search: dialog.locator('#pdk-search'), said: () => page.evaluate(() => window.said) };
}
const spoken = (page, text) => until(`«${text}» is announced`, () => page.evaluate((text) => window.said.some((it) => it.includes(text)), text));
/** From now on time passes by hand alone. */
async function stop(page) {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
}
const end = async (page) => {
  await assertClean(page);
  await page.context().close();
};

test('while somebody types, answers come and neither doubt nor a word to a screen reader; both when typing rests', async () => {
  const { page, dialog, search, said } = await opened();
  await stop(page);
  await search.focus();
  // A slow hand: well under a second from letter to letter.
  for (const letter of 'потеряла пас') {
    await page.keyboard.type(letter);
    await page.clock.runFor(400);
  }
  await dialog.locator('.card').first().waitFor();
  assert.deepEqual([await dialog.getByText(DOUBT).filter({ visible: true }).count(), await said()], [0, []]);
  await page.keyboard.type('порт');
  await page.clock.runFor(1_100);
  await spoken(page, 'Найдено ответов');
  assert.equal((await said()).length, 1, 'once');

  await search.fill('маткапитал на ипотеку');
  await page.clock.runFor(900);
  assert.equal(await dialog.getByText(DOUBT).filter({ visible: true }).count(), 0);
  await page.clock.runFor(200);
  await dialog.getByText(DOUBT).filter({ visible: true }).first().waitFor();
  await spoken(page, 'Точного ответа, похоже, нет');
  assert.equal((await said()).length, 2);
  await end(page);
});

test('Enter ends typing and leads to the answers', async () => {
  const { page, dialog, search, said } = await opened();
  await stop(page);
  await search.focus();
  await page.keyboard.type('маткапитал на ипотеку');
  await page.keyboard.press('Enter');
  await dialog.getByText(DOUBT).filter({ visible: true }).first().waitFor();
  await spoken(page, 'Точного ответа');
  await page.clock.runFor(2_000);
  assert.equal((await said()).length, 1);
  await page.clock.resume();
  await assertFocus(page, 'heading', /Найденные ответы/);
  await page.keyboard.press('Tab');
  await assertFocus(page, 'button', /Написать в поддержку/);
  await end(page);
});

test('a mended question takes its button away, and the focus goes to the answers', async () => {
  const { page, dialog, search, said } = await opened();
  await search.fill('вернуть денги за пошлину');
  await spoken(page, 'Найдено ответов');
  const mended = dialog.getByRole('button', { name: 'вернуть деньги за пошлину', exact: true });
  await mended.focus();
  const before = (await said()).length;
  await page.keyboard.press('Enter');
  await mended.waitFor({ state: 'detached' });
  assert.equal(await search.inputValue(), 'вернуть деньги за пошлину');
  await assertFocus(page, 'heading', /Найденные ответы/);
  assert.ok((await said()).length - before <= 1, 'announced once at most');
  await end(page);
});

test('a long story is answered by its last sentence, and the letter has all of it', async () => {
  const { page, dialog, search } = await opened();
  const story = `${'Здравствуйте. Я пенсионерка, живу одна, компьютер мне подарил внук, пишу медленно. '.repeat(20)}Как вернуть деньги за пошлину?`;
  assert.ok(story.length > 1_500);
  await search.focus();
  await page.keyboard.insertText(story);
  assert.equal(await search.inputValue(), story);
  await dialog.locator('li:first-child .card').filter({ hasText: /Возврат денег/ }).waitFor();
  await dialog.getByRole('button', { name: 'Написать в поддержку' }).filter({ visible: true }).first().click();
  await dialog.getByLabel('Что случилось').waitFor();
  assert.equal(await dialog.getByLabel('Что случилось').inputValue(), story);
  await end(page);
});

test('the number of a ticket leads to the own tickets, before what the articles say; a number of a document does not', async () => {
  const { page, dialog, search } = await opened();
  const list = dialog.locator('[aria-labelledby="pdk-found"]');
  const way = list.getByRole('button', { name: 'Мои обращения', exact: true });
  for (const question of ['770701001', '112-233-445 95', 'где мои обращения']) {
    await search.fill(question);
    await list.waitFor();
    assert.equal(await way.count(), 0, question);
  }
  for (const question of ['PS-28T5CY4T-Y', 'ps 28t5cy4t y', 'что с ЗАГС-28T5CY4T-Y']) {
    await search.fill(question);
    await way.waitFor();
    const first = await list.evaluate((it) => it.querySelector('button')?.textContent);
    assert.equal(first, 'Мои обращения', question);
  }
  await search.press('Enter');
  await page.keyboard.press('Tab');
  await assertFocus(page, 'button', /^Мои обращения$/);
  await page.keyboard.press('Enter');
  await dialog.getByRole('heading', { level: 2, name: 'Мои обращения' }).waitFor();
  await end(page);
});
