// Large files over bad lines: what has reached the server is not sent again, whatever breaks, and the file is whole in the end.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, openPage, ready } from './lib/chromium.mjs';
import { WORDS, dialogOf, filesOf, fillLetter, numberOf, outbox, pictureOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
server.oneEach();

/** Of the core: `outbox::SLICE`. */
const SLICE = 256 * 1024;
/** Three slices and a half, no two lines alike. */
const TEXT = Buffer.from(Array.from({ length: 65_536 }, (_, at) => `line ${`${at}`.padStart(8, '0')}\n`).join(''));
assert.equal(TEXT.length, 3.5 * SLICE);

const slices = (from) => server.sent.slice(from).filter((it) => it.method === 'PATCH');
const total = (all) => all.reduce((sum, it) => sum + it.body.length, 0);
const offsets = (all) => all.map((it) => Number(it.headers['upload-offset']));
const online = (page) => page.evaluate(() => window.dispatchEvent(new Event('online')));

/** A letter with the file, just sent off. */
async function sendOff() {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  await fillLetter(page);
  const dialog = dialogOf(page);
  await pictureOf(page).uncheck();
  await dialog.locator('input[type=file]').first().setInputFiles({ name: 'журнал.txt', mimeType: 'text/plain', buffer: TEXT });
  await dialog.locator('.held').first().waitFor();
  await dialog.getByRole('button', { name: WORDS.send, exact: true }).click();
  return page;
}

async function whole(page, number) {
  const [file, ...more] = await filesOf(server, page, number);
  assert.equal(more.length, 0, 'one file, once');
  assert.ok(file.equals(TEXT), 'the file is whole');
  assert.deepEqual(await outbox(page), []);
}

/** Breaks the second slice. */
function breakSecond(at, then) {
  let seen = 0;
  return server.lose({ url: { test: (url) => /uploads\/[0-9a-f]{16}$/.test(url) && ++seen === 2 }, at, then });
}

test('a line that breaks in the middle of a slice: half a slice goes again, not the file', async () => {
  const from = server.sent.length;
  const restore = breakSecond('half');
  const page = await sendOff();
  await dialogOf(page).getByText(WORDS.waits).first().waitFor();
  restore();
  await online(page);
  await whole(page, await numberOf(page));
  assert.deepEqual(offsets(slices(from)), [0, 1, 1.5, 2.5].map((it) => it * SLICE), 'it goes on from the byte at which the line broke');
  assert.equal(total(slices(from)) - TEXT.length, SLICE / 2, 'bytes that went again');
  await assertClean(page);
  await page.context().close();
});

test('a server killed with half of a slice: at most that slice goes again', async () => {
  const from = server.sent.length;
  const restore = breakSecond('half', server.crash);
  const page = await sendOff();
  await dialogOf(page).getByText(WORDS.waits).first().waitFor();
  restore();
  await online(page);
  await whole(page, await numberOf(page));
  const again = total(slices(from)) - TEXT.length;
  assert.ok(again > 0 && again <= SLICE, `${again} bytes went again`);
  await page.context().close();
});

test('a lost answer to a slice costs nothing: the next question tells that it is there', async () => {
  const from = server.sent.length;
  const restore = breakSecond('answer');
  const page = await sendOff();
  await dialogOf(page).getByText(WORDS.waits).first().waitFor();
  restore();
  await online(page);
  await whole(page, await numberOf(page));
  assert.equal(total(slices(from)), TEXT.length, 'no byte twice');
  await page.context().close();
});

test('a tab closed in the middle: another one goes on with the same file', async () => {
  const from = server.sent.length;
  let mend;
  const restore = breakSecond('half', () => (mend = server.cut()));
  const first = await sendOff();
  await dialogOf(first).getByText(WORDS.waits).first().waitFor();
  const second = await first.context().newPage();
  await first.close();
  restore();
  mend();
  await second.goto(`${server.origin}/appointment.html`);
  await second.waitForFunction(() => localStorage['podskazka.tickets'] && !localStorage['podskazka.waits']);
  const [{ number }] = JSON.parse(await second.evaluate(() => localStorage['podskazka.tickets']));
  await whole(second, number);
  assert.equal(offsets(slices(from)).filter((it) => it === 0).length, 1, 'it does not begin again');
  assert.ok(total(slices(from)) - TEXT.length <= SLICE);
  await second.context().close();
});
