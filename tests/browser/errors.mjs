// What a portal says of its own codes on a page without any form: by an object, by an address, and when the address gives nothing.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

import { assertClean, openPage, POLICY, ready } from './lib/chromium.mjs';
import { dialogOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
const MAP = { E42: { article: 'data-check-failed', topic: 'form' }, 'AUTH.7': { message: 'Вход занял слишком много времени.' } };
const ARTICLE = /проверк/i;

/** A page of the portal with no form; `attributes` of the tag. */
async function portal(attributes = '') {
  const build = POLICY === 'js' ? 'data-build="js"' : '';
  const tag = `<script async type="module" src="/podskazka/podskazka.js" data-site="demo" ${build} ${attributes}></script>`;
  server.pages['/portal.html'] = {
    body: `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Портал</title><link rel="icon" href="data:,">${tag}</head><body><main><h1>Мои заявления</h1><p role="alert" id="alert" hidden data-error-code="E42">Не удалось проверить данные.</p></main></body></html>`,
  };
  const page = await openPage(browser);
  page.asked = [];
  page.on('request', (it) => it.url().includes('/codes.json') && page.asked.push(it.url()));
  return page;
}
const visit = async (page) => {
  await page.goto(`${server.origin}/portal.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'ready'));
};
const told = async (page) => (await page.seen()).events.filter((it) => it.name === 'error').map((it) => JSON.parse(it.detail));
const shut = async (page) => {
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
};

test('an object by code: the article opens, the letter goes with its topic, a sentence stands above the search', async () => {
  const page = await portal();
  await visit(page);
  await page.evaluate((errors) => (window.Podskazka.update({ errors }), window.Podskazka.reportError({ code: 'E42' }), window.Podskazka.open()), MAP);
  const dialog = dialogOf(page);
  await dialog.getByRole('heading', { level: 2, name: ARTICLE }).first().waitFor();
  await shut(page);

  await page.evaluate(() => window.Podskazka.open('ticket'));
  await dialog.getByText('site.E42').waitFor();
  assert.equal(await dialog.getByRole('combobox').first().inputValue(), 'form');
  await shut(page);

  await page.evaluate(() => (window.Podskazka.reportError({ code: 'AUTH.7' }), window.Podskazka.open()));
  await dialog.getByText(/Вход занял слишком много времени/).first().waitFor();
  await shut(page);

  // A code that is not in it, and a name that every object has.
  for (const code of ['E43', 'constructor']) {
    await page.evaluate((code) => (window.Podskazka.reportError({ code }), window.Podskazka.open()), code);
    await dialog.getByRole('searchbox').waitFor();
    await shut(page);
  }
  assert.deepEqual([await told(page), page.faults, (await page.seen()).violations], [[], [], []]);
  await page.context().close();
});

test('an address is asked for once, when help is opened on a code; what the page shows counts too', async () => {
  const page = await portal('data-errors="/codes.json"');
  await page.route('**/codes.json', (route) => route.fulfill({ json: MAP }));
  await visit(page);
  const dialog = dialogOf(page);
  await page.evaluate(() => window.Podskazka.open());
  await dialog.waitFor();
  await shut(page);
  assert.deepEqual(page.asked, [], 'nothing is asked for without a code');
  await page.evaluate(() => (document.querySelector('#alert').hidden = false));
  for (const _ of 'ab') {
    await page.evaluate(() => window.Podskazka.open());
    await dialog.getByRole('heading', { level: 2, name: ARTICLE }).first().waitFor();
    await shut(page);
  }
  assert.equal(page.asked.length, 1);
  assert.deepEqual([await told(page), page.faults], [[], []]);
  await page.context().close();
});

test('an address that gives nothing is told, and help opens all the same', async () => {
  const page = await portal('data-errors="/codes.json"');
  const answers = [(route) => route.fulfill({ status: 404 }), (route) => route.fulfill({ body: '[]', contentType: 'application/json' }), () => {}];
  await page.route('**/codes.json', (route) => answers[page.asked.length - 1](route));
  await visit(page);
  await page.evaluate(() => window.Podskazka.reportError({ code: 'E42' }));
  const dialog = dialogOf(page);
  for (const _ of answers) {
    await page.evaluate(() => window.Podskazka.open());
    await dialog.getByRole('searchbox').waitFor();
    await shut(page);
  }
  assert.equal(page.asked.length, 3, 'each opening tries again');
  const faults = await told(page);
  assert.deepEqual(faults.map((it) => [it.code, it.path]), [['errors.load', 'errors'], ['errors.load', 'errors']]);
  assert.match(faults[0].message, /\/codes\.json: HTTP 404$/);
  await page.context().close();
});

test('closed or ended while it waits for the address, the panel does not open', async () => {
  for (const name of ['close', 'destroy']) {
    const page = await portal('data-errors="/codes.json"');
    let answer;
    await page.route('**/codes.json', (route) => (answer = () => route.fulfill({ json: MAP })));
    await visit(page);
    // The panel is here before.
    await page.evaluate(() => window.Podskazka.open());
    await dialogOf(page).waitFor();
    await shut(page);
    await page.evaluate(() => (window.Podskazka.reportError({ code: 'E42' }), void window.Podskazka.open()));
    while (!answer) await page.waitForTimeout(20);
    await page.evaluate((name) => window.Podskazka[name](), name);
    await answer();
    await page.waitForTimeout(300);
    assert.equal(await page.locator('podskazka-panel dialog[open]').count(), 0, name);
    await page.context().close();
  }
});

test('a code that nobody has explained: help is asked about it, and the letter carries it', async () => {
  const page = await portal();
  await visit(page);
  await page.evaluate(() => (window.Podskazka.reportError({ code: 'ZX-9917' }), window.Podskazka.open()));
  const dialog = dialogOf(page);
  await dialog.getByRole('searchbox').waitFor();
  await page.waitForFunction(() => document.querySelector('podskazka-panel').shadowRoot.querySelector('input[type=search]').value === 'ZX-9917');
  await dialog.getByRole('button', { name: 'Написать в поддержку', exact: true }).first().click();
  await dialog.getByText('site.ZX-9917').waitFor();
  assert.equal(await dialog.getByLabel('Что случилось').inputValue(), '', 'no words that the person has not written');
  assert.deepEqual([await told(page), page.faults], [[], []]);
  await page.context().close();
});

test('an article that is not there is told with its place and those that are written alike', async () => {
  const page = await portal();
  await visit(page);
  const errors = { E42: { article: 'data-check-faild', topic: 'form', message: 'Реестр не знает такого номера.' } };
  await page.evaluate((errors) => (window.Podskazka.update({ errors }), window.Podskazka.reportError({ code: 'E42' }), window.Podskazka.open()), errors);
  const dialog = dialogOf(page);
  await dialog.getByText('Реестр не знает такого номера.').first().waitFor();
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'error'));
  await shut(page);
  await page.evaluate(() => (window.Podskazka.reportError(null), window.Podskazka.openArticle('in')));
  await dialog.getByRole('searchbox').waitFor();
  const [mapped, called] = await told(page);
  assert.deepEqual([mapped.code, mapped.path], ['articles.unknown', 'errors/E42/article']);
  assert.match(mapped.message, /no article data-check-faild; there are data-check-failed, /);
  assert.deepEqual([called.code, called.path], ['articles.unknown', 'article']);
  assert.match(called.message, /no article in; there are inn, /);
  assert.equal((await told(page)).length, 2, 'each is told once an opening');
  await page.context().close();
});

test('what is written wrong in the map is told with its place and what to write, by an object or an address', async () => {
  const wrong = { E1: { topic: 'zzz', article: 'inn' }, E2: { topik: 'form', artikle: 'inn' }, E3: 'inn', E4: [], E5: { message: 5 }, E6: { article: 'inn', topic: 'form', message: 'Так.', field: 'inn' }, E7: { article: null } };
  const expected = [
    ['errors/E1/topic', /no topic zzz; take one of form, account, payment, status, other$/],
    ['errors/E2/topik', /no such member; take one of article, topic, message, field$/],
    ['errors/E2/artikle', /no such member/],
    ['errors/E3', /write an object, as \{ article: "inn"/],
    ['errors/E4', /write an object/],
    ['errors/E5/message', /write a text$/],
  ];
  const page = await portal();
  await visit(page);
  const dialog = dialogOf(page);
  const heard = (count) => page.waitForFunction((count) => window.seen.events.filter((it) => it.name === 'error').length === count, count);
  for (const round of ['told', 'told once a page']) {
    await page.evaluate((errors) => (window.Podskazka.update({ errors }), window.Podskazka.open()), wrong);
    await dialog.waitFor();
    await heard(expected.length);
    const faults = await told(page);
    assert.deepEqual(faults.map((it) => [it.code, it.path]), expected.map(([path]) => ['config.errors', path]), round);
    for (const [at, [path, fix]] of expected.entries()) assert.ok(faults[at].message.startsWith(`${path}: `) && fix.test(faults[at].message), faults[at].message);
    await shut(page);
  }
  await page.evaluate(() => (window.Podskazka.update({ errors: [] }), window.Podskazka.open()));
  await heard(expected.length + 1);
  const last = (await told(page)).at(-1);
  assert.deepEqual([last.code, last.path], ['config.errors', 'errors']);
  await page.context().close();

  const other = await portal('data-errors="/codes.json"');
  server.pages['/codes.json'] = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ E42: { topic: 'zzz', message: 'Реестр не знает такого номера.' } }) };
  await visit(other);
  await other.evaluate(() => (window.Podskazka.reportError({ code: 'E42' }), window.Podskazka.open()));
  await dialogOf(other).getByText('Реестр не знает такого номера.').first().waitFor();
  await other.waitForFunction(() => window.seen.events.some((it) => it.name === 'error'));
  assert.deepEqual((await told(other)).map((it) => [it.code, it.path]), [['config.errors', 'errors/E42/topic']]);
  await other.context().close();
});

test('a view that does not exist is told with those that do; a link to a ticket is no name of one', async () => {
  const page = await portal();
  await visit(page);
  const dialog = dialogOf(page);
  for (const view of ['nonsense', 'contacts', 'article/inn', 'PS-00000001-X.secret', undefined]) {
    await page.evaluate((view) => window.Podskazka.open(view), view);
    await dialog.waitFor();
    await shut(page);
  }
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'error'));
  assert.deepEqual(await told(page), [
    { code: 'config.view', message: 'open: there is no view nonsense; take one of help, article, ticket, status, contacts, settings, access', path: 'view' },
  ]);
  await page.context().close();
});

test('a call or an option that would do nothing is told, in the console too, with what is allowed; and once a page', async () => {
  const page = await portal('data-theem="dark" data-turbo-track="reload"');
  await visit(page);
  const lines = [];
  page.on('console', (it) => it.type() === 'error' && lines.push(it.text()));
  const round = async () => {
    await page.evaluate(() => {
      const api = window.Podskazka;
      api.update({ lunch: true });
      api.setTheme('purple');
      api.identify('x');
      api.on('sumbitted', () => {});
      api.on('submitted', () => {});
      for (const it of [null, undefined, document.querySelectorAll('p'), document.body, '#inn']) api.attachTo(it);
      return api.open('nowhere', { feild: 'inn' });
    });
    await dialogOf(page).waitFor();
    await page.waitForFunction(() => window.seen.events.filter((it) => it.name === 'error').length >= 10);
    await shut(page);
  };
  await round();
  const views = 'help, article, ticket, status, contacts, settings, access';
  const expected = [
    ['config.event', 'on', 'on: there is no event sumbitted; write submitted'],
    ['config.identify', 'identify', 'identify: write identify({ token: "…" }) with what your server has signed, or identify(null)'],
    ['config.option', 'feild', 'there is no option feild; write field'],
    ['config.option', 'lunch', /^there is no option lunch; take one of site, endpoint, .*, ticket$/],
    ['config.option', 'theem', 'there is no option theem; write theme'],
    ['config.target', 'attachTo', 'attachTo: [object NodeList] is no element; give one that is there, or a selector'],
    ['config.target', 'attachTo', 'attachTo: null is no element; give one that is there, or a selector'],
    ['config.target', 'attachTo', 'attachTo: undefined is no element; give one that is there, or a selector'],
    ['config.theme', 'theme', 'there is no theme purple; take one of auto, light, dark'],
    ['config.view', 'view', `open: there is no view nowhere; take one of ${views}`],
  ];
  const found = (await told(page)).sort((a, b) => (a.code + a.message < b.code + b.message ? -1 : 1));
  assert.deepEqual(found.map((it) => [it.code, it.path]), expected.map(([code, path]) => [code, path]));
  for (const [at, [, , message]] of expected.entries()) typeof message === 'string' ? assert.equal(found[at].message, message) : assert.match(found[at].message, message);
  assert.deepEqual(lines.sort(), found.map((it) => `Подсказка: ${it.message}`).sort());
  await round();
  assert.equal((await told(page)).length, expected.length);
  await page.context().close();
});

test('a mark that names no kind is told with the one that was meant, and the kinds are loaded by such a page alone', async () => {
  const build = POLICY === 'js' ? 'data-build="js"' : '';
  const field = (name, kind) => `<p><label for="${name}">${name}</label> <input id="${name}" name="${name}" ${kind && `data-podskazka="${kind}"`}></p>`;
  const visit = async (come, ...fields) => {
    server.pages['/marks.html'] = {
      body: `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Портал</title><link rel="icon" href="data:,"><script async type="module" src="/podskazka/podskazka.js" data-site="demo" ${build}></script></head><body><main><h1>Заявление</h1><form data-podskazka-form="own">${fields.map((it) => field(...it)).join('')}</form></main></body></html>`,
    };
    const page = await openPage(browser);
    const kinds = [];
    page.trail = page.waitForResponse(/\/trail\.js$/);
    page.on('request', (it) => /\/(check(_bg)?|around)\.(js|wasm)$/.test(it.url()) && kinds.push(it.url()));
    await page.goto(`${server.origin}/marks.html`);
    await page.waitForFunction(() => document.querySelector('form').noValidate);
    await come(page);
    return { page, kinds };
  };
  const help = async (page) => {
    await page.locator('.pdk-launcher').click();
    await dialogOf(page).getByRole('searchbox').waitFor();
  };
  // What looks at the marks comes with this part, which the panel loads too.
  const first = (page) => Promise.all([page.trail, page.locator('input').first().click()]);
  // By the mark alone: the name that a page gives a field may hold a person's number.
  const mark = '[data-podskazka="inn_persn"]';
  for (const come of [help, first]) {
    const wrong = await visit(come, ['payer', 'inn_persn'], ['born', 'birthday_of_a_person'], ['company', 'inn'], ['note', ''], ['text', 'text']);
    await wrong.page.waitForFunction(() => window.seen.events.filter((it) => it.name === 'error').length >= 2);
    // Told once: by the other way it is not told again.
    await (come === help ? shut(wrong.page).then(() => first(wrong.page)) : help(wrong.page));
    await wrong.page.waitForLoadState('networkidle');
    const [payer, born, ...more] = await told(wrong.page);
    assert.deepEqual([payer, more], [{ code: 'config.kind', message: `${mark}: there is no such kind; write inn_person`, path: mark }, []]);
    assert.match(born.message, /^\[data-podskazka="birthday_of_a_person"\]: there is no such kind; take one of inn, .*snils/);
    assert.ok(wrong.kinds.some((it) => it.includes('check')), 'a control: the kinds have come');
    await wrong.page.context().close();
  }

  // Every kind is one, and costs nobody a request; an unmarked field without a name stands for no other.
  const all = readdirSync('tests/cases').map((it) => it.replace('.json', ''));
  assert.ok(all.length > 60);
  const right = await visit(first, ['note', ''], ['', ''], ...all.map((kind) => [kind, kind]));
  await right.page.locator('input').last().evaluate((it) => it.removeAttribute('name'));
  await right.page.waitForLoadState('networkidle');
  assert.deepEqual([await told(right.page), right.kinds], [[], []]);
  await help(right.page);
  await right.page.waitForLoadState('networkidle');
  assert.deepEqual([await told(right.page), right.kinds.filter((it) => it.includes('check'))], [[], []]);
  await right.page.context().close();
});

test('an address that is none is told, and help opens all the same', async () => {
  const page = await portal('data-errors="https://"');
  await visit(page);
  await page.evaluate(() => window.Podskazka.open('article', { code: 42 }));
  await dialogOf(page).waitFor();
  assert.deepEqual((await told(page)).map((it) => it.code), ['errors.load']);
  await page.context().close();
});

test('a place for codes that stands empty hides no reported one', async () => {
  const page = await portal();
  await visit(page);
  await page.evaluate((errors) => {
    window.Podskazka.update({ errors });
    document.querySelector('#alert').dataset.errorCode = '';
    document.querySelector('#alert').hidden = false;
    window.Podskazka.reportError({ code: 'E42' });
    window.Podskazka.open();
  }, MAP);
  await dialogOf(page).getByRole('heading', { level: 2, name: ARTICLE }).first().waitFor();
  await page.context().close();
});

test('a reported error is taken back', async () => {
  const page = await portal();
  await visit(page);
  await page.evaluate((errors) => {
    window.Podskazka.update({ errors });
    window.Podskazka.reportError({ code: 'AUTH.7' });
    window.Podskazka.reportError(null);
    window.Podskazka.open();
  }, MAP);
  await dialogOf(page).getByRole('searchbox').waitFor();
  assert.equal(await dialogOf(page).getByText(/Вход занял слишком много времени/).count(), 0);
  assert.deepEqual(await told(page), []);
  await page.context().close();
});

/** A page whose form has no schema: what the server answered is told as RFC 9457 has it. */
async function answered(page, detail) {
  await page.evaluate((detail) => document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:problem', { bubbles: true, detail })), detail);
}

test('an answer with a code alone is shown in the words of the map, and help is about it until the form is sent again', async () => {
  server.pages['/answers.html'] = {
    body: '<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Портал</title><link rel="icon" href="data:,"></head><body><main><h1>Заявление</h1><form data-podskazka-form="own"><label>ИНН <input name="inn" data-podskazka="inn"></label><button>Отправить</button></form></main></body></html>',
  };
  const page = await openPage(browser);
  await page.goto(`${server.origin}/answers.html`);
  await page.evaluate(
    async (build) => {
      const { init } = await import('/podskazka/podskazka.js');
      const errors = { E42: { article: 'data-check-failed', message: 'Реестр не знает такого номера.', topic: 'form' }, 'offsite.E1': { message: 'Филиал закрыт.' } };
      await init({ site: 'demo', build, errors }).ready;
    },
    POLICY === 'js' ? 'js' : undefined,
  );
  const field = page.locator('form input:not([type=hidden])').first();
  await field.focus();
  const summary = page.locator('.pdk-summary');
  // The part that shows answers comes with the first field that is visited.
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('/summary.js')));
  await answered(page, { code: 'E42', title: 'Conflict' });
  await summary.getByText('Реестр не знает такого номера.').waitFor();
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('heading', { level: 2, name: ARTICLE }).waitFor();
  await page.keyboard.press('Escape');
  await answered(page, { errors: [null, { code: 'site.E42' }] });
  await summary.getByText('Реестр не знает такого номера.').waitFor();
  // Only a code that begins with `site.` is told without it.
  await answered(page, { errors: [{ code: 'offsite.E1' }] });
  await summary.getByText('Филиал закрыт.').waitFor();
  // A list that is none: the code of the answer itself is told.
  for (const [at, errors] of ['нет', {}, 7, [null]].entries()) {
    await answered(page, { code: `E5${at}`, errors, title: `Отказ ${at}` });
    await summary.getByText(`Отказ ${at}`).waitFor();
  }
  await answered(page, null);
  assert.deepEqual(page.faults, [], 'no answer upsets the page');
  // No words of the map: those of the answer, or the code by itself.
  await answered(page, { code: 'E77', detail: 'Срок подачи прошёл.' });
  await summary.getByText('Срок подачи прошёл.').waitFor();
  await answered(page, { code: 'E78' });
  await summary.getByText('E78', { exact: true }).waitFor();
  // The next submit takes it back, and is no fault of the setup.
  await page.evaluate(() => {
    window.faults = [];
    document.addEventListener('podskazka:error', (event) => window.faults.push(event.detail.code));
    document.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  });
  await field.fill('7707083893');
  await page.getByRole('button', { name: 'Отправить', exact: true }).click();
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).getByRole('heading', { level: 2, name: 'Помощь' }).waitFor();
  assert.deepEqual(await page.evaluate(() => window.faults.filter((it) => it.startsWith('config'))), []);
  await page.context().close();
});

test('an address of the map: an answer waits for it and stands beside its field in its words; without it, in its own', async () => {
  server.pages['/addressed.html'] = {
    body: '<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Портал</title><link rel="icon" href="data:,"></head><body><main><h1>Заявление</h1><form data-podskazka-form="own"><label>ИНН <input name="inn" data-podskazka="inn"></label><button>Отправить</button></form></main></body></html>',
  };
  const page = await openPage(browser);
  const asked = [];
  const answers = [(route) => route.fulfill({ status: 503 }), (route) => route.fulfill({ json: { E42: { field: 'inn', message: 'Реестр не знает такого номера.', topic: 'form' } } })];
  await page.route('**/codes.json', (route) => (asked.push(route), answers[asked.length - 1](route)));
  await page.goto(`${server.origin}/addressed.html`);
  await page.evaluate(
    async (build) => {
      const { init } = await import('/podskazka/podskazka.js');
      await init({ site: 'demo', build, errors: '/codes.json', lang: 'ru' }).ready;
    },
    POLICY === 'js' ? 'js' : undefined,
  );
  await page.locator('form input').first().focus();
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('/summary.js')));
  assert.equal(asked.length, 0, 'nothing is asked for without an answer');

  // It cannot be had: what the server said stands there, and the developer hears of the address.
  await answered(page, { code: 'E42', title: 'Conflict' });
  await page.locator('.pdk-summary').getByText('Conflict').waitFor();
  const faults = await told(page);
  assert.deepEqual(faults.map((it) => [it.code, it.path]), [['errors.load', 'errors']]);
  assert.match(faults[0].message, /\/codes\.json: HTTP 503$/);

  // The next answer asks again.
  await answered(page, { code: 'E42', title: 'Conflict' });
  await page.locator('.pdk-error').getByText('Реестр не знает такого номера.').waitFor();
  assert.equal(await page.locator('form input').first().getAttribute('aria-invalid'), 'true');
  // Other words, and a start of the fields anew: the map is here.
  await page.evaluate(() => window.Podskazka.setLocale('en'));
  await page.locator('form input').first().fill('7707083893');
  await page.locator('.pdk-error').waitFor({ state: 'detached' });
  await answered(page, { errors: [{ code: 'E42' }, { code: 'E43', detail: 'Too late.' }] });
  await page.locator('.pdk-error').getByText('Реестр не знает такого номера.').waitFor();
  assert.equal(asked.length, 2);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('an answer to a form that nobody has come into is heard, once the fields are here', async () => {
  server.pages['/filled.html'] = {
    body: '<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Портал</title><link rel="icon" href="data:,"></head><body><main><h1>Заявление</h1><form data-podskazka-form="own"><label>ИНН <input name="inn" data-podskazka="inn"></label><button>Отправить</button></form></main></body></html>',
  };
  const problem = { title: 'Форма не принята', trace_id: '4bf92f3577b34da6', errors: [{ pointer: '/inn', code: 'E1', message: 'Реестр не знает такого номера.' }, { code: 'E2', message: 'Срок подачи прошёл.' }] };
  // Nobody has come into a field; or somebody has, and the part that shows answers is still on its way.
  for (const visited of [false, true]) {
    const page = await openPage(browser);
    let pass;
    await page.route('**/summary.js', async (route) => {
      await new Promise((done) => (pass = done));
      return route.continue();
    });
    await page.goto(`${server.origin}/filled.html`);
    await page.evaluate(async (build) => {
      const { init } = await import('/podskazka/podskazka.js');
      await init({ site: 'demo', build }).ready;
    }, POLICY === 'js' ? 'js' : undefined);
    await page.waitForSelector('form[novalidate]');
    const asked = page.waitForRequest('**/summary.js');
    if (visited) {
      await page.locator('form input').first().focus();
      await asked;
    }
    await answered(page, problem);
    await asked;
    while (!pass) await page.waitForTimeout(20);
    pass();
    await page.locator('.pdk-summary').getByText('Срок подачи прошёл.').waitFor();
    await page.locator('.pdk-error').getByText('Реестр не знает такого номера.').waitFor();
    const gathered = await page.evaluate(() => {
      const detail = { errors: {}, requests: {} };
      document.dispatchEvent(new CustomEvent('podskazka:gather', { detail }));
      return detail.trace;
    });
    assert.equal(gathered, problem.trace_id, `${visited}`);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test('what was mended last is told to help, without what was typed', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/tax-registration.html`);
  const field = page.locator('[name="inn"]');
  await field.fill('9572907989');
  await field.press('Tab');
  await page.locator('[name="inn"][data-podskazka-code="inn.checksum"]').waitFor();
  await field.fill('7707083893');
  await field.press('Tab');
  await page.locator('[name="inn"]:not([data-podskazka-code])').waitFor();
  await page.evaluate(() => window.Podskazka.open('help'));
  const dialog = dialogOf(page);
  // The page has no error now, and its form an article of its own: this one would not stand among the first.
  await dialog.getByText('ИНН не проходит проверку').first().waitFor();
  assert.deepEqual([await told(page), page.faults], [[], []]);
  await page.context().close();
});

