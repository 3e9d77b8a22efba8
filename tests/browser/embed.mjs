// Ways onto a page: the element with every option of the script tag, a link that opens help, calls that came before the script.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { POLICY, openPage } from './lib/chromium.mjs';
import { dialogOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
const build = POLICY === 'js' ? 'build="js"' : '';
const body = (head, main) => `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Портал</title><link rel="icon" href="data:,">${head}</head><body><main>${main}</main></body></html>`;
const tag = (attributes = '') => `<script async type="module" src="/podskazka/podskazka.js" data-site="demo" ${build && `data-${build}`} ${attributes}></script>`;
const FORM = '<form data-podskazka-form="refund"><label for="inn">ИНН</label><input id="inn" name="inn"><button type="submit">Отправить</button></form>';
const SCHEMA = { version: 1, form: 'refund', fields: [{ name: 'inn', kind: 'inn', hint: 'Десять цифр у организации.' }] };

/** What the options come to, whichever way they are given. */
async function taken(head, main) {
  server.pages['/embed.html'] = { body: body(head, main) };
  const page = await openPage(browser);
  const asked = [];
  page.on('request', (it) => asked.push(it.url().slice(server.origin.length) + (it.headers()['x-site-key'] ?? '')));
  await page.route('**/schemas/refund?own', (route) => route.fulfill({ json: SCHEMA }));
  await page.goto(`${server.origin}/embed.html`);
  await page.locator('.pdk-launcher').waitFor();
  // Somebody is there, before that no schema is asked for; a key that comes before the part that waits is not heard.
  await page.waitForFunction(() => document.querySelector('.pdk-about') || void dispatchEvent(new Event('scroll')));
  await page.getByText('Десять цифр у организации.').waitFor();
  await page.evaluate(() => window.Podskazka.open('ticket'));
  const dialog = dialogOf(page);
  await dialog.getByRole('textbox').first().waitFor();
  const found = {
    launcher: await page.locator('.pdk-launcher').textContent(),
    build: await page.evaluate(() => window.Podskazka.build),
    theme: await dialog.evaluate((it) => getComputedStyle(it).colorScheme),
    schema: asked.includes('/schemas/refund?own'),
    endpoint: asked.filter((it) => it.startsWith('/help/v1/config')),
    wrong: (await page.seen()).events.filter((it) => it.name === 'error').map((it) => it.detail),
  };
  await page.context().close();
  return found;
}

test('the element takes the options of the script tag by the same names', async () => {
  const options = { site: 'demo', endpoint: '/help/', lang: 'en', launcher: 'on', schema: '/schemas/{form}?own', theme: 'dark' };
  const written = (prefix) => Object.entries(options).map(([name, value]) => `${prefix}${name}="${value}"`).join(' ');
  const byTag = await taken(`<script async type="module" src="/podskazka/podskazka.js" ${written('data-')} ${build && `data-${build}`}></script>`, FORM);
  const byElement = await taken('<script async type="module" src="/podskazka/element.js"></script>', `${FORM}<podskazka-help ${written('')} ${build}></podskazka-help>`);
  assert.deepEqual(byElement, byTag);
  assert.deepEqual(byTag, { ...byTag, launcher: 'Help', build: POLICY, theme: 'dark', schema: true, endpoint: ['/help/v1/configdemo'], wrong: [] });

  // Each attribute that the guide lists for the tag is one of the element.
  const rows = readFileSync('docs/guides/embedding.md', 'utf8').match(/^\| `data-(?!podskazka)[a-z]+`/gm).map((it) => it.match(/data-([a-z]+)/)[1]);
  const names = readFileSync('www/loader/define.ts', 'utf8').match(/"[a-z]+"/g).map((it) => it.slice(1, -1));
  assert.ok(rows.length >= 7);
  assert.deepEqual(rows.filter((it) => !names.includes(it)), []);
});

test('without a word of it the element stands for the button in the corner', async () => {
  server.pages['/embed.html'] = { body: body('<script async type="module" src="/podskazka/element.js"></script>', `<podskazka-help site="demo" ${build}></podskazka-help>`) };
  const page = await openPage(browser);
  await page.goto(`${server.origin}/embed.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'ready'));
  assert.equal(await page.locator('.pdk-launcher').count(), 0);
  await page.getByRole('button', { name: 'Помощь' }).click();
  await dialogOf(page).waitFor();
  assert.deepEqual([(await page.seen()).violations, page.faults], [[], []]);
  await page.context().close();
});

test('a link that help is attached to leads nowhere, unless another tab is asked for', async () => {
  server.pages['/embed.html'] = { body: body(tag(), '<p><a id="link" href="/done.html"><span>Помощь с формой</span></a> <label class="box"><input type="checkbox"> Согласен</label></p>') };
  const page = await openPage(browser);
  await page.goto(`${server.origin}/embed.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'ready'));
  await page.evaluate(() => {
    window.off = window.Podskazka.attachTo('#link', 'settings');
    window.Podskazka.attachTo('.box', 'settings');
  });
  const dialog = dialogOf(page);
  const shut = async () => {
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  };
  await page.locator('#link span').click();
  await dialog.waitFor();
  await shut();
  await page.locator('#link').focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await shut();
  assert.equal(new URL(page.url()).pathname, '/embed.html');
  // What is no link does what it does.
  await page.locator('.box').click();
  await dialog.waitFor();
  assert.equal(await page.locator('.box input').isChecked(), true);
  await shut();

  for (const press of [{ modifiers: ['Control'] }, { button: 'middle' }]) {
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.locator('#link').click(press)]);
    await tab.waitForURL('**/done.html');
    assert.equal(await dialog.isVisible(), false, 'this page stays as it is');
    await tab.close();
  }
  await page.evaluate(() => window.off());
  await page.locator('#link').click();
  await page.waitForURL('**/done.html');
  await page.context().close();
});

