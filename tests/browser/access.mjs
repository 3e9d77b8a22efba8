// «Не работает портал?» with real faults: no network, a slow one, a lossy one, a wrong clock, a blocked endpoint, somebody else who
// answers, cookies switched off, a stream that is held back. By keyboard, under axe, without a violation of the policy.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { CHROMIUM, POLICY, assertClean, audit, launch, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus, tabTo } from './lib/keyboard.mjs';
import { dialogOf, fillLetter, send } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

const require = createRequire(join(resolve(process.env.NPM ?? '.tools/npm'), 'package.json'));
const { chromium } = require('playwright-core');

/** Every probe that has a name in the words of the check. */
const PROBES = readFileSync('src/messages/access.ru.txt', 'utf8').match(/^\w+(?=\.name = )/gm);

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer({ policy: POLICY }), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page with the check open; `before` runs when the panel and the check are loaded, and the check then runs again. */
async function check(before, options) {
  const page = await openPage(browser, options);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('button', { name: 'Не работает портал?' }).click();
  await over(page);
  if (before) {
    await before(page);
    await dialogOf(page).getByRole('button', { name: 'Проверить ещё раз' }).click();
    await over(page);
  }
  return page;
}

const over = (page) => dialogOf(page).getByRole('button', { name: 'Написать в поддержку с результатом' }).waitFor();
/** Codes of everything that is in the way or worth knowing. */
const codes = (page) => dialogOf(page).locator('.probe').evaluateAll((all) => all.map((it) => it.textContent.match(/access\.([a-z.]+)/)[1]));
const fault = (page, name) => dialogOf(page).locator('.probe', { hasText: name });

test('a healthy portal is called so, after more than fourteen probes', async () => {
  const page = await check();
  const dialog = dialogOf(page);
  const faults = (await codes(page)).filter((it) => !['signature.none', 'proxy.seen', 'wasm.off'].includes(it));
  assert.deepEqual(faults, []);
  await dialog.getByRole('heading', { level: 3, name: /Всё в порядке: препятствий мы не нашли/ }).waitFor();
  assert.match(await dialog.getByRole('status').textContent(), /Всё в порядке/, 'the end is announced');
  await dialog.locator('summary').click();
  const good = await dialog.locator('details li').allTextContents();
  const unknown = await dialog.getByRole('heading', { name: 'Не удалось проверить' }).count();
  assert.equal(unknown, 0, 'everything could be measured here');
  assert.ok(good.length + (await codes(page)).length >= PROBES.length - 1, `all but the portal's account: ${good}`);
  assert.ok(good.length >= 14);
  await audit(page);
  await shot(page, 'access');
  await assertClean(page);
  await page.context().close();
});

test('the check ends by itself while nothing answers, and says what is known by then', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('listitem').first().waitFor();
  await page.clock.install();
  // Requests to the server are never answered.
  await page.route('**/v1/status**', () => {});
  await dialogOf(page).getByRole('button', { name: 'Не работает портал?' }).click();
  const bar = dialogOf(page).getByRole('progressbar');
  await bar.waitFor();
  await page.clock.runFor(2_000);
  assert.equal(await dialogOf(page).getByRole('button', { name: 'Остановить' }).count(), 1, 'it is still waiting');
  assert.ok(Number(await bar.getAttribute('value')) > 0, 'what needs no network is done by then');
  // Three seconds of the page's own clock are the end, and no answer has come.
  await page.clock.runFor(1_000);
  await over(page);
  assert.ok((await codes(page)).includes('server.none'), `${await codes(page)}`);
  await page.context().close();
});

test('it is stopped and begun again by keyboard, and the focus stays', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').focus();
  await page.keyboard.press('Enter');
  await assertFocus(page, 'searchbox', /узнать/);
  await dialogOf(page).getByRole('listitem').first().waitFor();
  let release;
  const held = new Promise((done) => (release = done));
  await page.route('**/v1/status**', async (route) => {
    await held;
    await route.continue();
  });
  await tabTo(page, 'button', 'Не работает портал?');
  await page.keyboard.press('Enter');
  await assertFocus(page, 'heading', /Не работает портал/);
  await tabTo(page, 'button', 'Остановить');
  await page.keyboard.press('Enter');
  await assertFocus(page, 'button', /Проверить ещё раз/);
  const status = dialogOf(page).getByRole('status');
  await status.getByText(/Проверка остановлена/).waitFor({ state: 'attached' });
  assert.equal(await dialogOf(page).locator('.probe').count(), 0);
  release();
  await page.keyboard.press('Enter');
  await over(page);
  await assertFocus(page, 'button', /Проверить ещё раз/);
  await assertClean(page);
  await page.context().close();
});

