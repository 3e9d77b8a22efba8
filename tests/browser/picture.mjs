// The picture of a ticket shows no value: read back by OCR beside an uncovered screenshot, and the same for two people whose values have one shape.
import { test } from 'node:test';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

import { POLICY, assertClean, audit, focused, openPage, ready, shot } from './lib/chromium.mjs';
import { dialogOf, fillTicket, pictureOf, send } from './lib/panel.mjs';
import { letters, read } from './lib/ocr.mjs';
import { stand } from './lib/stand.mjs';
import { FORMS, PLANTED, TWINS, pieces, spellings } from './lib/values.mjs';

const TITLES = { appointment: /записьнапри[её]м/, 'tax-registration': /постановканауч[её]т/, refund: /возвратплатежа/ };

const { server, browser } = await stand();
const blank = await browser.newPage();

/** The page with these values typed in and its errors shown: an uncovered screenshot, and the picture that was sent. */
async function take(form, values, change) {
  const page = await openPage(browser, { viewport: { width: 1280, height: 1500 } });
  await ready(page, `${server.origin}/${form}.html`);
  if (change) await page.evaluate(change, PLANTED);
  // A hint such as «Город, улица, дом» may say the words of a value; they are the page's own.
  const own = letters(await page.locator('body').innerText());
  for (const [name, value] of Object.entries(values)) {
    await page.locator(`[name="${name}"]`).fill(value);
    await page.locator(`[name="${name}"]`).press('Tab');
  }
  await page.evaluate(() => document.activeElement?.blur());
  await page.evaluate(() => scrollTo(0, 0));
  const open = await page.screenshot();
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).waitFor();
  await fillTicket(page);
  await pictureOf(page).waitFor();
  await send(page);
  const [covered, ticket] = ['/uploads', '/tickets'].map(
    (url) => server.sent.findLast((it) => it.method === 'POST' && it.url.endsWith(url)).body,
  );
  await page.context().close();
  if (process.env.SHOTS) {
    writeFileSync(join(process.env.SHOTS, `${POLICY}-picture-${form}.png`), covered);
    writeFileSync(join(process.env.SHOTS, `${POLICY}-picture-${form}-uncovered.png`), open);
  }
  return { open, covered, own, ticket: ticket.toString('utf8') };
}

/** Parts of a value that OCR reads, without those that the page says by itself. */
const shown = (text, value, own) =>
  pieces(value).filter((it) => (text.letters.includes(it) && !own.includes(it)) || text.digits.includes(it));

test('OCR reads no typed value off the picture, and most of them off the uncovered page', async (t) => {
  const legible = [];
  const missed = [];
  for (const [form, fields] of Object.entries(FORMS)) {
    await t.test(form, async () => {
      const values = Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
      const { open, covered, own } = await take(form, values);
      assert.equal(covered.subarray(1, 4).toString(), 'PNG');
      const picture = await read(blank, covered);
      for (const [name, value] of Object.entries(values)) assert.deepEqual(shown(picture, value, own), [], `${name} in the picture`);
      // Labels stay: a picture without words would pass the line above and help nobody.
      assert.match(picture.letters, TITLES[form], `the title is legible: ${picture.text}`);
      const control = await read(blank, open);
      for (const [name, value] of Object.entries(values)) (shown(control, value, own).length ? legible : missed).push(name);
    });
  }
  await t.test('the uncovered control', () => {
    const all = legible.length + missed.length;
    const result = `${legible.length} of ${all} values off the uncovered pages${missed.map((it) => `, not ${it}`).join('')}`;
    assert.ok(legible.length * 4 >= all * 3, `OCR read ${result}: too few to trust it`);
    console.log(`OCR read ${result}; 0 of ${all} off the pictures`);
  });
});

