// A page that React renders on a server and takes over in the browser: nothing of it is drawn anew, and the widget of the hook works.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as frameworks from './frameworks.mjs';
import { modules, scratch } from './lib.mjs';

/** With React's own words about what differs: those of production are numbers. */
const FLAGS = ['--bundle', '--jsx=automatic', '--define:process.env.NODE_ENV="development"', '--log-level=error'];

/** Renders the document, and builds what takes it over. */
function build(root, alias) {
  const work = scratch('hydrate');
  cpSync('tests/hosts/pages/hydrate', work, { recursive: true });
  cpSync('www/examples/react/src/app.jsx', join(work, 'app.jsx'));
  const aliases = Object.entries(alias).map(([from, to]) => `--alias:${from}=${to}`);
  const esbuild = (...flags) =>
    execFileSync(join(resolve(process.env.NPM), 'node_modules/.bin/esbuild'), [...flags, ...FLAGS, ...aliases], { cwd: work, stdio: 'inherit', env: { ...process.env, NODE_PATH: modules } });
  esbuild('server.jsx', '--platform=node', '--format=cjs', '--outfile=server.cjs');
  esbuild('client.jsx', '--splitting', '--format=esm', `--outdir=${root}`);
  const html = execFileSync(process.execPath, [join(work, 'server.cjs')], { encoding: 'utf8' });
  writeFileSync(join(root, 'index.html'), html);
  return html;
}

export const test = (alias = {}) => async ({ page, context, origin, root }) => {
  const html = build(root, alias);
  assert.match(html, /<h1>Запись на приём<\/h1>.*data-podskazka="inn"/s);
  assert.doesNotMatch(html, /pdk|novalidate/, 'a server renders the page alone');

  const said = [];
  const hear = (page) => page.on('console', (it) => ['error', 'warning'].includes(it.type()) && !it.text().startsWith('Failed to load resource') && said.push(it.text()));
  hear(page);
  // Nodes of the server that React would throw away if they did not fit.
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
  assert.deepEqual([said, await page.evaluate(() => window.mended)], [[], []], 'React says nothing');

  // What would be heard if it did differ.
  const other = await context.newPage();
  hear(other);
  await other.route(`${origin}/`, (route) => route.fulfill({ body: html.replace('>Записаться<', '>Другое<'), contentType: 'text/html' }));
  await other.goto(origin);
  await other.waitForFunction(() => window.mended?.length);
  await other.close();
};
