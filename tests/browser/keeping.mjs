// What a browser keeps of a letter, and what a log-out leaves of it: without a link, in a browser that does not list its bases, where
// a base cannot be erased now, and where there is no room.
import { afterEach, test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, audit, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus, tabTo } from './lib/keyboard.mjs';
import { TICKET, WORDS, dialogOf, fillTicket, forgetter, numberOf, outbox, pictureOf, storage } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
// A test that fails leaves no cut behind.
afterEach(() => server.mend());

const posts = (from) => server.sent.slice(from).filter((it) => it.method === 'POST');
const press = (page, name) => dialogOf(page).getByRole('button', { name, exact: true }).first().click();
const said = (page, text) => dialogOf(page).getByRole('status').getByText(text).waitFor({ state: 'attached' });

/** A letter without its picture; `prepare` runs in every page before its scripts. */
async function letter(prepare) {
  const page = await openPage(browser);
  if (prepare) await page.addInitScript(prepare);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  await pictureOf(page).uncheck();
  return page;
}

/** The same, sent while the link was away; the answer brings it back. */
async function waiting(prepare) {
  const page = await letter(prepare);
  await forgetter(page);
  const restore = server.cut();
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  return { page, restore };
}

/** The next page, on which nothing is opened: what waits is tried once, in vain. */
async function later(page) {
  const restore = server.lose({ url: /tickets$/, at: 'request' });
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'queued'));
  restore();
}

const bases = (page) => page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name).filter((it) => /podskazka/.test(it)));

/** The link is back, and whoever would send has had the time to. */
async function back(page) {
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await press(page, WORDS.write);
  await dialogOf(page).getByLabel(WORDS.text).waitFor();
}

test('a log-out without a link, on a page where nothing was opened: the letter is gone, and goes nowhere', async () => {
  const { page, restore } = await waiting();
  restore();
  await later(page);
  const from = server.sent.length;
  await page.context().setOffline(true);
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.deepEqual(await bases(page), []);
  await back(page);
  assert.deepEqual(posts(from), []);
  assert.equal(await dialogOf(page).getByLabel(WORDS.name).inputValue(), '');
  assert.equal(await page.evaluate(() => localStorage['podskazka.tickets']), undefined);
  await page.context().close();
});

test('a log-out without a link forgets tickets that were sent', async () => {
  const page = await letter();
  await press(page, WORDS.send);
  await numberOf(page);
  const loaded = page.waitForResponse(/wipe\.js$/);
  await ready(page, `${server.origin}/appointment.html`);
  await (await loaded).finished();
  await page.context().setOffline(true);
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('podskazka.'))), []);
  await page.context().close();
});

test('a log-out leaves no base and no key of ours', async () => {
  const { page, restore } = await waiting();
  await page.evaluate(() => window.Podskazka.shutdown());
  restore();
  assert.deepEqual(await bases(page), []);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('podskazka.'))), []);
  await page.context().close();
});

test('a browser that does not list its bases forgets the letter all the same', async () => {
  const unlisted = () => {
    window.listed = indexedDB.databases.bind(indexedDB);
    Object.defineProperty(IDBFactory.prototype, 'databases', { value: undefined });
  };
  const { page, restore } = await waiting(unlisted);
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.deepEqual(await page.evaluate(async () => (await window.listed()).map((it) => it.name).filter((it) => /podskazka/.test(it))), []);
  const from = server.sent.length;
  restore();
  await back(page);
  assert.deepEqual(posts(from), []);
  await page.context().close();
});

test('where the base cannot be erased now, nothing of it goes, and the next page erases it', async () => {
  const stuck = () => {
    const { deleteDatabase } = IDBFactory.prototype;
    IDBFactory.prototype.deleteDatabase = function (name) {
      if (!sessionStorage.stuck) return deleteDatabase.call(this, name);
      const request = {};
      setTimeout(() => request.onerror?.(new Event('error')));
      return request;
    };
  };
  const { page, restore } = await waiting(stuck);
  const from = server.sent.length;
  await page.evaluate(() => (sessionStorage.stuck = '1'));
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.equal((await outbox(page)).length, 1, 'it is still there');
  restore();
  await back(page);
  assert.deepEqual(posts(from), []);
  assert.equal(await dialogOf(page).getByText(/ждёт/i).count(), 0);
  await page.evaluate(() => sessionStorage.removeItem('stuck'));
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => localStorage['podskazka.waits'] === undefined);
  assert.deepEqual(await bases(page), []);
  assert.deepEqual(posts(from), []);
  await page.context().close();
});

test('a log-out that is only marked is done by the next page, before anything is sent or asked', async () => {
  const page = await letter();
  await press(page, WORDS.send);
  await numberOf(page);
  await page.evaluate(() => (localStorage['podskazka.waits'] = 'wipe'));
  const from = server.sent.length;
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => localStorage['podskazka.waits'] === undefined);
  assert.equal(await page.evaluate(() => localStorage['podskazka.tickets']), undefined);
  assert.deepEqual(await bases(page), []);
  assert.deepEqual(server.sent.slice(from).filter((it) => /\/v1\/tickets/.test(it.url)), []);
  await page.context().close();
});