test('names, numbers and mails in the words of the page are covered, in the picture and in the title of the form', async () => {
  const { open, covered, ticket } = await take('tax-registration', { inn: '7707083894' }, (planted) => {
    const place = (name, text, attributes = {}) => {
      const it = document.createElement(name);
      it.textContent = text;
      for (const key in attributes) it.setAttribute(key, attributes[key]);
      document.querySelector('form').before(it);
    };
    document.querySelector('form').setAttribute('aria-label', `Заявление: ${planted.name}`);
    place('h2', `Здравствуйте, ${planted.name}!`);
    place('h2', `Заявитель: ${planted.short}`);
    place('p', `Письмо ушло на ${planted.mail}, дело ${planted.number}`, { role: 'alert' });
  });
  const [picture, control] = [await read(blank, covered), await read(blank, open)];
  for (const [what, value] of Object.entries(PLANTED)) {
    assert.deepEqual(shown(picture, value, ''), [], `${what} in the picture: ${picture.text}`);
    assert.notDeepEqual(shown(control, value, ''), [], `${what} is legible on the page itself`);
    for (const spelling of spellings(value)) assert.ok(!ticket.includes(spelling), `${what} in the ticket`);
  }
  for (const words of [/здравствуйте/, /заявитель/, /письмоушлона/]) assert.match(picture.letters, words, `the words around stay: ${picture.text}`);
  assert.match(picture.letters, /цифрынесходятся/, `the error of the page is in the picture: ${picture.text}`);
  assert.match(JSON.parse(ticket).snapshot.form_title, /^Заявление: X/);
});

test('the picture does not tell two people apart whose values have the same shape', async () => {
  const one = await take('appointment', TWINS[0]);
  const two = await take('appointment', TWINS[1]);
  const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
  assert.notEqual(hash(one.open), hash(two.open), 'the pages differ');
  assert.equal(hash(one.covered), hash(two.covered), 'the pictures do not');
});

test('a whole page, asked for in the letter and by keyboard: seen, changed by the editor down to its end, and sent', async () => {
  const page = await openPage(browser, { viewport: { width: 1280, height: 600 } });
  await ready(page, `${server.origin}/tax-registration.html`);
  await page.evaluate(() => scrollTo(0, 200));
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).waitFor();
  await fillTicket(page);
  const canvas = dialogOf(page).locator('canvas');
  const height = () => canvas.evaluate((it) => it.height);
  const button = (name) => dialogOf(page).getByRole('button', { name });
  assert.equal(await height(), 600, 'at first the window');
  await button('Сделать снимок всей страницы').focus();
  await page.keyboard.press('Enter');
  await button('Сделать снимок видимой части').waitFor();
  const full = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.waitForFunction((it) => it.height > 600, await canvas.elementHandle());
  assert.ok(Math.abs((await height()) - full) < full / 4, `${await height()} of ${full}`);
  assert.equal((await focused(page)).name, 'Сделать снимок видимой части', 'the focus stays');
  await assertClean(page);
  await audit(page);
  await shot(page, 'whole');

  await button('Изменить снимок').click();
  const editor = page.getByRole('dialog', { name: 'Изменить снимок' });
  await editor.waitFor();
  const fields = await page.evaluate(() => [...document.querySelectorAll('form :is(input, select, textarea)')].filter((it) => it.checkVisibility()).length);
  assert.equal(await editor.getByRole('option').count(), fields, 'fields below the window are in the list, too');
  await editor.getByRole('listbox').press('End');
  await editor.getByRole('listbox').press('h');
  await editor.getByRole('button', { name: 'Готово' }).click();
  await editor.waitFor({ state: 'hidden' });
  // Another picture would show again what was hidden.
  assert.equal(await button(/Сделать снимок/).count(), 0);
  await send(page);
  const { body } = server.sent.findLast((it) => it.method === 'POST' && it.url.endsWith('/uploads'));
  assert.equal(body.subarray(1, 4).toString(), 'PNG');
  assert.ok(body.readUInt32BE(20) > 600, 'the whole page went');
  await page.context().close();
});
