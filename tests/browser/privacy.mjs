// No typed value leaves the page: a canary in every field of every form, looked for in all that is sent, stored and logged.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, openPage, ready, shot } from './lib/chromium.mjs';
import { TICKET, WORDS, dialogOf, fillTicket, numberOf, outbox, storage } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';
import { steps } from './lib/steps.mjs';
import { FORMS, spellings } from './lib/values.mjs';

const { server, browser } = await stand();

/** Fails naming the field whose value stands in `text`. */
function absent(fields, place, text) {
  let plain = text;
  try {
    plain += decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not an address: the text itself is enough.
  }
  for (const [field, { value }] of Object.entries(fields)) {
    for (const spelling of spellings(value)) assert.ok(!plain.includes(spelling), `${field} («${spelling}») stands in ${place}`);
  }
}

for (const [form, fields] of Object.entries(FORMS)) {
  test(`${form}: no typed value leaves the page`, async (t) => {
    const step = steps(t);
    const page = await openPage(browser);
    const sentBefore = server.sent.length;
    let triesBefore;

    await step('every field of the form has a canary, and every wrong one its error', async () => {
      await ready(page, `${server.origin}/${form}.html`);
      const names = await page.locator('form').locator('input,select,textarea').evaluateAll((all) => all.map((it) => it.name));
      assert.deepEqual(names.sort(), Object.keys(fields).sort(), 'tests/browser/lib/values.mjs names every field');
      for (const [name, { value }] of Object.entries(fields)) {
        await page.locator(`[name="${name}"]`).fill(value);
        await page.locator(`[name="${name}"]`).press('Tab');
      }
      for (const [name, { wrong }] of Object.entries(fields)) {
        if (wrong) await page.locator(`[name="${name}"][aria-invalid="true"]`).waitFor();
      }
    });
    await step('a submit with errors sends nothing and keeps every value', async () => {
      await page.locator('form button[type="submit"]').click();
      await page.locator('.pdk-summary').waitFor();
      for (const [name, { value }] of Object.entries(fields)) {
        const now = await page.locator(`[name="${name}"]`).inputValue();
        assert.equal(now.replace(/\D/g, '') || now, value.replace(/\D/g, '') || value, name);
      }
      assert.deepEqual(server.sent.slice(sentBefore).filter((it) => it.method !== 'GET'), [], 'nothing is posted');
      await shot(page, `privacy-${form}`);
    });
    await step('the search in the panel and the ticket form see no value', async () => {
      await page.locator('.pdk-launcher').click();
      await dialogOf(page).waitFor();
      await fillTicket(page);
      await dialogOf(page).getByText('Что мы отправим').first().waitFor();
      absent(fields, 'the panel', await dialogOf(page).innerText());
    });
    await step('without a network the ticket waits in the browser, and holds no value there either', async () => {
      const restore = server.cut();
      await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
      await dialogOf(page).getByText(WORDS.waits).first().waitFor();
      const stored = await storage(page);
      assert.ok((await outbox(page)).length >= 1, 'the ticket is in the outbox');
      for (const word of Object.values(TICKET)) assert.ok(!stored.includes(word), `«${word}» lies there in clear`);
      absent(fields, 'the outbox', stored);
      restore();
      triesBefore = server.sent.length;
    });
    await step('the network is back: the ticket goes with its picture', async () => {
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await numberOf(page);
      const posts = server.sent.slice(triesBefore).filter((it) => it.method === 'POST').map((it) => it.url);
      assert.deepEqual(posts.map((it) => it.split('/').at(-1)), ['uploads', 'tickets'], 'the picture, then the ticket');
    });
    await step('no value in any request: address, headers, body', async () => {
      for (const { method, url, headers, body } of server.sent.slice(sentBefore)) {
        absent(fields, `${method} ${url}`, `${url}\n${JSON.stringify(headers)}\n${body.toString('utf8')}`);
      }
      const { body } = server.sent.findLast((it) => it.url.endsWith('/tickets') && it.method === 'POST');
      absent(fields, 'the ticket', JSON.stringify(JSON.parse(body.toString('utf8'))));
    });
    await step('no value in storage, cookies, events or the console', async () => {
      absent(fields, 'storage', await storage(page));
      absent(fields, 'events', JSON.stringify((await page.seen()).events));
      absent(fields, 'the console', page.lines.join('\n'));
      assert.deepEqual(await page.context().cookies(), [], 'no cookie');
    });
    await step('no value in the database, the files or the log; nothing of the person in the log', async () => {
      const files = server.files();
      assert.ok(files.some((it) => it.bytes.includes('SQLite format 3')), 'the database file is there');
      for (const { path, bytes } of files) absent(fields, `the server's ${path}`, bytes.toString('utf8'));
      absent(fields, 'the log', server.log());
      for (const word of [TICKET.name, TICKET.contact, TICKET.text]) assert.ok(!server.log().includes(word), word);
      for (const { url, headers } of server.sent) {
        for (const word of Object.values(TICKET)) assert.ok(!`${decodeURI(url)}${JSON.stringify(headers)}`.includes(word), word);
      }
    });
    await step('no violation of the policy', () => assertClean(page));
    await page.context().close();
  });
}

test('the search for canaries finds them where they are', () => {
  // The check above is worth something only if it can fail.
  for (const fields of Object.values(FORMS)) {
    for (const [name, { value }] of Object.entries(fields)) {
      assert.throws(() => absent({ [name]: { value } }, 'a text', `до ${value} после`), new RegExp(name));
      assert.throws(() => absent({ [name]: { value } }, 'an address', `/?q=${encodeURIComponent(value)}`), new RegExp(name));
    }
  }
});
