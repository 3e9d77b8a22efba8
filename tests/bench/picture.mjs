/**
 * Our picture of a page beside other libraries: time, longest task, and how far each is from a screenshot, in one run.
 *
 * `node tests/bench/picture.mjs FOLDER` measures every page of FOLDER/pages in every engine that can be had; ENGINES=firefox,webkit names
 * some. FOLDER/node_modules holds the others (@zumer/snapdom,
 * html-to-image, html2canvas-pro, pixelmatch, pngjs); NPM names the folder of the npm tools, DIST that of the build. Ours is
 * uncovered here, as theirs are: two pictures are comparable only when both show everything. `covered` is what ships, with the
 * core; it is timed alone.
 */
import { createServer } from 'node:http';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join, resolve } from 'node:path';

import { ENGINES, open as openEngine } from './engines.mjs';

const [folder, ...only] = process.argv.slice(2);
if (!folder) throw new Error('name the folder with pages/ and node_modules/');
const root = resolve(folder);
const ours = resolve(import.meta.dirname, '../../widget/capture');
const need = createRequire(join(root, 'package.json'));
const tools = createRequire(join(resolve(process.env.NPM ?? '.tools/npm'), 'package.json'));
const esbuild = tools('esbuild');
const pixelmatch = (await import(need.resolve('pixelmatch'))).default;
const { PNG } = need('pngjs');
const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** Bundles the code that a page runs; `open` leaves the covering out. */
function bundle(source, open) {
  const plugin = {
    name: 'uncovered',
    setup: (it) => it.onLoad({ filter: /capture\/open\.ts$/ }, () => ({ contents: `export const OPEN = ${open};`, loader: 'ts' })),
  };
  return esbuild.build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'it',
    target: 'es2022',
    logLevel: 'error',
    plugins: [plugin],
  }).then((done) => done.outputFiles[0].text);
}

const dist = resolve(process.env.DIST ?? 'dist', 'podskazka');
const wrapped = `${await readFrames()};`;
const own = `
  import { covered } from '${ours}/picture';
  import { computed } from '${ours}/computed';
  import { draw } from '${ours}/draw';
  const load = async () => ({ computed });
  export const take = async () => {
    const frames = document.querySelector('iframe') && window.of(window).inside(window.of, window.core, load);
    return draw(await covered(window.core, { load, ...frames }));
  };`;
const SCRIPTS = {
  own: await bundle(own, true),
  covered: await bundle(own, false),
  snapdom: await bundle(`import { snapdom } from '@zumer/snapdom';
    export const take = async () => {
      const whole = await snapdom.toCanvas(document.documentElement, { dpr: 1, scale: 1 });
      const out = Object.assign(document.createElement('canvas'), { width: innerWidth, height: innerHeight });
      out.getContext('2d').drawImage(whole, -scrollX, -scrollY);
      return out;
    };`),
  'html-to-image': await bundle(`import { toCanvas } from 'html-to-image';
    export const take = () => toCanvas(document.body, { width: innerWidth, height: innerHeight, pixelRatio: 1, style: { margin: -scrollY + 'px 0 0' } });`),
  'html2canvas-pro': await bundle(`import h2c from 'html2canvas-pro';
    export const take = () => h2c(document.documentElement, { x: scrollX, y: scrollY, width: innerWidth, height: innerHeight, scale: 1, logging: false });`),
};

