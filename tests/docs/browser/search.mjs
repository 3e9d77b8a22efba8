// The search of the documentation by the widget's own engine, by keyboard, under the page's own policy.
import assert from 'node:assert/strict';
import test from 'node:test';
import { POLICY, launch, openPage, shot } from '../../browser/lib/chromium.mjs';
import { tabTo } from '../../browser/lib/keyboard.mjs';
import { startServer } from '../../browser/lib/server.mjs';

const browser = await launch();
const server = await startServer({ policy: POLICY });
test.after(async () => {
  await browser.close();
  await server.stop();
});

/** What a developer or an officer asks, and the page among the first three answers. */
const QUESTIONS = [
  ['как подключить в битрикс', 'start/'],
  ['integrity', 'security/'],
  ['react', 'start/#react'],
  ['персональные данные 152-ФЗ', 'privacy/'],
  ['inn.checksum', 'codes/#inn'],
  ['резервная копия', 'operating/'],
  ['свой код ошибки', 'errors/'],
  ['beforesend', 'events/'],
  ['trusted types', 'security/'],
  ['цвет кнопки', 'theming/'],
  ['проверка формы на сервере', 'start/#сервер-который-проверяет-ту-же-форму'],
];

test('questions find their pages', async (t) => {
  const page = await openPage(browser);
  await page.goto(`${server.origin}/docs/`);
  await tabTo(page, 'button', 'Поиск');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const box = dialog.getByRole('searchbox');
  await box.waitFor();
  for (const [question, wanted] of QUESTIONS) {
    await t.test(question, async () => {
      await box.fill(question);
      const cards = dialog.locator('.card');
      await cards.first().waitFor();
      const found = [];
      for (let at = 0; at < Math.min(3, await cards.count()); at++) {
        await cards.nth(at).click();
        const link = dialog.getByRole('link', { name: /Открыть страницу|Open the page/ });
        await link.waitFor();
        found.push(await link.getAttribute('href'));
        await dialog.getByRole('button', { name: 'Назад' }).click();
        await cards.first().waitFor();
      }
      assert.ok(found.map(decodeURIComponent).some((it) => it.startsWith(`/docs/${wanted}`) || it.startsWith(`/docs/en/${wanted}`)), `${question}: ${found.join(', ')}`);
    });
  }
  await shot(page, 'docs-search');
  assert.deepEqual([(await page.seen()).violations, page.faults], [[], []], 'violations of the policy and faults of the page');
  // In a search box with text the first Esc empties it.
  await box.fill('');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('an answer leads to its place on the page', async () => {
  const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(`${server.origin}/docs/privacy/`);
  await page.getByRole('button', { name: 'Поиск' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('как подключить в битрикс');
  await dialog.locator('.card').first().click();
  await shot(page, 'docs-search-320');
  const [opened] = await Promise.all([page.context().waitForEvent('page'), dialog.getByRole('link', { name: 'Открыть страницу' }).click()]);
  await opened.waitForLoadState();
  const url = new URL(opened.url());
  assert.equal(url.pathname, '/docs/start/');
  assert.ok(await opened.evaluate(() => !!document.getElementById(decodeURIComponent(location.hash.slice(1)))));
  await page.context().close();
});
