// The letter beyond its four lines: files in every way, a cut network, answers while typing, an own ticket about the same, switches,
// the official channel, work that the server asks for.
import { after, afterEach, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { POLICY, assertClean, audit, focused, launch, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus, tabTo } from './lib/keyboard.mjs';
import { TICKET, WORDS, dialogOf, filesOf, fillLetter, fillTicket, forgetter, numberOf, outbox, pictureOf, send, storage } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

// As the server writes it: pictures are written anew there, without what stands around their points.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAEElEQVR4AQEFAPr/AAD/AH8DgQF/1+PZ3gAAAABJRU5ErkJggg==', 'base64');
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const TEXT = Buffer.from('Журнал ошибки, строка за строкой.\n'.repeat(40));

let server;
let browser;
let desk;
before(async () => {
  [server, browser] = await Promise.all([startServer({ policy: POLICY }), launch()]);
  desk = await server.operator();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(() => server.mend());

const said = (page, text) => dialogOf(page).getByRole('status').getByText(text).waitFor({ state: 'attached' });
const posts = (from, path) => server.sent.slice(from).filter((it) => it.method === 'POST' && path.test(it.url));
const held = (page) => dialogOf(page).locator('.held');
const add = (page) => dialogOf(page).getByRole('button', { name: 'Приложить файлы' });

/** The letter of a page, filled in, without its picture. */
async function letter(options = {}, path = 'refund.html', origin = server.origin) {
  const page = await openPage(browser, options);
  await ready(page, `${origin}/${path}`);
  // On a phone the button steps aside for a field.
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  const dialog = dialogOf(page);
  await dialog.getByLabel(WORDS.name).fill(TICKET.name);
  await dialog.getByLabel(WORDS.contact).fill(TICKET.contact);
  await dialog.getByLabel(WORDS.text).fill(TICKET.text);
  await dialog.getByLabel(WORDS.topic).selectOption({ index: 1 });
  await pictureOf(page).uncheck();
  return page;
}

async function choose(page, ...files) {
  const opening = page.waitForEvent('filechooser');
  await add(page).click();
  await (await opening).setFiles(files);
}
const file = (name, buffer, mimeType = '') => ({ name, buffer, mimeType });

const stored = (page, number) => filesOf(server, page, number);
const same = (all, ...wanted) => assert.deepEqual(all.map((it) => it.toString('base64')).sort(), wanted.map((it) => it.toString('base64')).sort());

test('files by keyboard alone: chosen, removed, sent; each arrives once and whole', async () => {
  const page = await letter();
  const from = server.sent.length;
  await dialogOf(page).getByLabel(WORDS.text).focus();
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, 'button', 'Приложить файлы');
  assert.match((await focused(page)).description, /До 9 файлов по 10 МБ/);
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([file('экран.png', PNG, 'image/png'), file('справка.pdf', PDF, 'application/pdf'), file('журнал.txt', TEXT, 'text/plain')]);
  await said(page, /Приложено файлов: 3/);
  assert.deepEqual(await held(page).locator('span').allTextContents(), ['экран.png · 1 КБ', 'справка.pdf · 1 КБ', 'журнал.txt · 2 КБ']);
  await assertFocus(page, 'button', /Приложить файлы/);
  await audit(page);
  await held(page).first().scrollIntoViewIfNeeded();
  await shot(page, 'letter-files');
  await tabTo(page, 'button', 'Убрать справка.pdf', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await said(page, /Файл «справка.pdf» убран/);
  await assertFocus(page, 'button', /Убрать журнал.txt/);
  assert.equal(posts(from, /./).length, 0, 'nothing goes before the press');
  await tabTo(page, 'button', WORDS.send);
  await page.keyboard.press('Enter');
  const number = await numberOf(page);
  await assertFocus(page, 'heading', /принято/);
  assert.equal(posts(from, /uploads$/).length, 2);
  same(await stored(page, number), PNG, TEXT);
  assert.ok(!server.sent.slice(from).some((it) => /журнал|экран/.test(decodeURIComponent(it.url) + JSON.stringify(it.headers))), 'no name of a file is sent');
  await assertClean(page);
  await page.context().close();
});

test('files dragged and pasted; a phone has a camera', async () => {
  const page = await letter();
  await dialogOf(page).locator('form').evaluate((form, bytes) => {
    const given = () => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], 'image.png', { type: 'image/png' }));
      return data;
    };
    const over = new DragEvent('dragover', { bubbles: true, cancelable: true, composed: true, dataTransfer: given() });
    form.dispatchEvent(over);
    if (!over.defaultPrevented) throw new Error('the form does not take a file that is dragged');
    form.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, composed: true, dataTransfer: given() }));
    form.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData: given() }));
  }, [...PNG]);
  await held(page).nth(1).waitFor();
  assert.deepEqual(await held(page).locator('span').allTextContents(), ['image.png · 1 КБ', 'Снимок из буфера.png · 1 КБ']);
  assert.equal(await dialogOf(page).getByRole('button', { name: 'Сфотографировать' }).count(), 0);
  await page.context().close();

  const phone = await letter({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const opening = phone.waitForEvent('filechooser');
  await dialogOf(phone).getByRole('button', { name: 'Сфотографировать' }).tap();
  const chooser = await opening;
  assert.equal(await chooser.element().getAttribute('capture'), 'environment');
  await chooser.setFiles(file('IMG_1.png', PNG, 'image/png'));
  await held(phone).first().waitFor();
  await audit(phone);
  await shot(phone, 'letter-phone');
  await phone.context().close();
});

