// Five hundred fields: each key is answered in its own field, a failed submit lists them all, and the end lets go of all.
import assert from 'node:assert/strict';
import { leavesNothing } from './leaves.mjs';

async function use(page) {
  const inn = page.getByLabel('inn 496', { exact: true });
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.locator('.pdk-error').waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('.pdk-error').previousElementSibling.id), 'f496');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.locator('.pdk-summary').waitFor();
}

export async function test({ page, origin }) {
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  await use(page);
  assert.deepEqual(await page.evaluate(() => ['.pdk-error', '.pdk-summary a', '[aria-invalid=true]'].map((it) => document.querySelectorAll(it).length)), [500, 500, 500]);
  await page.locator('.pdk-summary a').nth(496).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f496');
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('3');
  assert.equal(await page.evaluate(() => document.querySelectorAll('.pdk-error').length), 499);
  await page.evaluate(() => document.querySelector('form').reset());
  assert.equal(await page.evaluate(() => document.querySelectorAll('.pdk-error,.pdk-summary,[aria-invalid]').length), 0);
  await leavesNothing(page, origin, { use });
}
