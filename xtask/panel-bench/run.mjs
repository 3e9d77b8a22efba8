// The panel in Chromium, warm: from the click to its first paint, and what a letter in the search box costs over 1,000 articles.
// node run.mjs DIST PACK NPM: the built files, an article file with a thousand articles, the folder of the npm tools.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';

const [dist, pack, npm] = process.argv.slice(2).map((it) => resolve(it));
const { chromium } = createRequire(join(npm, 'package.json'))('playwright-core');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.txt': 'text/plain' };
/** What people type, letter by letter. */
const QUERIES = ['не подходит снилс', 'как вернуть деньги за пошлину', 'yt ghb[jlbn rjl', 'забыл пароль от личного кабинета', 'сниллс цифры', 'ошибка инн', 'запись на прием отменить'];
const RUNS = 12;

const server = createServer((request, answer) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  const file = path.endsWith('/faq.pdk') ? pack : join(dist, path.endsWith('/') ? `${path}index.html` : path);
  if (!file.startsWith(dist) && file !== pack) return answer.writeHead(404).end();
  if (!existsSync(file)) return answer.writeHead(404).end();
  // Names with a digest are kept for ever; here the same, so that the second opening is a warm one.
  const cache = extname(file) === '.html' ? 'no-cache' : 'max-age=3600';
  answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': cache });
  createReadStream(file).pipe(answer);
}).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const url = `http://127.0.0.1:${server.address().port}/refund.html`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });

/** Milliseconds from the press to the first frame that shows the panel's heading. `point`: the mouse was on the button before. */
async function opened(point) {
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.pdk-launcher').waitFor();
  await page.waitForSelector('form[novalidate]');
  if (point) {
    await page.locator('.pdk-launcher').hover();
    await page.waitForFunction(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('panel_bg.wasm') && it.responseEnd));
  }
  const ms = await page.evaluate(
    () =>
      new Promise((done) => {
        const button = document.querySelector('.pdk-launcher');
        const from = performance.now();
        const look = () => {
          const shown = document.querySelector('podskazka-panel')?.shadowRoot.querySelector('h2')?.getClientRects().length;
          // A frame that is asked for inside a frame comes after that one was painted.
          if (shown) requestAnimationFrame(() => done(performance.now() - from));
          else requestAnimationFrame(look);
        };
        button.click();
        look();
      }),
  );
  return { page, ms };
}

/** Milliseconds of each letter: the search and the drawing of what it found. */
const letters = (page) =>
  page.evaluate(async (queries) => {
    const root = document.querySelector('podskazka-panel').shadowRoot;
    const box = root.querySelector('#pdk-search');
    const times = [];
    for (const query of queries) {
      for (let length = 1; length <= query.length; length++) {
        box.value = query.slice(0, length);
        const from = performance.now();
        box.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
        // The next task: whatever was put off until the end of this one has been done by then.
        await new Promise((next) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = next;
          port2.postMessage(0);
        });
        times.push(performance.now() - from);
      }
    }
    return times;
  }, QUERIES);

const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const paints = { 'pressed at once': [], 'pointed at before': [] };
let typed = [];
for (let run = 0; run < 2 * RUNS; run++) {
  const point = run % 2;
  const { page, ms } = await opened(point);
  if (run > 1) Object.values(paints)[point].push(ms);
  if (run === 2 * RUNS - 1) {
    await page.locator('podskazka-panel .card, podskazka-panel details').first().waitFor();
    await letters(page);
    typed = await letters(page);
  }
  await page.close();
}
const show = (name, list) => console.log(`${name}: median ${at(list, 0.5).toFixed(1)} ms, p95 ${at(list, 0.95).toFixed(1)} ms, of ${list.length}`);
for (const [how, list] of Object.entries(paints)) show(`first paint after the click, warm, ${how}`, list);
show('one letter in the search box over 1,000 articles, with drawing', typed);
await browser.close();
server.close();
