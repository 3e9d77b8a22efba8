// Articles come from the server, without a release of the widget; those of the widget's folder where the server has none that can be read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import assert from 'node:assert/strict';

import { POLICY, assertClean, audit, launch, openPage, ready } from './lib/chromium.mjs';
import { dialogOf } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

const content = mkdtempSync(join(tmpdir(), 'podskazka-articles-'));
const faq = join(content, 'faq');
mkdirSync(faq);
const [server, browser] = await Promise.all([startServer({ policy: POLICY, content }), launch()]);
after(async () => {
  await browser.close();
  await server.stop();
  rmSync(content, { recursive: true });
});

/** The title that the editor gives to the one article of the server, or to each of two. */
function publish(title, text = 'Ответ.', ids = ['fresh']) {
  const source = mkdtempSync(join(tmpdir(), 'podskazka-source-'));
  for (const id of ids) write(source, id, title, text);
  execFileSync('target/debug/podskazka', ['faq', 'build', source, join(faq, 'faq.pdk')]);
  rmSync(source, { recursive: true });
}
function write(source, id, title, text) {
  const head = [`id: ${id}`, `title: ${title}`, 'section: payment', 'asked_as: [новое]', 'keywords: []', 'kinds: []', 'codes: []', 'lang: ru', 'updated: 2026-11-25'];
  writeFileSync(join(source, `${id}.md`), `---\n${head.join('\n')}\n---\n\n${text}\n`);
}
/** A page of a browser that has seen nothing yet. */
const page = () => openPage(browser);
async function open(page) {
  await page.locator('.pdk-launcher').click();
  const dialog = dialogOf(page);
  await dialog.locator('details').first().waitFor({ state: 'attached' });
  return dialog;
}
const titles = (dialog) => dialog.locator('details button').allTextContents();
const faults = async (page) => (await page.seen()).events.filter((it) => it.name === 'error').map((it) => JSON.parse(it.detail));
const asked = (from) => server.sent.slice(from).map((it) => it.url).filter((it) => /\/v1\/faq|faq\.pdk/.test(it));

test('a server without articles: those of the folder, and nobody hears of it', async () => {
  const it = await page();
  await ready(it, `${server.origin}/refund.html`);
  assert.deepEqual(asked(0), [], 'nothing is asked before the panel opens');
  assert.ok((await titles(await open(it))).length > 50);
  assert.deepEqual(await faults(it), []);
  assert.deepEqual(asked(0), ['/v1/faq', '/podskazka/faq.pdk']);
  await assertClean(it);
  await it.context().close();
});

