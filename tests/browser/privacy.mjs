// No typed value leaves the page: a canary in every field of every form, looked for in all that is sent, stored and logged.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { POLICY, assertClean, openPage, ready, shot } from './lib/chromium.mjs';
import { TICKET, WORDS, dialogOf, fillTicket, keepDrawings, numberOf, outbox, send, storage } from './lib/panel.mjs';
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

test('a field whose schema lets its value go: the letter shows it and carries it, and nothing else of the form', async () => {
  const FIELDS = { unit: 'Отдел 7', street: 'Мукомольная улица', pin: '486317', card: '2200123456789019' };
  const fields = [
    { name: 'unit', label: 'Отдел', capture: 'value' },
    { name: 'street', label: 'Улица' },
    { name: 'pin', label: 'Слово', capture: 'never' },
    { name: 'card', label: 'Карта', kind: 'card' },
    { name: 'way', label: 'Как получить', capture: 'value' },
  ];
  const schema = JSON.stringify({ version: 1, form: 'value', fields });
  const inputs = Object.keys(FIELDS).map((name) => `<p><label for="${name}">${name}</label> <input id="${name}" name="${name}"></p>`).join('');
  const way = '<fieldset><legend>Как получить</legend><label><input type="radio" name="way" value="mail"> Почтой</label></fieldset>';
  // A secret of the page stays whatever is written over it.
  const secret = '<div data-podskazka-capture="value"><label for="word">Код</label> <input id="word" name="word" type="password" value="Мукомол-846"></div>';
  const open = '<p><label for="note">Заметка</label> <input id="note" name="note" data-podskazka-capture="value" value="Звоните вечером"></p>';
  const form = `<form data-podskazka-form="value"><script type="application/json" data-podskazka-schema>${schema}</script>${inputs}${way}${secret}${open}<button>Отправить</button></form>`;
  const script = `<script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-build="${POLICY}"></script>`;
  const body = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Проба</title>${script}</head><body><main><h1>Проба</h1>${form}</main></body></html>`;
  server.pages['/value.html'] = { headers: {}, body };
  const page = await openPage(browser);
  await ready(page, `${server.origin}/value.html`);
  for (const [name, value] of Object.entries(FIELDS)) await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('[name=way]').check();
  // The schema has been laid: its card is judged.
  await page.locator('[name="card"][inputmode="numeric"]').waitFor();
  // The page makes the secret readable, as by an eye beside the field.
  await page.evaluate(keepDrawings);
  await page.locator('[name=word]').evaluate((it) => (it.type = 'text'));
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  const [drawn] = await page.evaluate(() => window.svgs);
  assert.ok(drawn.includes('Xxxxxxxxxxx xxxxx') && !drawn.includes('Xxxxxxx-999'), 'the picture shows the shape of a street and none of a secret');
  const shown = await dialogOf(page).innerText();
  for (const text of ['Отдел 7', 'mail', 'Звоните вечером']) assert.ok(shown.includes(text), `${text} is shown before it goes`);
  for (const text of [FIELDS.street, FIELDS.pin, FIELDS.card, 'Мукомол-846']) assert.ok(!shown.includes(text), text);
  const before = server.sent.length;
  await page.evaluate(() => document.addEventListener('podskazka:beforesend', ({ detail }) => (window.going = structuredClone(detail.snapshot.fields))));
  await send(page);
  const { body: sent } = server.sent.slice(before).find((it) => it.url.endsWith('/tickets') && it.method === 'POST');
  const states = JSON.parse(sent.toString('utf8')).snapshot.fields;
  assert.deepEqual(await page.evaluate(() => window.going), states, 'the page is told what goes, values too');
  const got = Object.fromEntries(states.map((it) => [it.name, it.value ?? it.shape]));
  assert.deepEqual(got, {
    unit: 'Отдел 7', street: 'Xxxxxxxxxxx xxxxx', pin: '••••••••', card: '••••••••', way: 'mail', word: '••••••••', note: 'Звоните вечером',
  });
  for (const { url, headers, body } of server.sent.slice(before)) {
    const all = `${decodeURI(url)}${JSON.stringify(headers)}${url.endsWith('/tickets') ? '' : body.toString('utf8')}`;
    assert.ok(!all.includes('Отдел 7') && !all.includes('Звоните'), url);
  }
  assert.ok(!server.log().includes('Отдел 7'), 'no value in the log');
  await assertClean(page);
  await page.context().close();
});

test('an editor of text that serves as a field: its name, its label and its shape go, and never its words', async () => {
  const WORDS_OF = { story: 'Мукомолов 486317', note: 'Лиственничная 48', inn: '7707083894', pin: 'Мукомол-846', shown: 'Вязовский тракт', lone: '112-233' };
  const form = `<form data-podskazka-form="editors"><p><label for="a">Первое</label> <input id="a" name="a"></p>
    <p id="story-label">Что случилось *</p><div contenteditable="true" role="textbox" id="story" aria-labelledby="story-label" aria-required="true"><p>${WORDS_OF.story}</p><p>да</p></div>
    <div contenteditable="plaintext-only" aria-label="Заметка" data-podskazka-capture="value" id="note">${WORDS_OF.note}</div>
    <div contenteditable name="inn" data-podskazka="inn" data-podskazka-label="ИНН">${WORDS_OF.inn}</div>
    <div contenteditable role="textbox" aria-label="Слово" id="pin" data-podskazka-capture="never">${WORDS_OF.pin}</div>
    <div contenteditable role="textbox" aria-label="Пусто" id="empty"><br></div>
    <div contenteditable="false" role="textbox" id="off">не поле</div><div contenteditable>не названо</div><div contenteditable id="own" data-podskazka-ignore>не наше</div>
    <p><label for="z">Последнее</label> <input id="z" name="z"></p><button>Отправить</button></form>`;
  const outside = `<div contenteditable role="textbox" id="elsewhere" aria-label="Чужое">${WORDS_OF.shown}</div><div contenteditable id="lone" aria-label="Одно" data-podskazka="text">${WORDS_OF.lone}</div>`;
  const script = `<script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-build="${POLICY}"></script>`;
  const head = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Проба</title><link rel="icon" href="data:,">${script}</head>`;
  server.pages['/editors.html'] = { headers: {}, body: `${head}<body><main><h1>Проба</h1>${form}${outside}</main></body></html>` };
  server.pages['/editor.html'] = { headers: {}, body: `${head}<body><main><h1>Проба</h1>${outside}</main></body></html>` };
  const page = await openPage(browser);
  await ready(page, `${server.origin}/editors.html`);
  const before = await page.locator('main').innerHTML();
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  const shown = await dialogOf(page).innerText();
  assert.match(shown, /Что случилось: Xxxxxxxxx 999999 xx, /);
  for (const text of Object.values(WORDS_OF)) assert.ok(!shown.includes(text), text);
  const from = server.sent.length;
  await send(page);
  const { body } = server.sent.slice(from).find((it) => it.url.endsWith('/tickets') && it.method === 'POST');
  const states = JSON.parse(body.toString('utf8')).snapshot.fields;
  assert.deepEqual(
    states.map(({ name, label, kind, valid, code, length_class, shape, value }) => [name, label, kind, valid, code, length_class, shape, value]),
    [
      ['a', 'Первое', 'text', true, undefined, 'empty', '', undefined],
      ['story', 'Что случилось', 'text', true, undefined, 'medium', 'Xxxxxxxxx 999999 xx', undefined],
      ['note', 'Заметка', 'text', true, undefined, 'medium', 'Xxxxxxxxxxxxx 99', undefined],
      ['inn', 'ИНН', 'inn', false, 'inn.checksum', 'medium', '9999999999', undefined],
      ['pin', 'Слово', 'text', true, undefined, 'medium', '••••••••', undefined],
      ['empty', 'Пусто', 'text', true, undefined, 'empty', '', undefined],
      ['z', 'Последнее', 'text', true, undefined, 'empty', '', undefined],
    ],
    'in the order of the page; no word of it',
  );
  for (const { url, headers, body } of server.sent.slice(from)) {
    for (const text of Object.values(WORDS_OF)) assert.ok(!`${decodeURI(url)}${JSON.stringify(headers)}${body.toString('utf8')}`.includes(text), `${text} in ${url}`);
  }
  const said = await page.locator('main').evaluate((it) => it.querySelectorAll('[contenteditable][aria-invalid],[contenteditable] ~ .pdk-error,[contenteditable] ~ .pdk-hint').length);
  assert.equal(said, 0, 'nothing is said of an editor');
  const bare = (html) => html.match(/<div contenteditable[^]*?<\/div>/g);
  assert.deepEqual(bare(await page.locator('main').innerHTML()), bare(before), 'and nothing is changed on it');

  // A page whose one field it is.
  await ready(page, `${server.origin}/editor.html`);
  await page.locator('.pdk-launcher').click();
  await fillTicket(page);
  const last = server.sent.length;
  await send(page);
  const ticket = server.sent.slice(last).find((it) => it.url.endsWith('/tickets') && it.method === 'POST');
  assert.deepEqual(JSON.parse(ticket.body.toString('utf8')).snapshot.fields.map((it) => [it.name, it.shape]), [['lone', '999-999']]);
  await assertClean(page);
  await page.context().close();
});

