// «Five minutes with webpack» as the guide has it: its blocks in an empty project, built by its own line, under the strictest policy.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { browser, guided, open, scratch, serve, tried } from '../hosts/lib.mjs';

const guide = readFileSync('docs/guides/embedding.md', 'utf8').split(/^## /m);
const chapter = (name) => guide.find((it) => it.startsWith(name));
const blocks = (text, language) => [...text.matchAll(new RegExp('^```' + language + '\\n(.*?)^```', 'gms'))].map((it) => it[1].trim());
const own = chapter('Five minutes with webpack');
const [form] = blocks(chapter('Five minutes with Vite'), 'html');
const [script] = blocks(own, 'html');
// A block without a language ends as the others do: each begins where the one before has ended.
const commands = own.split('```').filter((_, at) => at % 2).filter((it) => it.startsWith('\n')).flatMap((it) => it.trim().split('\n'));

const work = scratch('webpack');
const at = (name) => join(work, name);
rmSync(at('package.json'));
for (const line of commands.filter((it) => /^npm (init|pkg) /.test(it))) execFileSync('npm', line.split(' ').slice(1), { cwd: work });
assert.equal(JSON.parse(readFileSync(at('package.json'), 'utf8')).type, 'module');
execFileSync(process.execPath, commands.find((it) => it.startsWith('node ')).split(' ').slice(1), { cwd: work });
mkdirSync(at('src'));
writeFileSync(at('src/index.js'), blocks(own, 'ts')[0]);
writeFileSync(at('public/index.html'), `<!doctype html>\n<html lang="ru">\n<head><meta charset="utf-8"><title>Портал</title>${script}</head>\n<body>\n${form}\n</body>\n</html>\n`);

/** The line by webpack itself: its command line is not installed here. */
const flags = Object.fromEntries([...commands.at(-1).matchAll(/--([\w-]+) (\S+)/g)].map((it) => [it[1], it[2]]));
assert.deepEqual(Object.keys(flags), ['mode', 'devtool', 'output-path']);
const webpack = createRequire(join(tried, 'package.json'))('webpack');
const stats = await new Promise((done, failed) =>
  webpack({ context: work, mode: flags.mode, devtool: flags.devtool, output: { path: at(flags['output-path']) } }, (error, it) => (error ? failed(error) : done(it))),
);
assert.equal(stats.hasErrors(), false, stats.toString());

const server = await serve(at('public'), 'wasm');
const chromium = await browser();
try {
  const page = await open(await chromium.newContext({ locale: 'ru-RU' }));
  await page.goto(server.origin);
  await guided(page);
  assert.deepEqual([page.faults, await page.evaluate(() => [window.violations, window.told.filter(([name]) => name === 'error')])], [[], [[], []]]);
  console.log('  webpack: the guide, step by step');
} finally {
  await chromium.close();
  await server.stop();
}
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
