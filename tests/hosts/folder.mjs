// A page of an example in a folder of the site: nothing of ours is looked for at the root, and articles are found.
import assert from 'node:assert/strict';

export async function test({ page, origin }) {
  await page.goto(`${origin}/forms/`);
  await page.waitForFunction(() => window.isReady && document.querySelector('.pdk-launcher'));
  const inn = page.getByLabel('ИНН');
  // A form in a shadow tree is found by the first press in it.
  await inn.click();
  await page.locator('form[novalidate]').waitFor({ state: 'attached' });
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.getByRole('button', { name: 'Почему?' }).click();
  await page.getByRole('dialog').getByRole('heading', { name: /ИНН/ }).first().waitFor();
  const ours = page.requested.filter((it) => !it.startsWith('GET /v1/') && !it.endsWith('/favicon.ico'));
  assert.deepEqual(ours.filter((it) => !it.startsWith('GET /forms/')), []);
  assert.ok(ours.some((it) => it === 'GET /forms/podskazka/faq.pdk'));
}
