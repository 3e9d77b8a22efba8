/**
 * A page for one behaviour: its markup comes from the test, the widget from the build, both under the policy.
 *
 * The same tables run in every engine, so a bed has only what every driver can do. What one alone can do (`cdp`, `page`) is
 * named in the test by `only`.
 */
import assert from 'node:assert/strict';

import { POLICY, audit, launch, openPage } from '../lib/chromium.mjs';

export { POLICY };

export const CSP = {
  wasm: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  js: "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
};

export const SCRIPT = `<script async type="module" src="/podskazka/podskazka.js" data-site="demo" data-launcher="off" data-build="${POLICY}"></script>`;

/** A whole page around a body. */
export const html = (body, head = '') => `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Заявление</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/portal.css">${head}</head><body>${body}</body></html>`;

/** A form of ours; fields are markup. */
export const form = (fields, attributes = '') =>
  `<form data-podskazka-form="test" action="/done.html" ${attributes}>${fields}<button type="submit">Отправить</button></form>`;

/** A labelled field. */
export const field = (name, { kind = name, label = name, value = '', more = '' } = {}) =>
  `<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}"${kind && ` data-podskazka="${kind}"`} value="${value}" ${more}></div>`;

/** A date of birth in three boxes. */
export const dateSet = (more = '') => {
  const box = (name, label) => `<div><label for="${name}">${label}</label> <input id="${name}" name="${name}" size="4" ${more}></div>`;
  return `<fieldset id="born" data-podskazka="birth_date" aria-describedby="born-hint"><legend>Дата рождения</legend><p id="born-hint">День, месяц и год</p>${
    box('day', 'День') + box('month', 'Месяц') + box('year', 'Год')}</fieldset>`;
};

/** Runs in the page before anything else: counts what a screen reader would be told. */
export function watchLive() {
  window.live = [];
  window.lines = [];
  for (const name of ['error', 'warn', 'info']) {
    const say = console[name];
    console[name] = (...said) => (window.lines.push(said.join(' ')), say.apply(console, said));
  }
  const region = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('[aria-live]:not([aria-live=off]),[role=alert],[role=status]');
  const observe = (root) =>
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        const heard = new Set();
        const at = region(target);
        const text = at && [...addedNodes].map((it) => it.textContent).join('').trim();
        if (at && text && !heard.has(at)) window.live.push(at.textContent.trim());
        else if (!at) {
          for (const node of addedNodes) {
            if (node.nodeType !== 1) continue;
            for (const it of [node, ...node.querySelectorAll('*')]) {
              if (it.matches('[role=alert],[aria-live]:not([aria-live=off])') && it.textContent.trim()) window.live.push(it.textContent.trim());
            }
          }
        }
      }
    }).observe(root, { childList: true, subtree: true, characterData: true });
  observe(document);
  window.observeLive = observe;
}

