// What every host asks at its end: the page is as it was before the widget, and a hundred starts and ends leave nothing in memory.
import assert from 'node:assert/strict';
import { traces, WAYS } from './lib.mjs';

const CYCLES = 100;
/** Starts before the first count: what a browser makes once (parsed modules, lazy objects) is there by then. */
const WARM = 3;

/**
 * Runs in the page: every tree in it (the document, open shadow roots, frames of the same origin), its markup, its sheets, and the
 * messages its fields have for the browser.
 */
function trees() {
  const out = [];
  const walk = (root) => {
    const invalid = [...root.querySelectorAll('input,select,textarea')].filter((it) => it.validity.customError).length;
    out.push([(root.documentElement ?? root).innerHTML, root.adoptedStyleSheets.length, invalid]);
    for (const el of root.querySelectorAll('*')) {
      if (el.shadowRoot && !el.localName.startsWith('podskazka-')) walk(el.shadowRoot);
      if (el.localName === 'iframe' && el.contentDocument) walk(el.contentDocument);
    }
  };
  walk(document);
  return out;
}

/** Runs in the page: some form of it is under our care. */
export function bound() {
  const roots = [document];
  for (const root of roots) {
    if (root.querySelector('form[novalidate]:has([role=status].pdk-hidden)')) return true;
    for (const el of root.querySelectorAll('*')) {
      if (el.shadowRoot) roots.push(el.shadowRoot);
      if (el.localName === 'iframe' && el.contentDocument) roots.push(el.contentDocument);
    }
  }
  return false;
}

/** Listeners of every form and field, by count. */
async function listeners(page) {
  const cdp = await page.context().newCDPSession(page);
  const expression = `(() => { const out = []; const walk = (root) => { out.push(root, ...root.querySelectorAll('form,input,textarea,select,dialog'));
    for (const el of root.querySelectorAll('*')) { if (el.shadowRoot && !el.localName.startsWith('podskazka-')) walk(el.shadowRoot); if (el.contentDocument) walk(el.contentDocument); } };
    walk(document); return out.slice(0, 40); })()`;
  const { result } = await cdp.send('Runtime.evaluate', { expression });
  const { result: items } = await cdp.send('Runtime.getProperties', { objectId: result.objectId, ownProperties: true });
  let count = 0;
  for (const it of items) {
    if (!/^\d+$/.test(it.name)) continue;
    const found = await cdp.send('DOMDebugger.getEventListeners', { objectId: it.value.objectId });
    count += found.listeners.filter(({ type }) => !type.startsWith('__playwright')).length;
  }
  await cdp.detach();
  return count;
}

async function memory(page, cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name) => metrics.find((it) => it.name === name).value;
  return { nodes: metric('Nodes'), listeners: metric('JSEventListeners'), documents: metric('Documents'), heap: metric('JSHeapUsedSize') };
}

const state = async (page) => {
  const { html, ...rest } = await traces(page);
  return { ...rest, trees: await page.evaluate(trees), fields: await listeners(page) };
};

/** The page is as before; where it is not, the first place is shown and not two whole pages. */
function same(now, before, when) {
  const [a, b] = [now, before].map((it) => JSON.stringify(it));
  const at = [...a].findIndex((c, at) => c !== b[at]);
  assert.ok(a === b, `the page is as before ${when}: …${a.slice(Math.max(0, at - 60), at + 90)}… was …${b.slice(Math.max(0, at - 60), at + 90)}…`);
}

/**
 * A page of which one use is tried: `go` opens it, without the widget and then with it; `use` works with it; at the end it is what it
 * was. `log`: the person logs out first, since a letter that has gone is kept for its ticket.
 */
export async function asBefore(page, { first = '**/podskazka.js', go, use, log = false }) {
  // What the page itself notes of us, where it listens (`calls.js`).
  const prepare = () => page.evaluate(() => delete document.documentElement.dataset.build);
  await page.route(first, (route) => route.abort());
  await go();
  await prepare();
  const before = await state(page);
  await page.unroute(first);
  page.requested.length = 0;
  await go();
  await use();
  await prepare();
  assert.notDeepEqual(await page.evaluate(trees), before.trees, 'a control: there is something to take away');
  await page.evaluate(async (log) => {
    if (log) await window.Podskazka.shutdown();
    window.Podskazka.destroy();
  }, log);
  // What was being fetched at the end goes when it has come.
  await page.waitForFunction(() => !document.querySelector('podskazka-panel,link[rel=modulepreload]'));
  same(await state(page), before, 'after the end');
}

/** Run in the page: another start, once the one before has ended. A page puts its element in anew, as a router does. */
const STARTS = {
  tag: async () => (await import('/podskazka/podskazka.js')).init({ site: 'demo' }),
  element: () => {
    const old = document.querySelector('podskazka-help');
    old.replaceWith(old.cloneNode(true));
    return window.Podskazka;
  },
  npm: () => window.apps['/'].init({ site: 'demo' }),
};

/**
 * `prepare`: brings the page to where its form is. `use`: works with it under our care, up to an error and a failed submit; it may
 * type, and change nothing else of the page's own. `press`: runs in the page, where the widget waits for somebody to come to the form.
 * `way`: how the widget comes in.
 */
export async function leavesNothing(page, origin, { prepare = () => {}, use, press = '', way = 'tag' }) {
  const first = `**/${WAYS[way]}`;
  await page.route(first, (route) => route.abort());
  await page.goto(origin);
  await prepare(page);
  const before = await state(page);
  await page.unroute(first);

  await page.goto(origin);
  await page.waitForFunction(() => window.isReady);
  await prepare(page);
  await page.waitForFunction(bound);
  await use(page);
  assert.notDeepEqual(await page.evaluate(trees), before.trees, 'a control: there is something to take away');
  await page.evaluate(() => window.Podskazka.destroy());
  const after = await state(page);
  same(after, before, 'after the end');

  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.evaluate(`window.bound = ${bound}; window.press = () => { ${press} }; window.start = ${STARTS[way]}`);
  const turn = (times) =>
    page.evaluate(async (times) => {
      let seen = 0;
      for (let turn = 0; turn < times; turn++) {
        const help = await window.start();
        await help.ready;
        while (!window.bound()) {
          window.press?.();
          await new Promise((done) => setTimeout(done));
        }
        seen++;
        help.destroy();
      }
      return seen;
    }, times);
  await turn(WARM);
  const start = await memory(page, cdp);
  assert.equal(await turn(CYCLES), CYCLES);
  const end = await memory(page, cdp);
  same(await state(page), before, 'after a hundred starts');
  for (const what of ['nodes', 'listeners', 'documents']) assert.ok(end[what] - start[what] < CYCLES / 10, `${what}: ${start[what]}, then ${end[what]}`);
  assert.ok(end.heap - start.heap < CYCLES * 4096, `heap: ${start.heap}, then ${end.heap}`);
}
