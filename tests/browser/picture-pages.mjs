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

/** Pages with more covered text above a field than a window holds. The words of one are wider than those of the other. */
function deep(which, above, css = '', js = '') {
  const word = ['шшшшшш', 'іііііі'][which];
  return {
    'hostile.css': `
      body { font: 18px/1.4 "DejaVu Sans", sans-serif; margin: 0 auto; max-width: 700px; }
      [aria-invalid] { border: 6px solid rgb(196, 18, 47); }
      th { background: rgb(20, 120, 60); } ${css}`,
    'hostile.js': `document.querySelector('[aria-invalid]').scrollIntoView({ block: 'center' }); ${js}`,
    'hostile.html': `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Страница</title><link rel="stylesheet" href="hostile.css"></head>
      <body><main>${above.replaceAll('@', word)}<p><label>ИНН <input aria-invalid="true" value="${word}"></label></p>
      ${`<p>${`${word} `.repeat(40)}</p>`.repeat(9)}</main><script src="hostile.js"></script></body></html>`,
  };
}
const PARAGRAPHS = `<p>${'@ @@ @, @@@ @ '.repeat(12)}</p>`.repeat(14);

/** The rows of a picture from the first that has this colour to the last. */
const rows = ({ covered }, colour) =>
  blank.evaluate(async ([text, colour]) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (it) => it.charCodeAt(0))]));
    const { width, height } = bitmap;
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    const found = [];
    for (let at = 0; at < data.length; at += 4) if (colour.every((it, i) => data[at + i] === it)) found.push(Math.floor(at / 4 / width));
    return [found[0], found.at(-1)];
  }, [covered.toString('base64'), colour]);

for (const [what, ...about] of [
  ['fourteen paragraphs', PARAGRAPHS],
  ['a thousand short lines', '<div>@ 1</div>'.repeat(1000)],
  ['one text of a thousand lines', `<pre>${'@ @ @\n'.repeat(1000)}</pre>`],
  ['a box that is scrolled', PARAGRAPHS, 'main { height: 90vh; overflow: auto; margin-top: 20px; border: 3px solid; }'],
  ['a box that is scrolled in a page that is', PARAGRAPHS + PARAGRAPHS, 'main { height: 90vh; overflow: auto; margin: 400px 0 2000px; }', 'scrollBy(0, 40);'],
]) {
  test(`a field with an error stands in the picture where it stands in the window, below ${what}`, async () => {
    const pictures = [];
    for (const which of [0, 1]) {
      publish(what, deep(which, ...about));
      let box;
      const picture = await take(what, { height: 700, name: what, prepare: async (page) => (box = await page.locator('[aria-invalid]').boundingBox()) });
      const [top, bottom] = await rows(picture, [196, 18, 47]);
      const off = [top - box.y, bottom + 1 - box.y - box.height];
      assert.ok(off.every((it) => Math.abs(it) <= 4), `rows ${top} to ${bottom} instead of ${JSON.stringify(box)}`);
      pictures.push(picture);
    }
    assert.notEqual(hash(pictures[0].open), hash(pictures[1].open), 'the pages differ');
    assert.equal(hash(pictures[0].covered), hash(pictures[1].covered), 'the pictures are equal to the byte');
  });
}

test('a field with an error stays in the picture of a page that is not scrolled, though covered words above it need more room', async () => {
  publish('narrow', deep(1, `<p>${'@ '.repeat(300)}</p>`, '', 'scrollTo(0, 0);'));
  let box;
  const picture = await take('narrow', { height: 600, prepare: async (page) => (box = await page.locator('[aria-invalid]').boundingBox()) });
  const [top, bottom] = await rows(picture, [196, 18, 47]);
  assert.ok(box.y < 500 && bottom > 570 && bottom - top > 20, `rows ${top} to ${bottom}, of the window ${JSON.stringify(box)}`);
});

test('without a field in error a scrolled page shows what its window begins with', async () => {
  for (const which of [0, 1]) {
    const page = deep(which, `${PARAGRAPHS}<h2>Раздел второй</h2>${PARAGRAPHS}`, 'h2 { background: rgb(20, 120, 60); }', "document.querySelector('h2').scrollIntoView();");
    publish('section', { ...page, 'hostile.html': page['hostile.html'].replace('aria-invalid="true"', 'aria-invalid="false"') });
    const [top, bottom] = await rows(await take('section', { height: 700 }), [20, 120, 60]);
    assert.ok(top < 64 && bottom < 200, `rows ${top} to ${bottom}`);
  }
});