test('a file that cannot go says why and what to do, before anything is sent', async () => {
  const page = await letter();
  const from = server.sent.length;
  const big = Buffer.alloc(10 * 1024 * 1024 + 1, 1);
  PNG.copy(big);
  const cases = [
    [file('пусто.pdf', Buffer.alloc(0), 'application/pdf'), /файл пустой/],
    [file('большой.png', big, 'image/png'), /слишком большой: 10 МБ, а можно до 10 МБ/],
    [file('программа.exe', Buffer.from('MZ'), ''), /такой файл здесь не примут. Подойдёт: PNG/],
    [file('снимок.png', PDF, 'image/png'), /имя файла говорит «png», а внутри другое/],
    [file('закрыт.pdf', Buffer.from('%PDF-1.4\ntrailer << /Encrypt 5 0 R >>'), 'application/pdf'), /закрыт паролем/],
    [file(`${'имя'.repeat(90)}.pdf`, PDF, 'application/pdf'), /имени файла/],
  ];
  for (const [it, words] of cases) {
    await choose(page, it);
    await dialogOf(page).locator('#pdk-files-error').getByText(words).waitFor();
    await said(page, words);
    assert.equal(await held(page).count(), 0, it.name);
  }
  await audit(page);
  await dialogOf(page).locator('#pdk-files-error').scrollIntoViewIfNeeded();
  await shot(page, 'letter-bad-file');
  await choose(page, ...Array.from({ length: 11 }, (_, at) => file(`${at}.png`, PNG, 'image/png')));
  await dialogOf(page).getByText(/можно приложить не больше 9/).first().waitFor();
  assert.equal(await held(page).count(), 9);
  assert.equal(posts(from, /./).length, 0);
  await page.context().close();
});

test('a cut between two files, a reload and a killed server: one ticket, every file once and whole', async () => {
  const page = await letter();
  await choose(page, file('один.png', PNG, 'image/png'), file('два.txt', TEXT, 'text/plain'));
  await held(page).nth(1).waitFor();
  const from = server.sent.length;
  let uploads = 0;
  let mend;
  const then = async () => {
    await server.crash();
    mend = server.cut();
  };
  const restore = server.lose({ url: { test: (url) => /uploads$/.test(url) && ++uploads === 2 }, at: 'answer', then });
  await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
  await assertFocus(page, 'heading', WORDS.waits);
  assert.equal((await outbox(page)).length, 3, 'the letter and its two files');
  const kept = await storage(page);
  // Three letters alone stand in encrypted bytes by chance.
  for (const word of [...Object.values(TICKET), 'Журнал ошибки', 'один.png', 'PNG\r\n\x1a']) assert.ok(!kept.includes(word), `«${word}» lies in clear`);
  restore();
  mend();
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'submitted'));
  const number = JSON.parse(await page.evaluate(() => window.seen.events.find((it) => it.name === 'submitted').detail)).number;
  const keys = posts(from, /uploads$/).map((it) => it.headers['idempotency-key']);
  assert.equal(new Set(keys).size, 2);
  assert.equal(keys.filter((it) => it === keys[0]).length, 1, 'what has arrived is not sent again');
  assert.equal(new Set(posts(from, /tickets$/).map((it) => it.headers['idempotency-key'])).size, 1);
  same(await stored(page, number), PNG, TEXT);
  await page.waitForFunction(() => localStorage['podskazka.waits'] === undefined);
  assert.deepEqual(await outbox(page), []);
  await page.context().close();
});