/** A browser whose storage takes no record of more than so many bytes. */
const small = (most) => `(() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, name) {
    if (value.data?.byteLength > ${most}) throw new DOMException('full', 'QuotaExceededError');
    return put.call(this, value, name);
  };
})()`;
/** Whether the page would ask before it is left. */
const asks = (page) => page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

test('a full storage is said; the text stays on the screen, can be copied and sent again, and the tab asks before it is left', async () => {
  const page = await letter(small(-1));
  const dialog = dialogOf(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  assert.equal(await asks(page), false);
  const restore = server.cut();
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  await dialog.locator('p.note').getByText(/нет места.*Не закрывайте вкладку/).waitFor();
  await said(page, /нет места/);
  const text = dialog.getByLabel('Текст обращения');
  assert.equal(await text.inputValue(), TICKET.text);
  assert.equal(await asks(page), true);
  assert.deepEqual(await outbox(page), []);
  assert.ok(!(await storage(page)).includes(TICKET.text));
  await audit(page);
  await shot(page, 'letter-no-room');
  await page.bringToFront();
  await tabTo(page, 'button', 'Скопировать текст');
  await page.keyboard.press('Enter');
  await said(page, /Текст скопирован/);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), TICKET.text);
  // Seen again after another view.
  await press(page, 'К ответам');
  await press(page, WORDS.write);
  await assertFocus(page, 'heading', WORDS.waits);
  assert.equal(await text.inputValue(), TICKET.text);
  // A try in vain is told anew.
  await press(page, 'Отправить сейчас');
  await said(page, /нет места/);
  restore();
  await press(page, 'Отправить сейчас');
  await numberOf(page);
  assert.equal(await asks(page), false, 'nothing is left to lose');
  await assertClean(page);
  await page.context().close();
});

test('nothing asks any more once the widget has ended', async () => {
  const page = await letter(small(-1));
  const restore = server.cut();
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  assert.equal(await asks(page), true);
  await page.evaluate(() => window.Podskazka.destroy());
  assert.equal(await asks(page), false);
  restore();
  await page.context().close();
});

test('where only the files do not fit, the words are kept, and the files are named', async () => {
  const page = await letter(small(40_000));
  const dialog = dialogOf(page);
  const text = (name, size) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('x'.repeat(size)) });
  await dialog.locator('.files input').first().setInputFiles([text('малый.txt', 500), text('большой.txt', 90_000)]);
  await dialog.locator('.held').nth(1).waitFor();
  const restore = server.cut();
  await press(page, WORDS.send);
  await assertFocus(page, 'heading', WORDS.waits);
  const note = dialog.locator('p.note').getByText(/не хватило места для файлов: «большой.txt»/);
  await note.waitFor();
  assert.doesNotMatch(await note.textContent(), /малый/);
  await said(page, /«большой.txt»/);
  assert.equal((await outbox(page)).length, 2, 'the letter and the small file');
  assert.equal(await asks(page), true);
  await audit(page);
  await shot(page, 'letter-no-room-files');
  // In this tab it goes whole.
  const from = server.sent.length;
  restore();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await numberOf(page);
  assert.deepEqual(posts(from).map((it) => it.url.split('/').at(-1)), ['uploads', 'uploads', 'tickets']);
  assert.equal(await asks(page), false);
  assert.deepEqual(await outbox(page), []);
  await page.context().close();
});

/** A letter that is being written, kept. */
async function written() {
  const page = await letter();
  await page.waitForFunction(() => localStorage['podskazka.waits'] && sessionStorage['podskazka.desk']);
  return page;
}
const again = async (page) => {
  await ready(page, `${server.origin}/refund.html`);
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  await dialogOf(page).getByLabel(WORDS.text).waitFor();
};
const typed = (page) => Promise.all([WORDS.name, WORDS.contact, WORDS.text].map((it) => dialogOf(page).getByLabel(it).inputValue()));

test('a letter that is being written outlives a reload of its tab, and lies nowhere in clear', async () => {
  const page = await written();
  const stored = await storage(page);
  for (const word of Object.values(TICKET)) assert.ok(!stored.includes(word), `«${word}» lies in clear`);
  const from = server.sent.length;
  await again(page);
  assert.deepEqual(await typed(page), Object.values(TICKET));
  assert.ok(!server.sent.slice(from).some((it) => it.method === 'POST'), 'it does not go by itself');
  // The next person opens a tab of his own.
  const other = await page.context().newPage();
  await again(other);
  assert.deepEqual(await typed(other), ['', '', '']);
  await other.close();
  await press(page, WORDS.send);
  await numberOf(page);
  assert.deepEqual(await outbox(page), []);
  await again(page);
  assert.deepEqual(await typed(page), ['', '', '']);
  await page.context().close();
});

test('a letter that is being written is forgotten at a log-out, and after a day', async () => {
  const page = await written();
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.deepEqual(await bases(page), []);
  await again(page);
  assert.deepEqual(await typed(page), ['', '', '']);
  await page.context().close();

  const old = await written();
  await old.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + 25 * 3_600_000;
  });
  await ready(old, `${server.origin}/appointment.html`);
  await old.waitForFunction(() => localStorage['podskazka.waits'] === undefined);
  assert.deepEqual(await outbox(old), []);
  await again(old);
  assert.deepEqual(await typed(old), ['', '', '']);
  await old.context().close();
});