test('without a network', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('listitem').first().waitFor();
  // The check came along with the answers: it is needed most when nothing can be loaded any more.
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('access.ru.txt')));
  await page.context().setOffline(true);
  await dialogOf(page).getByRole('button', { name: 'Не работает портал?' }).click();
  await over(page);
  const found = await codes(page);
  assert.equal(found[0], 'online.off', `the cause comes first: ${found}`);
  assert.ok(!found.some((it) => /^(server|link|loss|endpoints|live)\./.test(it)), `what follows from it is not listed: ${found}`);
  assert.match(await fault(page, 'Интернет').first().textContent(), /Включите Wi-Fi/);
  await dialogOf(page).getByRole('heading', { level: 3, name: 'Нашли препятствие: 1. Вот что делать.' }).waitFor();
  await audit(page);
  await shot(page, 'access-offline');
  await page.context().setOffline(false);
  await page.context().close();
});

test('an address of a socket is tried as one: what opens is well, what does not is named', async () => {
  const body = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Сокет</title><link rel="icon" href="data:,">
    <script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-build="${POLICY}"></script></head><body><main><h1>Сокет</h1></main></body></html>`;
  const found = async (probes) => {
    server.pages['/socket.html'] = { headers: {}, body };
    const page = await openPage(browser);
    const said = [];
    await page.routeWebSocket(/chat\.example/, (ws) => ws.onMessage((it) => said.push(it)));
    await ready(page, `${server.origin}/socket.html`);
    await page.evaluate((all) => window.Podskazka.update({ probes: all }), probes);
    await page.evaluate(() => void window.Podskazka.open('access'));
    await over(page);
    const all = await codes(page);
    const text = all.includes('endpoints.some') ? await fault(page, 'Адреса портала').textContent() : '';
    await page.context().close();
    assert.deepEqual(said, [], 'nothing is said over it');
    return text;
  };
  assert.equal(await found(['wss://chat.example/socket']), '');
  assert.match(await found(['wss://chat.example/socket', 'ws://127.0.0.1:9/none']), /Не отвечают адреса: ws:\/\/127\.0\.0\.1:9\./);
});

test('a clock that is ten minutes ahead', async () => {
  const page = await check((page) => page.clock.install({ time: new Date(Date.now() + 600_000) }).then(() => page.clock.resume()));
  assert.match(await fault(page, 'Часы устройства').textContent(), /спешат на 10 минут.*автоматически.*access\.clock\.ahead/s);
  await page.context().close();
});

test('an endpoint that something in the browser blocks', async () => {
  // By the browser itself, as a blocker does it: a route of the test would ask this process first.
  const page = await check(async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setBlockedURLs', { urls: ['*/v1/*'] });
  });
  const found = await codes(page);
  assert.ok(found.includes('server.none') && found.includes('blocker.blocks'), `${found}`);
  assert.match(await fault(page, 'Блокировщики').textContent(), /Отключите блокировщик/);
  await page.context().close();
});

test('somebody else who answers: the login page of a Wi-Fi', async () => {
  server.pages['/v1/status'] = { body: '<html><title>Wi-Fi</title>' };
  const page = await check();
  delete server.pages['/v1/status'];
  assert.ok((await codes(page)).includes('server.strange'));
  assert.match(await fault(page, 'Связь с порталом').textContent(), /страница входа в Wi-Fi/);
  await page.context().close();
});

test('a fault that the service knows of', async () => {
  const notice = { id: 1, title: 'Оплата не работает', text: 'Попробуйте завтра.', since: '2026-11-25T09:00:00Z' };
  const body = JSON.stringify({ open_now: true, calendar: 'ru-operators', notices: [notice] });
  server.pages['/v1/status'] = { headers: { 'content-type': 'application/json' }, body };
  const page = await check();
  delete server.pages['/v1/status'];
  assert.match(await fault(page, 'Работа портала').textContent(), /Оплата не работает\. Попробуйте завтра\..*зайдите позже/s);
  await page.context().close();
});

test('a slow network, and one that loses requests', async () => {
  const slow = await check(async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 900, downloadThroughput: 5_000, uploadThroughput: 5_000 });
  });
  const found = await codes(slow);
  assert.ok(found.includes('link.slow') || found.includes('link.crawl'), `${found}`);
  await slow.context().close();

  let count = 0;
  const lossy = await check((page) => page.route(/\/v1\/status$/, (route) => (count++ % 2 ? route.abort('connectionreset') : route.continue())));
  assert.ok((await codes(lossy)).includes('loss.much'), `${await codes(lossy)}`);
  await lossy.context().close();
});

test('live updates that are held back on the way', async () => {
  const body = 'event: pulse\ndata: 0\n\nevent: pulse\ndata: 1\n\n';
  server.pages['/v1/status/events'] = { headers: { 'content-type': 'text/event-stream' }, body };
  const held = await check();
  assert.ok((await codes(held)).includes('live.held'), `${await codes(held)}`);
  await held.context().close();
  server.pages['/v1/status/events'] = { body: 'nothing of the kind' };
  const none = await check();
  delete server.pages['/v1/status/events'];
  assert.ok((await codes(none)).includes('live.none'));
  await none.context().close();
});

test('cookies that are switched off in the browser', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'podskazka-profile-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const args = ['--no-sandbox', '--no-first-run', '--disable-gpu'];
  const context = await chromium.launchPersistentContext(folder, { executablePath: CHROMIUM, args, locale: 'ru-RU' });
  // A browser that stays keeps this file from ending.
  t.after(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const page = await context.newPage();
  await page.goto(`${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('button', { name: 'Не работает портал?' }).click();
  await over(page);
  const found = await codes(page);
  assert.ok(found.includes('cookies.off') && found.includes('storage.off'), `${found}`);
});

test('what the portal says of the account, a signature program, high contrast', async () => {
  const page = await check(
    (page) =>
      page.evaluate(() => {
        window.Podskazka.update({ account: async () => 'blocked' });
        // The extension answers as the real one does.
        addEventListener('message', (event) => event.data === 'cadesplugin_echo_request' && postMessage('cadesplugin_loaded', location.origin));
        window.Podskazka.open('access');
      }),
    { forcedColors: 'active' },
  );
  const found = await codes(page);
  assert.ok(found.includes('account.blocked') && found.includes('contrast.forced'), `${found}`);
  assert.ok(!found.includes('signature.none'), 'the program is there');
  assert.match(await fault(page, 'Учётная запись').textContent(), /Восстановите доступ/);
  await page.context().close();
});

test('the result goes with the letter as codes, and is seen before it goes', async () => {
  const page = await check((page) => page.clock.install({ time: new Date(Date.now() + 600_000) }).then(() => page.clock.resume()));
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: /Написать в поддержку с результатом/ }).click();
  await dialog.getByRole('checkbox', { name: 'Проверка «Не работает портал?»', checked: true }).waitFor();
  await dialog.getByText(/^access\.clock\.ahead \d/).waitFor();
  await audit(page);
  await fillLetter(page);
  const from = server.sent.length;
  await send(page);
  const body = JSON.parse(server.sent.slice(from).find((it) => it.method === 'POST' && it.url.endsWith('/tickets')).body);
  assert.ok(body.client.access.some((it) => /^access\.clock\.ahead (59|60)\d/.test(it)), `${body.client.access}`);
  assert.ok(body.client.access.every((it) => /^access\.[a-z.]+( -?[\d.]+)?$/.test(it)), 'codes and numbers, nothing else');
  await assertClean(page);
  await page.context().close();
});