test('a call of the queue that throws is told, and those behind it are made', async () => {
  server.pages['/stub.js'] = { headers: { 'Content-Type': 'text/javascript' }, body: 'window.Podskazka = function () { (window.Podskazka.q = window.Podskazka.q || []).push(arguments); }; window.Podskazka("update", null); window.Podskazka("nonsense"); window.Podskazka("on", "ready", function () { window.heard = true; }); window.Podskazka("hide");' };
  server.pages['/embed.html'] = { body: body(`<script src="/stub.js"></script>${tag()}`, '<p>Портал</p>') };
  const page = await openPage(browser);
  await page.goto(`${server.origin}/embed.html`);
  await page.waitForFunction(() => window.heard);
  assert.equal(await page.locator('.pdk-launcher').isVisible(), false);
  const told = (await page.seen()).events.filter((it) => it.name === 'error').map((it) => JSON.parse(it.detail));
  assert.deepEqual(told.map((it) => [it.code, it.path]), [['config.command', 'update'], ['config.command', 'nonsense']]);
  assert.match(told[0].message, /^TypeError/);
  assert.ok(page.lines.some((line) => line.includes('TypeError')), 'the console has it too');
  assert.deepEqual(page.faults, []);
  // The same by name, later.
  assert.equal(await page.evaluate(() => window.Podskazka('nonsense')), undefined);
  await page.context().close();
});

/** A page with a field of its own, gone to; `slow` holds back the words of this language. */
async function withField({ slow, attributes = 'data-launcher="off"' } = {}) {
  server.pages['/embed.html'] = { body: body(tag(attributes), '<form data-podskazka-form="refund"><label for="inn">ИНН</label><input id="inn" name="inn" data-podskazka="inn"></form>') };
  const page = await openPage(browser);
  let release = () => {};
  const held = new Promise((done) => (release = done));
  if (slow) await page.route(`**/words.${slow}.txt`, async (route) => (await held, route.continue()));
  const asked = slow && page.waitForRequest(`**/words.${slow}.txt`);
  await page.goto(`${server.origin}/embed.html`);
  return { page, release, asked };
}
const marked = (page) => page.evaluate(() => document.querySelectorAll('form[novalidate], [class*=pdk-]').length);

test('an end amid a change of the language leaves no checks on the page', async () => {
  const { page } = await withField();
  await page.waitForSelector('form[novalidate]', { state: 'attached' });
  await page.evaluate(() => (window.Podskazka.setLocale('en'), window.Podskazka.destroy()));
  assert.equal(await marked(page), 0);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 700)));
  assert.equal(await marked(page), 0, 'nor do they come back with the words');
  await page.context().close();
});

