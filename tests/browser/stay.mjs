// What outlives the page: links that lead into help, the view that stood open when the page was left, the steps that were ticked off.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, openPage, ready } from './lib/chromium.mjs';
import { dialogOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
const LAUNCHER = '.pdk-launcher';
const ARTICLE = 'inn-checksum';

async function opened(path, options) {
  const page = await openPage(browser, options);
  await ready(page, `${server.origin}/${path}`);
  await page.locator(LAUNCHER).waitFor();
  return page;
}
const heading = (page) => dialogOf(page).getByRole('heading', { level: 2 });
/** The view that stands open, once its title has come. */
const view = (page, path) => page.waitForFunction((path) => document.querySelector('podskazka-panel')?.shadowRoot.querySelector('dialog').dataset.view === path, path);
const left = (page) => page.evaluate(() => sessionStorage['podskazka.stay']);
const open = (page) => page.evaluate(() => !!document.querySelector('podskazka-panel')?.shadowRoot.querySelector('dialog').open);
const navigate = (page, path) => ready(page, `${server.origin}/${path}`);

test('a link of the page leads into help, at the start and by a press', async () => {
  const page = await opened(`refund.html#podskazka=article/${ARTICLE}`);
  await view(page, `article/${ARTICLE}`);
  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = '#podskazka=contacts';
    link.textContent = 'Телефон';
    link.id = 'link';
    document.querySelector('main').prepend(link);
  });
  await page.locator('#link').click();
  await view(page, 'contacts');
  await page.keyboard.press('Escape');
  // What cannot be read leads to the start of help.
  await page.evaluate(() => (location.hash = '#podskazka=no-such-view/%D0'));
  await view(page, 'help');
  await assertClean(page);
  await page.context().close();
});

test('an article that stood open when the page was left stands open at the next press; its steps stay ticked', async () => {
  const page = await opened('tax-registration.html');
  await page.evaluate((article) => window.Podskazka.openArticle(article), ARTICLE);
  await view(page, `article/${ARTICLE}`);
  const steps = dialogOf(page).getByRole('checkbox');
  await steps.nth(0).check();
  await steps.nth(1).check();
  await navigate(page, 'refund.html');
  await page.locator(LAUNCHER).waitFor();
  assert.equal(await open(page), false, 'what covers the page does not come by itself');
  await page.locator(LAUNCHER).click();
  await view(page, `article/${ARTICLE}`);
  await steps.nth(0).waitFor();
  assert.deepEqual(await steps.evaluateAll((all) => all.map((it) => it.checked).slice(0, 3)), [true, true, false]);
  assert.equal(await left(page).then((it) => it.split('\n')[1]), `${ARTICLE} 0 1`);

  // Closed by the person: the next page begins anew, the steps are still there.
  await page.keyboard.press('Escape');
  await navigate(page, 'appointment.html');
  await page.locator(LAUNCHER).click();
  await view(page, 'help');
  await page.evaluate((article) => window.Podskazka.openArticle(article), ARTICLE);
  await view(page, `article/${ARTICLE}`);
  assert.ok(await steps.nth(1).isChecked());
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.equal(await left(page), undefined, 'a log-out forgets it');
  await page.context().close();
});

test('a question outlives the page, unless it names a person or a number', async () => {
  const page = await opened('tax-registration.html');
  await page.locator(LAUNCHER).click();
  const box = dialogOf(page).getByRole('searchbox');
  await box.fill('как исправить инн');
  await navigate(page, 'refund.html');
  await page.locator(LAUNCHER).click();
  await dialogOf(page).getByRole('heading', { name: 'Найденные ответы' }).waitFor();
  assert.equal(await box.inputValue(), 'как исправить инн');
  for (const secret of ['снилс 112-233-445 95', 'Иванова Мария Петровна не пускает', 'мой телефон 8 916 123-45-67']) {
    await box.fill(secret);
    await page.waitForTimeout(100);
    assert.match(await left(page), /^\d+\n.*\nhelp\n$/, `${secret} is kept nowhere`);
  }
  await page.context().close();
});

test('beside the page it goes on by itself and takes no focus; old things are left alone', async () => {
  const page = await opened('tax-registration.html');
  await page.evaluate(() => (localStorage['podskazka.settings'] = JSON.stringify({ docked: true })));
  await page.evaluate((article) => window.Podskazka.openArticle(article), ARTICLE);
  await view(page, `article/${ARTICLE}`);
  await navigate(page, 'refund.html');
  await view(page, `article/${ARTICLE}`);
  assert.ok(await heading(page).isVisible());
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'body', 'the focus stays with the page');
  assert.equal(await dialogOf(page).evaluate((it) => it.matches(':modal')), false);
  // The last that the page does: whatever is drawn until then keeps it anew.
  await page.evaluate(() => {
    addEventListener('pagehide', () => (sessionStorage['podskazka.stay'] = sessionStorage['podskazka.stay'].replace(/^\d+/, '1')));
    location.href = '/appointment.html';
  });
  await page.waitForURL('**/appointment.html');
  await page.locator(LAUNCHER).waitFor();
  await page.waitForTimeout(500);
  assert.equal(await open(page), false, 'half an hour later it is another matter');
  await assertClean(page);
  await page.context().close();
});

test('what was kept is anything: it is read or left', async () => {
  for (const kept of ['', 'x', '1\n2', `${Date.now()}`, `${Date.now()}\n;;; ;a b;inn-checksum 99999999\nticket/%%\n\u0000`, `${Date.now()}\n\nstatus/../..\n`]) {
    const page = await opened('refund.html');
    await page.evaluate((kept) => (sessionStorage['podskazka.stay'] = kept), kept);
    await navigate(page, 'refund.html');
    await page.locator(LAUNCHER).click();
    await heading(page).waitFor();
    await assertClean(page);
    await page.context().close();
  }
});
