// Who the person is, by the portal's word: a letter becomes a ticket of theirs, and a word that the server does not take is told to the
// developer of the page, not to the citizen.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

import { POLICY, assertClean, launch, openPage, ready } from './lib/chromium.mjs';
import { dialogOf, fillTicket, send } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

const SITE = 'pk_portal_2026';
const KEY = 'q3Zr8mT1vLx0Wn5Kp7Yb2Hs9Dc4Gf6Ja';
let server;
let browser;
before(async () => {
  const settings = (origin) => ['[[sites]]', `key = "${SITE}"`, 'name = "Портал"', `origins = ["${origin}"]`, `identity_key = "${KEY}"`];
  [server, browser] = await Promise.all([startServer({ policy: POLICY, settings }), launch()]);
  const body = readFileSync(join(resolve(process.env.DIST ?? join(import.meta.dirname, '../../dist')), 'refund.html'), 'utf8');
  server.pages['/own.html'] = { body: body.replace('data-site="demo"', `data-build="${POLICY}" data-site="${SITE}"`) };
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** What the guide tells portals to sign with. */
const [, GUIDE] = readFileSync(join(import.meta.dirname, '../../docs/guides/embedding.md'), 'utf8').match(/```mjs\n(.*?)```/s);
const { helpToken } = await import(`data:text/javascript,${encodeURIComponent(GUIDE)}`);

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token as a portal signs it; `life` in seconds. */
function token(key, life) {
  const signed = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ sub: 'u-17', exp: Math.floor(Date.now() / 1000) + life })}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
const told = async (page, name) => (await page.seen()).events.filter((it) => it.name === name).map((it) => JSON.parse(it.detail));

/** A letter from a fresh browser, in the name of a token. */
async function letter(identity) {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/own.html`);
  await page.evaluate((token) => window.Podskazka.identify({ token }), identity);
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  return { page, number: await send(page) };
}

test('a letter becomes a ticket: its number is told, and nothing of the person', async () => {
  const { page, number } = await letter(helpToken('u-17', KEY));
  assert.deepEqual(await told(page, 'ticket'), [{ number }]);
  assert.deepEqual(await told(page, 'error'), []);
  await assertClean(page);
  await page.context().close();
});

test('a letter under a word of another key is taken, and the page is told that it is nobody\'s own', async () => {
  const { page, number } = await letter(token('Ja6Fg4Dc9Hs2Yb7Kp5Wn0Lx1vT8mZr3q', 600));
  assert.deepEqual((await told(page, 'ticket')).map((it) => it.number), [number]);
  const [error, ...more] = await told(page, 'error');
  assert.deepEqual([error.code, error.path, more], ['identity.refused', 'identify', []]);
  assert.match(error.message, /identity_key.*exp/);
  await page.context().close();
});

test('the list of own tickets under a word that has run out: the page is told, and a new word opens it', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/own.html`);
  await page.evaluate((token) => (window.Podskazka.identify({ token }), window.Podskazka.open('status')), token(KEY, -60));
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'error'));
  assert.deepEqual((await told(page, 'error')).map((it) => it.code), ['identity.refused']);
  await page.evaluate(() => window.Podskazka.close());
  await page.evaluate((token) => (window.Podskazka.identify({ token }), window.Podskazka.open('status')), token(KEY, 600));
  // The ticket of the first test, in a browser that has never seen it.
  await dialogOf(page).getByRole('button', { name: /PS-[0-9A-Z]{8}-[0-9A-Z]/ }).first().waitFor();
  assert.equal((await told(page, 'error')).length, 1);
  await page.context().close();
});
