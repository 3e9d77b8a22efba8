// Two copies of the script, as of a theme and of a page: one widget, one of everything.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';

export async function test({ page, origin, root }) {
  cpSync(join(root, 'podskazka'), join(root, 'older'), { recursive: true });
  await page.addInitScript(() => {
    window.readies = 0;
    document.addEventListener('podskazka:ready', () => window.readies++);
  });
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  await page.waitForLoadState('networkidle');
  assert.equal(page.requested.filter((it) => it.endsWith('/podskazka.js')).length, 2, 'both copies have loaded');
  assert.equal(await page.evaluate(() => window.readies), 1);
  assert.equal(await page.locator('.pdk-launcher').count(), 1);
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.locator('.pdk-error').waitFor();
  assert.equal(await page.locator('.pdk-error').count(), 1);
  assert.equal(page.requested.filter((it) => /fields\.js$/.test(it)).length, 1);
}
