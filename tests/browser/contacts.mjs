// Phone and hours: the arithmetic of the schedule by its table, words by day, zone and language, and a phone that is there without a
// network.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, audit, openPage, ready, shot } from './lib/chromium.mjs';
import { dialogOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const require = createRequire(join(resolve(process.env.NPM ?? '.tools/npm'), 'package.json'));
const FOLDER = 'widget/panel/later/contacts';
const { server, browser } = await stand();

test('the schedule, by its table', async () => {
  const { code } = require('esbuild').transformSync(readFileSync(join(FOLDER, 'hours.ts'), 'utf8'), { loader: 'ts' });
  const { at, clock, span } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const { hours, cases, clocks, spans } = JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8'));
  const of = { ...hours, week: hours.week.map(span), holiday: span(hours.holiday), days: Object.fromEntries(Object.entries(hours.days).map(([day, text]) => [day, span(text)])) };
  for (const [time, expected] of cases) assert.deepEqual(at(of, Date.parse(time) / 60_000), expected, time);
  for (const [minute, expected] of clocks) assert.equal(clock(minute), expected);
  for (const [text, expected] of spans) assert.deepEqual(span(text) ?? null, expected, text);
  assert.equal(at({ zone: 0, week: [], holidays: [] }, 0), undefined, 'an empty schedule never opens');
});

/** The view at a moment, on the clock of a zone. */
async function contacts(time, timezoneId, options) {
  const page = await openPage(browser, { timezoneId, ...options });
  await page.clock.setFixedTime(time);
  await ready(page, `${server.origin}/refund.html`);
  await page.evaluate(() => window.Podskazka.open('contacts'));
  await dialogOf(page).locator('.open, .shut').waitFor();
  return page;
}
const said = (page) => dialogOf(page).locator('.open, .shut').textContent();

test('open and closed in words, on the clock of the service and of the person', async () => {
  const cases = [
    ['2026-11-25T09:00:00Z', 'Europe/Moscow', 'Сейчас открыто, до 20:00'],
    ['2026-11-25T09:00:00Z', 'Asia/Vladivostok', 'Сейчас открыто, до 20:00 (у вас будет 3:00)'],
    ['2026-11-25T04:00:00Z', 'Europe/Moscow', 'Сейчас закрыто. Откроется сегодня в 8:00'],
    ['2026-11-25T18:00:00Z', 'Europe/Moscow', 'Сейчас закрыто. Откроется в четверг в 8:00'],
    // A moved day off, by a decree of the government.
    ['2026-01-09T06:00:00Z', 'Europe/Moscow', 'Сейчас закрыто. Откроется сегодня в 10:00'],
  ];
  for (const [time, zone, expected] of cases) {
    const page = await contacts(time, zone);
    assert.equal(await said(page), expected, `${time}, ${zone}`);
    const call = dialogOf(page).getByRole('link', { name: '8 800 100-70-10' });
    assert.equal(await call.getAttribute('href'), 'tel:88001007010');
    await audit(page);
    await assertClean(page);
    await page.context().close();
  }
});

test('points of service stand by region; one region is chosen by keyboard, said, and kept', async () => {
  const page = await contacts('2026-11-25T09:00:00Z', 'Europe/Moscow');
  const dialog = dialogOf(page);
  const regions = dialog.getByRole('heading', { level: 4 });
  const { offices } = JSON.parse(readFileSync('www/faq/contacts.json', 'utf8'));
  const all = [...new Set(offices.map((it) => it.region))];
  assert.deepEqual(await regions.allTextContents(), all);
  const [first, , last] = all;
  const of = (region) => offices.filter((it) => it.region === region).map((it) => it.name);
  assert.ok(of(first).length > 1, 'a region of the example has several points');
  const choice = dialog.getByRole('combobox', { name: 'Регион' });
  await choice.focus();
  await page.keyboard.press('End');
  assert.equal(await choice.inputValue(), last);
  assert.deepEqual(await regions.allTextContents(), [last]);
  assert.deepEqual(await dialog.locator('.ticket strong').allTextContents(), of(last));
  await dialog.getByRole('status').filter({ hasText: `${last}. Адресов: 1` }).waitFor();
  await audit(page);
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.Podskazka.open('contacts'));
  await choice.waitFor();
  assert.equal(await choice.inputValue(), last, 'the next time the region stands as it was chosen');
  await choice.selectOption({ index: 0 });
  assert.deepEqual(await regions.allTextContents(), all);
  await assertClean(page);
  await page.context().close();

  const one = await openPage(browser);
  await one.route('**/contacts.json', (route) => route.fulfill({ json: { offices: [{ region: 'Энск', name: 'Один' }, { region: 'Энск', name: 'Два' }] } }));
  await ready(one, `${server.origin}/refund.html`);
  await one.evaluate(() => window.Podskazka.open('contacts'));
  await dialogOf(one).getByText('Два').waitFor();
  assert.equal(await dialogOf(one).getByRole('combobox').count(), 0, 'one region needs no choice');
  await one.context().close();
});

test('on a phone, in the dark, and in English', async () => {
  const page = await contacts('2026-11-25T18:00:00Z', 'Asia/Vladivostok', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  const wide = await dialogOf(page).evaluate((it) => it.scrollWidth - it.clientWidth);
  assert.ok(wide <= 0, `no horizontal scroll: ${wide}`);
  await shot(page, 'contacts-320-dark');
  await page.evaluate(() => {
    window.Podskazka.setLocale('en');
    return window.Podskazka.open('contacts');
  });
  await dialogOf(page).getByText('Closed now. Opens on Thursday at 8:00 (your time 15:00)').waitFor();
  await page.context().close();
});

test('without a network the phone is there; where it never came, the words say what to do', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/refund.html`);
  await page.locator('.pdk-launcher').click();
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('contacts.json')));
  await page.context().setOffline(true);
  await dialogOf(page).getByRole('button', { name: 'Телефон и часы работы' }).click();
  await dialogOf(page).getByRole('link', { name: '8 800 100-70-10' }).waitFor();
  await page.context().close();

  const other = await openPage(browser);
  await other.route('**/contacts.json', (route) => route.abort());
  await ready(other, `${server.origin}/refund.html`);
  await other.evaluate(() => window.Podskazka.open('contacts'));
  await dialogOf(other).getByText(/сейчас не загрузились/).waitFor();
  await dialogOf(other).getByRole('button', { name: 'Написать в поддержку' }).waitFor();
  await other.context().close();

  const empty = await openPage(browser);
  await empty.route('**/contacts.json', (route) => route.fulfill({ json: {} }));
  await ready(empty, `${server.origin}/refund.html`);
  await empty.evaluate(() => window.Podskazka.open('contacts'));
  await dialogOf(empty).getByText(/не указал ни телефона, ни адресов/).waitFor();
  await dialogOf(empty).getByRole('button', { name: 'Написать в поддержку' }).waitFor();
  await empty.context().close();

  const bare = await openPage(browser);
  await bare.route('**/{contacts,settings}.js', (route) => route.abort());
  await ready(bare, `${server.origin}/refund.html`);
  for (const view of ['contacts', 'settings']) {
    await bare.evaluate((view) => window.Podskazka.open(view), view);
    await dialogOf(bare).getByText(/Раздел не загрузился/).waitFor();
  }
  await bare.context().close();
});
