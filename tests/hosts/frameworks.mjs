// React 18 and 19 with controlled fields, Vue 3 with `v-model`: the package in a bundle that Vite makes with no plugin of ours.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guarded, traces } from './lib.mjs';

const TAG = '<script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-lang="ru"></script>';

/** The page as it is now; React puts the scripts of a head first, Vue marks its root for good, and Angular takes its own away. */
function plain() {
  const head = [...document.head.children].map((it) => it.outerHTML).sort();
  return [head, document.body.outerHTML.replace(/ data-v-app=""|<portal-root><\/portal-root>/, '')];
}

/** Keeps the page as its server sent it, and no frame in it: what a script does comes after that. */
export const served = (page) => page.addInitScript(`if (window === top) document.addEventListener('readystatechange', () => (window.served ??= (${plain})()))`);

/** The component leaves, and the widget with it. */
async function gone(page) {
  await page.locator('#leave').click();
  await page.waitForFunction(() => !window.Podskazka && !document.querySelector('podskazka-panel'));
  const rest = await traces(page);
  assert.deepEqual([rest.sheets, rest.globals, rest.storage, rest.databases], [0, [], [], []]);
}

/** Then the page is as its server sent it. */
export async function left(page) {
  await gone(page);
  assert.deepEqual(await page.evaluate(plain), await page.evaluate(() => window.served), 'as before, with the component gone');
}

/** `taken` looks at a page that the framework has taken over. */
export async function test({ page, origin, taken }) {
  await served(page);
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  assert.equal(await page.locator('.pdk-launcher').count(), 1, 'one widget, strict mode or not');

  await taken?.();
  // A framework may draw in a turn of its own.
  const drawn = (text) => page.locator('main output').getByText(text, { exact: true }).waitFor();
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('77O7083893');
  await inn.press('Tab');
  await page.locator('.pdk-error').waitFor();
  await page.waitForFunction(() => document.querySelector('#last').textContent.startsWith('inn.'));
  await page.locator('.pdk-fix').first().click();
  await page.locator('.pdk-error').waitFor({ state: 'detached' });
  assert.equal(await inn.inputValue(), '7707083893');
  // The state of the framework follows a fix.
  await drawn('7707083893');

  // The framework draws anew around our nodes without stumbling over them.
  await inn.fill('7707083894');
  await inn.press('Tab');
  await page.locator('.pdk-error').waitFor();
  await inn.press('End');
  await inn.pressSequentially('1');
  await drawn('77070838941');

  await page.locator('#write').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Что случилось').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  if (!taken) return left(page);
  await gone(page);
  const sent = await page.evaluate(() => window.served);
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  await page.evaluate(() => window.Podskazka.destroy());
  assert.deepEqual(await page.evaluate(plain), sent, 'as before, with the component there');
}

/** Vue under a policy that lets its own Trusted Types policy be, as the guide says: nothing is reported. */
export async function allowed({ page, origin }) {
  await page.route(`${origin}/`, async (route) => {
    const answer = await route.fetch();
    const policy = answer.headers()['content-security-policy'];
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types 'none'/);
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'content-security-policy': policy.replace("trusted-types 'none'", 'trusted-types vue') } });
  });
  await test({ page, origin });
}

/** A tag of the page that arrives when a component has begun already: what it joins stays when the component goes. */
export async function joined({ page, origin, root }) {
  const index = join(root, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace('</head>', guarded(`${TAG}</head>`)));
  let arrive;
  const gate = new Promise((done) => (arrive = done));
  await page.route('**/podskazka/podskazka.js', (route) => gate.then(() => route.continue()));
  await page.goto(origin, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  arrive();
  await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('/podskazka/podskazka.js')));
  // It has run when what was asked for after it is there.
  await page.evaluate(() => import('/podskazka/podskazka.js'));
  await page.locator('#leave').click();
  await page.locator('main').waitFor({ state: 'detached' });
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  await page.locator('.pdk-launcher').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.Podskazka.destroy());
  assert.equal(await page.evaluate(() => window.Podskazka), undefined, 'one widget all the time');
}