test('a file that the server refuses is told; the letter goes without it by choice', async () => {
  const page = await letter();
  await choose(page, file('плохой.png', Buffer.concat([PNG.subarray(0, 24), Buffer.from('xxxx')]), 'image/png'), file('два.txt', TEXT, 'text/plain'));
  await held(page).nth(1).waitFor();
  await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
  await assertFocus(page, 'alert', /сервер не принял файл «плохой.png»/);
  assert.equal(await held(page).count(), 1);
  await audit(page);
  const number = await send(page);
  same(await stored(page, number), TEXT);
  await page.context().close();
});

test('a file that has gone from the disk since it was chosen is told, before and at the sending; the letter stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'podskazka-file-'));
  const path = (name) => join(folder, name);
  for (const name of ['раз.txt', 'два.txt', 'три.txt']) writeFileSync(path(name), TEXT);
  // A page that has not loaded these rules for its own form.
  const page = await letter({}, 'appointment.html');
  const from = server.sent.length;
  // It goes while the rules for files are on their way.
  let asked;
  const wanted = new Promise((done) => (asked = done));
  let release;
  const gone = new Promise((done) => (release = done));
  await page.route(/form\.ru\.txt$/, async (route) => {
    asked();
    await gone;
    await route.continue();
  });
  await choose(page, path('раз.txt'));
  await wanted;
  rmSync(path('раз.txt'));
  release();
  await dialogOf(page).locator('#pdk-files-error').getByText(/раз\.txt.*файл не открывается\. Выберите его ещё раз/).waitFor();
  assert.equal(await held(page).count(), 0);
  await choose(page, path('два.txt'), path('три.txt'));
  await held(page).nth(1).waitFor();
  rmSync(path('два.txt'));
  await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
  await assertFocus(page, 'alert', /файл «два.txt» больше не открывается/);
  assert.equal(await held(page).count(), 1);
  assert.equal(posts(from, /tickets$/).length, 0);
  await audit(page);
  const number = await send(page);
  same(await stored(page, number), TEXT);
  await page.context().close();
  rmSync(folder, { recursive: true });
});

test('answers come while one types, without moving the focus, and the letter stays', async () => {
  const page = await letter();
  const dialog = dialogOf(page);
  const text = dialog.getByLabel(WORDS.text);
  await text.fill('');
  await text.pressSequentially('не сходится контрольная цифра инн');
  await dialog.getByRole('heading', { name: 'Возможно, ответ уже есть' }).waitFor();
  await assertFocus(page, 'textbox', /Что случилось/);
  await said(page, /подходящие ответы: \d/);
  await audit(page);
  await text.scrollIntoViewIfNeeded();
  await shot(page, 'letter-offers');
  await tabTo(page, 'button', /ИНН/);
  await page.keyboard.press('Enter');
  await assertFocus(page, 'heading', /ИНН/);
  await dialog.getByRole('button', { name: 'Назад' }).click();
  assert.equal(await dialog.getByLabel(WORDS.text).inputValue(), 'не сходится контрольная цифра инн');
  assert.equal(await dialog.getByLabel(WORDS.name).inputValue(), TICKET.name);
  await page.context().close();
});

