// 5,000 articles in Chromium: bytes and milliseconds from the press on «Помощь» to the first answer with its passage, from one file
// and from a catalogue with chunks. node large.mjs DIST FOLDER NPM: the built files; a folder with `one/` and `many/`, which
// `mkdir -p F/one F/many && FIGURES=F cargo test -p podskazka figures -- --ignored` fills; the folder of the npm tools.
import { readFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [dist, sets, npm] = process.argv.slice(2).map((it) => resolve(it));
const { chromium } = createRequire(join(npm, 'package.json'))('playwright-core');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.txt': 'text/plain' };
const QUESTION = 'как вернуть деньги за пошлину';
const RUNS = 5;

let set = 'one';
let loaded = { files: 0, bytes: 0, brotli: 0 };
const packed = new Map();
const server = createServer((request, answer) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  const article = path.endsWith('.pdk');
  const file = article ? join(sets, set, path.split('/').at(-1)) : join(dist, path.endsWith('/') ? `${path}index.html` : path);
  if (path.startsWith('/v1/') || !(file.startsWith(dist) || file.startsWith(sets)) || !existsSync(file)) return answer.writeHead(404).end();
  const body = readFileSync(file);
  if (article) {
    if (!packed.has(file)) packed.set(file, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length);
    loaded = { files: loaded.files + 1, bytes: loaded.bytes + body.length, brotli: loaded.brotli + packed.get(file) };
  }
  answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' });
  answer.end(body);
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

for (set of ['one', 'many']) {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    loaded = { files: 0, bytes: 0, brotli: 0 };
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/refund.html`);
    await page.locator('.pdk-launcher').waitFor();
    await page.waitForSelector('form[novalidate]');
    times.push(
      await page.evaluate(async (question) => {
        const next = () => new Promise((done) => requestAnimationFrame(done));
        const from = performance.now();
        document.querySelector('.pdk-launcher').click();
        const find = (what) => document.querySelector('podskazka-panel')?.shadowRoot.querySelector(what);
        while (!find('#pdk-search')) await next();
        find('#pdk-search').value = question;
        find('#pdk-search').dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        while (!find('.card span')?.textContent) await next();
        return performance.now() - from;
      }, QUESTION),
    );
    await page.close();
  }
  times.sort((a, b) => a - b);
  console.log(`${set === 'one' ? 'one file' : 'catalogue'}: first answer after ${times[RUNS >> 1].toFixed(0)} ms (median of ${RUNS}), ${loaded.files} files, ${loaded.bytes} bytes, ${loaded.brotli} as brotli`);
}
await browser.close();
server.close();