test('the head of a table that stays in place while its box is scrolled stays in the picture', async () => {
  const table = `<div class="box"><section><table><thead><tr><th>Столбец</th></tr></thead>${'<tr><td>@</td></tr>'.repeat(90)}</table></section></div>`;
  publish('head', deep(0, table, '.box { height: 300px; overflow: auto; } th { position: sticky; top: 0; }', "document.querySelector('.box').scrollTop = 900;"));
  let box;
  const picture = await take('head', { height: 700, prepare: async (page) => (box = await page.locator('th').boundingBox()) });
  const [top, bottom] = await rows(picture, [20, 120, 60]);
  assert.ok(Math.abs(top - box.y) <= 2 && Math.abs(bottom + 1 - box.y - box.height) <= 2, `rows ${top} to ${bottom} instead of ${JSON.stringify(box)}`);
});

/** Two pages of one person each give one picture; nothing of `secrets` is drawn, all of `legible` is. */
async function alike(name, { html, css = '', js = () => '' }, secrets, legible) {
  const pictures = [];
  for (const which of [0, 1]) {
    publish(name, {
      'hostile.css': `body { font: 18px/1.4 "DejaVu Sans", sans-serif; } ${css}`,
      'hostile.js': js(which),
      'hostile.html': `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Страница</title><link rel="stylesheet" href="hostile.css"></head>
        <body>${html(which)}<script src="hostile.js"></script></body></html>`,
    });
    pictures.push(await take(name, { height: 900, name: `${name}-${which}` }));
  }
  const [a, b] = pictures;
  assert.notEqual(hash(a.open), hash(b.open), 'the pages differ');
  const text = a.svgs.join().toLowerCase();
  assert.deepEqual(secrets.filter((it) => text.includes(it)), [], 'drawn');
  assert.deepEqual(legible.filter((it) => !a.svgs.join().includes(it)), [], 'must stay');
  assert.equal(hash(a.covered), hash(b.covered), 'the pictures are equal to the byte');
}

test('boxes to tick are as large in the picture as on the page, whatever the page asks of fields in vain', async () => {
  // The looks of the system take no padding and no border: both pages are seen alike.
  const pictures = [];
  for (const css of ['padding: 14px; border: 5px solid red;', '']) {
    publish('ticks', {
      'hostile.css': `body { font: 18px/1.4 "DejaVu Sans", sans-serif; } input { ${css} } h2 { background: rgb(20, 120, 60); }`,
      'hostile.js': '',
      'hostile.html': `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Страница</title><link rel="stylesheet" href="hostile.css"></head>
        <body><p><label><input type="checkbox"> Согласие</label> <label><input type="radio"> Выбор</label></p><h2>Раздел</h2><script src="hostile.js"></script></body></html>`,
    });
    pictures.push(await take('ticks', { height: 400 }));
  }
  const [a, b] = pictures;
  assert.equal(hash(a.open), hash(b.open), 'the pages are seen alike');
  assert.deepEqual(await rows(a, [20, 120, 60]), await rows(b, [20, 120, 60]), 'and what stands below the boxes stands alike');
});

test('names of files, and choices that a heading says again, are covered', async () => {
  const file = (which) => ['диагноз', 'гепатит'][which];
  await alike('files', {
    js: (which) => `const given = new DataTransfer();
      given.items.add(new File(['x'], '${file(which)}.pdf'));
      document.querySelector('[type=file]').files = given.files;`,
    html: (which) => `<label>Вы приложили ${file(which)} <input type="file"></label>
      <div role="alert">Файл «${file(which)} мамы.pdf» слишком большой</div>
      <button>Удалить ${['spravka_vich', 'spravka_tbts'][which]}.PDF</button>
      <p><select><option${which ? '' : ' selected'}>Развод</option><option${which ? ' selected' : ''}>Опекун</option></select></p>
      <h2>Услуга: ${['развод', 'опекун'][which]}</h2><details><summary>Причина: ${['Развод', 'Опекун'][which]}</summary></details>
      <table><tr><th>${['Судимость', 'Следствие'][which]}</th></tr></table>
      ${['Судимость', 'Следствие'].map((it, at) => `<label><input type="radio" name="a"${at === which ? ' checked' : ''}>${it}</label>`).join('')}`,
  }, ['диагноз', 'гепатит', 'мамы', 'spravka', 'vich', 'tbts', 'развод', 'опекун', '<th>с'], ['слишком большой', 'Удалить', 'Услуга:', 'Причина:', 'Вы приложили', '>Судимость', '>Следствие']);
});

