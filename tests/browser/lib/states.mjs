/**
 * States of the panel's parts that are scripts: drawn by the built panel itself from the data of `widget/panel/examples`, one
 * file a part. Used by `cargo xtask docs` and `test`, which put them beside the states of the views in Rust.
 *
 * A file holds what all its states share, and `examples`, each with its own above that:
 * `open` what the page asks for, `page` what stands in its fields, `kept` what the browser has kept, `answers` what the server
 * says to `METHOD path` (a body, `status` and `body`, a `stream` at once, or `hangs`; of all else nothing comes back), `missing` files that cannot be
 * had, `picture` whether the page gives one, `time` and `zone` of the clock, `before` words that stand there before anything is done,
 * `do` what a person does then, `until` words that make the state. `whole`: with what stands around the view; `editor`: the editor.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

import { drawPage, pageExamples } from './page-states.mjs';

const DIST = 'dist';
const EXAMPLES = 'widget/panel/examples';
export const ORIGIN = 'http://localhost';
export const PAGE = '/tax-registration.html';
/** Tuesday, half past twelve in Moscow. */
export const NOW = '2026-03-31T09:30:00Z';
/** 256 bits, as a real token has. */
export const TOKEN = 'A'.repeat(43);
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8' };
/** First bytes of what a person attaches; the rules look at them. */
export const FILES = { '.pdf': '%PDF-1.7\n', '.png': '\x89PNG\r\n\x1a\n', '.exe': 'MZ' };

/** Parts and their states, as the files have them: `{part, state, …}`. */
export function examples() {
  return readdirSync(EXAMPLES).sort().flatMap((file) => {
    const { examples, ...shared } = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8').replaceAll('"EXAMPLE"', `"${TOKEN}"`));
    return examples.map((it) => ({ part: file.slice(0, -'.json'.length), ...shared, ...it, answers: { ...shared.answers, ...it.answers } }));
  });
}

/**
 * What comes back for a request of a state: `{status, headers, body}`; `undefined` while nothing comes, `null` where the link fails.
 */
export function reply({ answers, missing = [], time = NOW }, method, path) {
  const json = (status, body) => ({ status, headers: { 'content-type': 'application/json', date: new Date(time).toUTCString() }, body: JSON.stringify(body) });
  if (path.startsWith('/v1/')) {
    const answer = answers[`${method} ${path.slice('/v1/'.length)}`];
    if (answer === 'hangs') return undefined;
    if (!answer) return null;
    if (answer.stream) return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: answer.stream };
    return typeof answer.status === 'number' ? json(answer.status, answer.body) : json(200, answer);
  }
  const file = join(DIST, path);
  if (!existsSync(file) || missing.some((it) => path.endsWith(`/${it}`))) return { status: 404, headers: {}, body: '' };
  return { status: 200, headers: { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }, body: readFileSync(file) };
}

async function serve(page, it) {
  await page.route('**/*', (route) => {
    const request = route.request();
    const answer = reply(it, request.method(), decodeURIComponent(new URL(request.url()).pathname));
    if (answer) return route.fulfill(answer);
    return answer === null ? route.abort('connectionfailed') : undefined;
  });
}

async function act(dialog, step) {
  const [[verb, of]] = Object.entries(step);
  // The editor goes over the panel: what was opened last is meant.
  const last = (it) => it.filter({ visible: true }).last();
  if (verb === 'press') await last(dialog.getByRole('button', { name: of, exact: true })).click();
  else if (verb === 'fill') await dialog.locator(of[0]).fill(of[1]);
  else if (verb === 'check') await dialog.getByLabel(of, { exact: true }).check();
  else if (verb === 'unfold') await last(dialog.locator('summary').filter({ hasText: of })).click();
  else if (verb === 'see') await last(dialog.getByText(of)).waitFor();
  else if (verb === 'files') {
    const files = of[1].map((name) => ({ name, mimeType: '', buffer: Buffer.concat([Buffer.from(FILES[extname(name)], 'latin1'), Buffer.alloc(182_000)]) }));
    await dialog.locator(of[0]).first().setInputFiles(files);
  } else throw new Error(`no such step: ${verb}`);
}