test('an article tells more, and «Назад» leads back', async () => {
  const page = await check((page) => page.route('**/v1/**', (route) => route.abort('blockedbyclient')));
  const dialog = dialogOf(page);
  await fault(page, 'Связь с порталом').getByRole('button', { name: /Подробнее/ }).click();
  await dialog.locator('article').waitFor();
  await dialog.getByRole('button', { name: 'Назад' }).click();
  await dialog.getByRole('heading', { level: 2, name: 'Не работает портал?' }).waitFor();
  await page.context().close();
});

test('on a phone, in the dark, and in English', async () => {
  const page = await check(undefined, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  const wide = await dialogOf(page).evaluate((it) => it.scrollWidth - it.clientWidth);
  assert.ok(wide <= 0, `no horizontal scroll: ${wide}`);
  await audit(page);
  await shot(page, 'access-320-dark');
  await page.evaluate(() => {
    window.Podskazka.setLocale('en');
    return window.Podskazka.open('access');
  });
  await dialogOf(page).getByRole('heading', { level: 2, name: 'The portal does not work?' }).waitFor();
  await dialogOf(page).getByRole('button', { name: 'Write to support with this result' }).waitFor();
  assert.equal(await dialogOf(page).getByText(/[а-яё]{3}/i).count(), 0, 'no word of the other language');
  await audit(page);
  await shot(page, 'access-320-en');
  await assertClean(page);
  await page.context().close();
});
