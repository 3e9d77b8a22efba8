// A file that was changed on its way is run by no other engine either: Chromium is asked by tests/hosts/tampered.mjs.
import assert from 'node:assert/strict';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { openBrowser } from '../browser/lib/webdriver.mjs';
import { serve, site } from '../hosts/lib.mjs';

const until = async (browser, script) => {
  for (let tries = 0; tries < 200; tries++) {
    const found = await browser.run(script);
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  return undefined;
};

let passed = 0;
for (const name of ['firefox', 'webkit']) {
  for (const changed of [false, true]) {
    const root = site('plain');
    if (changed) appendFileSync(join(root, 'podskazka/fields.js'), '\nwindow.stolen = true;');
    const server = await serve(root, 'wasm');
    const browser = await openBrowser(name);
    try {
      await browser.go(server.origin);
      await until(browser, 'return !!window.Podskazka?.version');
      await browser.run(`window.told = []; document.addEventListener('podskazka:error', (it) => told.push(it.detail.message));
        document.querySelector('[data-podskazka]').focus(); document.querySelector('[data-podskazka]').blur(); document.querySelector('[data-podskazka]').focus();`);
      if (changed) {
        const message = await until(browser, 'return window.told.find((it) => /fields/.test(it))');
        assert.match(message ?? 'nothing was told', /fields\.js was changed/, name);
        assert.equal(await browser.run('return document.querySelector("form").noValidate'), false, `${name}: nothing is bound`);
      } else {
        assert.ok(await until(browser, 'return document.querySelector("form").noValidate'), `${name}: the published files are bound`);
      }
      assert.equal(await browser.run('return window.stolen ?? null'), null, `${name}: the changed script has not run`);
      passed += 1;
    } finally {
      await browser.close();
      await server.stop();
      rmSync(root, { recursive: true, force: true });
    }
  }
}
console.log(`ℹ pass ${passed}`);
