// The archive in webpack, Rollup and esbuild (Vite: tests/hosts), each result driven in Chromium; React and Vue on a server.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { browser, integrity, open, pkg, scratch, serve, tried } from '../hosts/lib.mjs';

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

const BUNDLERS = {
  async webpack(work, out) {
    const webpack = require('webpack');
    // Modules as output: webpack's classic chunks set `script.src`, which Trusted Types refuse.
    const output = { path: out, filename: 'main.js', publicPath: '/', module: true };
    const config = { mode: 'production', context: work, entry: './entry.js', output, experiments: { outputModule: true }, performance: false };
    const stats = await new Promise((done, failed) => webpack(config, (error, stats) => (error ? failed(error) : done(stats))));
    assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
  },
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
try {
  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    const work = scratch(name);
    const out = join(work, 'out');
    mkdirSync(out);
    writeFileSync(join(work, 'entry.js'), ENTRY);
    writeFileSync(join(out, 'index.html'), PAGE);
    await bundle(work, out);
    // The articles are the server's.
    cpSync(join(pkg, 'podskazka', integrity.folder, 'faq.pdk'), join(out, 'podskazka/faq.pdk'));
    const server = await serve(out, 'js');
    const context = await chromium.newContext({ locale: 'ru-RU' });
    try {
      const page = await open(context);
      await page.goto(server.origin);
      await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.verdict), 'complete');
      const inn = page.getByLabel('ИНН');
      await inn.pressSequentially('7707083894');
      await inn.press('Tab');
      await page.getByRole('button', { name: 'Почему?' }).click();
      await page.getByRole('dialog').getByRole('heading', { name: /ИНН/ }).first().waitFor();
      assert.deepEqual([await page.evaluate(() => window.violations), page.faults], [[], []], name);
      console.log(`  bundler ${name}`);
    } finally {
      await context.close();
      await server.stop();
    }
  }
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
console.log('ℹ pass 5');
