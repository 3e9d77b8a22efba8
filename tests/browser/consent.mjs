// The consent of a site: a document of its own, required, stored with its version and hash; another text is asked for anew.
import { after, before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';

import { POLICY, audit, launch, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus } from './lib/keyboard.mjs';
import { WORDS, dialogOf, fillLetter, send } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

const KEY = 'pk_zags_2026';
const TEXT = 'Я разрешаю обработку моих данных для ответа на обращение.\n\nСрок: три года.';

let server;
let browser;
before(async () => {
  const site = (origin) => ['[[sites]]', `key = "${KEY}"`, 'name = "ЗАГС"', `origins = ["${origin}"]`, '[[sites.consent]]', 'version = "2026-09"', `text = ${JSON.stringify(TEXT)}`];
  [server, browser] = await Promise.all([startServer({ policy: POLICY, settings: site }), launch()]);
  const body = readFileSync(join(resolve(process.env.DIST ?? join(import.meta.dirname, '../../dist')), 'refund.html'), 'utf8');
  server.pages['/own.html'] = { body: body.replace('data-site="demo"', `data-build="${POLICY}" data-site="${KEY}"`) };
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the consent is shown, has to be ticked, and is kept with the ticket', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/own.html`);
  await page.evaluate(() => void window.Podskazka.open('ticket'));
  const dialog = dialogOf(page);
  await fillLetter(page);
  await dialog.locator('summary', { hasText: 'Согласие на обработку' }).click();
  await dialog.getByText('Срок: три года.').waitFor();
  await dialog.getByText('Редакция: 2026-09').waitFor();
  await dialog.getByRole('button', { name: WORDS.send, exact: true }).click();
  await assertFocus(page, 'alert', /не отправлено/);
  await dialog.getByRole('button', { name: /Отметьте согласие/ }).click();
  await assertFocus(page, 'checkbox', /даю согласие/);
  await audit(page);
  await shot(page, 'letter-consent');
  await dialog.getByLabel(/даю согласие/).check();
  const restore = server.lose({ url: /tickets$/, status: 422, body: { errors: [{ pointer: '/consent', code: 'consent-changed', message: 'Текст согласия изменился. Прочитайте его и отметьте согласие ещё раз.' }] } });
  const asked = page.waitForResponse((it) => it.url().endsWith('/v1/config'));
  await dialog.getByRole('button', { name: WORDS.send, exact: true }).click();
  await asked;
  await assertFocus(page, 'alert', /не принял/);
  restore();
  const number = await send(page);
  const { consent } = await (await server.operator()).card(number);
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(TEXT))).toString('hex');
  assert.deepEqual(consent, { version: '2026-09', sha256: hash });
  await page.context().close();
});