/** The code that a frame needs, uncovered as the rest: what the build makes of `frames.ts`. */
async function readFrames() {
  const names = readFileSync(join(dist, 'frames.js'), 'utf8').match(/const *\{([\w,\s]*)\} *= *window/)[1];
  const text = await bundle(`export * from '${ours}/frames'`, true);
  return `window.of = (window) => { const { ${names} } = window; ${text}; return it; }`;
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm' };
/** Fonts come from npm where the pages bring none. */
const FONTS = join(root, 'node_modules/@fontsource/pt-sans/files');
function serve(request, answer) {
  const { pathname } = new URL(request.url, 'http://x');
  let path = pathname.startsWith('/podskazka/') ? join(dist, pathname.slice('/podskazka/'.length)) : join(root, pathname);
  if (pathname.startsWith('/fonts/') && !statSync(path, { throwIfNoEntry: false })) path = join(FONTS, basename(pathname));
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return answer.writeHead(404).end();
  const headers = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' };
  if (/photo-cors/.test(pathname)) headers['access-control-allow-origin'] = '*';
  answer.writeHead(200, headers).end(readFileSync(path));
}
const server = createServer(serve);
await new Promise((done) => server.listen(0, '127.0.0.1', done));
/** The other origin of the portal page: the pages name its port. */
const other = createServer(serve);
await new Promise((done, failed) => other.on('error', failed).listen(8102, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;

/** Share of pixels that differ, and of those that are not background. */
function compare(a, b) {
  const [one, two] = [PNG.sync.read(a), PNG.sync.read(b)];
  if (one.width !== two.width || one.height !== two.height) return { px: NaN, ink: NaN, diff: b };
  const diff = new PNG({ width: one.width, height: one.height });
  const wrong = pixelmatch(one.data, two.data, diff.data, one.width, one.height, { threshold: 0.1 });
  let ink = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    if (one.data[at] + one.data[at + 1] + one.data[at + 2] < 740) ink++;
  }
  return { px: (100 * wrong) / (one.width * one.height), ink: (100 * wrong) / Math.max(ink, 1), diff: PNG.sync.write(diff) };
}

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const scroll = Number(process.env.SCROLL ?? 0);

async function take(page, script) {
  await page.run(async () => {
    const panel = await import('/podskazka/panel.js');
    await panel.default({ module_or_path: fetch('/podskazka/panel_bg.wasm') });
    window.core = panel.cover;
  });
  await page.run(wrapped + script + ';window.taken = it;');
  return page.run(async () => {
    // Only Chromium tells how long a task was.
    const told = PerformanceObserver.supportedEntryTypes.includes('longtask');
    window.long = [];
    if (told) new PerformanceObserver((list) => window.long.push(...list.getEntries().map((it) => it.duration))).observe({ type: 'longtask' });
    await new Promise((done) => setTimeout(done, 100));
    window.long.length = 0;
    const begun = performance.now();
    const canvas = await window.taken.take();
    const ms = performance.now() - begun;
    const again = performance.now();
    await window.taken.take();
    const warm = performance.now() - again;
    await new Promise((done) => setTimeout(done, 100));
    return { ms, warm, long: told ? Math.max(0, ...window.long) : null, png: canvas.toDataURL('image/png') };
  });
}

const pages = readdirSync(join(root, 'pages')).filter((it) => it.endsWith('.html') && statSync(join(root, 'pages', it)).isFile() && (!only.length || only.includes(basename(it, '.html'))));

/** One picture of a page that was just loaded, beside what the engine itself shows. */
async function measure(engine, name, script) {
  const page = await engine.page();
  try {
    await page.go(`${origin}/pages/${name}`);
    await page.run((y) => scrollTo(0, y), scroll);
    await page.run(async () => void (await document.fonts.ready));
    const shot = await page.shot();
    const result = await Promise.race([take(page, script), new Promise((_, no) => setTimeout(no, 90_000, new Error('90 s')))]);
    const png = Buffer.from(result.png.split(',')[1], 'base64');
    return { ...result, ...compare(shot, png), shot, png };
  } finally {
    await page.end().catch(() => {});
  }
}

async function table(name, engine) {
  console.log(`\n${engine.version}`);
  console.log(`${'page'.padEnd(18)}${'method'.padEnd(18)}${'ms'.padStart(8)}${'again'.padStart(8)}${'task'.padStart(8)}${'px %'.padStart(8)}${'ink %'.padStart(8)}`);
  for (const page of pages) {
    for (const [method, script] of Object.entries(SCRIPTS)) {
      if (process.env.METHODS && !process.env.METHODS.split(',').includes(method)) continue;
      const runs = [];
      let problem = '';
      for (let round = 0; round < ROUNDS && !problem; round++) {
        try {
          runs.push(await measure(engine, page, script));
        } catch (error) {
          problem = `${error}`.split('\n')[0].slice(0, 80);
        }
        if (process.env.SHOTS && !round && runs.length) {
          const place = join(process.env.SHOTS, `${name}-${basename(page, '.html')}-${method}`);
          writeFileSync(`${place}.png`, runs[0].png);
          writeFileSync(`${place}-diff.png`, runs[0].diff);
          if (method === 'own') writeFileSync(`${place}-shot.png`, runs[0].shot);
        }
      }
      const known = (key) => runs.map((it) => it[key]).filter((it) => it !== null);
      const cell = (key, digits = 0) => (known(key).length ? middle(known(key)).toFixed(digits) : '–').padStart(8);
      const fidelity = method === 'covered' ? ['–'.padStart(8), '–'.padStart(8)] : [cell('px', 2), cell('ink', 1)];
      console.log(`${basename(page, '.html').padEnd(18)}${method.padEnd(18)}${cell('ms')}${cell('warm')}${cell('long')}${fidelity.join('')} ${problem}`);
    }
  }
}

for (const name of process.env.ENGINES?.split(',') ?? ENGINES) {
  let engine;
  try {
    engine = await openEngine(name, tools);
  } catch (error) {
    console.log(`\n${name}: cannot be had here: ${`${error}`.split('\n')[0]}`);
    continue;
  }
  await table(name, engine);
  await engine.close();
}
server.close();
other.close();