test('closing calls an opening off, and a log-out does, too', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  const open = () => page.evaluate(() => !!document.querySelector('podskazka-panel')?.shadowRoot.querySelector('dialog').open);
  const rest = () => page.waitForTimeout(400);
  await page.evaluate(async () => {
    void window.Podskazka.open('help');
    await window.Podskazka.close();
  });
  await rest();
  assert.equal(await open(), false, 'before it was loaded');
  await page.evaluate(() => window.Podskazka.open('help'));
  await page.evaluate(() => window.Podskazka.close());
  await page.evaluate(async () => {
    void window.Podskazka.toggle();
    await new Promise((done) => setTimeout(done));
    await window.Podskazka.toggle();
  });
  await rest();
  assert.equal(await open(), false, 'two presses');
  await page.evaluate(async () => {
    void window.Podskazka.open('ticket');
    await window.Podskazka.shutdown();
  });
  await rest();
  assert.equal(await open(), false, 'after a log-out');
  const events = await page.evaluate(async () => {
    const heard = [];
    for (const name of ['open', 'close']) window.Podskazka.on(name, ({ detail }) => heard.push(`${name} ${detail.view}`));
    await window.Podskazka.open('contacts');
    await new Promise((done) => setTimeout(done, 200));
    await window.Podskazka.close();
    await window.Podskazka.open('settings');
    await new Promise((done) => setTimeout(done, 200));
    return heard;
  });
  assert.deepEqual(events, ['open contacts', 'close contacts', 'open settings']);
  await page.context().close();
});