test('new articles come from a restarted server, with the widget as it was; pictures too', async () => {
  publish('Первое издание', '![Чек](new.svg)');
  writeFileSync(join(faq, 'new.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>');
  const it = await page();
  await ready(it, `${server.origin}/refund.html`);
  const from = server.sent.length;
  const dialog = await open(it);
  assert.deepEqual(await titles(dialog), ['Первое издание']);
  assert.match(asked(from).join(' '), /^\/v1\/faq \/v1\/faq\/[0-9a-f]{32}\.pdk$/, 'the file of the folder is not asked for');
  await dialog.locator('#pdk-search').fill('новое');
  await dialog.locator('.card').click();
  await it.waitForFunction(() => document.querySelector('podskazka-panel').shadowRoot.querySelector('article img')?.naturalWidth > 0);
  await assertClean(it);
  const { headers } = server.sent.find((sent) => sent.url === '/v1/faq');
  assert.equal(headers.referer, undefined);
  await it.context().close();

  publish('Второе издание');
  await server.crash();
  const later = await page();
  await ready(later, `${server.origin}/refund.html`);
  assert.deepEqual(await titles(await open(later)), ['Второе издание']);
  await assertClean(later);
  await later.context().close();
});

test('a video stands behind a picture of ours: named, reached by Tab, and its site hears of nobody before a press', async () => {
  publish('Где найти номер', '[![Как найти номер на карточке](poster.svg)](https://rutube.ru/video/1/)');
  writeFileSync(join(faq, 'poster.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9"/></svg>');
  await server.crash();
  const it = await page();
  const elsewhere = [];
  await it.context().route(/rutube/, (route) => (elsewhere.push(route.request().url()), route.fulfill({ contentType: 'text/html', body: '<title>Видео</title>' })));
  await ready(it, `${server.origin}/refund.html`);
  const dialog = await open(it);
  await dialog.locator('#pdk-search').fill('новое');
  await dialog.locator('.card').click();
  await it.waitForFunction(() => document.querySelector('podskazka-panel').shadowRoot.querySelector('.video img')?.naturalWidth > 0);
  // Captions and sound are the site's own player's; here nothing plays.
  assert.equal(await dialog.locator('video, iframe, audio, embed').count(), 0);
  const link = dialog.getByRole('link', { name: /^Видео: Как найти номер на карточке/ });
  assert.match(await link.textContent(), /в новой вкладке|новом окне/);
  for (let presses = 0; presses < 20 && !(await link.evaluate((it) => it.matches(':focus'))); presses++) await it.keyboard.press('Tab');
  assert.deepEqual(elsewhere, []);
  await audit(it);
  await assertClean(it);
  const [tab] = await Promise.all([it.context().waitForEvent('page'), it.keyboard.press('Enter')]);
  await tab.waitForLoadState();
  assert.deepEqual([elsewhere, await tab.evaluate(() => [document.referrer, opener])], [['https://rutube.ru/video/1/'], ['', null]]);
  await it.context().close();
});

test('what readers make of the articles comes with the pointer: among equals the one that helps is first', async () => {
  publish('Возврат пошлины', 'Ответ.', ['a', 'b']);
  await server.crash();
  const pointer = await (await fetch(`${server.origin}/v1/faq`)).json();
  assert.equal(pointer.popular, undefined, 'nobody has read anything');
  for (const [popular, first] of [[undefined, 'article/a'], [{ b: 100 }, 'article/b'], [{ b: 'much', c: 9 }, 'article/a']]) {
    server.pages['/v1/faq'] = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...pointer, popular }) };
    const it = await page();
    await ready(it, `${server.origin}/refund.html`);
    const dialog = await open(it);
    await dialog.locator('#pdk-search').fill('возврат пошлины');
    await dialog.locator('.card').first().click();
    await dialog.locator('article').waitFor();
    assert.equal(await dialog.getAttribute('data-view'), first);
    await it.context().close();
  }
  delete server.pages['/v1/faq'];
});

