/**
 * States of what stands on the page itself: beside fields, above a form, in the corner, `<podskazka-help>`. Each is drawn by the built
 * widget on a page of its own, from the data of `widget/fields/examples` and `www/loader/examples`, one file a part.
 *
 * A file holds what all its states share, and `examples`, each with its own above that: `html` of the page, `lang`, `launcher` whether
 * the button is there, `kept` what the browser has kept, `missing` files that cannot be had, `do` what a person does, `until` the selector
 * of what makes the state, `take` that of what is shown (else all of the page). See `states.mjs` for the panel's.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

import { FILES, NOW, ORIGIN, TOKEN, reply } from './states.mjs';

const FOLDERS = ['widget/fields/examples', 'www/loader/examples'];

/** Parts and their states, as the files have them: `{part, state, …}`. */
export function pageExamples() {
  return FOLDERS.flatMap((folder) => readdirSync(folder).sort().map((file) => join(folder, file))).flatMap((path) => {
    const { examples, ...shared } = JSON.parse(readFileSync(path, 'utf8').replaceAll('"EXAMPLE"', `"${TOKEN}"`));
    return examples.map((it) => ({ part: path.match(/(\w+)\.json$/)[1], ...shared, ...it, answers: {} }));
  });
}

const html = ({ html, lang = 'ru', launcher }) =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Портал</title><link rel="icon" href="data:,"><script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-launcher="${launcher ? 'on' : 'off'}"></script></head><body><main>${html}</main></body></html>`;

async function act(page, step) {
  const [[verb, of]] = Object.entries(step);
  if (verb === 'press') await page.getByRole('button', { name: of, exact: true }).click();
  else if (verb === 'focus') await page.locator(of).focus();
  else if (verb === 'key') await page.keyboard.press(of);
  else if (verb === 'fill') {
    await page.locator(of[0]).focus();
    // The masks come with the first field that is entered.
    await page.waitForLoadState('networkidle');
    await page.keyboard.type(of[1]);
  } else if (verb === 'paste') {
    await page.evaluate((text) => {
      const made = document.body.appendChild(document.createElement('textarea'));
      made.value = text;
      made.select();
      document.execCommand('copy');
      made.remove();
    }, of[1]);
    await page.locator(of[0]).focus();
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Control+v');
  } else if (verb === 'files') {
    await page.locator(of[0]).setInputFiles(of[1].map((name) => ({ name, mimeType: '', buffer: Buffer.concat([Buffer.from(FILES[extname(name)], 'latin1'), Buffer.alloc(2000)]) })));
  } else if (verb === 'tell') {
    await page.waitForFunction(([name, detail, until]) => {
      document.dispatchEvent(new CustomEvent(`podskazka:${name}`, { detail }));
      return document.querySelector(until);
    }, of);
  } else if (verb === 'reload') {
    // What was typed is written a moment later.
    await page.waitForFunction((name) => Object.keys(sessionStorage).some((it) => it.startsWith(name)), of);
    await page.reload();
  } else throw new Error(`no such step: ${verb}`);
}

/**
 * Runs in the page: the markup, with what a person has typed and chosen in it, and the sheets of the widget. Its marks are left out: a page
 * that shows the state has a widget of its own, which would take the form for one of the page's. So are styles that scripts have set, which
 * a strict policy drops from markup.
 */
function take(selector) {
  const texts = [...document.querySelectorAll(selector)].map((place) => {
    const copy = place.cloneNode(true);
    const all = (it) => [it, ...it.querySelectorAll('*')];
    const before = all(place);
    for (const [at, it] of all(copy).entries()) {
      const now = before[at];
      if (it.localName === 'textarea') it.textContent = now.value;
      else if (it.localName === 'input' && /^(checkbox|radio)$/.test(it.type)) it.toggleAttribute('checked', now.checked);
      else if (it.localName === 'input' && !/^(file|password)$/.test(it.type)) it.setAttribute('value', now.value);
      for (const { name } of [...it.attributes]) if (/^(data-podskazka|style$)/.test(name)) it.removeAttribute(name);
    }
    copy.querySelectorAll('script').forEach((it) => it.remove());
    // The element shows its own button where the page has put none in.
    const slot = place.shadowRoot?.querySelector('slot');
    if (slot && !slot.assignedNodes().length) copy.innerHTML = slot.innerHTML;
    return copy.outerHTML;
  });
  const own = [...document.querySelectorAll(selector)].flatMap((it) => (it.shadowRoot && !it.childNodes.length ? it.shadowRoot.adoptedStyleSheets : []));
  const sheets = [...document.adoptedStyleSheets, ...own].map((it) => [...it.cssRules].map((rule) => rule.cssText).join('\n'));
  return { markup: texts.join(''), sheets };
}

/** One state in a browser. */
export async function drawPage(browser, it) {
  const context = await browser.newContext({ viewport: { width: 480, height: 900 }, locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.clock.setFixedTime(NOW);
    await page.addInitScript((kept) => {
      for (const [name, value] of Object.entries(kept)) localStorage[name] ??= JSON.stringify(value);
      document.addEventListener('podskazka:ready', () => (window.isReady = true));
    }, it.kept ?? {});
    await page.route('**/*', (route) => {
      const path = decodeURIComponent(new URL(route.request().url()).pathname);
      if (path === '/example') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html(it) });
      const answer = reply(it, route.request().method(), path);
      return answer ? route.fulfill(answer) : route.abort('connectionfailed');
    });
    await page.goto(`${ORIGIN}/example`);
    await page.waitForFunction(() => window.isReady);
    if (it.html.includes('data-podskazka-form')) await page.waitForSelector('form[novalidate]', { state: 'attached' });
    for (const step of it.do) await act(page, step);
    await page.locator(it.until).first().waitFor({ state: 'attached' });
    // Hints come with the next frame.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const drawn = await page.evaluate(take, it.take ?? 'main > *');
    return it.lang ? { ...drawn, markup: `<div lang="${it.lang}">${drawn.markup}</div>` } : drawn;
  } finally {
    await context.close();
  }
}
