// A site that leaves lines of the letter to the person: the letter says so, and the server takes it; without a contact the ticket is
// followed by its number. Another site of the same server asks for all of them.
import { after, before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';

import { POLICY, assertClean, audit, launch, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus } from './lib/keyboard.mjs';
import { WORDS, dialogOf, pictureOf, send } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
let desk;
before(async () => {
  const site = (origin, key, ...more) => ['[[sites]]', `key = "${key}"`, 'name = "ЗАГС"', `origins = ["${origin}"]`, ...more];
  const settings = (origin) => [
    ...site(origin, 'pk_free_2026', 'optional = ["topic", "name", "contact", "text"]', 'answer_by_number = true'),
    ...site(origin, 'pk_strict_2026'),
  ];
  [server, browser] = await Promise.all([startServer({ policy: POLICY, settings }), launch()]);
  desk = await server.operator();
  const body = readFileSync(join(resolve(process.env.DIST ?? join(import.meta.dirname, '../../dist')), 'refund.html'), 'utf8');
  for (const name of ['free', 'strict']) server.pages[`/${name}.html`] = { body: body.replace('data-site="demo"', `data-build="${POLICY}" data-site="pk_${name}_2026"`) };
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function letter(name, params, options) {
  const page = await openPage(browser, options);
  await ready(page, `${server.origin}/${name}.html`);
  await page.evaluate((params) => void window.Podskazka.open('ticket', params), params);
  await pictureOf(page).uncheck();
  return page;
}
const button = (page) => dialogOf(page).getByRole('button', { name: WORDS.send, exact: true });

test('an error with a code goes without a word, and the ticket is followed by its number', async () => {
  const page = await letter('free', { code: 'inn.checksum', field: 'inn' }, { viewport: { width: 320, height: 700 } });
  const dialog = dialogOf(page);
  for (const label of ['Тема (можно не выбирать)', 'Фамилия, имя, отчество (можно не писать)', 'Телефон или почта для ответа (можно не писать)', 'Что случилось (можно не писать)']) {
    assert.equal(await dialog.getByLabel(label, { exact: true }).getAttribute('required'), null, label);
  }
  await dialog.getByText(/Без телефона и почты мы не сможем сообщить об ответе/).waitFor();
  await dialog.getByLabel(/Тема/).selectOption('');
  await audit(page);
  await shot(page, 'letter-optional');
  const number = await send(page);
  await dialog.getByText(/Ответ придёт только сюда/).waitFor();
  await shot(page, 'letter-optional-sent');
  const card = await desk.card(number);
  assert.deepEqual([card.item.topic, card.item.code, card.name, card.contact], ['', 'inn.checksum', '', '']);
  await dialog.getByRole('button', { name: 'Мои обращения' }).click();
  await dialog.getByRole('button', { name: new RegExp(number) }).click();
  await dialog.getByText('Ответим до').waitFor();
  await assertClean(page);
  await page.context().close();
});

test('without a code the text is asked for; what is given is looked at', async () => {
  const page = await letter('free', {});
  const dialog = dialogOf(page);
  await dialog.getByLabel('Что случилось', { exact: true }).waitFor();
  await dialog.getByLabel(/Телефон или почта/).fill('никак');
  await button(page).click();
  await assertFocus(page, 'alert', /не отправлено/);
  assert.deepEqual(await dialog.locator('.summary li').allTextContents(), ['Опишите, что случилось.', 'Напишите телефон, например +7 900 123-45-67, или почту, например anna@example.ru.']);
  await dialog.getByLabel(/Телефон или почта/).fill('');
  await dialog.getByLabel('Что случилось', { exact: true }).fill('Не открывается страница.');
  await send(page);
  await page.context().close();
});

test('a site that relaxes nothing asks for every line', async () => {
  const page = await letter('strict', { code: 'inn.checksum', field: 'inn' });
  await dialogOf(page).getByLabel(WORDS.topic).selectOption('');
  await button(page).click();
  await assertFocus(page, 'alert', /не отправлено/);
  assert.equal(await dialogOf(page).locator('.summary li').count(), 4);
  await page.context().close();
});