test('names as programs and forms write them, the reading of a word, formulas and addresses are covered', async () => {
  const of = (which, one, two) => [one, two][which];
  await alike('written', {
    html: (which) => `<h2>заявление ${of(which, 'громовой анны', 'петровой инны')}</h2><h2>Вход: ${of(which, 'anna_gromova', 'inna_petrova')}</h2>
      <div role="alert">Сбой /lk/${of(which, 'gromova', 'petrova')}/edit, код form.required</div>
      <label>Дом: ул. ${of(which, 'Ленина, д. 5, кв. 12', 'Мирная, д. 7, кв. 34')} <input></label>
      <h3><ruby>${of(which, 'Громова<rt>громова</rt>', 'Петрова<rt>петрова</rt>')}</ruby></h3>
      <h3>Код <math><mn>${of(which, 48, 73)}</mn><mn>${of(which, 29, 51)}</mn></math></h3>
      <iframe width="400" height="120" srcdoc="<h2>Сдала ${of(which, 'Громова', 'Петрова')}</h2>"></iframe>`,
  }, ['громов', 'петров', 'анн', 'инн', 'anna', 'inna', 'gromov', 'petrov', 'ленина', 'мирная', 'д. 5', '>48<'], ['заявление', 'Вход:', 'код form.required', 'Дом: ул. ', 'Код ']);
});

test('buttons that show what was chosen are covered, other buttons are not', async () => {
  const word = (which) => ['Диабет', 'Астмой'][which];
  await alike('chosen', {
    html: (which) => `<label>Группа</label><button type="button" aria-haspopup="listbox">${word(which)}</button>
      <button type="button" class="btn dropdown-toggle">${word(which)}</button>
      <button type="button" class="mat-chip">${word(which)}</button><button type="button">${word(which)} ×</button>
      <span>${word(which)}<button type="button" aria-label="Удалить">×</button></span>
      <label class="floating"><span>Болезнь</span><span class="select__value">${word(which)}</span></label>
      <button type="button">Отправить</button>`,
  }, ['диабет', 'астмой'], ['Группа', 'Болезнь', 'Отправить']);
});

/** Two choices, the one made marked by the markup: `draw(text, chosen)`. */
const made = (which, draw) => `<section>${['Ветеран', 'Инвалид'].map((text, at) => draw(text, at === which)).join('')}</section>`;
const tick = (on, name) => `<input type="radio" name="${name}"${on ? ' checked' : ''}>`;
const CHOICES = {
  'a rule about what stands beside': (text, on) => `<div><p>${tick(on, 'a')}<span>${text}</span></p></div>`,
  'the choice that the page came with': (text, on) => `<label>${tick(on, 'b')}<b>${text}</b></label>`,
  'a class within the label': (text, on) => `<label>${tick(on, 'c')}<em><u class="dot${on ? ' dot--yes' : ''}">${text}</u></em></label>`,
  'a style within the label': (text, on) => `<label>${tick(on, 'd')}<span data-style="color: ${on ? 'red' : 'black'}">${text}</span></label>`,
  'a class without a meaning, far around': (text, on) => `<div class="${on ? 'jss17' : 'jss4'}"><div><div>${tick(on, 'e')}${text}</div></div></div>`,
  'an icon of a font': (text, on) => `<label>${tick(on, 'f')}<i class="${on ? 'full' : 'empty'}">${on ? '\u2611' : '\u2610'}</i>${text}</label>`,
  'aria-selected': (text, on) => `<button type="button" aria-selected="${on}">${text}</button>`,
  'a class of buttons': (text, on) => `<button type="button" class="choice${on ? ' active' : ''}">${text}</button>`,
  'a class of rows': (text, on) => `<div class="row${on ? ' is-selected' : ''}"><span>${text}</span></div>`,
  'an element of its own': (text, on) => `<x-choice${on ? ' checked' : ''}>${text}</x-choice>`,
  'a sign in the text': (text, on) => `<p>${on ? '☑' : '☐'} ${text}</p>`,
  'how far a slider is': (text, on) => `<div class="track"><div data-style="left: ${on ? 80 : 20}%"><div role="slider" aria-valuenow="${on ? 8 : 2}"></div></div></div>`,
};
const CHOSEN_LOOKS = `input[checked] + span, :default + b, .dot--yes, .jss17, .full, [aria-selected=true], .active, .is-selected, [checked] { color: green; font-weight: bold; }
  .track { position: relative; width: 300px; height: 20px; } .track > * { position: absolute; width: 20px; height: 20px; background: blue; }`;

for (const [how, draw] of Object.entries(CHOICES)) {
  test(`which choice was made cannot be told by ${how}`, async () => {
    await alike('made', {
      css: CHOSEN_LOOKS,
      js: () => 'for (const it of document.querySelectorAll("[data-style]")) it.style.cssText = it.dataset.style;',
      html: (which) => `<h2>Льгота</h2>${made(which, draw)}`,
    }, [], ['Льгота']);
  });
}

