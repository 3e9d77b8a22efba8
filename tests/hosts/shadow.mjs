// `<podskazka-help>`: inside the shadow root of the page's own component, and around the page's own button.
import assert from 'node:assert/strict';
import { traces } from './lib.mjs';

export async function test({ page, origin }) {
  await page.route('**/podskazka/*.js', (route) => route.abort());
  await page.goto(origin);
  const before = await traces(page);
  await page.unroute('**/podskazka/*.js');
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
  // The end comes in the middle of a picture in other tests.
  await dialog.getByRole('img', { name: /снимок/i }).first().waitFor();
  assert.equal(page.requested.filter((it) => it.endsWith('/podskazka.js')).length, 1);

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => window.Podskazka.destroy());
  await page.waitForFunction(() => !document.querySelector('link[rel=modulepreload]'));
  assert.deepEqual(await traces(page), before, 'byte for byte as before');
}
