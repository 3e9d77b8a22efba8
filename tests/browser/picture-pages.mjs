// Pictures of pages that are not ours: nothing personal gets through, wherever a page hides it, and what helps stays legible.
import { after, before, test } from 'node:test';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';

import { POLICY, launch, openPage } from './lib/chromium.mjs';
import { LEGIBLE, hostile, secrets } from './lib/hostile.mjs';
import { letters, read } from './lib/ocr.mjs';
import { keepDrawings } from './lib/panel.mjs';
import { startServer } from './lib/server.mjs';

const DIST = resolve(process.env.DIST ?? join(import.meta.dirname, '../../dist'));
let www;
let server;
let browser;
let blank;

before(async () => {
  www = mkdtempSync(join(tmpdir(), 'podskazka-www-'));
  cpSync(join(DIST, 'podskazka'), join(www, 'podskazka'), { recursive: true, dereference: true });
  [server, browser] = await Promise.all([startServer({ policy: POLICY, www }), launch()]);
  blank = await browser.newPage();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (www) rmSync(www, { recursive: true, force: true });
});

/** Files under a folder of the site. */
function publish(folder, files) {
  mkdirSync(join(www, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(www, folder, name), text);
}

/** The page in its place; the picture by the built files, as the widget takes it. */
async function take(folder, { prepare = async () => {}, height = 1700, width = 1280, name = folder, zoom = 1, whole = false } = {}) {
  const page = await openPage(browser, { viewport: { width, height }, deviceScaleFactor: zoom });
  await page.goto(`${server.origin}/${folder}/hostile.html`);
  await page.evaluate(keepDrawings);
  await prepare(page);
  const open = await page.screenshot();
  const before = await page.evaluate(() => document.documentElement.outerHTML);
  // What the page itself has done against its policy.
  await page.evaluate(() => (window.seen.violations.length = 0));
  const result = await page.evaluate(async ([policy, whole]) => {
    const base = new URL('/podskazka/', location).href;
    const panel = await import(`${base}${policy === 'js' ? 'js/' : ''}panel.js`);
    await panel.default?.(policy === 'js' ? undefined : { module_or_path: await fetch(`${base}panel_bg.wasm`) });
    const { capture } = await import(`${base}capture.js`);
    const blob = await capture(panel.cover, base, (name) => (name.endsWith('.js') ? import(`${base}${name}`) : fetch(`${base}${name}`)), [], whole);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return { base64: btoa(text), type: blob.type, svgs: window.svgs };
  }, [POLICY, whole]);
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML), before, 'the page is as it was');
  assert.deepEqual((await page.seen()).violations, [], 'policy violations');
  assert.deepEqual(page.faults, [], 'faults of the page');
  await page.context().close();
  const covered = Buffer.from(result.base64, 'base64');
  if (process.env.SHOTS) {
    writeFileSync(join(process.env.SHOTS, `${POLICY}-${name}.png`), covered);
    writeFileSync(join(process.env.SHOTS, `${POLICY}-${name}-open.png`), open);
    writeFileSync(join(process.env.SHOTS, `${POLICY}-${name}.svg`), result.svgs.join('\n'));
  }
  return { open, covered, svgs: result.svgs, type: result.type };
}

/** The parts of a secret that a reader would know it by. */
const parts = (secret) => secret.split(/[\s@.,-]+/).filter((it) => it.length > 3);
/** Places of which something stands in what was drawn. */
function leaks(given, { svgs }) {
  assert.equal(svgs.length, 1, 'the page as it looks was drawn, in the frame');
  // Addresses of the data kind are text in disguise, those of a frame twice.
  const plain = (text) => decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
  const text = plain(plain(svgs[0])).toLowerCase();
  const through = Object.entries(given).filter(([, secret]) => parts(secret).some((it) => text.includes(it.toLowerCase())));
  return through.map(([place]) => place);
}
const shape = (text) => text.replace(/\d/g, '9').replace(/\p{Lu}/gu, 'X').replace(/\p{Ll}/gu, 'x');
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The page as a person uses it: a field left with an error, a password shown. */
const used = async (page) => {
  await page.locator('[name=swap]').click();
  await page.locator('[name=surname]').focus();
};