test('an own open ticket about the same error is noticed, and no more once it is solved', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/tax-registration.html`);
  const dialog = dialogOf(page);
  const write = async () => {
    await page.evaluate(() => void window.Podskazka.open('ticket', { code: 'inn.checksum', field: 'inn' }));
    await pictureOf(page).waitFor();
  };
  await page.evaluate(() => void window.Podskazka.open('ticket', { code: 'inn.checksum', field: 'inn' }));
  await dialog.getByLabel(WORDS.name).fill(TICKET.name);
  await dialog.getByLabel(WORDS.contact).fill(TICKET.contact);
  await dialog.getByLabel(WORDS.text).fill(TICKET.text);
  const number = await send(page);
  await page.keyboard.press('Escape');
  await write();
  await dialog.getByText(`У вас уже есть обращение ${number} об этом`).first().waitFor();
  await audit(page);
  await shot(page, 'letter-twin');
  await dialog.getByRole('button', { name: `Открыть обращение ${number}` }).click();
  await dialog.getByRole('heading', { level: 2, name: `Обращение ${number}` }).waitFor();
  await page.keyboard.press('Escape');
  await page.evaluate(() => void window.Podskazka.open('ticket', { code: 'inn.length', field: 'inn' }));
  await pictureOf(page).waitFor();
  assert.equal(await dialog.getByText(/У вас уже есть/).count(), 0, 'another error');
  await desk.act(number, { action: 'take' });
  await desk.act(number, { action: 'resolve', text: 'Исправили.' });
  await page.keyboard.press('Escape');
  const asked = page.waitForResponse((it) => it.url().endsWith(`/v1/tickets/${number}`));
  await write();
  await asked;
  assert.equal(await dialog.getByText(/У вас уже есть/).count(), 0, 'it is solved');
  await page.context().close();
});

test('what is switched off does not go; what must go says so', async () => {
  const page = await letter();
  const dialog = dialogOf(page);
  await dialog.getByText('Тема, имя, контакт и текст, которые вы написали — обязательно').waitFor();
  for (const name of [/^Страница:/, /^Браузер и экран/, /^Состояние полей/]) await dialog.getByRole('checkbox', { name }).uncheck();
  await audit(page);
  await dialog.locator('.parts').scrollIntoViewIfNeeded();
  await shot(page, 'letter-switches');
  const number = await send(page);
  const { snapshot, client, code } = await desk.card(number);
  assert.deepEqual([snapshot.page, snapshot.fields, client.user_agent, client.viewport], ['', [], '', '']);
  assert.notEqual(client.version, '');
  assert.equal(code, undefined);
  await page.context().close();
});

/** A form in steps on a page that shows an error of its portal; the second step is shown. */
const TOLD = (() => {
  const field = (name, step) => ({ name, label: name, step });
  const schema = { version: 1, form: 'told', steps: [{ id: 'person', title: 'Кто' }, { id: 'papers', title: 'Бумаги' }], fields: [field('who', 'person'), field('street', 'papers')] };
  const input = (name) => `<label for="${name}">${name}</label> <input id="${name}" name="${name}">`;
  const form = `<form data-podskazka-form="told"><script type="application/json" data-podskazka-schema>${JSON.stringify(schema)}</script><p hidden>${input('who')}</p><p>${input('street')}</p><button>Дальше</button></form>`;
  const said = '<p data-error-code="E42">В реестре нет заявителя Мукомолова Анна: СНИЛС 112-233-445 95, улица лиственничная.</p>';
  const script = `<script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-build="${POLICY}" data-release="2026.11.25+7"></script>`;
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Проба</title>${script}</head><body><main><h1>Проба</h1>${said}${form}</main></body></html>`;
})();

async function toldPage() {
  server.pages['/told.html'] = { headers: {}, body: TOLD };
  const page = await openPage(browser, { deviceScaleFactor: 1.5 });
  await ready(page, `${server.origin}/told.html`);
  const here = page.waitForResponse(/summary\.js$/);
  await page.locator('#street').fill('Лиственничная');
  await here;
  // The schema has been laid, and the error of the portal is known.
  await page.locator('#street').press('Tab');
  await page.evaluate(async () => {
    for (let i = 0; i < 2; i++) await fetch('/none-such');
    for (let i = 0; i < 2; i++) setTimeout(() => { throw new TypeError('у Мукомоловой 112-233-445 95'); });
    Promise.reject(new RangeError('у Мукомоловой'));
    const detail = { type: 'about:blank', title: 'Нет', status: 422, request_id: 'req-77/a', errors: [] };
    document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:problem', { bubbles: true, detail }));
    await new Promise((done) => setTimeout(done, 50));
  });
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  const dialog = dialogOf(page);
  await dialog.getByLabel(WORDS.name).fill(TICKET.name);
  await dialog.getByLabel(WORDS.contact).fill(TICKET.contact);
  await dialog.getByLabel(WORDS.text).fill(TICKET.text);
  await dialog.getByLabel(WORDS.topic).selectOption({ index: 1 });
  await pictureOf(page).uncheck();
  return page;
}

test('what the page and the browser tell is listed in words and goes as counts, names and one covered sentence', async () => {
  const page = await toldPage();
  const dialog = dialogOf(page);
  const list = await dialog.locator('.parts').innerText();
  for (const text of [
    /Текст ошибки: В реестре нет заявителя X\S+ X\S+ .*999-999-999 99/,
    /Шаг формы: papers/,
    /Номер запроса портала: req-77\/a/,
    /Сбои на странице/,
    /TypeError: 2 раза/,
    /RangeError: 1 раз/,
    /Ответ сервера 404: \d раз/,
    /Браузер и экран: .*масштаб 150 %/,
    /Версии: портал 2026\.11\.25\+7 · помощь \d+\.\d+\.\d+ \((wasm|js)\)/,
  ]) assert.match(list, text);
  await audit(page);
  await dialog.getByText('Сбои на странице').scrollIntoViewIfNeeded();
  await shot(page, 'letter-told');
  const from = server.sent.length;
  const number = await send(page);
  const { snapshot, client, item } = await desk.card(number);
  assert.equal(item.code, 'site.E42');
  assert.deepEqual([snapshot.step, snapshot.trace], ['papers', 'req-77/a']);
  assert.match(snapshot.message, /^В реестре нет заявителя Xx/);
  assert.deepEqual(snapshot.errors, [{ name: 'TypeError', count: 2 }, { name: 'RangeError', count: 1 }]);
  assert.ok(snapshot.requests.find(({ status }) => status === 404)?.count >= 2, JSON.stringify(snapshot.requests));
  assert.equal(client.zoom, 150);
  assert.match(client.os, /^[A-Z]/);
  assert.ok([undefined, 'slow-2g', '2g', '3g', '4g'].includes(client.connection), client.connection);
  assert.equal(client.release, '2026.11.25+7');
  // On the way already, and not only where it arrives.
  const { body } = server.sent.slice(from).find((it) => it.method === 'POST' && it.url.endsWith('/tickets'));
  for (const word of ['Мукомолов', 'Анна: С', '33-445', 'иственничная', 'none-such']) assert.ok(!body.toString('utf8').includes(word), word);
  await page.context().close();
});

