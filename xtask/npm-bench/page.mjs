// The search alone in Chromium, over the thousand articles of `cargo xtask bench faq`: prints the figures as JSON.
//
// node page.mjs WORK NPM: WORK holds sets.json, thousand.pdk and page/search.js with its wasm; NPM has playwright-core.
// Clocks of an isolated page tell 5 µs apart.
import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';

const [work, npm] = process.argv.slice(2).map((it) => path.resolve(it));
const { chromium } = createRequire(path.join(npm, 'package.json'))('playwright-core');
const KINDS = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.pdk': 'application/octet-stream', '.html': 'text/html' };
const files = { '/': '<!doctype html><title>…</title>' };
const server = createServer((request, answer) => {
  const name = request.url === '/' ? '.html' : path.extname(request.url);
  // Chromium asks for an icon.
  if (!KINDS[name]) return void answer.writeHead(404).end();
  answer.writeHead(200, { 'content-type': KINDS[name], 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' });
  answer.end(files[request.url] ?? fs.readFileSync(path.join(work, path.basename(request.url) === 'thousand.pdk' ? 'thousand.pdk' : path.join('page', path.basename(request.url)))));
});
await new Promise((done) => server.listen(0, 'localhost', done));
const sets = JSON.parse(fs.readFileSync(path.join(work, 'sets.json'), 'utf8'));
const texts = Object.values(sets).flatMap((it) => Object.values(it.questions).flatMap((list) => list.map((q) => q.query)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://localhost:${server.address().port}/`);
// Every fourth question, the least of five, as in Node; the first time too, as a person asks.
const figures = await page.evaluate(async (texts) => {
  const { default: init, Search } = await import('/search.js');
  await init({ module_or_path: '/search_bg.wasm' });
  const pack = new Uint8Array(await (await fetch('/thousand.pdk')).arrayBuffer());
  const from = performance.now();
  const search = new Search(pack);
  const build_ms = performance.now() - from;
  const first = [];
  const times = texts.map((text) => {
    let least = Infinity;
    for (let i = 0; i < 5; i += 1) {
      const start = performance.now();
      search.ask(text);
      const took = performance.now() - start;
      if (i === 0) first.push(took);
      least = Math.min(least, took);
    }
    return least;
  });
  for (const list of [times, first]) list.sort((a, b) => a - b);
  const part = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
  return { isolated: crossOriginIsolated, build_ms, p50: part(times, 0.5), p95: part(times, 0.95), most: times.at(-1), once: part(first, 0.95) };
}, texts.filter((_, i) => i % 4 === 0));
await browser.close();
server.close();
if (!figures.isolated) throw new Error('the page is not isolated: its clock tells only 100 µs apart');
console.log(JSON.stringify(figures));