test('two pages that differ in secrets give one picture, and no secret is in it', async (t) => {
  const [one, two] = [secrets(0), secrets(1)];
  for (const place of Object.keys(one)) {
    assert.equal(shape(one[place]), shape(two[place]), `${place}: the same shape`);
    assert.notEqual(one[place], two[place]);
  }
  publish('one', hostile(0));
  publish('two', hostile(1));
  const [a, b] = [await take('one', { prepare: used }), await take('two', { prepare: used })];

  await t.test('nothing of it was drawn', () => {
    assert.deepEqual(leaks(one, a), []);
    assert.deepEqual(leaks(two, b), []);
  });
  await t.test('the pictures are equal to the byte', () => {
    assert.notEqual(hash(a.open), hash(b.open), 'the pages differ');
    assert.equal(a.svgs[0], b.svgs[0]);
    assert.equal(hash(a.covered), hash(b.covered));
  });
  await t.test('OCR reads none of them, and most of what can be seen on the uncovered page', async () => {
    const picture = await read(blank, a.covered);
    const control = await read(blank, a.open);
    const seen = (text, secret) => parts(secret).some((it) => text.letters.includes(letters(it) || '\0') || (/^\d+$/.test(it) && text.digits.includes(it)));
    const readable = Object.entries(one).filter(([, secret]) => seen(picture, secret));
    assert.deepEqual(readable.map(([place]) => place), []);
    const legible = Object.entries(one).filter(([, secret]) => seen(control, secret)).map(([place]) => place);
    console.log(`OCR: 0 of ${Object.keys(one).length} off the picture, ${legible.length} off the uncovered page`);
    assert.ok(legible.length >= 25, `${legible.length} read: ${legible.join(' ')}`);
    const missing = LEGIBLE.filter((it) => !picture.letters.includes(letters(it)));
    assert.deepEqual(missing, [], `words of the page that must stay: ${picture.text}`);
  });
});

test('a larger scale and a narrow window leak nothing either', async () => {
  publish('one', hostile(0));
  publish('two', hostile(1));
  for (const options of [{ zoom: 2 }, { width: 640, height: 900 }, { width: 320, height: 900 }]) {
    const [a, b] = [await take('one', { ...options, name: 'small' }), await take('two', { ...options, name: 'small' })];
    // What lies far below the window may be copied on one page and left out on the other.
    assert.deepEqual([...leaks(secrets(0), a), ...leaks(secrets(1), b)], [], JSON.stringify(options));
    assert.equal(hash(a.covered), hash(b.covered), JSON.stringify(options));
  }
});

/** A page of four windows: one as high as the window, one that nobody can read, a bar that stands still, and fields down to the end. */
function long(which, rows = 40) {
  const names = ['Ярополкова', 'Святославу'];
  const row = (_, i) => `<p><label>Строка ${i + 1} <input value="${names[which]}"></label></p>`;
  return {
    'hostile.css': `
      body { font: 18px/1.4 "DejaVu Sans", sans-serif; margin: 0; }
      .first { height: 100vh; background: rgb(11, 87, 208); }
      .bar { position: fixed; bottom: 0; left: 0; right: 0; height: 40px; background: rgb(20, 120, 60); }
      x-closed { display: block; height: 60px; }`,
    'hostile.js': `customElements.define('x-closed', class extends HTMLElement {
      constructor() {
        super();
        this.attachShadow({ mode: 'closed' }).textContent = ${JSON.stringify(names[which])};
      }
    });
    scrollTo(0, 900);`,
    'hostile.html': `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Страница</title><link rel="stylesheet" href="hostile.css"></head>
      <body><div class="first"></div><x-closed></x-closed><form>${Array.from({ length: rows }, row).join('')}</form>
      <h2>Окончание страницы</h2><div class="bar"></div><script src="hostile.js"></script></body></html>`,
  };
}

/** Size of a picture, and the colours of the column in the middle at these heights. */
const column = ({ covered }, ...heights) =>
  blank.evaluate(async ([text, heights]) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (it) => it.charCodeAt(0))]));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    const colours = heights.map((y) => [...pen.getImageData(bitmap.width / 2, y, 1, 1).data.slice(0, 3)].join(' '));
    return { width: bitmap.width, height: bitmap.height, colours };
  }, [covered.toString('base64'), heights]);

test('a whole page: from its top to its end, wherever it is scrolled to, and as well covered', async () => {
  publish('one', long(0));
  publish('two', long(1));
  const options = { height: 700, whole: true, name: 'whole' };
  const [a, b] = [await take('one', options), await take('two', options)];
  assert.ok(!/Ярополкова|Святославу/.test(a.svgs[0] + b.svgs[0]), 'no value was drawn');
  assert.equal(hash(a.covered), hash(b.covered), 'the pictures are equal to the byte');
  const { width, height, colours } = await column(a, 350, 680, 730, 800);
  assert.equal(width, 1280);
  assert.ok(height > 2100, `it reaches the end of the page: ${height}`);
  // What is as high as the window still is, what stands in the window stands there, and what cannot be read keeps its place.
  assert.deepEqual(colours, ['11 87 208', '20 120 60', '208 213 219', '255 255 255']);
  const { letters: words } = await read(blank, a.covered);
  for (const it of ['строка1', 'строка40', 'окончаниестраницы']) assert.ok(words.includes(letters(it)), `«${it}» is legible: ${words}`);
});

test('a page without end is cut off where a picture may reach to', async () => {
  publish('one', long(0, 1500));
  const endless = await column(await take('one', { height: 700, whole: true, name: 'endless' }));
  assert.ok(endless.height <= 12_000 && endless.height > 10_000 && endless.width * endless.height <= 16_000_000, JSON.stringify(endless));
});
