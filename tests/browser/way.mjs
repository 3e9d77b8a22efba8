// The whole way by keyboard alone: a wrong digit, its explanation, the article, the ticket with its picture, the state after a
// crash of the server and a reload. The focus and its name are looked at on every step, and axe on every view.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, audit, focused, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus, tabTo } from './lib/keyboard.mjs';
import { TICKET, WORDS, dialogOf, numberOf, pictureOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';
import { steps } from './lib/steps.mjs';
import { FORMS } from './lib/values.mjs';

const INN = FORMS['tax-registration'].inn.value;

const { server, browser } = await stand();

test('the whole way by keyboard', async (t) => {
  const step = steps(t);
  const page = await openPage(browser);
  const dialog = dialogOf(page);
  const inn = page.locator('[name="inn"]');
  let number;

  await step('the field has its name and its hint', async () => {
    await ready(page, `${server.origin}/tax-registration.html`);
    await tabTo(page, 'link', 'К содержанию');
    const field = await tabTo(page, 'textbox', 'ИНН');
    assert.match(field.description, /^12 цифр/);
    assert.equal(field.invalid, 'false');
    await audit(page);
  });
  await step('a hint while typing, silent about errors', async () => {
    await page.keyboard.type(INN.slice(0, 7));
    await page.getByText('Осталось 3 цифры').waitFor();
    assert.match((await focused(page)).description, /^12 цифр.*Осталось 3 цифры/);
    await shot(page, 'hint');
    await page.keyboard.type(INN.slice(7));
    assert.equal(await page.locator('.pdk-error').count(), 0, 'no error while typing');
  });
  await step('an error after leaving; the focus goes where the person went', async () => {
    await page.keyboard.press('Tab');
    await page.locator('.pdk-error[data-podskazka-code="inn.checksum"]').waitFor();
    await assertFocus(page, 'textbox', /паспорт/);
    await tabTo(page, 'textbox', 'ИНН', 'Shift+Tab');
    const field = await focused(page);
    assert.equal(field.invalid, 'true');
    assert.match(field.description, /^12 цифр.*Ошибка: .*ИНН/, 'the hint, then the error');
    await audit(page);
    await shot(page, 'error');
  });
  await step('«Почему?» opens the article on this error', async () => {
    await tabTo(page, 'button', /Почему\?/);
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await assertFocus(page, 'heading', /ИНН/);
    await audit(page);
    await shot(page, 'article');
  });
  await step('from the article to the ticket', async () => {
    await tabTo(page, 'button', WORDS.write);
    await page.keyboard.press('Enter');
    await assertFocus(page, 'heading', /Обращение/);
    await dialog.getByText('9999999999').first().waitFor();
    await audit(page);
    await shot(page, 'ticket');
  });
  await step(
    'the ticket begins at its top',
    async () => {
      const top = await dialog.evaluate((it) => it.scrollTop);
      assert.equal(top, 0, `the dialog is scrolled by ${top} px: the first field lies under the header`);
    },
  );
  await step('an empty ticket is not sent: the summary has the focus', async () => {
    await tabTo(page, 'button', WORDS.send);
    await page.keyboard.press('Enter');
    await assertFocus(page, 'alert', /не отправлено/);
    assert.equal(server.sent.filter((it) => it.method === 'POST').length, 0);
    await audit(page);
    await shot(page, 'ticket-errors');
  });
  await step('the ticket is filled in and sent', async () => {
    for (const [label, value] of [[WORDS.name, TICKET.name], [WORDS.contact, TICKET.contact], [/Что случилось/, TICKET.text]]) {
      await tabTo(page, 'textbox', label);
      await page.keyboard.type(value);
    }
    await pictureOf(page).waitFor();
    await tabTo(page, 'button', WORDS.send);
    await page.keyboard.press('Enter');
    number = await numberOf(page);
    await assertFocus(page, 'heading', /принято/);
    await audit(page);
    await shot(page, 'sent');
  });
  await step('Esc closes the panel and gives the focus back', async () => {
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await assertFocus(page, 'button', /Почему\?/);
    assert.equal(await inn.inputValue(), INN, 'what was typed stays');
    await assertClean(page);
  });
  await step('the server is killed after its answer: the ticket is there after a reload', async () => {
    await server.crash();
    await page.reload();
    await page.locator('.pdk-launcher').waitFor();
    await tabTo(page, 'button', WORDS.launcher);
    await page.keyboard.press('Enter');
    await dialog.getByText(number).first().waitFor();
    await dialog.getByText(/получен/).first().waitFor();
    assert.notEqual((await focused(page)).role, 'RootWebArea', 'the focus is in the panel');
    await audit(page);
    await shot(page, 'status');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await assertFocus(page, 'button', /Помощь/);
  });
  await step('the same request again returns the same ticket', async () => {
    const { method, url, headers, body } = server.sent.findLast((it) => it.method === 'POST' && it.url.endsWith('/tickets'));
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(content-type|idempotency-key|x-)/.test(name)));
    const again = await fetch(`${server.origin}${url}`, { method, body, headers: kept });
    assert.equal(again.status, 201);
    assert.equal((await again.json()).number, number);
    // The check of the picture was broken off by the crash and is done again, beside everything else.
    const pictures = () => server.files().filter((it) => /^(files|quarantine)/.test(it.path)).map((it) => it.path.split('/')[0]);
    for (const end = Date.now() + 60_000; pictures().includes('quarantine') && Date.now() < end; ) await page.waitForTimeout(50);
    assert.deepEqual(pictures(), ['files'], 'one picture is stored');
  });
  await step('no violation of the policy', () => assertClean(page));
});
