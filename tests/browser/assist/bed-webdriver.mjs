/** The bed of `bed.mjs` in Firefox or WebKit, by WebDriver: the same tables, less what only Chromium's driver can do. */
import assert from 'node:assert/strict';

import { AXE, EVENTS, POLICY, RULES, askAxe, watchEvents } from '../lib/chromium.mjs';
import { openBrowser, until } from '../lib/webdriver.mjs';
import { CSP, SCRIPT, complete, html, watchLive } from './bed.mjs';

const KEYS = {
  Tab: '\uE004', Enter: '\uE007', Backspace: '\uE003', Delete: '\uE017', End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowDown: '\uE015',
  Control: '\uE009', Shift: '\uE008', Escape: '\uE00C',
};
const DESCRIPTION = `const it = arguments[0]; const root = it.getRootNode();
return (it.getAttribute('aria-describedby') ?? '').split(/\\s+/).filter(Boolean).map((id) => root.getElementById(id).textContent.trim()).join(' ');`;

/** What every page loads before the widget. */
const FIRST = '/assist/first.js';
const WATCH = `if (!window.live) { (${watchLive})(); (${watchEvents})('${EVENTS}'); }`;
const MASKS = `window.masks = async () => {
  const { turn } = await import('/podskazka/use.js');
  while (!turn('9-9', '1', 1, 1, '2', 'insertText')) await new Promise((done) => setTimeout(done, 10));
};`;

export async function openOther(name, server) {
  const browser = await openBrowser(name);
  let number = 0;
  /** A promise of the page is waited for outside: the classic script call returns at once in every driver. A node is told by `true`: it may
   * leave the page on its way here. */
  async function run(script, ...rest) {
    const key = `answer${++number}`;
    await browser.run(
      `const [text, rest, key] = arguments; const answer = (window.answers ??= {});
       Promise.resolve().then(() => new Function('return (' + text + ').apply(null, arguments)')(...rest))
         .then((it) => (answer[key] = { it: it instanceof Node || it }), (error) => (answer[key] = { error: String(error) }));`,
      String(script), rest, key,
    );
    const got = await until(`an answer of ${script}`, () => browser.run('return window.answers[arguments[0]];', key));
    if (got.error) throw new Error(got.error);
    return got.it;
  }

  const bed = {
    engine: name,
    origin: server.origin,
    sent: server.sent,
    serve(body, path = `/assist/extra-${++number}`) {
      // The driver runs its scripts as functions from text: the page must allow that, the widget does not need it.
      const policy = CSP[POLICY].replace("script-src 'self'", "script-src 'self' 'unsafe-eval'").replace(/; require-trusted.*$/, '');
      server.pages[path] = { headers: { 'content-security-policy': policy }, body };
      return path;
    },
    async open(body, { head = '', wait = 'form[novalidate]', script = true, attributes = '' } = {}) {
      const path = bed.serve(html(body, `<script src="${FIRST}"></script>` + (script ? SCRIPT.replace(' data-site', ` ${attributes} data-site`) : '') + head), `/assist/${++number}`);
      await bed.go(path);
      if (script) await bed.ready(wait);
      return path;
    },
    async ready(wait = 'form[novalidate]') {
      await until('the widget', () => browser.run("return !!window.Podskazka?.version && (!arguments[0] || !!document.querySelector(arguments[0]));", wait));
    },
    async go(path) {
      await browser.go(server.origin + path);
      await browser.run(WATCH);
    },
    down: async (x, y) => {
      await browser.mouse('pointerMove', { x: Math.round(x), y: Math.round(y) });
      await browser.mouse('pointerDown');
    },
    up: () => browser.mouse('pointerUp'),
    /** What a page of this size sees: the frame of the window is added. */
    async size(width, height) {
      const [across, down] = await run(() => [outerWidth - innerWidth, outerHeight - innerHeight]);
      await browser.size(width + across, height + down);
    },
    async audit() {
      await run((src) => new Promise((done) => {
        const script = document.createElement('script');
        Object.assign(script, { src, onload: done });
        document.head.append(script);
      }), '/assist/axe.js');
      assert.deepEqual(await run(askAxe, RULES), [], 'axe');
    },
    /** Files of the page's own making; one that lies on the disk by its path. */
    async choose(selector, files) {
      if (typeof files === 'string') return (await browser.find(selector, 'return document.querySelector(arguments[0]);', selector)).type(files);
      await run((selector, files) => {
        const it = document.querySelector(selector);
        const chosen = new DataTransfer();
        for (const { name, text } of files) chosen.items.add(new File([text], name));
        it.files = chosen.files;
        for (const name of ['input', 'change']) it.dispatchEvent(new Event(name, { bubbles: true }));
      }, selector, files);
    },
    cut: server.cut,
    hold: server.hold,
    landed: (part) => until(part, () => browser.run('return location.pathname.includes(arguments[0]);', part)),
    run,
    until: (script, ...rest) => until(`${script}`, () => run(script, ...rest)),
    focus: (selector) => run((it) => document.querySelector(it).focus(), selector),
    // By the page's own script: Firefox imports nothing for a function made from text.
    masks: () => run(() => window.masks?.()),
    async keys(key, times = 1) {
      for (let n = 0; n < times; n++) await browser.press(...key.split('+').map((it) => KEYS[it] ?? it));
    },
    async type(text) {
      for (const key of text) await browser.press(key);
    },
    async click(selector) {
      await bed.until((it) => !!document.querySelector(it), selector);
      // With no answer to wait for: the press may lead to another page.
      await browser.run('document.querySelector(arguments[0]).click();', selector);
    },
    async ax(selector) {
      const it = await browser.find(selector, 'return window.axNode ?? document.querySelector(arguments[0]);', selector);
      const [role, name] = [await it.role(), await it.label()];
      return { role, name, description: await it.run(DESCRIPTION), invalid: (await it.run("return arguments[0].getAttribute('aria-invalid');")) ?? 'false' };
    },
    close: () => browser.close(),
  };
  const script = { 'content-type': 'text/javascript; charset=utf-8' };
  server.pages[FIRST] = { headers: script, body: WATCH + MASKS };
  server.pages['/assist/axe.js'] = { headers: script, body: AXE };
  // Where a submit leads: the driver could not look at a page under the server's own policy.
  bed.serve(html('<h1>Готово</h1>'), '/done.html');
  if (name === 'webkit') {
    // Keys of this driver are no commands of the editor: Ctrl+Z does nothing in any field. What the menu does can be asked for.
    bed.undo = () => run(() => void document.execCommand('undo'));
    bed.redo = () => run(() => void document.execCommand('redo'));
  }
  complete(bed);
  /** A page may not copy by itself here: a person does. */
  bed.copy = async (text) => {
    await run((text) => {
      const made = document.createElement('textarea');
      window.had = document.activeElement;
      window.hadAt = window.had.selectionStart != null && [window.had.selectionStart, window.had.selectionEnd];
      made.id = 'clipboard';
      document.body.append(made);
      made.value = text;
      made.select();
    }, text);
    await bed.keys('Control+c');
    await run(() => {
      document.querySelector('#clipboard').remove();
      window.had.focus();
      if (window.hadAt) window.had.setSelectionRange(...window.hadAt);
    });
  };
  return bed;
}