test('an untouched page keeps and sends what the page about privacy says', async () => {
  const page = await openPage(browser);
  const asked = [];
  page.on('request', (it) => asked.push(`${it.method()} ${new URL(it.url()).pathname}`));
  const kept = () => page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }).filter((it) => it.startsWith('podskazka')).sort());
  const bare = async (attributes) => {
    const tag = `<script async type="module" src="/podskazka/podskazka.js" data-site="demo" ${POLICY === 'js' ? 'data-build="js"' : ''} ${attributes}></script>`;
    server.pages['/untouched.html'] = { body: `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Форма</title><link rel="icon" href="data:,">${tag}</head><body><main><form data-podskazka-form="refund"><label>ИНН <input name="inn" data-podskazka="inn"></label></form></main></body></html>` };
    asked.length = 0;
    await page.goto(`${server.origin}/untouched.html`);
    await page.waitForFunction(() => document.querySelector('form').noValidate);
  };
  const own = () => asked.filter((it) => !/ \/(podskazka\/|untouched\.html)/.test(it));

  await bare('');
  await page.waitForLoadState('networkidle');
  assert.deepEqual([own(), await kept()], [[], []], 'for somebody of whom nothing is kept');

  const schema = { version: 1, form: 'refund', fields: [{ name: 'inn', kind: 'inn' }] };
  server.pages['/schemas/refund.json'] = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(schema) };
  await bare('data-schema="/schemas/{form}.json"');
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('/form.ru.txt')));
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
  assert.deepEqual([own(), await kept()], [[], []], 'an address of schemas waits for somebody');
  await page.keyboard.press('Shift');
  await page.waitForFunction(() => Object.keys(localStorage).length);
  assert.deepEqual([own(), await kept()], [['GET /schemas/refund.json'], [`podskazka.schema.${server.origin}/schemas/refund.json`]], 'where the page names an address of schemas');

  const numbers = ['28T5CY4T-Y', '28T5CY4V-0', '28T5CY4W-1', '28T5CY4X-2', '28T5CY4Y-3', '28T5CY4Z-4'].map((it) => `PS-${it}`);
  await page.evaluate((all) => (localStorage.clear(), (localStorage['podskazka.tickets'] = JSON.stringify(all.map((number) => ({ number, token: 'a'.repeat(43) }))))), numbers);
  await bare('');
  await page.waitForFunction(() => localStorage['podskazka.asked']);
  await page.waitForLoadState('networkidle');
  assert.deepEqual([own().sort(), await kept()], [numbers.slice(0, 5).map((it) => `GET /v1/tickets/${it}`).sort(), ['podskazka.asked', 'podskazka.tickets']], 'where this browser keeps tickets');
  await bare('');
  await page.waitForLoadState('networkidle');
  assert.deepEqual(own(), [], 'at most once in two minutes');
  await page.context().close();
});

test('the search for canaries finds them where they are', () => {
  // The check above is worth something only if it can fail.
  for (const fields of Object.values(FORMS)) {
    for (const [name, { value }] of Object.entries(fields)) {
      assert.throws(() => absent({ [name]: { value } }, 'a text', `до ${value} после`), new RegExp(name));
      assert.throws(() => absent({ [name]: { value } }, 'an address', `/?q=${encodeURIComponent(value)}`), new RegExp(name));
    }
  }
});