test('errors that stand beside fields are said in the new language, with no submit and no move of the focus', async () => {
  const { page } = await withField({ attributes: '' });
  await page.waitForSelector('form[novalidate]', { state: 'attached' });
  await page.evaluate(() => {
    const form = document.querySelector('form');
    form.insertAdjacentHTML('beforeend', '<label for="snils">СНИЛС</label><input id="snils" name="snils" data-podskazka="snils" required><label for="phone">Телефон</label><input id="phone" name="phone" data-podskazka="phone"><button>Отправить</button>');
    form.addEventListener('submit', (event) => event.preventDefault());
  });
  await page.locator('#inn').fill('7707083894');
  await page.locator('#phone').fill('8 916 123-45-67');
  await page.getByRole('button', { name: 'Отправить', exact: true }).click();
  const error = (name) => page.locator(`#${name} ~ .pdk-error`).first();
  await error('inn').getByText(/Цифры не сходятся|цифры не сходятся/).waitFor();
  await error('snils').getByText(/Заполните поле/).waitFor();
  // The list brings the part that hears of answers.
  await page.locator('.pdk-summary').waitFor();
  // What the portal's server has told stays, too: its words are its own.
  await page.evaluate(() => {
    const detail = { errors: [{ pointer: '/phone', code: 'E42', message: 'Номер занят.' }] };
    document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:problem', { bubbles: true, detail }));
  });
  await error('phone').getByText('Номер занят.').waitFor();
  await page.locator('.pdk-launcher').focus();
  await page.evaluate(() => window.Podskazka.setLocale('en'));
  await error('inn').getByText(/digits do not add up/).waitFor();
  await error('snils').getByText(/fill in|enter/i).waitFor();
  await error('phone').getByText('Номер занят.').waitFor();
  assert.equal(await page.locator('.pdk-error').count(), 3);
  assert.equal(await page.locator('.pdk-summary').count(), 0, 'nobody has sent the form');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'pdk-launcher');
  // Mended, they go; and the next submit is stopped as ever.
  await page.locator('#inn').fill('7707083893');
  await page.waitForFunction(() => document.querySelectorAll('.pdk-error').length === 2);
  await page.getByRole('button', { name: 'Отправить', exact: true }).click();
  await page.locator('.pdk-summary').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a language that is asked for while the words of another are on their way is the one that is spoken', async () => {
  const { page, release, asked } = await withField({ slow: 'ru' });
  await asked;
  await page.evaluate(() => window.Podskazka.setLocale('en'));
  release();
  await page.waitForSelector('form[novalidate]', { state: 'attached' });
  await page.locator('#inn').fill('7707083894');
  await page.locator('#inn').blur();
  await page.getByText(/digits do not add up|mistyped/).first().waitFor();
  await page.context().close();
});

test('the folder of the parts may be named from the page, and without a slash at its end', async () => {
  const { page } = await withField({ attributes: 'data-base="podskazka"' });
  await page.waitForSelector('form[novalidate]', { state: 'attached' });
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).waitFor();
  assert.deepEqual((await page.seen()).events.filter((it) => it.name === 'error'), []);
  await page.context().close();
});

test('after the end no button comes back', async () => {
  const { page } = await withField({ attributes: '' });
  await page.locator('.pdk-launcher').waitFor();
  const left = await page.evaluate(() => {
    const api = window.Podskazka;
    api.destroy();
    api.show();
    api.update({ launcher: true });
    return [document.querySelectorAll('[class^=pdk-]').length, document.adoptedStyleSheets.length];
  });
  assert.deepEqual(left, [0, 0]);
  await page.context().close();
});

test('a wrong option is heard by whoever listens from the line behind the start', async () => {
  server.pages['/embed.html'] = { body: body('', '') };
  const page = await openPage(browser);
  await page.goto(`${server.origin}/embed.html`);
  const heard = await page.evaluate(async (build) => {
    const { init } = await import('/podskazka/podskazka.js');
    const api = init({ lang: 'fr', endpoint: 'ftp://a', launcher: false, build });
    const codes = [];
    api.on('error', ({ detail }) => codes.push(detail.code));
    await api.ready;
    // A language is looked for before it is missed.
    for (const end = Date.now() + 5000; codes.length < 2 && Date.now() < end; ) await new Promise((done) => setTimeout(done, 20));
    return codes;
  }, POLICY);
  assert.deepEqual(heard, ['config.endpoint', 'config.lang']);
  await page.context().close();
});

test('help attached to a selector that cannot be read is told at once, and not at every click', async () => {
  const { page } = await withField();
  await page.waitForSelector('form[novalidate]', { state: 'attached' });
  const told = await page.evaluate(() => {
    window.Podskazka('attachTo', 'a[');
    try {
      window.Podskazka.attachTo('a[');
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(told, 'SyntaxError');
  await page.locator('#inn').click();
  assert.deepEqual((await page.seen()).events.filter((it) => it.name === 'error').map((it) => [JSON.parse(it.detail).code, JSON.parse(it.detail).path]), [['config.command', 'attachTo']]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
