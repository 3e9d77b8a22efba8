// What readers make of articles: counters without a word of theirs, the operators' table, and the order of the search that comes of it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { POLICY, assertClean, openPage, ready } from './lib/chromium.mjs';
import { dialogOf, fillLetter, send } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
const QUESTION = 'вернуть деньги Ярополкову';

async function opened(counted = true) {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  if (counted) await page.evaluate(() => (document.forms[0].dataset.podskazkaStats = '/v1/stats'));
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('separator').waitFor();
  return page;
}
const counts = () => server.sent.filter((it) => it.url === '/v1/stats').map((it) => JSON.parse(it.body));

test('from the reader to the order of the search', async () => {
  const page = await opened();
  const dialog = dialogOf(page);
  await dialog.locator('#pdk-search').fill(QUESTION);
  await dialog.locator('.card').first().click();
  await dialog.locator('article').waitFor();
  const title = await dialog.getByRole('heading', { level: 2 }).textContent();
  await dialog.getByRole('button', { name: 'Не помогла' }).click();
  await dialog.getByRole('button', { name: 'Помогла', exact: true }).click();
  // As `later/tickets/rate.ts` tells of a ticket: no vote on an article.
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('podskazka:rated', { bubbles: true, composed: true, detail: { number: 'PS-00000001-X', score: 2 } })));
  await dialog.getByRole('button', { name: 'Написать в поддержку' }).click();
  await fillLetter(page);
  await send(page);
  const answered = page.waitForResponse('**/v1/stats');
  await dialog.getByRole('button', { name: 'Закрыть' }).click();
  assert.equal((await answered).status(), 204);
  const [{ form, rows }] = counts();
  assert.equal(form, 'faq');
  const of = (kind) => rows.filter((it) => it.kind === kind).map((it) => it.code);
  const [article] = of('opened');
  assert.match(article, /^article\.[a-z-]+$/, title);
  assert.deepEqual([of('helped'), of('not_helped'), of('ticket')], [[article], [], [article]]);
  assert.equal(of('shown').length, 1);
  assert.match(of('shown')[0], /^question\.(answered|doubtful)$/);
  assert.ok(!JSON.stringify(rows).match(/[а-яё]/i), 'no word of the question');
  await assertClean(page);
  await page.context().close();

  // The operators' table, put into the article file, raises what helps.
  const desk = await server.operator();
  const folder = mkdtempSync(join(tmpdir(), 'podskazka-learn-'));
  const id = article.slice('article.'.length);
  const csv = await desk.read('reports/articles?format=csv');
  assert.match(csv, new RegExp(`"${id}",1,1,0,1`));
  const cli = (...args) => execFileSync('target/debug/podskazka', ['faq', ...args], { encoding: 'utf8' });
  const popular = (table) => {
    writeFileSync(join(folder, 'counts.csv'), table);
    cli('build', 'www/faq', join(folder, 'faq.json'), '--counts', join(folder, 'counts.csv'));
    return JSON.parse(readFileSync(join(folder, 'faq.json'), 'utf8')).find((it) => it.id === id).popular;
  };
  assert.equal(popular(csv), 0, 'one reader tells nothing');
  assert.equal(popular(csv.replace(`"${id}",1,1,0,1`, `"${id}",100,10,0,1`)), 100);
  rmSync(folder, { recursive: true });
});

