// Turbo replaces the body and keeps copies of bodies for the way back: each form is looked after once, whatever a copy holds.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { leavesNothing } from './leaves.mjs';
import { modules } from './lib.mjs';

export const test = (way) => async ({ page, origin, root }) => {
  copyFileSync(join(modules, '@hotwired/turbo/dist/turbo.es2017-esm.js'), join(root, 'turbo.js'));
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && window.Turbo && document.querySelector('form').noValidate);
  await page.evaluate(() => (window.stayed = true));

  const wrong = async (label, text, code) => {
    const field = page.getByLabel(label);
    await field.fill('');
    await field.pressSequentially(text);
    await field.press('Tab');
    await page.locator(`.pdk-error[data-podskazka-code="${code}"]`).waitFor();
    assert.equal(await page.locator('.pdk-error').count(), 1, `${label}: one error`);
    const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((it) => it.id));
    assert.equal(new Set(ids).size, ids.length, `every id once: ${ids}`);
  };
  await wrong('ИНН', '7707083894', 'inn.checksum');
  await page.getByRole('link', { name: 'Запись' }).click();
  await page.getByRole('heading', { name: 'Запись на приём' }).waitFor();
  assert.equal(await page.evaluate(() => window.stayed), true, 'Turbo has not loaded the page anew');
  assert.equal(await page.locator('.pdk-error').count(), 0);
  await wrong('СНИЛС', '112-233-445 99', 'snils.checksum');

  // The way back shows the copy of the first body, with what stood beside its fields when it was made.
  await page.goBack();
  await page.getByRole('heading', { name: 'Возврат платежа' }).waitFor();
  await wrong('ИНН', '7707083895', 'inn.checksum');
  const inn = page.getByLabel('ИНН');
  await inn.fill('7707083893');
  await inn.press('Tab');
  await page.locator('.pdk-error').waitFor({ state: 'detached' });
  assert.equal(await inn.getAttribute('aria-invalid'), null);

  assert.equal(await page.locator('.pdk-launcher').count(), 1);
  await page.locator('.pdk-launcher').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  // There and back: what Turbo shows then is its own copy of a body that had our error in it.
  const back = async () => {
    await inn.pressSequentially('7707083894');
    await inn.press('Tab');
    if (await page.evaluate(() => window.isReady)) await page.locator('.pdk-error').waitFor();
    await page.getByRole('link', { name: 'Запись' }).click();
    await page.getByRole('heading', { name: 'Запись на приём' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Возврат платежа' }).waitFor();
    await inn.focus();
  };
  await leavesNothing(page, origin, {
    way,
    prepare: back,
    // No submit: at the first one Turbo listens to more, for good.
    use: async () => {
      await inn.pressSequentially('7707083895');
      await inn.press('Tab');
      await page.locator('.pdk-error').waitFor();
    },
  });
};
