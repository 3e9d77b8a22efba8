// Parts that are still on their way at the end find nobody: they start nothing, and nothing of them is left.
import assert from 'node:assert/strict';
import { traces } from './lib.mjs';

/** What the first use of a form brings: how a person got on, and the masks. */
const HELD = ['trail.js', 'mask.js'];

export async function test({ page, origin }) {
  const prepare = () => page.evaluate(() => delete document.documentElement.dataset.build);
  await page.route('**/podskazka.js', (route) => route.abort());
  await page.goto(origin);
  await prepare();
  const before = await traces(page);
  await page.unroute('**/podskazka.js');

  let release;
  const gate = new Promise((done) => (release = done));
  const asked = HELD.map((name) => page.waitForRequest((it) => it.url().endsWith(`/${name}`)));
  for (const name of HELD) await page.route(`**/${name}`, (route) => gate.then(() => route.continue()));
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  await prepare();
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.locator('.pdk-summary').waitFor();
  await Promise.all(asked);
  await page.evaluate(() => window.Podskazka.destroy());
  release();
  // They have come, and whoever waited for them has had a turn.
  await page.evaluate(async (names) => {
    for (const name of names) await import(`/podskazka/${name}`);
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setTimeout(done));
  }, HELD);
  await page.waitForFunction(() => !document.querySelector('link[rel=modulepreload]'));
  assert.deepEqual(await traces(page), before);
}
