// Back and Forward of the browser inside the panel: one view back, then closed; the page's address, state and router stay as they were.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, openPage, ready } from './lib/chromium.mjs';
import { assertFocus } from './lib/keyboard.mjs';
import { dialogOf, fillLetter, send } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();

/** A page with a router of its own: two places, and a list of what it has heard. */
async function hosted(options) {
  const page = await openPage(browser, options);
  await ready(page, `${server.origin}/tax-registration.html`);
  await page.evaluate(() => {
    window.heard = [];
    addEventListener('popstate', (event) => window.heard.push(event.state?.place ?? 'none'));
    history.replaceState({ place: 'first' }, '');
    history.pushState({ place: 'second' }, '', '?step=2');
    window.heard = [];
  });
  return page;
}

const state = (page) => page.evaluate(() => ({ url: location.pathname + location.search, state: history.state, heard: window.heard }));
const atHome = { url: '/tax-registration.html?step=2', state: { place: 'second' }, heard: [] };
const title = (page, name) => dialogOf(page).getByRole('heading', { level: 2, name }).waitFor();
/** The panel is shown and listens to the history. */
async function opened(page) {
  await page.locator('.pdk-launcher').click();
  await title(page, 'Помощь');
  await page.locator('podskazka-panel .grip').waitFor();
}
const back = (page) => page.evaluate(() => history.back());
const forward = (page) => page.evaluate(() => history.forward());
/** The step has been made: the page stands where it says. */
const settled = (page, at) =>
  page.waitForFunction((at) => (document.querySelector('podskazka-panel').shadowRoot.querySelector('iframe')?.contentWindow.history.state?.at ?? 0) === at, at);

test('Back goes one view back, then closes; Forward opens again', async () => {
  const page = await hosted();
  const dialog = dialogOf(page);
  const length = await page.evaluate(() => history.length);
  await opened(page);
  await settled(page, 1);
  await dialog.getByRole('button', { name: 'Телефон и часы работы' }).click();
  await title(page, 'Телефон и часы работы');
  await settled(page, 2);
  assert.deepEqual(await state(page), atHome, 'address and state stay');
  await back(page);
  await title(page, 'Помощь');
  await back(page);
  await dialog.waitFor({ state: 'hidden' });
  await assertFocus(page, 'button', /Помощь/);
  assert.deepEqual(await state(page), atHome, 'the page heard nothing');
  await forward(page);
  await title(page, 'Помощь');
  assert.ok(await dialog.evaluate((it) => it.matches(':modal')));
  await forward(page);
  await title(page, 'Телефон и часы работы');
  await dialog.getByRole('button', { name: 'Закрыть' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await settled(page, 0);
  assert.deepEqual(await state(page), atHome);
  // The page's own step works as before.
  await back(page);
  await page.waitForFunction(() => window.heard.length);
  assert.deepEqual(await state(page), { url: '/tax-registration.html', state: { place: 'first' }, heard: ['first'] });
  assert.equal(await page.evaluate(() => history.length), length + 2, 'entries of the panel are those that were visited');
  await assertClean(page);
  await page.context().close();
});

test('«Назад» in the panel and Back of the browser agree', async () => {
  const page = await hosted({ viewport: { width: 390, height: 800 } });
  const dialog = dialogOf(page);
  await opened(page);
  await settled(page, 1);
  await dialog.getByRole('button', { name: 'Размер текста, вид, язык' }).click();
  await settled(page, 2);
  await dialog.getByRole('button', { name: 'Назад' }).click();
  await title(page, 'Помощь');
  await settled(page, 1);
  await dialog.getByRole('button', { name: 'Мои обращения' }).first().click();
  await settled(page, 2);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await settled(page, 0);
  assert.deepEqual(await state(page), atHome, 'Esc closes all at once and leaves the history where it was');
  await page.context().close();
});

test('an error opened from its field: one Back closes, and the field keeps its place', async () => {
  const page = await hosted();
  const dialog = dialogOf(page);
  const inn = page.locator('[data-podskazka="inn"]');
  await inn.fill('7707083894');
  await inn.press('Tab');
  await page.getByRole('button', { name: 'Почему?' }).first().click();
  await title(page, /ИНН/);
  await settled(page, 1);
  await back(page);
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(await state(page), atHome);
  await page.getByRole('button', { name: 'Почему?' }).first().click();
  await settled(page, 1);
  await dialog.getByRole('button', { name: /Показать поле/ }).click();
  await settled(page, 0);
  const { top, bottom, focused } = await inn.evaluate((it) => ({ ...it.getBoundingClientRect().toJSON(), focused: document.activeElement === it }));
  assert.ok(focused && top >= 0 && bottom <= 900, 'the step back does not scroll it away');
  await page.context().close();
});

test('a letter that has gone is not gone back into', async () => {
  const page = await hosted();
  const dialog = dialogOf(page);
  await opened(page);
  await settled(page, 1);
  await dialog.getByRole('button', { name: 'Написать в поддержку' }).click();
  await settled(page, 2);
  await fillLetter(page);
  await send(page);
  await title(page, 'Обращение принято');
  await back(page);
  await title(page, 'Помощь');
  await page.context().close();
});

test('beside the page the history is the page’s, and whoever goes on while the panel closes keeps his place', async () => {
  const page = await hosted();
  const dialog = dialogOf(page);
  await opened(page);
  await settled(page, 1);
  await page.evaluate(() =>
    document.addEventListener('podskazka:close', () => history.pushState({ place: 'third' }, '', '?step=3'), { once: true }),
  );
  await dialog.getByRole('button', { name: 'Закрыть' }).click();
  await page.waitForFunction(() => location.search === '?step=3' && history.state.place === 'third');
  const after = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(location.search)))));
  assert.equal(after, '?step=3');

  await page.evaluate(() => (localStorage['podskazka.settings'] = '{"docked":true}'));
  const length = await page.evaluate(() => history.length);
  await page.locator('.pdk-launcher').click();
  await title(page, 'Помощь');
  await dialog.getByRole('button', { name: 'Телефон и часы работы' }).click();
  await title(page, 'Телефон и часы работы');
  assert.equal(await page.evaluate(() => history.length), length);
  await page.context().close();
});

test('where the frame cannot be had, Esc and a phone’s Back close, and the history is left alone', async () => {
  const page = await openPage(browser);
  await page.route('**/raster.html', (route) => route.abort());
  await ready(page, `${server.origin}/tax-registration.html`);
  const length = await page.evaluate(() => history.length);
  await opened(page);
  await dialogOf(page).getByRole('button', { name: 'Телефон и часы работы' }).click();
  await title(page, 'Телефон и часы работы');
  assert.equal(await dialogOf(page).getAttribute('closedby'), null);
  assert.equal(await page.evaluate(() => history.length), length);
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  await page.context().close();
});
