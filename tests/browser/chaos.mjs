// Letters with files through a bad network: requests, answers and halves of bodies are lost, pages reload, tabs are killed, two of
// them send at once, the server is killed. Every letter becomes one ticket, and every file is whole.
//
// SENDS is how many letters are sent (8: each event once), SEED where the drawing begins, LOSS how many of a hundred requests
// are lost in one way or another.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { openPage, ready } from './lib/chromium.mjs';
import { TICKET, WORDS, dialogOf, outbox, pictureOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const SENDS = Number(process.env.SENDS ?? 8);
const SEED = Number(process.env.SEED ?? 1);
const LOSS = Number(process.env.LOSS ?? 30);
/** What happens while a letter is on its way. */
const EVENTS = ['nothing', 'reload', 'kill', 'restart', 'twice', 'nothing', 'nothing', 'nothing'];
const WAYS = ['request', 'answer', 'half'];
/** Files of these sizes, in bytes: small ones go whole, large ones in slices. */
const SIZES = [0, 2_000, 600_000, 2_000, 300_000, 2_000, 0, 2_000];

const { server, browser } = await stand();
const desk = await server.operator();

let state = SEED;
function draw(sides) {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % sides;
}

const textOf = (letter) => `${TICKET.text} Письмо ${letter}.`;
const fileOf = (letter, size) => Buffer.from(`line of letter ${letter}\n`.repeat(size / 20)).subarray(0, size);
const online = (page) => page.evaluate(() => window.dispatchEvent(new Event('online')));
const newest = (page) => page.evaluate(() => JSON.parse(localStorage['podskazka.tickets'] ?? '[]')[0]?.number);

async function open(context, letter) {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await ready(page, `${server.origin}/refund.html?letter=${letter}`);
  return page;
}

async function write(page, letter, size, picture) {
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  const dialog = dialogOf(page);
  await dialog.getByLabel(WORDS.name).fill(TICKET.name);
  await dialog.getByLabel(WORDS.contact).fill(TICKET.contact);
  await dialog.getByLabel(WORDS.text).fill(textOf(letter));
  await dialog.getByLabel(WORDS.topic).selectOption({ index: 1 });
  if (picture) await pictureOf(page).waitFor();
  else await pictureOf(page).uncheck();
  if (size) {
    await dialog.locator('input[type=file]').first().setInputFiles({ name: 'log.txt', mimeType: 'text/plain', buffer: fileOf(letter, size) });
    await dialog.locator('.held').first().waitFor();
  }
  await dialog.getByRole('button', { name: WORDS.send, exact: true }).click();
}

/** Until a moment comes, with a turn for the page between two looks; the network is back again and again. */
async function until(page, moment) {
  for (;;) {
    if (await moment()) return;
    await online(page());
    await page().evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

test(`${SENDS} letters become ${SENDS} tickets, every file whole`, async () => {
  const first = await openPage(browser);
  const context = first.context();
  await first.close();
  const keys = new Map();
  const lost = { request: 0, answer: 0, half: 0, none: 0 };
  const happened = Object.fromEntries(EVENTS.map((it) => [it, 0]));
  const files = new Map();
  let page = await open(context, 0);
  for (let letter = 0; letter < SENDS; letter++) {
    const event = EVENTS[letter < EVENTS.length ? letter : draw(EVENTS.length)];
    const size = SIZES[letter < SIZES.length ? letter : draw(SIZES.length)];
    const picture = letter % 10 === 1;
    happened[event]++;
    files.set(textOf(letter), { file: size ? fileOf(letter, size) : undefined, picture });
    const before = await newest(page);
    const at = () => {
      const way = draw(100) < LOSS ? WAYS[draw(WAYS.length)] : undefined;
      lost[way ?? 'none']++;
      return way;
    };
    const restore = server.lose({ url: /uploads|tickets$/, at });
    await write(page, letter, size, picture);
    const done = async () => (await newest(page)) !== before && !(await outbox(page)).length;
    // What is not kept yet is nobody's: before that, a person sees it on the screen.
    await until(() => page, async () => (await newest(page)) !== before || (await outbox(page)).length > 0);
    if (event === 'reload') await page.reload();
    if (event === 'kill' || event === 'twice') {
      const next = await open(context, letter);
      if (event === 'kill') {
        await page.close();
        page = next;
      } else {
        await next.evaluate(() => void window.Podskazka.open('help'));
        await until(() => next, done);
        await next.close();
      }
    }
    if (event === 'restart') await server.crash();
    await until(() => page, done);
    restore();
    for (const { method, url, headers, body } of server.sent.splice(0)) {
      if (method !== 'POST' || !url.endsWith('/tickets')) continue;
      const key = headers['idempotency-key'];
      const same = keys.get(key);
      assert.ok(!same || same.body.equals(body), `letter ${letter}: the same key has the same body`);
      keys.set(key, { url, headers, body });
    }
    assert.equal(keys.size, letter + 1, `letter ${letter}, ${event}: a letter has one key`);
    if (await page.evaluate(() => !document.querySelector('podskazka-panel')?.shadowRoot.querySelector('dialog')?.open)) continue;
    await page.keyboard.press('Escape');
    await dialogOf(page).waitFor({ state: 'hidden' });
  }
  console.log(`of ${Object.values(lost).reduce((a, b) => a + b)} requests ${lost.request} were lost, ${lost.half} cut in half, and ${lost.answer} answers; ${JSON.stringify(happened)}`);
  if (LOSS) assert.ok(lost.request + lost.half + lost.answer > 0);
  // As operators find them: each letter once, with its file.
  const numbers = await desk.all();
  assert.equal(new Set(numbers).size, SENDS);
  for (const number of numbers) {
    const ticket = await desk.card(number);
    const wanted = files.get(ticket.text);
    assert.ok(wanted, `${number} is a letter of its own`);
    files.delete(ticket.text);
    const all = ticket.events.flatMap((it) => it.files ?? []);
    const texts = all.filter((it) => it.media_type === 'text/plain');
    assert.equal(texts.length, wanted.file ? 1 : 0, `${number}: its file, once`);
    assert.equal(all.length - texts.length, wanted.picture ? 1 : 0, `${number}: its picture, once`);
    if (!wanted.file) continue;
    const kept = await desk.file(number, texts[0].id);
    const differs = kept.findIndex((byte, at) => byte !== wanted.file[at]);
    assert.ok(kept.equals(wanted.file), `${number}: its file is whole; ${kept.length} bytes of ${wanted.file.length}, another from ${differs} on`);
  }
  // Each key is asked again: the server answers with the ticket it has.
  const again = new Set();
  for (const { url, headers, body } of keys.values()) {
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(content-type|idempotency-key|x-)/.test(name)));
    const answer = await fetch(`${server.origin}${url}`, { method: 'POST', body, headers: kept });
    assert.equal(answer.status, 201);
    again.add((await answer.json()).number);
  }
  assert.deepEqual([...again].sort(), numbers.sort());
});
