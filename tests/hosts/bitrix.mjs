// 1C-Bitrix: a component in AJAX mode is replaced by what came back into a hidden frame; the composite cache fills an area late.
// Nothing is called: the example is a template of a site, and of a component. PHP renders it as Bitrix would.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { relax } from './bootstrap.mjs';
import { leavesNothing } from './leaves.mjs';
import { guarded } from './lib.mjs';

function render(what) {
  const html = execFileSync('php', ['-n', 'tests/hosts/pages/bitrix/bitrix.php', 'www/examples/bitrix/local/templates/portal', what], { encoding: 'utf8' });
  assert.doesNotMatch(html, /Warning|Notice|Fatal/, html);
  return html.replace('/local/podskazka/', '/podskazka/');
}

export async function test({ page, origin, root }) {
  writeFileSync(join(root, 'index.html'), guarded(render('page')));
  writeFileSync(join(root, 'answer.html'), render('answer'));
  // Bitrix writes markup as text: a policy with Trusted Types has no place for it.
  await relax(page);
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);

  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await page.getByRole('button', { name: 'Записаться' }).click();
  await page.locator('.pdk-summary').waitFor();
  assert.deepEqual(await page.evaluate(() => window.sent), [], 'what is wrong does not go');
  await inn.fill('7707083893');
  await page.getByRole('button', { name: 'Записаться' }).click();

  await page.getByText('Время выбрано.').waitFor();
  const [sent] = await page.evaluate(() => window.sent);
  assert.equal(sent, 'bxajaxid=5f2c1&form_text_1=7707083893');
  assert.equal(await page.locator('.pdk-error,.pdk-summary').count(), 0, 'what stood beside the first form is gone');

  const snils = page.getByLabel('СНИЛС');
  await snils.pressSequentially('112-233-445 99');
  await snils.press('Tab');
  await page.locator('.pdk-error[data-podskazka-code="snils.checksum"]').waitFor();
  await snils.fill('');
  await page.getByRole('button', { name: 'Дальше' }).click();
  await page.locator('.pdk-summary').waitFor();
  assert.equal((await page.evaluate(() => window.sent)).length, 1);

  await page.evaluate(() => window.fillArea());
  const phone = page.getByLabel('Телефон');
  await phone.pressSequentially('8916123');
  await phone.press('Tab');
  await page.locator('.pdk-error[data-podskazka-code="phone.length"]').waitFor();
  assert.equal(await page.locator('.pdk-launcher').count(), 1);
  // Nothing of ours was in the hidden frame when its markup was copied.
  assert.equal(await page.locator('#comp_5f2c1 [role=status]').count(), 1);
  await page.evaluate(() => window.Podskazka.destroy());
  assert.deepEqual(await page.evaluate(() => document.documentElement.outerHTML.match(/pdk|podskazka-panel|novalidate|aria-invalid/g)), null);

  await leavesNothing(page, origin, {
    prepare: () => page.evaluate(() => window.fillArea()),
    use: async () => {
      await inn.pressSequentially('7707083894');
      await page.getByRole('button', { name: 'Записаться' }).click();
      await page.locator('.pdk-summary').waitFor();
    },
  });
}