/** Chromium. */
export async function openBed(server) {
  const browser = await launch();
  const page = await openPage(browser, { viewport: { width: 1000, height: 800 } });
  page.setDefaultTimeout(8_000);
  const context = page.context();
  await context.addInitScript(watchLive);
  const pages = {};
  await context.route(`${server.origin}/assist/**`, (route) => {
    const body = pages[new URL(route.request().url()).pathname];
    if (body === undefined) return route.continue();
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP[POLICY] };
    return route.fulfill({ status: 200, headers, body });
  });
  const cdp = await context.newCDPSession(page);
  let number = 0;
  /** Hints come with the next frame. A page that is being left has none. */
  const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))).catch(() => {});

  const bed = {
    engine: 'chromium',
    page,
    cdp,
    origin: server.origin,
    /** What pages have sent: `{ method, url, headers, body }`. */
    sent: server.sent,
    /** Another page of the same site; its path. */
    serve: (body, path = `/assist/extra-${++number}`) => ((pages[path] = body), path),
    /** Opens a body with the widget in it; waits until the first form, or `wait`, is under its care. */
    async open(body, { head = '', wait = 'form[novalidate]', script = true, attributes = '' } = {}) {
      const path = bed.serve(html(body, (script ? SCRIPT.replace(' data-site', ` ${attributes} data-site`) : '') + head), `/assist/${++number}`);
      await page.goto(server.origin + path);
      if (script) await bed.ready(wait);
      return path;
    },
    async ready(wait = 'form[novalidate]') {
      await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'ready'));
      if (wait) await page.waitForSelector(wait, { state: 'attached' });
    },
    go: (path) => page.goto(server.origin + path),
    landed: (part) => page.waitForURL((url) => url.pathname.includes(part)),
    run: (run, ...rest) => page.evaluate(([text, rest]) => new Function(`return (${text}).apply(null, arguments)`)(...rest), [String(run), rest]),
    /** Waits until it is true in the page; what takes time there may answer later. */
    until: (run, ...rest) => page.waitForFunction(run, rest.length > 1 ? rest : rest[0]),
    focus: (selector) => page.locator(selector).first().focus(),
    /** What shows and mends has come, and so have the masks: they are asked for when a person comes into a field. */
    masks: () => page.evaluate(async () => {
      const { turn } = await import('/podskazka/use.js');
      while (!turn('9-9', '1', 1, 1, '2', 'insertText')) await new Promise((done) => setTimeout(done, 10));
    }),
    keys: async (key, times = 1) => {
      for (let n = 0; n < times; n++) await page.keyboard.press(key);
      await frame();
    },
    /** Real keys into what has the focus. */
    type: async (text) => {
      await page.keyboard.type(text);
      await frame();
    },
    click: (selector) => page.locator(selector).first().click(),
    /** The mouse goes to a place and down; and up, wherever it is. */
    down: async (x, y) => {
      await page.mouse.move(x, y);
      await page.mouse.down();
    },
    up: () => page.mouse.up(),
    size: (width, height) => page.setViewportSize({ width, height }),
    audit: () => audit(page),
    /** Chooses files: `{ name, text }`, or the path of one. */
    choose: (selector, files) =>
      page.locator(selector).setInputFiles(typeof files === 'string' ? files : files.map(({ name, text }) => ({ name, mimeType: '', buffer: Buffer.from(text) }))),
    cut: server.cut,
    hold: server.hold,
    /** Names, roles and states as the accessibility tree has them. */
    async ax(selector) {
      const { result } = await cdp.send('Runtime.evaluate', { expression: `window.axNode ?? document.querySelector(${JSON.stringify(selector)})` });
      const { nodes } = await cdp.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
      const [node] = nodes;
      return {
        role: node.role?.value ?? '',
        name: node.name?.value ?? '',
        description: node.description?.value ?? '',
        invalid: node.properties?.find((it) => it.name === 'invalid')?.value.value ?? 'false',
      };
    },
    close: () => browser.close(),
  };

  return complete(bed);
}

/** What is made of the few things that every driver can do. */
export function complete(bed) {
  /** Types into a field, from its end. */
  bed.typeIn = async (selector, text) => {
    await bed.focus(selector);
    await bed.masks();
    await bed.keys('End');
    await bed.type(text);
  };
  /** Types into a field and goes on to the next. */
  bed.fill = async (selector, text) => {
    await bed.typeIn(selector, text);
    await bed.keys('Tab');
  };
  /** Puts a text on the clipboard; the focus stays. */
  bed.copy = (text) => bed.run((text) => {
    const made = document.createElement('textarea');
    const had = document.activeElement;
    const at = had.selectionStart != null && [had.selectionStart, had.selectionEnd];
    document.body.append(made);
    made.value = text;
    made.select();
    document.execCommand('copy');
    made.remove();
    had.focus();
    if (at) had.setSelectionRange(...at);
  }, text);
  bed.undo ??= () => bed.keys('Control+z');
  bed.redo ??= () => bed.keys('Control+Shift+z');
  bed.value = (selector) => bed.run((it) => document.querySelector(it).value, selector);
  bed.caret = (selector) => bed.run((it) => document.querySelector(it).selectionStart, selector);
  bed.count = (selector) => bed.run((it) => document.querySelectorAll(it).length, selector);
  bed.errors = () => bed.count('.pdk-error');
  bed.live = () => bed.run(() => window.live);
  bed.forgetLive = () => bed.run(() => void (window.live.length = 0));
  /** Sends the form as a person does, by Enter; the page stays where it is. */
  bed.send = async () => {
    await bed.run(() => document.querySelector('button[type=submit]').focus());
    await bed.keys('Enter');
  };
  bed.text = (selector) => bed.run((it) => document.querySelector(it)?.textContent ?? '', selector);
  bed.attribute = (selector, name) => bed.run((it, name) => document.querySelector(it).getAttribute(name), selector, name);
  bed.failed = async () => {
    await bed.send();
    await bed.until(() => document.querySelector('.pdk-summary'));
  };
  return bed;
}

export { assert };