test('a server that is gone: the articles it gave last, and in a fresh browser those of the folder', async () => {
  publish('Последнее издание');
  await server.crash();
  const it = await page();
  await ready(it, `${server.origin}/refund.html`);
  assert.deepEqual(await titles(await open(it)), ['Последнее издание']);
  await it.context().close();

  // A page that was told where the articles are, longer ago than it may believe without asking.
  const pointer = await (await fetch(`${server.origin}/v1/faq`)).text();
  server.pages['/v1/faq'] = { headers: { 'content-type': 'application/json', 'cache-control': 'max-age=0', etag: '"old"' }, body: pointer };
  const warm = await page();
  await ready(warm, `${server.origin}/refund.html`);
  assert.deepEqual(await titles(await open(warm)), ['Последнее издание']);
  delete server.pages['/v1/faq'];
  const restore = server.cut(/^\/v1\/faq/);
  await ready(warm, `${server.origin}/refund.html`);
  assert.deepEqual(await titles(await open(warm)), ['Последнее издание'], 'as the browser has kept them');
  restore();
  assert.deepEqual(await faults(warm), []);
  await warm.context().close();

  for (const [how, answer] of Object.entries({
    'cannot be reached': (route) => route.abort(),
    'answers 503': (route) => route.fulfill({ status: 503, body: '' }),
    'answers a page': (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>x</title>' }),
    'answers another thing': (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"file":"../../secret"}' }),
    'never answers': () => {},
  })) {
    const fresh = await page();
    await fresh.route(/\/v1\/faq$/, answer);
    await ready(fresh, `${server.origin}/refund.html`);
    const before = Date.now();
    const dialog = await open(fresh);
    assert.ok((await titles(dialog)).length > 50, how);
    assert.ok(Date.now() - before < 6_000, `${how}: ${Date.now() - before} ms`);
    assert.deepEqual(await faults(fresh), [], how);
    await assertClean(fresh);
    await fresh.context().close();
  }
});

test('a broken file of the server: the articles of the folder, and the developer hears why', async () => {
  publish('Целое издание');
  await server.crash();
  const good = readFileSync(join(faq, 'faq.pdk'));
  const newer = Buffer.from(good);
  newer[4] = 99;
  for (const [answer, said] of [
    [{ status: 200, body: good.subarray(0, good.length - 9) }, /damaged/],
    [{ status: 200, body: 'noise' }, /damaged/],
    [{ status: 200, body: newer }, /newer than the widget/],
    [{ status: 404, body: '' }, /HTTP 404/],
  ]) {
    const it = await page();
    await it.route(/\/v1\/faq\/[0-9a-f]+\.pdk$/, (route) => route.fulfill(answer));
    await ready(it, `${server.origin}/refund.html`);
    const dialog = await open(it);
    assert.ok((await titles(dialog)).length > 50);
    const [fault, ...more] = await faults(it);
    assert.deepEqual([fault.code, fault.path, more], ['articles.broken', '', []]);
    assert.match(fault.message, said);
    assert.match(fault.message, /^http.*\/v1\/faq\/[0-9a-f]{32}\.pdk: /);
    assert.ok(!(await dialog.textContent()).includes('damaged'), 'the citizen is told nothing');
    await assertClean(it);
    await it.context().close();
  }
});

test('a large set: the catalogue and the chunks of what is shown, and no more', async () => {
  const source = mkdtempSync(join(tmpdir(), 'podskazka-source-'));
  for (let number = 0; number < 1_100; number++) {
    const head = [`id: about-${number}`, `title: Справка номер ${number}`, 'section: payment', 'asked_as: [справка]', 'keywords: []', 'kinds: []', 'codes: []', 'lang: ru', 'updated: 2026-11-25'];
    writeFileSync(join(source, `about-${number}.md`), `---\n${head.join('\n')}\n---\n\nЭту справку выдаёт отдел ${number}${number === 700 ? ', окно с жирафом' : ''}.\n`);
  }
  const said = execFileSync('target/debug/podskazka', ['faq', 'build', source, join(faq, 'faq.pdk')], { encoding: 'utf8' });
  assert.match(said, /^69 chunks/);
  rmSync(source, { recursive: true });
  const it = await page();
  await ready(it, `${server.origin}/refund.html`);
  const from = server.sent.length;
  const dialog = await open(it);
  const chunks = () => asked(from).filter((url) => /faq-\d+-[0-9a-f]{8}\.pdk$/.test(url));
  assert.deepEqual(chunks(), [], 'titles need no text');
  await dialog.locator('#pdk-search').fill('окно с жирафом');
  const card = dialog.locator('.card').first();
  await card.getByText('окно с жирафом').waitFor();
  assert.ok(chunks().length <= 10 && new Set(chunks()).size === chunks().length, chunks().join(' '));
  await card.click();
  await dialog.locator('article').getByText('Эту справку выдаёт отдел 700, окно с жирафом').waitFor();
  const { headers } = await it.evaluate((url) => fetch(url).then((answer) => ({ headers: [...answer.headers] })), chunks()[0]);
  assert.ok(headers.some(([name, value]) => name === 'cache-control' && value.includes('immutable')));
  assert.deepEqual(await faults(it), []);
  await assertClean(it);
  await it.context().close();

  // A chunk that does not come: titles and the rest stay, the developer hears of it, the next opening tries again.
  const poor = await page();
  const ids = Array.from({ length: 1_100 }, (_, number) => `about-${number}`).sort();
  const chunk = Math.floor(ids.indexOf('about-700') / 16);
  await poor.route(new RegExp(`faq-${chunk}-`), (route) => route.fulfill({ status: 404, body: '' }));
  await ready(poor, `${server.origin}/refund.html`);
  const other = await open(poor);
  await other.locator('#pdk-search').fill('окно с жирафом');
  await other.locator('.card').first().click();
  await other.getByText(/сейчас не загрузились/).waitFor();
  const [fault] = await faults(poor);
  assert.equal(fault.code, 'articles.broken');
  assert.ok(fault.message.includes(`/faq-${chunk}-`) && fault.message.includes('.pdk: no chunk'), fault.message);
  await assertClean(poor);
  await poor.context().close();
});