test('a title and a label that say again what was typed go without it; what they say beside it stays', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.evaluate(() => {
    const form = document.querySelector('form');
    form.setAttribute('data-podskazka-title', 'Заявление: гепатит');
    const label = Object.assign(document.createElement('label'), { htmlFor: 'ill', textContent: 'Вы ввели гепатит, это верно?' });
    const input = Object.assign(document.createElement('input'), { id: 'ill', name: 'ill' });
    input.dataset.podskazka = 'text';
    form.prepend(label, input);
  });
  await page.locator('#ill').fill('гепатит');
  await page.locator('#ill').press('Tab');
  await page.waitForFunction(() => document.querySelector('#ill').form.noValidate);
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  await fillLetter(page);
  const list = await dialogOf(page).locator('.parts').innerText();
  assert.match(list, /Заявление: xxxxxxx/);
  const from = server.sent.length;
  const { snapshot } = await desk.card(await send(page));
  assert.ok(snapshot.fields.some((it) => it.label === 'Вы ввели xxxxxxx, это верно?'), JSON.stringify(snapshot.fields));
  assert.ok(snapshot.fields.some((it) => it.label === 'БИК банка'), 'the others are as they were');
  const { body } = server.sent.slice(from).find((it) => it.method === 'POST' && it.url.endsWith('/tickets'));
  assert.ok(!body.toString('utf8').includes('гепатит'), 'on the way already');
  await page.context().close();
});

test('each of these is left out by its switch', async () => {
  const page = await toldPage();
  const dialog = dialogOf(page);
  for (const name of [/^Текст ошибки/, /^Шаг формы/, /^Номер запроса/, /^Сбои на странице/, /^Браузер и экран/, /^Версии/]) {
    await dialog.getByRole('checkbox', { name }).uncheck();
  }
  const number = await send(page);
  const { snapshot, client } = await desk.card(number);
  for (const name of ['step', 'message', 'trace', 'errors', 'requests']) assert.equal(snapshot[name], undefined, name);
  for (const name of ['os', 'zoom', 'connection', 'release']) assert.equal(client[name], undefined, name);
  assert.deepEqual([client.version, client.build], ['', '']);
  await page.context().close();
});

test('an error of ours goes with its sentence, as it stands beside the field', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/tax-registration.html`);
  await page.locator('[name=inn]').fill('7707083894');
  await page.locator('[name=inn]').press('Tab');
  const error = page.locator('[data-podskazka-code="inn.checksum"] > .pdk-text > :last-child');
  await error.waitFor();
  const sentence = await error.textContent();
  await page.evaluate(() => void window.Podskazka.open('ticket', { code: 'inn.checksum', field: 'inn' }));
  const label = await dialogOf(page).getByRole('checkbox', { name: /^Текст ошибки/ }).evaluate((it) => it.labels[0].textContent);
  // Figures are covered: in a sentence they may be somebody's.
  assert.equal(label.replace(/9/g, '#'), `Текст ошибки: ${sentence}`.replace(/\d/g, '#'));
  await page.context().close();
});

test('on a page without a form errors are counted from the first opening of help', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/done.html`);
  await page.evaluate(() => void window.Podskazka.open('help'));
  await dialogOf(page).getByRole('heading', { level: 2 }).waitFor();
  await page.evaluate(() => new Promise((done) => {
    setTimeout(() => { throw new TypeError('у Мукомоловой 112-233-445 95'); });
    setTimeout(() => { throw 'у Мукомоловой'; });
    setTimeout(done, 50);
  }));
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  const parts = dialogOf(page).locator('.parts');
  await parts.getByText('TypeError: 1 раз').waitFor();
  // Whatever is thrown that has no name.
  await parts.getByText('Error: 1 раз', { exact: true }).waitFor();
  assert.doesNotMatch(await parts.innerText(), /Мукомолов|445/);
  await page.context().close();
});

