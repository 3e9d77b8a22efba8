// Sends through a bad network: requests and answers are lost, the server is killed right after it has stored a ticket. Every
// letter becomes one ticket and no more.
//
// SENDS is how many letters are sent (6: each fault once), SEED where the drawing of the faults begins.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, openPage, ready } from './lib/chromium.mjs';
import { WORDS, dialogOf, fillTicket, numberOf, outbox, pictureOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const SENDS = Number(process.env.SENDS ?? 6);
const SEED = Number(process.env.SEED ?? 1);
/** What is lost: the picture's or the ticket's request or answer; and whether the server dies then. */
const FAULTS = [
  { url: /uploads$/, at: 'request' },
  { url: /uploads$/, at: 'answer' },
  { url: /uploads$/, at: 'answer', crash: true },
  { url: /tickets$/, at: 'request' },
  { url: /tickets$/, at: 'answer' },
  { url: /tickets$/, at: 'answer', crash: true },
];

const { server, browser } = await stand();

test(`${SENDS} letters become ${SENDS} tickets`, async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  const numbers = new Set();
  let draw = SEED;
  for (let letter = 0; letter < SENDS; letter++) {
    draw = (Math.imul(draw, 1103515245) + 12345) >>> 0;
    const fault = FAULTS[letter < FAULTS.length ? letter : (draw >>> 8) % FAULTS.length];
    const told = `letter ${letter + 1}, ${fault.at} of ${fault.url} lost${fault.crash ? ', server killed' : ''}`;
    await page.locator('.pdk-launcher').click();
    await fillTicket(page);
    await pictureOf(page).waitFor();
    const restore = server.lose({ ...fault, then: fault.crash && server.crash });
    await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
    await dialogOf(page).getByText(WORDS.waits).first().waitFor();
    restore();
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    const number = await numberOf(page);
    assert.ok(!numbers.has(number), `${told}: ${number} was given twice`);
    numbers.add(number);
    assert.deepEqual(await outbox(page), [], `${told}: nothing stays in the outbox`);
    const ofThis = server.sent.filter((it) => it.method === 'POST' && it.url.endsWith('/tickets'));
    const keys = new Set(ofThis.map((it) => it.headers['idempotency-key']));
    assert.equal(keys.size, letter + 1, `${told}: a letter keeps its key`);
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({ state: 'hidden' });
  }
  // Each key is asked again: the server answers with the ticket it has, and the tickets are as many as the letters.
  const posts = server.sent.filter((it) => it.method === 'POST' && it.url.endsWith('/tickets'));
  const last = new Map(posts.map((it) => [it.headers['idempotency-key'], it]));
  const again = new Set();
  for (const { url, headers, body } of last.values()) {
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(content-type|idempotency-key|x-)/.test(name)));
    const answer = await fetch(`${server.origin}${url}`, { method: 'POST', body, headers: kept });
    assert.equal(answer.status, 201);
    again.add((await answer.json()).number);
  }
  assert.deepEqual([...again].sort(), [...numbers].sort());
  // Equal pictures may share a file, and the last may still be checked.
  const pictures = server.files().filter((it) => /^(files|quarantine)/.test(it.path)).length;
  assert.ok(pictures >= 1 && pictures <= SENDS, `${pictures} pictures are stored for ${SENDS} tickets`);
  await assertClean(page);
});
