// Every view by the keyboard, in Chromium and, with BROWSER=firefox, in Firefox: what Tab visits in which order, as the accessibility
// tree has it (role, name, description), is what stands in `stops.json`; after the last comes the first, Shift+Tab goes back; Esc closes,
// and the focus is where it was. `STOPS=write` writes the file anew: read the difference.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';

import { POLICY, focused, launch, openPage } from './lib/chromium.mjs';
import { FILES, PAGE, examples, reply } from './lib/states.mjs';
import { openBrowser, until } from './lib/webdriver.mjs';

const FILE = new URL('stops.json', import.meta.url);
const STOPS = JSON.parse(readFileSync(FILE, 'utf8'));
const WRITE = process.env.STOPS === 'write';
/** More stops than any view has. */
const MOST = 80;
const KEYS = { Tab: '\uE004', Shift: '\uE008', Escape: '\uE00C' };

/** Engines name the same thing differently where the standard leaves it open. */
const ROLES = { DisclosureTriangle: 'summary', ComboBoxSelect: 'combobox', splitter: 'separator', ListBox: 'listbox' };

const INSIDE = `const root = document.querySelector('podskazka-panel')?.shadowRoot;
const seen = (it) => it.getClientRects().length > 0;
const named = (it) => (it.getAttribute('aria-label') ?? it.textContent).trim();
const last = (selector, fits) => [...(root?.querySelectorAll(selector) ?? [])].filter((it) => seen(it) && fits(it)).at(-1);
const fire = (it, name) => it.dispatchEvent(new Event(name, { bubbles: true }));`;

/** What a person does, by scripts: every driver has those. */
const DO = {
  press: `const it = last('button', (it) => named(it) === arguments[0]); it?.click(); return !!it;`,
  fill: `const it = root?.querySelector(arguments[0][0]); if (!it) return false; it.value = arguments[0][1]; fire(it, 'input'); return true;`,
  check: `const it = last('label', (it) => named(it) === arguments[0]); it?.click(); return !!it;`,
  unfold: `const it = last('summary', (it) => named(it).includes(arguments[0])); it?.click(); return !!it;`,
  see: `return [...(root?.querySelectorAll('dialog[open]') ?? [])].some((it) => it.innerText.includes(arguments[0]));`,
  files: `const it = root?.querySelector(arguments[0][0]); if (!it) return false;
    const held = new DataTransfer();
    for (const [name, head] of arguments[0][1]) held.items.add(new File([new Uint8Array(head), new Uint8Array(182000)], name));
    it.files = held.files; fire(it, 'change'); return true;`,
};

const FOCUS = `let it = document.activeElement; while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement; return it;`;
const DESCRIPTION = `const root = arguments[0].getRootNode();
return (arguments[0].getAttribute('aria-describedby') ?? '').split(/\\s+/).filter(Boolean).map((id) => root.getElementById(id)?.innerText.trim()).filter(Boolean).join(' ');`;
/** What an engine or an edit of the articles would change: files, folded parts, answers. */
const LOCAL = `const it = arguments[0];
return it.localName === 'summary' ? 'summary' : it.type === 'file' ? 'file'
  : ['pdk-near', 'pdk-found', 'pdk-offers'].some((id) => it.closest('[aria-labelledby="' + id + '"]')) ? 'answer' : '';`;

async function chromium() {
  const browser = await launch();
  const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  return {
    go: (url) => page.goto(url),
    run: (body, ...rest) => page.evaluate(([body, rest]) => new Function(body)(...rest), [body, rest]),
    press: (...keys) => page.keyboard.press(keys.join('+')),
    async focused() {
      const local = await page.evaluate(([find, local]) => new Function(local)(new Function(find)()), [FOCUS, LOCAL]);
      const { role, name, description } = await focused(page);
      return { role: local || role, name, description };
    },
    close: () => browser.close(),
  };
}

async function other(name) {
  const browser = await openBrowser(name);
  await browser.size(1280, 900);
  return {
    go: (url) => browser.go(url),
    run: (body, ...rest) => browser.run(body, ...rest),
    press: (...keys) => browser.press(...keys.map((it) => KEYS[it])),
    async focused() {
      const it = await browser.find('the focus', FOCUS);
      const [role, label] = [await it.role(), await it.label()];
      return { role: (await it.run(LOCAL)) || role, name: label.replace(/ (Browse…|Обзор…).*$/, ''), description: await it.run(DESCRIPTION) };
    },
    close: () => browser.close(),
  };
}

