// A page that a framework renders on a server and takes over in the browser: nothing of it is drawn anew, and the widget of the hook
// works.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as frameworks from './frameworks.mjs';
import { modules, scratch } from './lib.mjs';

/** With the framework's own words about what differs: those of production are numbers, or none. */
const VUE = ['OPTIONS_API', 'PROD_DEVTOOLS', 'PROD_HYDRATION_MISMATCH_DETAILS'].map((it) => `--define:__VUE_${it}__=true`);
const FLAGS = ['--bundle', '--jsx=automatic', '--define:process.env.NODE_ENV="development"', '--log-level=error', ...VUE];

/** Renders the document, and builds what takes it over. */
function build(root, { pages, example, type = 'js', alias = {} }) {
  const work = scratch(pages);
  cpSync(`tests/hosts/pages/${pages}`, work, { recursive: true });
  cpSync(example, join(work, basename(example)));
  const aliases = Object.entries(alias).map(([from, to]) => `--alias:${from}=${to}`);
  const esbuild = (...flags) =>
    execFileSync(join(resolve(process.env.NPM), 'node_modules/.bin/esbuild'), [...flags, ...FLAGS, ...aliases], { cwd: work, stdio: 'inherit', env: { ...process.env, NODE_PATH: modules } });
  esbuild(`server.${type}`, '--platform=node', '--format=cjs', '--outfile=server.cjs');
  esbuild(`client.${type}`, '--splitting', '--format=esm', `--outdir=${root}`);
  const html = execFileSync(process.execPath, [join(work, 'server.cjs')], { encoding: 'utf8' });
  writeFileSync(join(root, 'index.html'), html);
  return html;
}

const test = (what) => async ({ page, context, origin, root }) => {
  const html = build(root, what);
  assert.match(html, /<h1>Запись на приём<\/h1>.*data-podskazka="inn"/s);
  assert.doesNotMatch(html, /pdk|novalidate/, 'a server renders the page alone');

  const hear = (page) => {
    const said = [];
    page.on('console', (it) => ['error', 'warning'].includes(it.type()) && !it.text().startsWith('Failed to load resource') && said.push(it.text()));
    return said;
  };
  const said = hear(page);
  // Nodes of the server that a framework would throw away if they did not fit.
  await page.addInitScript(() => {
    const look = (_, observer) => {
      const form = document.querySelector('form');
      if (!form) return;
      form.fromServer = true;
      observer.disconnect();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  await frameworks.test({
    page,
    origin,
    taken: async () => assert.equal(await page.evaluate(() => document.querySelector('form').fromServer), true, 'the nodes of the server stay'),
  });
  const own = (it) => !what.own?.test(it);
  assert.deepEqual([said.filter(own), (await page.evaluate(() => window.mended)) ?? []], [[], []], 'the framework says nothing');

  // What would be heard if it did differ.
  const other = await context.newPage();
  const heard = hear(other);
  await other.route(`${origin}/`, (route) => route.fulfill({ body: html.replace('>Записаться<', '>Другое<'), contentType: 'text/html' }));
  await other.goto(origin);
  for (let look = 0; !heard.some((it) => /hydrat/i.test(it)) && !(await other.evaluate(() => window.mended?.length)); look++) {
    assert.ok(look < 100, 'a difference is heard');
    await other.waitForTimeout(100);
  }
  await other.close();
};

export const react = (alias = {}) => test({ pages: 'hydrate-react', example: 'www/examples/react/src/app.jsx', type: 'jsx', alias });
// Vue asks for a Trusted Types policy of its own, and goes on without one; that it says is not about our page.
export const vue = test({ pages: 'hydrate-vue', example: 'www/examples/vue/src/app.js', own: /trusted/i });
