// A file of ours that was changed on its way is never run, and the page is told.
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asBefore } from './leaves.mjs';

export async function test({ page, origin, root }) {
  appendFileSync(join(root, 'podskazka/fields.js'), '\nwindow.stolen = true;');
  await asBefore(page, { go: () => page.goto(origin), use: () => changed(page) });
}

async function changed(page) {
  await page.waitForFunction(() => window.told.some(([name]) => name === 'error'));
  const [, fault] = await page.evaluate(() => window.told.find(([name]) => name === 'error'));
  assert.equal(fault.code, 'loader.fields');
  assert.match(fault.message, /fields\.js was changed/);
  assert.equal(await page.evaluate(() => window.stolen), undefined);
  await page.locator('.pdk-launcher').click();
  await page.getByRole('dialog').waitFor();
}

/** Back in the panel and the picture of a letter need a frame: neither its page nor its script runs changed, and a plainer picture is made. */
export const frame = (name, text) => async ({ page, origin, root }) => {
  writeFileSync(join(root, 'podskazka/evil.js'), 'parent.stolen = true;');
  appendFileSync(join(root, 'podskazka', name), text);
  const use = async () => {
    await page.waitForFunction(() => window.isReady);
    const asked = page.waitForRequest(/\/raster\.html$/);
    await page.evaluate(() => void window.Podskazka.open('ticket'));
    await asked;
    await page.getByRole('dialog').getByRole('img', { name: /снимок/i }).first().waitFor();
    assert.equal(await page.evaluate(() => window.stolen), undefined);
  };
  await asBefore(page, { go: () => page.goto(origin), use });
};
