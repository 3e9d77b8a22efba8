// Generated forms with something personal in every place a form has: nothing of it is in any request, in storage, in the server's log
// or database. FORMS is how many are drawn (120), SEED where the drawing begins, PICTURES of how many one goes with its picture (12).
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';

import { POLICY, launch, openPage, ready } from './lib/chromium.mjs';
import { MARKS, draw, found } from './lib/generated.mjs';
import { TICKET, keepDrawings, storage } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

const FORMS = Number(process.env.FORMS ?? 120);
const SEED = Number(process.env.SEED ?? 1);
const PICTURES = Number(process.env.PICTURES ?? 12);
/** Forms after which a page begins anew: a person does not fill in a thousand without a reload. */
const PAGE = 200;

let server;
let browser;
before(async () => {
  const none = ['ticket', 'upload', 'read', 'write'].flatMap((it) => [`[limits.${it}]`, ...['address', 'site', 'token'].map((by) => `${by} = { burst = 0, per_minute = 0 }`)]);
  [server, browser] = await Promise.all([startServer({ policy: POLICY, settings: () => none }), launch()]);
  const build = POLICY === 'js' ? 'data-build="js"' : '';
  server.pages['/forms.html'] = {
    body: `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Формы</title><link rel="icon" href="data:,"><script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-lang="ru" ${build}></script></head><body></body></html>`,
  };
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Runs in the page: comes into the form, waits until its fields are bound. */
async function touch() {
  const form = document.querySelector('main form');
  form.querySelector('input,select,textarea')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
  const from = performance.now();
  while (!form.noValidate && performance.now() < from + 5000) await new Promise(requestAnimationFrame);
}

/** Runs in the page: the letter is opened on the form, written and sent. */
async function write({ ticket, picture, last }) {
  const deep = (find) =>
    new Promise((done) => {
      const look = () => {
        const it = find(document.querySelector('podskazka-panel')?.shadowRoot);
        if (it) done(it);
        else requestAnimationFrame(look);
      };
      look();
    });
  window.keepOut = !picture;
  const sent = new Promise((done, failed) => {
    document.addEventListener('podskazka:submitted', (event) => done(event.detail.number), { once: true });
    document.addEventListener('podskazka:senderror', () => failed(new Error('refused')), { once: true });
  });
  await window.Podskazka.open('ticket');
  const form = await deep((root) => root?.querySelector('form:not([data-done])'));
  if (picture) await deep((root) => root?.querySelector('#pdk-part-picture'));
  const given = { topic: 'form', ...ticket };
  for (const name in given) {
    const it = form.querySelector(`#pdk-${name}`);
    it.value = given[name];
    it.dispatchEvent(new Event(name === 'topic' ? 'change' : 'input', { bubbles: true }));
  }
  const shown = form.closest('dialog').innerText;
  form.requestSubmit();
  form.dataset.done = '';
  const number = await sent;
  await window.Podskazka.close();
  return { shown, number, svgs: window.svgs.splice(0), last };
}

test(`${FORMS} generated forms give nothing away`, async () => {
  let planted = 0;
  let pictures = 0;
  let states = 0;
  let page;
  const leaks = [];
  const look = (seed, place, text) => {
    const marks = found(text);
    if (marks.length) leaks.push(`form ${seed}, ${place}: ${marks}; …${around(text, marks[0])}…`);
  };
  for (let at = 0; at < FORMS; at++) {
    const seed = SEED + at;
    if (at % PAGE === 0) {
      await page?.context().close();
      page = await openPage(browser);
      await ready(page, `${server.origin}/forms.html`);
      await page.evaluate(keepDrawings);
      await page.evaluate(() => document.addEventListener('podskazka:capture', (event) => window.keepOut && event.preventDefault()));
    }
    server.sent.length = 0;
    const canaries = await page.evaluate(draw, seed);
    // A person has been in the form: its fields are bound, and their state goes along.
    await page.evaluate(touch);
    planted += canaries.length;
    for (const it of canaries) assert.ok(found(it).length, `«${it}» carries no mark: it would not be found`);
    const picture = at % PICTURES === 0;
    const { shown, svgs } = await page.evaluate(write, { ticket: { name: TICKET.name, contact: TICKET.contact, text: TICKET.text }, picture });
    look(seed, 'the panel', shown);
    for (const svg of svgs) look(seed, 'the picture', svg.replace(/data:font\/[^"')]*/g, ''));
    pictures += svgs.length;
    for (const { method, url, headers, body } of server.sent) {
      const { referer, ...rest } = headers;
      // A browser's own header to the page's own server: an address of the page, by the policy of the page.
      const own = url.startsWith('/v1/') ? `${url}\n${JSON.stringify(headers)}` : `${url}\n${JSON.stringify(rest)}`;
      look(seed, `${method} ${url.split('?')[0]}`, `${own}\n${/image/.test(headers['content-type']) ? '' : body}`);
    }
    const told = server.sent.find((it) => it.method === 'POST' && it.url === '/v1/tickets');
    states += told ? JSON.parse(told.body).snapshot.fields.length : 0;
    look(seed, 'storage', await storage(page));
    // Events tell the page the names that it has written itself, and nothing of what stands in the fields.
    look(seed, 'events', await page.evaluate(() => JSON.stringify(window.seen.events.splice(0), (key, it) => (key === 'detail' ? JSON.stringify({ ...JSON.parse(it), form: '', field: '' }) : it))));
    if (leaks.length > 20) break;
  }
  for (const { path, bytes } of server.files()) look('all', `the server's ${path}`, bytes.toString('utf8'));
  look('all', 'the log', server.log());
  assert.deepEqual(page.faults, [], 'faults of the page');
  await page.context().close();
  assert.deepEqual(leaks, []);
  assert.ok(states >= 3 * FORMS, `${states} states of fields: the forms went along`);
  assert.ok(pictures >= Math.floor(FORMS / PICTURES), `${pictures} pictures`);
  console.log(`${FORMS} forms, ${states} states of fields, ${planted} canaries, ${pictures} pictures: 0 leaks (${POLICY} build, seed ${SEED})`);
});

function around(text, mark) {
  const at = text.toLowerCase().indexOf(mark);
  return text.slice(Math.max(0, at - 60), at + 60).replace(/\s+/g, ' ');
}

test('the search finds a mark in whatever spelling', () => {
  for (const text of ['746-193-58', '+7 (746) 193-58', 'Ъйцхщова', 'a=%D1%8A%D0%B9%D1%86%D1%85%D1%89', '17.04.1936', '1936-04-17', 'QZXWVK@x']) assert.ok(found(text).length, text);
  assert.deepEqual(found('999-999-999 99 Xxxxx'), []);
  assert.equal(MARKS.length, 5);
});