/** Runs in the page: the markup, with what a person has typed and chosen in it, and the sheets of the parts. */
function take({ whole, editor }) {
  const root = document.querySelector('podskazka-panel').shadowRoot;
  const place = editor ? root.querySelector('dialog.edit') : whole ? root.querySelector('dialog') : root.querySelector('.body');
  const copy = place.cloneNode(true);
  const all = (it) => it.querySelectorAll('input,textarea,option');
  all(copy).forEach((it, at) => {
    const now = all(place)[at];
    if (it.localName === 'textarea') it.textContent = now.value;
    else if (it.localName === 'option') it.toggleAttribute('selected', now.selected);
    else if (it.type === 'checkbox' || it.type === 'radio') it.toggleAttribute('checked', now.checked);
    else if (it.type !== 'file') it.setAttribute('value', now.value);
  });
  const sheets = root.adoptedStyleSheets.slice(1).map((it) => [...it.cssRules].map((rule) => rule.cssText).join('\n'));
  return { markup: editor ? copy.outerHTML : copy.innerHTML, sheets };
}

/** One state in a browser, given to `look`. */
export async function draw(browser, it, look) {
  const context = await browser.newContext({ viewport: { width: 480, height: 900 }, locale: 'ru-RU', timezoneId: it.zone ?? 'Europe/Moscow', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36', ...it.context });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.clock.setFixedTime(it.time ?? NOW);
    await page.addInitScript(({ kept, picture }) => {
      for (const [name, value] of Object.entries(kept)) localStorage[name] ??= JSON.stringify(value);
      if (!picture) document.addEventListener('podskazka:capture', (event) => event.preventDefault());
      document.addEventListener('podskazka:ready', () => (window.isReady = true));
    }, { kept: it.kept ?? {}, picture: !!it.picture });
    await serve(page, it);
    await page.goto(ORIGIN + PAGE);
    await page.waitForFunction(() => window.isReady);
    await page.waitForSelector('form[novalidate]');
    for (const [name, text] of Object.entries(it.page ?? {})) {
      await page.locator(`[name="${name}"]`).fill(text);
      await page.locator(`[name="${name}"]`).press('Tab');
      await page.waitForSelector('.pdk-error');
    }
    await page.evaluate(([view, more]) => window.Podskazka.open(view, more), it.open);
    const panel = page.locator('podskazka-panel');
    const see = (text) => panel.getByText(text).filter({ visible: true }).first().waitFor();
    if (it.before) await see(it.before);
    for (const step of it.do ?? []) await act(panel, step);
    await see(it.until);
    return await look(page);
  } finally {
    await context.close();
  }
}

/** Sections for the gallery's file, and one sheet for all parts: its rules hold below `sheet-N` alone. */
export async function states(browser) {
  const sheets = [];
  const sections = [];
  const panel = (it) => draw(browser, it, (page) => page.evaluate(take, { whole: it.whole, editor: it.editor }));
  const all = [...examples().map((it) => [it, '', panel]), ...pageExamples().map((it) => [it, ' data-place="page"', (it) => drawPage(browser, it)])];
  const drawn = [];
  let next = 0;
  // Two at a time: each waits for its server more than it works.
  const worker = async () => {
    while (next < all.length) {
      const at = next++;
      const [it, , run] = all[at];
      drawn[at] = await run(it).catch((cause) => {
        throw new Error(`the state «${it.part}: ${it.state}» cannot be drawn`, { cause });
      });
    }
  };
  await Promise.all([worker(), worker()]);
  for (const [at, [it, place]] of all.entries()) {
    const name = `${it.part}: ${it.state}`;
    const own = drawn[at].sheets.map((text) => {
      if (!sheets.includes(text)) sheets.push(text);
      return `sheet-${sheets.indexOf(text)}`;
    });
    const markup = drawn[at].markup.replaceAll(`${ORIGIN}/podskazka/faq/`, '/faq/').replaceAll(ORIGIN, 'https://example.ru');
    sections.push(`<section data-example="${name}" data-part="${own.join(' ')}"${place}><h2>${name}</h2>${markup}</section>\n`);
  }
  return { sections, css: sheets.map((text, at) => `.sheet-${at} {\n${text}\n}\n`).join('') };
}