test('a question without an answer: counted by its form, and known to the operators from the letter alone', async () => {
  const before = counts().length;
  const desk = await server.operator();
  const vain = async () => {
    const row = JSON.parse(await desk.read('reports/articles')).asked.find((it) => it.form === 'refund') ?? { nothing: 0, doubtful: 0, tickets: 0, numbers: [] };
    return { ...row, questions: row.nothing + row.doubtful };
  };
  const was = await vain();
  const page = await opened();
  const dialog = dialogOf(page);
  const question = 'жъэ щщщ ыыы Ярополков';
  await dialog.locator('#pdk-search').fill(question);
  await dialog.getByText(/Ничего не нашлось|Точного ответа/).first().waitFor();
  await dialog.getByRole('button', { name: 'Написать в поддержку' }).click();
  await dialog.getByText('Отметка, что поиск не нашёл ответа').waitFor();
  assert.equal(await dialog.getByLabel('Что случилось').inputValue(), question, 'the question is carried over');
  const text = await dialog.getByLabel('Что случилось').inputValue();
  await fillLetter(page);
  await dialog.getByLabel('Что случилось').fill(text);
  const number = await send(page);
  const counted = page.waitForResponse('**/v1/stats');
  await dialog.getByRole('button', { name: 'Закрыть' }).click();
  assert.equal((await counted).status(), 204);
  const [{ rows }] = counts().slice(before);
  const [{ code, ...rest }] = rows.filter((it) => it.code.startsWith('question.'));
  assert.deepEqual(rest, { kind: 'shown', count: 1, field: 'refund' });
  assert.match(code, /^question\.(nothing|doubtful)$/);
  assert.ok(!JSON.stringify(rows).match(/[а-яё]/i), 'no word of the question is counted');
  const now = await vain();
  assert.deepEqual([now.questions - was.questions, now.tickets, now.numbers], [1, was.tickets + 1, [number, ...was.numbers]]);
  const card = JSON.stringify(await desk.card(number));
  assert.ok(card.includes(question) && card.includes(code), 'the operator reads the question in the ticket');
  await assertClean(page);
  await page.context().close();
});

test('what the fields of a form cost reaches the table of the operators', async () => {
  const page = await openPage(browser);
  const body = readFileSync(join(process.env.DIST ?? 'dist', 'refund.html'), 'utf8');
  server.pages['/counted.html'] = { body: body.replace('<form ', '<form data-podskazka-stats="/v1/stats" ').replace('data-site="demo"', `data-site="demo" data-build="${POLICY}"`) };
  await ready(page, `${server.origin}/counted.html`);
  const bik = page.locator('[name="bik"]');
  await bik.fill('0445');
  await bik.blur();
  await page.locator('.pdk-error').waitFor();
  await bik.fill('044525225');
  await page.locator('.pdk-error').waitFor({ state: 'detached' });
  // A field that comes meanwhile is not the one where the person was.
  await page.evaluate(() => {
    const late = document.createElement('input');
    [late.name, late.dataset.podskazka] = ['late', 'inn'];
    document.forms[0].append(late);
    window.Podskazka.update();
  });
  const counted = page.waitForResponse('**/v1/stats');
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  assert.equal((await counted).status(), 204);
  const { rows } = await (await server.operator()).read('reports/errors?format=json').then(JSON.parse);
  const of = rows.filter((it) => it.field === 'bik');
  assert.deepEqual(of.map(({ form, code, shown, mended, abandoned }) => [form, code, shown, mended, abandoned]).sort(), [['refund', '', 0, 0, 1], ['refund', 'bik.length', 1, 1, 0]]);
  await assertClean(page);
  await page.context().close();
});

test('nothing goes where the page has not asked for it, or the person refuses', async () => {
  const from = counts().length;
  for (const refuse of [undefined, "Object.defineProperty(navigator, 'doNotTrack', { get: () => '1' })", "localStorage['podskazka.stats'] = 'off'"]) {
    const page = await opened(!!refuse);
    if (refuse) await page.evaluate(refuse);
    await dialogOf(page).locator('.card').first().click();
    await dialogOf(page).locator('article').waitFor();
    await dialogOf(page).getByRole('button', { name: 'Закрыть' }).click();
    await dialogOf(page).waitFor({ state: 'hidden' });
    // What is asked for by the page now comes after whatever the closing has sent.
    await page.evaluate(() => fetch('/v1/config').then((it) => it.text()));
    assert.equal(counts().length, from, `${refuse}`);
    await page.context().close();
  }
});
