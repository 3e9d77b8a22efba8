// A policy without WebAssembly: with `data-build="js"` nothing is even tried, and everything works.
import assert from 'node:assert/strict';

export async function test({ page, origin }) {
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  assert.equal(await page.evaluate(() => window.Podskazka.build), 'js');
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.getByRole('button', { name: 'Почему?' }).click();
  await page.getByRole('dialog').getByRole('heading', { name: /ИНН/ }).first().waitFor();
  assert.equal((await page.evaluate(() => window.Podskazka.check('inn', '7707083893'))).verdict, 'complete');
  assert.ok(!page.requested.some((it) => it.endsWith('.wasm')));
}
