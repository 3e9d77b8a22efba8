// Two copies of the widget, as of a theme and of a page, by one way in or by two: one widget, one of everything.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, integrity, WAYS } from './lib.mjs';

const OLDER = '0.0.17';

/** `ways`: of the one copy and of the other. */
export const test = (...ways) => async ({ page, origin, root }) => {
  const older = join(root, 'older');
  if (ways[1] === 'npm') app(older);
  else cpSync(join(root, 'podskazka'), older, { recursive: true });
  const files = ways.map((way, at) => `${['/podskazka', '/older'][at]}/${WAYS[way]}`.replace('/podskazka/app.js', '/app.js'));
  await page.addInitScript(() => {
    window.readies = 0;
    document.addEventListener('podskazka:ready', () => window.readies++);
  });
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  await page.waitForLoadState('networkidle');
  for (const file of files) assert.ok(page.requested.includes(`GET ${file}`), `both copies have loaded: ${file}`);
  assert.equal(await page.evaluate(() => window.readies), 1);
  assert.equal(await page.locator('.pdk-launcher').count(), 1);
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.locator('.pdk-error').waitFor();
  assert.equal(await page.locator('.pdk-error').count(), 1);
  assert.equal(page.requested.filter((it) => /fields(-\w+)?\.js$/.test(it)).length, 1);

  // Another version of the second copy: the first that stands works, and gives the global back at its end.
  const script = join(older, ways[1] === 'npm' ? 'app.js' : 'podskazka.js');
  if (ways[1] === 'npm') app(older, OLDER);
  else writeFileSync(script, readFileSync(script, 'utf8').replaceAll(`"${integrity.version}"`, `"${OLDER}"`));
  // A browser asks by whole seconds whether a file has changed.
  utimesSync(script, new Date(), new Date(Date.now() + 2000));
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  const versions = () => page.evaluate(() => window.readies && window.Podskazka?.version);
  const first = await versions();
  assert.ok([integrity.version, OLDER].includes(first), `${first} stands`);
  await page.waitForLoadState('networkidle');
  assert.deepEqual([await versions(), await page.evaluate(() => window.readies)], [first, 1]);
  const at = first === OLDER ? 0 : 1;
  const second = await page.evaluate(async ([npm, folder]) => {
    const { init } = npm ? window.apps[folder] : await import(`${folder}podskazka.js`);
    const same = init().version;
    window.Podskazka.destroy();
    const next = init();
    await next.ready;
    return [same, next.version, window.Podskazka === next];
  }, [ways[at] === 'npm', at ? '/older/' : ways[at] === 'npm' ? '/' : '/podskazka/']);
  assert.deepEqual(second, [first, first === OLDER ? integrity.version : OLDER, true], 'a page that ends one version may begin another');
  await page.waitForFunction(() => document.querySelector('form').noValidate);
  assert.equal(await page.locator('.pdk-launcher').count(), 1);
  await page.evaluate(() => window.Podskazka.destroy());
  assert.equal(await page.evaluate(() => 'Podskazka' in window || !!document.querySelector('[class^=pdk]')), false);
};
