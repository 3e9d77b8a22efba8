// A page of an example in a folder of the site: nothing of ours is looked for at the root, articles are found, and it leaves the page as it was.
import assert from 'node:assert/strict';
import { left, served } from './frameworks.mjs';
import { asBefore } from './leaves.mjs';

export async function test({ page, origin }) {
  const go = () => page.goto(`${origin}/forms/`);
  await served(page);
  await go();
  // A component brings the widget along in its own bundle, and takes it away when it leaves.
  const component = await page.locator('#leave').count();
  if (!component) return asBefore(page, { go, use: () => use(page) });
  await use(page);
  await left(page);
}

async function use(page) {
  await page.waitForFunction(() => window.isReady && document.querySelector('.pdk-launcher'));
  const inn = page.getByLabel('ИНН');
  // A form in a shadow tree is found by the first press in it.
  await inn.click();
  await page.locator('form[novalidate]').waitFor({ state: 'attached' });
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.getByRole('button', { name: 'Почему?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: /ИНН/ }).first().waitFor();
  const ours = page.requested.filter((it) => !it.startsWith('GET /v1/') && !it.endsWith('/favicon.ico'));
  assert.deepEqual(ours.filter((it) => !it.startsWith('GET /forms/')), []);
  assert.ok(ours.some((it) => it === 'GET /forms/podskazka/faq.pdk'));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}
