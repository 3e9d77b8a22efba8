/**
 * What the listeners of a page cost for one key, ours beside IMask + just-validate on the same page in the same browser run; and
 * what starting, ending and a hundred of both cost. Usage: node run.mjs DIST NPM (`playwright-core`), with the peers installed here.
 */
import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { extname, join, resolve } from 'node:path';

const [dist, npm] = process.argv.slice(2).map((it) => resolve(it));
const here = import.meta.dirname;
const { chromium } = createRequire(join(npm, 'package.json'))('playwright-core');
const KEYS = '89161234567';
const COUNTS = [10, 60, 500];
const KINDS = ['phone', 'inn', 'snils', 'birth_date', 'email', 'text'];

/** Runs in the page before anything else: the time of every listener and of every observer, and how many listeners there are. */
function meter() {
  window.spent = 0;
  // Of that, the browser's own writing: `insertText` keeps its undo, and takes the time of an edit and of a layout.
  window.written = 0;
  window.listeners = 0;
  let depth = 0;
  let within = null;
  const timed = (run) => function (...given) {
    if (depth++) {
      const start = performance.now();
      try {
        return run.apply(this, given);
      } finally {
        depth--;
        // A listener that the writing itself calls is ours again.
        if (within === depth) window.written -= performance.now() - start;
      }
    }
    const start = performance.now();
    try {
      return run.apply(this, given);
    } finally {
      window.spent += performance.now() - start;
      depth--;
    }
  };
  const { execCommand } = Document.prototype;
  Document.prototype.execCommand = function (...given) {
    const start = performance.now();
    within = depth;
    try {
      return execCommand.apply(this, given);
    } finally {
      within = null;
      window.written += performance.now() - start;
    }
  };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const wrapped = new WeakMap();
  const wrap = (it) => {
    if (typeof it !== 'function') return it;
    if (!wrapped.has(it)) wrapped.set(it, timed(it));
    return wrapped.get(it);
  };
  EventTarget.prototype.addEventListener = function (name, run, ...rest) {
    window.listeners++;
    return addEventListener.call(this, name, wrap(run), ...rest);
  };
  EventTarget.prototype.removeEventListener = function (name, run, ...rest) {
    window.listeners--;
    return removeEventListener.call(this, name, wrap(run), ...rest);
  };
  const Observer = window.MutationObserver;
  window.MutationObserver = class extends Observer {
    constructor(run) {
      super(timed(run));
    }
  };
}

/** Runs in the page: the form, with `count` fields of our kinds. */
function build([count, kinds]) {
  const form = document.createElement('form');
  form.setAttribute('data-podskazka-form', 'bench');
  form.id = 'form';
  for (let at = 0; at < count; at++) {
    const kind = kinds[at % kinds.length];
    const row = document.createElement('div');
    const label = document.createElement('label');
    label.htmlFor = `f${at}`;
    label.textContent = `${kind} ${at}`;
    const input = document.createElement('input');
    input.id = input.name = `f${at}`;
    input.setAttribute('data-podskazka', kind);
    row.append(label, input);
    form.append(row);
  }
  const send = document.createElement('button');
  form.append(send);
  document.body.append(form);
}

/** Ours: the time from a loaded module to a bound form. */
async function ours() {
  const fields = await import('/podskazka/fields.js');
  await fields.default({ module_or_path: fetch('/podskazka/fields_bg.wasm') });
  const words = await fetch('/podskazka/words.ru.txt').then((it) => it.text());
  // As the loader does: a tier by its name, a script, a text; each once.
  const loaded = {};
  const load = (name) => (loaded[name] ??= take(name));
  const take = async (name) => {
    if (name.endsWith('.txt')) return fetch(`/podskazka/${name}`).then((it) => it.text());
    const module = await import(`/podskazka/${name.replace(/\.js$/, '')}.js`);
    if (!name.endsWith('.js')) await module.default({ module_or_path: fetch(`/podskazka/${name}_bg.wasm`) });
    return module;
  };
  // The masks are in the memory of the browser, as after the first field.
  await load('mask');
  const start = performance.now();
  fields.start({ words, load });
  const bound = performance.now() - start;
  window.again = () => fields.start({ words, load });
  window.end = () => fields.destroy();
  return bound;
}

/** A person has come into a field before: what shows and mends is here, and its masks are. */
async function masks() {
  document.querySelector('#f0').focus();
  const { turn } = await import('/podskazka/use.js');
  while (!turn('9-9', '1', 1, 1, '2', 'insertText')) await new Promise((done) => setTimeout(done, 10));
}

