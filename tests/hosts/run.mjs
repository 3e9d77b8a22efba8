// Every host in Chromium, under the documented policy: no violation but those that a host names with their cause, zero uncaught errors.
// Turbo runs without the policy: it writes a style element of its own.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { browser, open, serve, site } from './lib.mjs';
import * as plain from './plain.mjs';
import * as strict from './strict.mjs';
import * as frameworks from './frameworks.mjs';
import * as hydrate from './hydrate.mjs';
import * as shadow from './shadow.mjs';
import * as shadowForm from './shadow-form.mjs';
import * as helpOrigin from './help-origin.mjs';
import * as turbo from './turbo.mjs';
import * as twice from './twice.mjs';
import * as router from './router.mjs';
import * as tampered from './tampered.mjs';
import * as nonce from './nonce.mjs';
import * as cycles from './cycles.mjs';
import * as late from './late.mjs';
import * as bootstrap from './bootstrap.mjs';
import * as govuk from './govuk.mjs';
import * as bitrix from './bitrix.mjs';
import * as many from './many.mjs';
import * as inner from './inner.mjs';
import * as folder from './folder.mjs';

const HOSTS = [
  ['plain', 'wasm', plain.test],
  ['plain', 'js', strict.test, { what: 'without WebAssembly', attributes: 'data-build="js"' }],
  ['react', 'js', frameworks.test, { bundle: true }],
  ['react', 'js', frameworks.test, { bundle: true, alias: { react: 'react18', 'react-dom': 'react-dom18' }, what: 'React 18' }],
  ['react', 'js', frameworks.joined, { bundle: true, what: 'a tag that comes after a component' }],
  ['hydrate-react', 'js', hydrate.react(), { what: 'React 19 over a page of its server' }],
  ['hydrate-react', 'js', hydrate.react({ react: 'react18', 'react-dom': 'react-dom18' }), { what: 'React 18 over a page of its server' }],
  // Vue asks for a Trusted Types policy of its own when it is imported, and goes on without one.
  ['hydrate-vue', 'js', hydrate.vue, { what: 'Vue 3 over a page of its server' }, ['trusted-types trusted-types-policy']],
  ['vue', 'js', frameworks.test, { bundle: true }, ['trusted-types trusted-types-policy']],
  ['vue', 'js', frameworks.allowed, { bundle: true, what: 'trusted-types vue' }],
  ['vue', 'js', frameworks.joined, { bundle: true, what: 'a tag that comes after a component' }, ['trusted-types trusted-types-policy']],
  ['shadow', 'wasm', shadow.test],
  ['shadow-form', 'wasm', shadowForm.test],
  ['twice', 'wasm', twice.test('tag', 'tag')],
  ...[['element', 'element'], ['npm', 'npm'], ['npm', 'tag'], ['tag', 'element'], ['element', 'npm']].map((ways) => ['twice', 'wasm', twice.test(...ways), { ways, what: ways.join(' and ') }]),
  ['router', 'wasm', router.test],
  // Turbo reads pages by `DOMParser` and writes a style element: it has no place under a strict policy.
  ['turbo', 'wasm', turbo.test('tag'), { bypassCSP: true }],
  ['turbo', 'wasm', turbo.test('element'), { ways: ['element'], what: 'the element', bypassCSP: true }],
  ['turbo', 'wasm', turbo.test('npm'), { ways: ['npm'], what: 'the npm package', bypassCSP: true }],
  ['plain', 'wasm', helpOrigin.test, { what: 'from a help origin' }],
  ['plain', 'wasm', tampered.test, { what: 'a tampered file' }],
  ['plain', 'wasm', tampered.frame('raster.js', '\nparent.stolen = true;'), { what: 'a tampered script of the frame' }],
  ['plain', 'wasm', tampered.frame('raster.html', '<script type="module" src="evil.js"></script>'), { what: 'a tampered frame' }],
  ['plain', 'wasm', nonce.test(), { what: 'a policy with a nonce alone' }],
  ['plain', 'wasm', nonce.test(" 'strict-dynamic'"), { what: 'a policy with a nonce and strict-dynamic' }],
  ['plain', 'wasm', late.test, { what: 'parts that come after the end' }],
  ['plain', 'wasm', cycles.test('tag'), { what: 'a hundred starts and ends' }],
  ['plain', 'wasm', cycles.test('element'), { ways: ['element'], what: 'a hundred starts and ends of the element' }],
  ['plain', 'wasm', cycles.test('npm'), { ways: ['npm'], what: 'a hundred starts and ends of the npm package' }],
  ...['plain', 'shadow-form'].map((name) => [name, 'wasm', folder.test, { under: 'forms', what: 'in a folder of the site' }]),
  ['react', 'js', folder.test, { bundle: true, under: 'forms', what: 'in a folder of the site' }],
  ['vue', 'js', folder.test, { bundle: true, under: 'forms', what: 'in a folder of the site' }, ['trusted-types trusted-types-policy']],
  ['bootstrap', 'wasm', bootstrap.test, { files: ['bootstrap/dist/css/bootstrap.min.css', 'bootstrap/dist/js/bootstrap.bundle.min.js', 'jquery/dist/jquery.min.js'] }],
  ['govuk', 'wasm', govuk.test],
  ['bitrix', 'wasm', bitrix.test],
  ['many', 'wasm', many.test],
  ['dialog', 'wasm', inner.test('dialog')],
  ['frame', 'wasm', inner.test('frame')],
  ['component', 'wasm', inner.test('component')],
];

let passed = 0;
const chosen = process.argv.slice(2);
const chromium = await browser();
try {
  for (const [name, policy, test, options, own = []] of HOSTS) {
    if (chosen.length && !chosen.includes(name) && !chosen.some((it) => options?.what?.includes(it))) continue;
    const root = site(name, options);
    const server = await serve(root, policy);
    const context = await chromium.newContext({ locale: 'ru-RU', bypassCSP: !!options?.bypassCSP });
    try {
      const page = await open(context);
      await test({ page, context, origin: server.origin, root });
      assert.deepEqual(await page.evaluate(() => window.violations), own, `${name}: no policy violation`);
      assert.deepEqual(page.faults, [], `${name}: no uncaught error`);
      passed++;
      console.log(`  host ${name}${options?.what ? `, ${options.what}` : ''} (${policy} policy)`);
    } catch (error) {
      error.message = `host ${name}: ${error.message}`;
      throw error;
    } finally {
      await context.close();
      await server.stop();
      rmSync(root, { recursive: true, force: true });
    }
  }
} finally {
  await chromium.close();
}
// As Node's test runner ends, so that it is counted.
console.log(`ℹ pass ${passed}`);
