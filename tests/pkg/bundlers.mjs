// The archive in webpack, Rollup and esbuild (Vite: tests/hosts), each result driven in Chromium; React and Vue on a server.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { browser, integrity, open, pkg, scratch, serve, traces, tried } from '../hosts/lib.mjs';

const require = createRequire(join(tried, 'package.json'));
const ENTRY = `import { init } from 'podskazka';
import { check } from 'podskazka/core';
document.documentElement.dataset.verdict = check('inn', '7707083893').verdict;
init({ site: 'demo' });
`;
const PAGE = `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>Проба</title><script type="module" src="/main.js"></script></head>
<body><form data-podskazka-form="probe"><label for="inn">ИНН</label><input id="inn" name="inn" data-podskazka="inn"></form></body></html>
`;

async function webpack(work, out, { output, ...more } = {}) {
  const config = { mode: 'production', context: work, entry: './entry.js', output: { path: out, filename: 'main.js', publicPath: '/', ...output }, performance: false, ...more };
  const stats = await new Promise((done, failed) => require('webpack')(config, (error, stats) => (error ? failed(error) : done(stats))));
  assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
}

const BUNDLERS = {
  // Modules as output: webpack's classic chunks set `script.src`, which Trusted Types refuse. What else helps: below.
  webpack: (work, out) => webpack(work, out, { output: { module: true }, experiments: { outputModule: true } }),
  async rollup(work, out) {
    const { rollup } = require('rollup');
    const { nodeResolve } = require('@rollup/plugin-node-resolve');
    const warnings = [];
    const bundle = await rollup({ input: join(work, 'entry.js'), plugins: [nodeResolve({ browser: true })], onwarn: (it) => warnings.push(it.message) });
    await bundle.write({ dir: out, format: 'es', entryFileNames: 'main.js' });
    assert.deepEqual(warnings, []);
  },
  async esbuild(work, out) {
    const bin = join(resolve(process.env.NPM), 'node_modules/.bin/esbuild');
    const flags = ['--bundle', '--splitting', '--format=esm', '--entry-names=main', `--outdir=${out}`, '--log-limit=0', '--log-level=warning'];
    const said = execFileSync(bin, ['entry.js', ...flags], { cwd: work, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    assert.equal(said, '');
  },
};

const chromium = await browser();
/** A page with the result of a bundler, under the documented policy or that with `trusted` in place of `'none'`. */
async function built(name, bundle, run, { entry = ENTRY, trusted } = {}) {
  const work = scratch(name);
  const out = join(work, 'out');
  mkdirSync(out);
  writeFileSync(join(work, 'entry.js'), entry);
  writeFileSync(join(out, 'index.html'), PAGE);
  await bundle(work, out);
  cpSync(join(pkg, 'podskazka', integrity.folder), join(out, 'podskazka'), { recursive: true });
  const server = await serve(out, 'js');
  const context = await chromium.newContext({ locale: 'ru-RU' });
  try {
    const page = await open(context);
    if (trusted) {
      await page.route(`${server.origin}/`, async (route) => {
        const answer = await route.fetch();
        const policy = answer.headers()['content-security-policy'];
        assert.match(policy, /trusted-types 'none'/);
        await route.fulfill({ response: answer, headers: { ...answer.headers(), 'content-security-policy': policy.replace("trusted-types 'none'", `trusted-types ${trusted}`) } });
      });
    }
    // What the page is without us.
    await page.route('**/main.js', (route) => route.abort());
    await page.goto(server.origin);
    const before = await traces(page);
    await page.unroute('**/main.js');
    await page.goto(server.origin);
    await run(page, before);
    console.log(`  bundler ${name}`);
  } finally {
    await context.close();
    await server.stop();
  }
}

/** An error, its article, nothing that the policy forbids; at the end the page is byte for byte as before. */
async function works(page, before) {
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.verdict), 'complete');
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.getByRole('button', { name: 'Почему?' }).click();
  await page.getByRole('dialog').getByRole('heading', { name: /ИНН/ }).first().waitFor();
  assert.deepEqual([await page.evaluate(() => window.violations), page.faults], [[], []]);
  await page.evaluate(async () => {
    await window.Podskazka.shutdown();
    window.Podskazka.destroy();
    delete document.documentElement.dataset.verdict;
  });
  await page.waitForFunction(() => !document.querySelector('podskazka-panel,link[rel=modulepreload]'));
  assert.deepEqual(await traces(page), before, 'byte for byte as before');
}

try {
  for (const [name, bundle] of Object.entries(BUNDLERS)) await built(name, bundle, works);
  // webpack's classic chunks under Trusted Types: refused as they are, as the guide says; with either of its other ways they work. How
  // chunks are loaded does not hang on how small they are.
  const plain = { optimization: { minimize: false } };
  const classic = (work, out) => webpack(work, out, plain);
  await built('webpack-classic', classic, async (page) => {
    await page.waitForFunction(() => window.violations.length);
    assert.match(await page.evaluate(() => window.violations[0]), /^require-trusted-types-for/);
  });
  await built('webpack-base', classic, works, { entry: ENTRY.replace("site: 'demo'", "site: 'demo', base: '/podskazka/', build: 'js'") });
  await built('webpack-policy', (work, out) => webpack(work, out, { ...plain, output: { trustedTypes: 'webpack' } }), works, { trusted: 'webpack' });
} finally {
  await chromium.close();
}

// The examples' own components, rendered on a server: they name the form, and nothing of ours runs.
const work = scratch('ssr');
for (const name of ['react', 'vue']) cpSync(join('www/examples', name, 'src'), join(work, name), { recursive: true });
writeFileSync(
  join(work, 'ssr.mjs'),
  `import assert from 'node:assert/strict';
  import { createElement } from 'react';
  import { renderToString } from 'react-dom/server';
  import { createSSRApp } from 'vue';
  import { renderToString as renderVue } from '@vue/server-renderer';
  import { App as ReactApp } from './react/app.js';
  import { App as VueApp } from './vue/app.js';
  for (const html of [renderToString(createElement(ReactApp)), await renderVue(createSSRApp(VueApp))]) {
    assert.match(html, /data-podskazka-form="appointment"/);
    assert.match(html, /data-podskazka="inn"/);
  }
  console.log('  server rendering: React, Vue');`,
);
const esbuild = join(resolve(process.env.NPM), 'node_modules/.bin/esbuild');
execFileSync(esbuild, ['react/app.jsx', '--jsx=automatic', '--outfile=react/app.js', '--log-level=error'], { cwd: work });
execFileSync(process.execPath, ['ssr.mjs'], { cwd: work, stdio: 'inherit' });
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 8');
