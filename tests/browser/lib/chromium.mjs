/** Chromium through Playwright: one browser a file, a fresh context a test, with the page's own reports kept. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';

const require = createRequire(join(resolve(process.env.NPM ?? '.tools/npm'), 'package.json'));
const { chromium } = require('playwright-core');
export const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const EVENTS = 'ready valid invalid fix override open close capture queued submitted senderror ticket unread rated error why guess step';

export const POLICY = process.env.POLICY ?? 'wasm';

/** The browser of a citizen, with a window and a profile: `WINDOW=1` runs a file in it. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** The same engine without them, which takes two fifths of the processor less for the same pages. */
const SHELL = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

export function launch() {
  const off = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'].map((it) => `--disable-${it}`);
  return chromium.launch({ executablePath: process.env.WINDOW ? CHROMIUM : SHELL, args: ['--no-sandbox', '--no-first-run', ...off] });
}

/** Runs in the page before anything else: keeps what it tells. */
export function watchEvents(names) {
  const seen = (window.seen = { violations: [], events: [] });
  document.addEventListener('securitypolicyviolation', (e) => seen.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
  for (const name of names.split(' ')) {
    document.addEventListener(`podskazka:${name}`, (e) => seen.events.push({ name, detail: JSON.stringify(e.detail) }));
  }
}

/** A page that keeps its policy violations, faults, console lines and our events: `page.seen()`. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU', ...options });
  await context.addInitScript(watchEvents, EVENTS);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.faults = [];
  page.lines = [];
  page.on('pageerror', (e) => page.faults.push(String(e)));
  page.on('console', (m) => page.lines.push(m.text()));
  page.seen = () => page.evaluate(() => window.seen);
  return page;
}

/** The page's script is there and its fields are bound. */
export async function ready(page, url) {
  await page.goto(url);
  await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'ready'));
  const detail = await page.evaluate(() => JSON.parse(window.seen.events.find((it) => it.name === 'ready').detail));
  assert.equal(detail.build, POLICY, 'the loader picks the build that the policy allows');
  if (await page.locator('form[data-podskazka-form]').count()) await page.waitForSelector('form[novalidate]');
}

/** No violation of the policy, save the loader's own try at WebAssembly where nothing told it the build. */
export async function assertClean(page) {
  const told = await page.locator('script[data-site][data-build="js"]').count();
  const probe = POLICY === 'js' && !told ? ['script-src wasm-eval'] : [];
  assert.deepEqual((await page.seen()).violations, probe, 'policy violations');
  assert.deepEqual(page.faults, [], 'faults of the page');
}

/** axe without a violation. Target sizes are asked for too: axe leaves them out by default. */
export async function audit(page) {
  await page.evaluate(AXE);
  assert.deepEqual(await page.evaluate(askAxe, RULES), [], 'axe');
}

/** Runs in a page that has axe: what it finds. */
export async function askAxe(tags) {
  // Colours count once nothing fades in any more.
  const roots = [document, ...[...document.querySelectorAll('*')].flatMap((it) => it.shadowRoot ?? [])];
  await Promise.all(roots.flatMap((it) => it.getAnimations()).map((it) => it.finished.catch(() => {})));
  const found = await window.axe.run({ runOnly: tags, rules: { 'target-size': { enabled: true } } });
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')}`);
}

/** Role, name and description of the focused element, through shadow roots, as the accessibility tree has them. */
export async function focused(page) {
  const session = (page.cdp ??= await page.context().newCDPSession(page));
  const expression = '(() => { let it = document.activeElement; while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement; return it; })()';
  const { result } = await session.send('Runtime.evaluate', { expression });
  const tree = await session.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
  const [node] = tree.nodes;
  const property = (name) => node.properties?.find((it) => it.name === name)?.value.value;
  return {
    role: node.role?.value ?? '',
    name: node.name?.value ?? '',
    description: node.description?.value ?? '',
    invalid: property('invalid') ?? 'false',
  };
}

/** A screenshot into the folder `SHOTS`, when one is named. */
export async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${POLICY}-${name}.png`) });
}