test('codes and signatures are grey, drawings stay', async () => {
  /** Squares of a code, others on each page. */
  const code = (which, draw) => Array.from({ length: 441 }, (_, at) => ((at * 7919 + which * 31) % 13 < 6 ? draw((at % 21) * 10, Math.floor(at / 21) * 10) : '')).join('');
  const svg = (inner, size = 'width="210" height="210"') => `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inner}</svg>`;
  const bars = (which) => Array.from({ length: 40 }, (_, at) => `<rect x="${at * 7}" width="${1 + ((at * (which + 3)) % 5)}" height="60"/>`).join('');
  const kinds = [
    (which) => svg(bars(which), 'width="300" height="60"'),
    (which) => svg(code(which, (x, y) => `<circle cx="${x + 5}" cy="${y + 5}" r="5"/>`)),
    (which) => svg(`<defs><rect id="d" width="10" height="10"/></defs>${code(which, (x, y) => `<use href="#d" x="${x}" y="${y}"/>`)}`),
    (which) => svg(`<path d="${code(which, (x, y) => `M${x} ${y}a5 5 0 0 1 10 0a5 5 0 0 1 -10 0`)}"/>`),
    (which) => `<img alt="" src="pay${which}.svg">`,
    (which) => svg(`<path fill="none" stroke="blue" d="M5 40 C ${['20 0 40 80 60 40 S 100 0 120 50', '30 70 50 10 80 60 S 120 70 150 10'][which]}"/>`, 'width="300" height="80"'),
  ];
  for (const which of [0, 1]) {
    publish('codes', { [`pay${which}.svg`]: svg(code(which, (x, y) => `<rect x="${x / 2}" y="${y / 2}" width="5" height="5"/>`), 'width="110" height="110"') });
  }
  const chart = [10, 60, 30].map((height, at) => `<rect x="${at * 40}" width="30" height="${height}" fill="#0b57d0"/>`).join('');
  await alike('codes', { html: (which) => `<h2>Оплата</h2>${kinds.map((it) => `<p>${it(which)}</p>`).join('')}${svg(chart)}` }, [], ['Оплата', '#0b57d0']);
});

test('where the frame does not draw, the plain drawing is made, and names nobody', async () => {
  publish('plain', deep(0, '<h2>Заявление</h2>'));
  const silent = { contentType: 'text/javascript', body: '' };
  const picture = await take('plain', { height: 300, prepare: (page) => page.route('**/raster.js', (route) => route.fulfill(silent)) });
  assert.deepEqual(picture.svgs, []);
  const { letters: words } = await read(blank, picture.covered);
  assert.ok(words.includes(letters('Заявление')) && !words.includes('шшш'), words);
});

/** What a plain drawing writes stands in `window.svgs`. */
async function written(page) {
  await page.route('**/raster.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.evaluate(() => {
    window.svgs.length = 0;
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
      window.svgs.push(text);
      return fillText.call(this, text, ...at);
    };
  });
}

test('the plain drawing covers a number that stands figure by figure or group by group in boxes', async () => {
  const boxes = (parts) => `<table><tr>${parts.map((it) => `<th>${it}</th>`).join('')}</tr></table>`;
  publish('boxes', deep(0, `<h2>Шаг 2 из 5</h2>${boxes([...'730518'])}${boxes(['112', '233', '445'])}${boxes(['Д', 'е', 'л'])}`));
  const { svgs } = await take('boxes', { prepare: written, height: 900 });
  assert.ok(svgs.includes('Шаг 2 из 5'), 'a count in a sentence stays');
  assert.deepEqual(svgs.filter((it) => /[0-8]/.test(it) && !it.startsWith('Шаг')), []);
  assert.equal(svgs.filter((it) => it === '9').length, 6);
  assert.equal(svgs.filter((it) => it === '999').length, 3);
  assert.deepEqual(svgs.filter((it) => /^[Дел]$/.test(it)), []);
});

test('what the plain drawing writes of two pages that differ in secrets is the same, and no secret', async () => {
  const drawn = async (which) => {
    const folder = ['one', 'two'][which];
    publish(folder, hostile(which));
    let words;
    const prepare = async (page) => {
      await used(page);
      await written(page);
    };
    ({ svgs: words } = await take(folder, { prepare, name: `plain-${folder}` }));
    assert.ok(words.length > 20, `it writes what a page is about: ${words}`);
    const text = words.join(' ').toLowerCase();
    const through = Object.entries(secrets(which)).filter(([, secret]) => parts(secret).some((it) => text.includes(it.toLowerCase())));
    assert.deepEqual(through.map(([place]) => place), [], text);
    // Lines may break elsewhere: real words are as wide as they are.
    return text;
  };
  assert.equal(await drawn(0), await drawn(1));
});

test('a page without end is cut off where a picture may reach to', async () => {
  publish('one', long(0, 1500));
  const endless = await column(await take('one', { height: 700, whole: true, name: 'endless' }));
  assert.ok(endless.height <= 12_000 && endless.height > 10_000 && endless.width * endless.height <= 16_000_000, JSON.stringify(endless));
});
