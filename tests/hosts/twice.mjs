// Two copies of the script, as of a theme and of a page: one widget, one of everything.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { integrity } from './lib.mjs';

const OLDER = '0.0.17';

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

  // Another version of the second copy: the first that stands works, and gives the global back at its end.
  const older = join(root, 'older/podskazka.js');
  writeFileSync(older, readFileSync(older, 'utf8').replaceAll(`"${integrity.version}"`, `"${OLDER}"`));
  // A browser asks by whole seconds whether a file has changed.
  utimesSync(older, new Date(), new Date(Date.now() + 2000));
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  const versions = () => page.evaluate(() => window.readies && window.Podskazka?.version);
  const first = await versions();
  assert.ok([integrity.version, OLDER].includes(first), `${first} stands`);
  await page.waitForLoadState('networkidle');
  assert.deepEqual([await versions(), await page.evaluate(() => window.readies)], [first, 1]);
  const second = await page.evaluate(async ([first, older]) => {
    const { init } = await import(first === older ? '/podskazka/podskazka.js' : '/older/podskazka.js');
    const same = init().version;
    window.Podskazka.destroy();
    const next = init();
    await next.ready;
    return [same, next.version, window.Podskazka === next];
  }, [first, OLDER]);
  assert.deepEqual(second, [first, first === OLDER ? integrity.version : OLDER, true], 'a page that ends one version may begin another');
  await page.waitForFunction(() => document.querySelector('form').noValidate);
  assert.equal(await page.locator('.pdk-launcher').count(), 1);
  await page.evaluate(() => window.Podskazka.destroy());
  assert.equal(await page.evaluate(() => 'Podskazka' in window || !!document.querySelector('[class^=pdk]')), false);
}
