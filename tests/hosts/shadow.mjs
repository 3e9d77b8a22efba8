// `<podskazka-help>`: inside the shadow root of the page's own component, and around the page's own button.
import assert from 'node:assert/strict';

export async function test({ page, origin }) {
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady);
  assert.equal(await page.locator('.pdk-launcher').count(), 0, 'the element stands for the button in the corner');
  const dialog = page.getByRole('dialog');
  const inside = page.locator('service-card').getByRole('button', { name: 'Помощь' });
  await inside.focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => window.told.find(([name]) => name === 'open')[1].view), 'help');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'Написать нам' }).click();
  await dialog.getByLabel('Что случилось').waitFor();
  assert.equal(page.requested.filter((it) => it.endsWith('/podskazka.js')).length, 1);
}