let bed;
let state;
/** The clock is the browser's own, so that who is open has to be open at any hour, and who is closed, closed at all but the first minute. */
function always(body) {
  const it = JSON.parse(body);
  const hours = /закрыто/.test(state.until) ? '00:00-00:01' : '00:00-23:59';
  return JSON.stringify({ ...it, week: it.week.map(() => hours), holiday: hours, days: {} });
}
const server = createServer((request, answer) => {
  const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  if (path === '/empty') return answer.writeHead(200, { 'content-type': 'text/html' }).end('<title>…</title>');
  const it = reply(state, request.method, path);
  // At once would be a blocker of advertisements.
  if (it === null) return void setTimeout(() => request.socket.destroy(), 100);
  if (!it) return;
  if (path.endsWith('/contacts.json') && it.status === 200) it.body = always(it.body);
  const build = path === PAGE ? `${it.body}`.replace(' data-site=', ` data-build="${POLICY}" data-site=`) : it.body;
  answer.writeHead(it.status, it.headers).end(build);
});
let origin;
before(async () => {
  await new Promise((done) => server.listen(0, 'localhost', done));
  origin = `http://localhost:${server.address().port}`;
  bed = process.env.BROWSER ? await other(process.env.BROWSER) : await chromium();
});
after(async () => {
  await bed?.close();
  server.close();
  server.closeAllConnections();
  if (WRITE) writeFileSync(FILE, `${JSON.stringify(STOPS, null, 1)}\n`);
});

/** Numbers and addresses of this run and this browser are no part of it. */
const told = ({ role, name, description }) =>
  role === 'answer' && name ? 'an answer' : [`${ROLES[role] ?? role} «${name.replace(/\s+/g, ' ').replace(/(Браузер и экран|Версии): .*/, '$1: …').replaceAll(origin, '').replace(/ · \d+$/, '').trim()}»`, description && `— ${description.replace(/\s+/g, ' ').trim()}`].filter(Boolean).join(' ');

const inside = () => bed.run(`${INSIDE} return !!root?.activeElement;`);

/** Draws the state, from the focus on the button «Помощь» on. */
async function draw(it) {
  // The clock is the browser's own.
  state = { ...it, time: Date.now() };
  await bed.go(`${origin}/empty`);
  await bed.run(
    `localStorage.clear(); sessionStorage.clear(); for (const [name, value] of Object.entries(arguments[0])) localStorage[name] = JSON.stringify(value);
     return indexedDB.databases?.().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name)));`,
    it.kept ?? {},
  );
  await bed.go(origin + PAGE);
  await until('the widget', () => bed.run("return !!document.querySelector('.pdk-launcher') && !!document.querySelector('form[novalidate]');"));
  if (!it.picture) await bed.run("document.addEventListener('podskazka:capture', (event) => event.preventDefault());");
  for (const [name, text] of Object.entries(it.page ?? {})) {
    await bed.run("const it = document.getElementsByName(arguments[0])[0]; it.focus(); it.value = arguments[1]; it.dispatchEvent(new InputEvent('input', { bubbles: true })); it.blur();", name, text);
    await until('the error', () => bed.run("return !!document.querySelector('.pdk-error');"));
  }
  await bed.run("document.querySelector('.pdk-launcher').focus(); window.Podskazka.open(...arguments[0]);", it.open);
  const see = (text) => until(text, () => bed.run(`${INSIDE} ${DO.see}`, text));
  if (it.before) await see(it.before);
  for (const step of it.do ?? []) {
    const [[verb, of]] = Object.entries(step);
    const given = verb === 'files' ? [of[0], of[1].map((name) => [name, [...Buffer.from(FILES[extname(name)], 'latin1')]])] : of;
    await until(JSON.stringify(step), () => bed.run(`${INSIDE} ${DO[verb]}`, given));
  }
  await see(it.until);
  await until('the focus in the panel', inside);
}

for (const it of examples()) {
  const name = `${it.part}: ${it.state}`;
  /** Beside the page Tab leaves the panel, before its first stop and after its last. */
  const docked = it.kept?.['podskazka.settings']?.docked;
  test(name, async () => {
    assert.ok(WRITE || name in STOPS, 'a new state: STOPS=write node --test tests/browser/views.mjs, and read the difference');
    await draw(it);
    // From the heading on, wherever the state has left the focus.
    await bed.run(`${INSIDE} (last('#pdk-edit', () => true) ?? last('#pdk-title', () => true)).focus();`);
    const heading = told(await bed.focused());
    const stops = [];
    while (stops.length < MOST) {
      await bed.press('Tab');
      if (docked && !(await inside())) break;
      assert.ok(await inside(), `Tab stays inside: after ${stops.at(-1)}`);
      if (await bed.run(`const find = () => { ${FOCUS} }; const now = find(); window.first ??= now; const again = window.again && window.first === now; window.again = true; return again;`)) break;
      const now = told(await bed.focused());
      if (now !== 'an answer' || stops.at(-1) !== now) stops.push(now);
    }
    assert.ok(stops.length < MOST, 'Tab comes round');
    await bed.press('Shift', 'Tab');
    assert.equal(told(await bed.focused()), stops.at(-1), 'Shift+Tab goes back over the edge');
    if (WRITE) STOPS[name] = [heading, ...stops];
    else assert.deepEqual([heading, ...stops], STOPS[name]);
    if (it.editor) return;
    await bed.press('Escape');
    await until('Esc closes', () => bed.run(`${INSIDE} return !root.querySelector('dialog').open;`));
    assert.match(told(await bed.focused()), /^button «Помощь/, 'and the focus is where it was');
  });
}