test('what is counted and gathered ends with the widget', async () => {
  const page = await toldPage();
  const asked = () => page.evaluate(() => {
    const detail = { form: 'told', errors: {} };
    document.dispatchEvent(new CustomEvent('podskazka:gather', { detail }));
    return detail;
  });
  const { tried, ...rest } = await asked();
  assert.deepEqual(rest, { form: 'told', errors: { TypeError: 2, RangeError: 1 }, step: 'papers', trace: 'req-77/a' });
  assert.deepEqual(tried.steps.map(({ did, codes }) => [did, codes]), [['refused', []]]);
  await page.evaluate(() => window.Podskazka.destroy());
  assert.deepEqual(await asked(), { form: 'told', errors: {} });
  await page.context().close();
});

/** Somebody who cannot send a form, and tries before they write: what they asked holds numbers and names, theirs and one typed on the page. */
const ASKED = 'почему СНИЛС 112-233-445 95 Мукомоловой Анны с улицы Лиственничной не подходит';
async function triedPage() {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/tax-registration.html`);
  const here = page.waitForResponse(/trail\.js$/);
  await page.locator('[name=address]').fill('Лиственничной');
  await page.locator('[name=passport_date]').fill('20 апреля 2015');
  await here;
  await page.locator('[name=passport]').fill('45 99 12345');
  await page.locator('[name=inn]').fill('7707083894');
  // A repair by itself, taken back.
  await page.locator('.pdk-chip button').click();
  const press = () => page.getByRole('button', { name: 'Подать заявление' }).click();
  await press();
  await page.locator('.pdk-summary').waitFor();
  await press();
  await page.locator('.pdk-error[data-podskazka-code="inn.checksum"] .pdk-fix').first().click();
  await page.locator('.pdk-error[data-podskazka-code="passport.length"] .pdk-why').click();
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Не помогла', exact: true }).click();
  await dialog.getByRole('button', { name: 'Назад' }).click();
  await dialog.getByLabel('Что вы хотите узнать?').pressSequentially(ASKED);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: WORDS.write, exact: true }).first().click();
  await fillLetter(page);
  return page;
}

test('what was tried before the letter is listed in order and goes to the operators, without values and with questions covered', async () => {
  const page = await triedPage();
  const dialog = dialogOf(page);
  const box = dialog.getByRole('checkbox', { name: 'Что вы уже пробовали' });
  await box.waitFor();
  const item = dialog.locator('.parts li:has(#pdk-part-tried)');
  const rows = await item.locator('ol > li').allTextContents();
  const wanted = [
    /^Исправление отменено: Дата выдачи · \d+:\d\d$/,
    /^Форма не отправилась: inn\.checksum, passport\.length, form\.required ×2 · /,
    /^Нажато исправление: ИНН: inn\.checksum · /,
    /^Открыта статья: [\w-]+ · /,
    /^Статья не помогла: [\w-]+ · /,
    /^Вопрос: почему СНИЛС 999-999-999 99 .* не подходит · /,
  ];
  assert.equal(rows.length, wanted.length, rows.join('\n'));
  wanted.forEach((it, at) => assert.match(rows[at], it));
  assert.match(await item.innerText(), /Первая ошибка: \d+:\d\d/);
  await audit(page);
  await box.scrollIntoViewIfNeeded();
  await shot(page, 'letter-tried');
  await pictureOf(page).uncheck();
  const from = server.sent.length;
  const { tried, story } = await desk.card(await send(page));
  // The card reads as one story.
  const part = Object.fromEntries(story.map((it) => [it.title, it.lines]));
  assert.deepEqual(Object.keys(part), ['Что случилось', 'Где', 'Почему', 'Что в полях', 'Что человек пробовал', 'На чём']);
  assert.match(part['Где'].join('\n'), /^Форма: Постановка на учёт в налоговом органе \(tax-registration\)\n/);
  assert.match(part['Почему'].join('\n'), /passport\.length — введено 9 цифр, а нужно 10 цифр/);
  assert.match(part['Что человек пробовал'].at(-1), /^6\. Вопрос в помощь: «почему СНИЛС 999-999-999 99 .* не подходит»/);
  assert.deepEqual(tried.steps.map((it) => it.did), ['undo', 'submit', 'fix', 'article', 'not_helped', 'question']);
  const [undo, submit, fix, article, not, question] = tried.steps;
  assert.deepEqual([undo.field, submit.times, fix.field, fix.codes], ['passport_date', 2, 'inn', ['inn.checksum']]);
  assert.ok(submit.codes.includes('inn.checksum') && submit.codes.includes('form.required'), submit.codes.join());
  assert.equal(article.article, not.article);
  assert.ok(tried.since_error >= submit.ago && submit.ago >= question.ago, JSON.stringify(tried));
  const { body } = server.sent.slice(from).find((it) => it.method === 'POST' && it.url.endsWith('/tickets'));
  const sent = JSON.stringify(JSON.parse(body.toString('utf8')).tried);
  for (const it of [sent, JSON.stringify(tried), question.text]) assert.doesNotMatch(it, /445|Мукомол|Анн|иственнич|77070838|апреля|2015/);
  // It has gone: the next letter begins with nothing.
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  await dialog.getByLabel(WORDS.text).waitFor();
  assert.equal(await box.count(), 0);
  await assertClean(page);
  await page.context().close();
});

test('what was tried stays here where the person switches it off, the server does not take it, or somebody has logged out', async () => {
  const page = await triedPage();
  const dialog = dialogOf(page);
  const box = dialog.getByRole('checkbox', { name: 'Что вы уже пробовали' });
  await box.uncheck();
  await dialog.getByText('Форма не отправилась').waitFor({ state: 'hidden' });
  // Nothing of it lies in the browser.
  assert.doesNotMatch(await storage(page), /not_helped|Мукомол|"did"/);
  await pictureOf(page).uncheck();
  assert.equal((await desk.card(await send(page))).tried, undefined);
  await page.context().close();

  // A server before this one says nothing of it, and refuses what it does not know.
  const other = await openPage(browser);
  await other.route('**/v1/config', async (route) => {
    const answer = await route.fetch();
    const { tried, ...config } = await answer.json();
    assert.equal(tried, true);
    await route.fulfill({ response: answer, json: config });
  });
  await ready(other, `${server.origin}/tax-registration.html`);
  const here = other.waitForResponse(/trail\.js$/);
  await other.locator('[name=inn]').fill('7707083894');
  await here;
  await other.getByRole('button', { name: 'Подать заявление' }).click();
  await other.locator('.pdk-summary').waitFor();
  const known = () => other.evaluate(() => {
    const detail = { errors: {} };
    document.dispatchEvent(new CustomEvent('podskazka:gather', { detail }));
    return detail.tried.steps.length;
  });
  assert.equal(await known(), 1);
  await other.evaluate(() => void window.Podskazka.open('ticket'));
  await fillLetter(other);
  assert.equal(await dialogOf(other).getByText('Что вы уже пробовали').count(), 0);
  assert.equal((await desk.card(await send(other))).tried, undefined);
  await other.evaluate(() => window.Podskazka('close'));
  await other.getByRole('button', { name: 'Подать заявление' }).click();
  await other.waitForFunction(() => {
    const detail = { errors: {} };
    document.dispatchEvent(new CustomEvent('podskazka:gather', { detail }));
    return detail.tried.steps.length;
  });
  await other.evaluate(() => window.Podskazka('shutdown'));
  await other.waitForFunction(() => {
    const detail = { errors: {} };
    document.dispatchEvent(new CustomEvent('podskazka:gather', { detail }));
    return !detail.tried.steps.length;
  });
  await other.context().close();
});

test('words and a file added to a ticket outlive the tab and a killed server, and arrive once', async () => {
  const page = await letter();
  const number = await send(page);
  await dialogOf(page).getByRole('button', { name: 'Мои обращения' }).click();
  await dialogOf(page).getByRole('button', { name: new RegExp(number) }).click();
  await dialogOf(page).locator('#pdk-add').fill('Повторилось в 14:20.');
  await dialogOf(page).locator('#pdk-add-files').setInputFiles(file('журнал.txt', TEXT, 'text/plain'));
  const from = server.sent.length;
  const restore = server.cut();
  await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
  await dialogOf(page).getByText(/Сохранено в этом браузере/).first().waitFor();
  await dialogOf(page).getByRole('list', { name: 'Ждёт отправки' }).getByText('Повторилось в 14:20.').waitFor();
  assert.equal(await dialogOf(page).locator('#pdk-add').inputValue(), '', 'the box is free for the next words');
  assert.ok(!(await storage(page)).includes('Повторилось'), 'nothing lies in clear');
  await audit(page);
  await shot(page, 'ticket-comment-waits');
  restore();
  await server.crash();
  const lost = server.lose({ url: /comments$/, at: 'answer', then: server.crash });
  await ready(page, `${server.origin}/appointment.html`);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'queued'));
  lost();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'submitted'));
  assert.equal(new Set(posts(from, /comments$/).map((it) => it.headers['idempotency-key'])).size, 1);
  const { events } = await desk.card(number);
  assert.equal(events.filter((it) => it.text === 'Повторилось в 14:20.').length, 1);
  same(await stored(page, number), TEXT);
  await page.context().close();
});

test('a log-out forgets what waits: nothing of it goes or comes back', async () => {
  const page = await letter();
  await forgetter(page);
  const restore = server.cut();
  await dialogOf(page).getByRole('button', { name: WORDS.send, exact: true }).click();
  await assertFocus(page, 'heading', WORDS.waits);
  const from = server.sent.length;
  await page.evaluate(() => window.Podskazka.shutdown());
  restore();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  assert.deepEqual(await outbox(page), []);
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  await dialogOf(page).getByLabel(WORDS.name).waitFor();
  assert.equal(await dialogOf(page).getByLabel(WORDS.name).inputValue(), '');
  assert.equal(posts(from, /./).length, 0);
  await page.context().close();
});

test('an appeal has its own way, with the text copied and no word of it in an address', async () => {
  const other = await startServer({ policy: POLICY, settings: () => ['[official]', 'title = "Платформа обратной связи"', 'url = "https://pos.example.ru/"'] });
  try {
    const page = await letter({ permissions: ['clipboard-read', 'clipboard-write'] }, 'refund.html', other.origin);
    const dialog = dialogOf(page);
    await page.context().route('https://pos.example.ru/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Приёмная</title>' }));
    await dialog.locator('summary', { hasText: 'Подать официальное обращение' }).click();
    await dialog.getByLabel('Текст для официального обращения').waitFor();
    await audit(page);
    await shot(page, 'letter-official');
    const opening = page.context().waitForEvent('page');
    await dialog.getByRole('button', { name: 'Скопировать текст и перейти' }).click();
    const there = await opening;
    await there.waitForLoadState();
    assert.equal(there.url(), 'https://pos.example.ru/');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), TICKET.text);
    await page.context().close();
  } finally {
    await other.stop();
  }
});

test('work that the server asks for is done without a freeze, for files and the letter', async () => {
  const none = '{ burst = 0, per_minute = 0 }';
  const hard = await startServer({
    policy: POLICY,
    settings: () => ['[limits]', 'proof_work = 20000', '[limits.proof]', 'address = { burst = 1, per_minute = 1 }', `site = ${none}`, `token = ${none}`],
  });
  try {
    const page = await letter({}, 'refund.html', hard.origin);
    await choose(page, file('один.png', PNG, 'image/png'), file('два.txt', TEXT, 'text/plain'));
    await held(page).nth(1).waitFor();
    assert.equal(await page.evaluate(() => performance.getEntriesByName(new URL('/podskazka/proof.js', location).href).length), 0, 'loaded when it is asked for');
    // The page goes on drawing while the work is done.
    await page.evaluate(() => {
      window.drawn = 0;
      const draw = () => void (window.drawn++, requestAnimationFrame(draw));
      requestAnimationFrame(draw);
    });
    await send(page);
    const asked = hard.sent.filter((it) => it.method === 'POST');
    assert.ok(asked.filter((it) => it.url.endsWith('/challenges')).length >= 2, 'for a file and for the letter');
    assert.ok(asked.findLast((it) => it.url.endsWith('/tickets')).headers['x-altcha']);
    const drawn = await page.evaluate(() => window.drawn);
    assert.ok(drawn >= 10, `${drawn} frames were drawn meanwhile`);
    await assertClean(page);
    await page.context().close();
  } finally {
    await hard.stop();
  }
});

test('what waits is tried again by itself, and never again once the widget has ended', async () => {
  const restore = server.lose({ url: /tickets$/, at: 'request' });
  const first = await letter();
  await dialogOf(first).getByRole('button', { name: WORDS.send, exact: true }).click();
  await assertFocus(first, 'heading', WORDS.waits);
  // A page that only sends what waits: no panel is opened there.
  const woken = async () => {
    const page = await first.context().newPage();
    await page.clock.install();
    await ready(page, `${server.origin}/appointment.html`);
    await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'queued'));
    return page;
  };
  const second = await woken();
  await first.close();
  await second.evaluate(() => window.Podskazka.destroy());
  const before = posts(0, /tickets$/).length;
  await second.clock.runFor(3_600_000);
  // The control: the same hour of a widget that has not.
  const third = await woken();
  const tried = posts(0, /tickets$/).length;
  assert.equal(tried, before + 1, 'the third page has tried; the widget that has ended has not');
  restore();
  await third.clock.runFor(3_600_000);
  await third.waitForFunction(() => window.seen.events.some((it) => it.name === 'submitted'));
  assert.equal(posts(0, /tickets$/).length, tried + 1);
  await third.context().close();
});