/** The peers, as their guides set them up: a mask on each number, a rule on each field. */
async function peers() {
  const { IMask, JustValidate } = await import('/peers.js');
  const start = performance.now();
  const masks = { phone: '+{7} (000) 000-00-00', inn: '000000000000', snils: '000-000-000 00', birth_date: '00.00.0000' };
  const validate = new JustValidate('#form', { validateBeforeSubmitting: true });
  const made = [];
  for (const input of document.querySelectorAll('#form input')) {
    const kind = input.dataset.podskazka;
    if (masks[kind]) made.push(IMask(input, { mask: masks[kind] }));
    validate.addField(`#${input.id}`, kind === 'email' ? [{ rule: 'required' }, { rule: 'email' }] : [{ rule: 'required' }, { rule: 'minLength', value: 3 }]);
  }
  return performance.now() - start;
}

const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.txt': 'text/plain', '.html': 'text/html' };
writeFileSync(join(here, 'peers.entry.js'), "export { default as IMask } from 'imask'; export { default as JustValidate } from 'just-validate';\n");
execFileSync(join(npm, 'node_modules/.bin/esbuild'), [join(here, 'peers.entry.js'), '--bundle', '--minify', '--format=esm', '--log-level=error', `--outfile=${join(here, 'peers.js')}`]);
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  // Isolated, so that the clock of the page has its full resolution.
  const headers = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  try {
    const body = path === '/' ? '<!doctype html><html lang="ru"><title>bench</title><body></body></html>' : readFileSync(path === '/peers.js' ? join(here, 'peers.js') : join(dist, path));
    response.writeHead(200, { 'content-type': path === '/' ? 'text/html' : (TYPES[extname(path)] ?? 'application/octet-stream'), ...headers });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
const origin = await new Promise((done) => server.once('listening', () => done(`http://127.0.0.1:${server.address().port}/`)));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc'] });

async function open(count, run) {
  const page = await browser.newPage();
  await page.addInitScript(meter);
  await page.goto(origin);
  await page.evaluate(build, [count, KINDS]);
  const bound = await page.evaluate(run);
  return { page, bound };
}

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

/** Milliseconds of the listeners for each real key, and those without the browser's own writing. */
async function keystrokes(page, count) {
  const [times, own] = [[], []];
  const rounds = Math.min(count, 30);
  for (let at = 0; at < rounds; at++) {
    await page.locator(`#f${Math.floor((at * count) / rounds)}`).focus();
    for (const key of KEYS) {
      await page.evaluate(() => (window.spent = window.written = 0));
      await page.keyboard.press(key);
      const [spent, written] = await page.evaluate(() => [window.spent, window.written]);
      times.push(spent);
      own.push(spent - written);
    }
    // A phone is the first of the kinds: with the masks at work it has its separators.
    const field = Math.floor((at * count) / rounds);
    const value = await page.locator(`#f${field}`).inputValue();
    if (field % KINDS.length === 0 && !/^\+7 \(/.test(value)) throw new Error(`no mask at work: ${value}`);
  }
  return [times, own].map((it) => it.sort((a, b) => a - b));
}

console.log('fields  who                      bound, ms   key p50, ms   p95, ms   p95 without the browser’s own writing, ms   keys');
for (const count of COUNTS) {
  for (const [name, run] of [['podskazka', ours], ['IMask + just-validate', peers]]) {
    const bounds = [];
    let [times, own] = [[], []];
    for (let turn = 0; turn < 3; turn++) {
      const { page, bound } = await open(count, run);
      bounds.push(bound);
      if (turn === 2) {
        if (run === ours) await page.evaluate(masks);
        [times, own] = await keystrokes(page, count);
      }
      await page.close();
    }
    const row = [String(count).padEnd(7), name.padEnd(24), Math.min(...bounds).toFixed(1).padStart(9), share(times, 0.5).toFixed(3).padStart(13), share(times, 0.95).toFixed(3).padStart(9), share(own, 0.95).toFixed(3).padStart(42), String(times.length).padStart(6)];
    console.log(row.join(' '));
  }
}

// A hundred starts and ends leave nothing.
const { page } = await open(60, ours);
const cdp = await page.context().newCDPSession(page);
const state = async () => {
  await page.evaluate(() => window.gc());
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name) => metrics.find((it) => it.name === name).value;
  const [html, sheets, listeners] = await page.evaluate(() => [document.documentElement.outerHTML, document.adoptedStyleSheets.length, window.listeners]);
  return { html, sheets, listeners, nodes: metric('Nodes'), heap: metric('JSHeapUsedSize') };
};
await cdp.send('Performance.enable');
await page.evaluate(() => window.end());
const before = await state();
await page.evaluate(() => {
  for (let turn = 0; turn < 100; turn++) {
    window.again();
    window.end();
  }
});
const after = await state();
console.log(`\n100 cycles of 60 fields: markup ${before.html === after.html ? 'the same' : 'CHANGED'}, sheets ${after.sheets - before.sheets}, listeners ${after.listeners - before.listeners}, nodes ${after.nodes - before.nodes}, heap ${((after.heap - before.heap) / 1024).toFixed(0)} KB`);
await browser.close();
server.close();
