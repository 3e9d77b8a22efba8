// What every host test needs: a server over a folder, Chromium, and a measure of what a page holds.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { execFileSync } from 'node:child_process';

const require = createRequire(join(resolve(process.env.NPM), 'package.json'));
const { chromium } = require('playwright-core');

export const pkg = resolve(process.env.PKG);
export const tried = resolve(process.env.TRIED);
export const integrity = JSON.parse(readFileSync(join(pkg, 'podskazka/integrity.json'), 'utf8'));

/** The pinned libraries of the pages: `node_modules` of `tests/hosts/package.json`. */
export const modules = join(resolve(process.env.MODULES), 'node_modules');

/** A page whose tag has its digest, and `attributes`. */
export const guarded = (html, attributes = '') =>
  html.replace(/src="\/?podskazka\/podskazka\.js"/, (src) => `${src} integrity="${integrity.files['podskazka.js']}" crossorigin ${attributes}`);

/** The three ways in, each with the file without which a page is what it was. */
export const WAYS = { tag: 'podskazka.js', element: 'element.js', npm: 'app.js' };

const TAG = /<script async type="module" src="\/?(\w+)\/podskazka\.js"([^>]*)><\/script>/g;

/** A page of an example with the element, or with a bundle of the npm package, in place of a tag: `ways` of the first tag and of the others. */
function inWays(html, ways) {
  let tags = 0;
  let help = '';
  const page = html.replace(TAG, (tag, folder, attributes) => {
    const way = ways[Math.min(tags++, ways.length - 1)];
    if (way === 'tag') return tag;
    if (way === 'npm') return `<script async type="module" src="${folder === 'podskazka' ? '' : `/${folder}`}/app.js"></script>`;
    help ||= `  <podskazka-help launcher="on"${attributes.replaceAll(' data-', ' ')}></podskazka-help>\n`;
    return `<script async type="module" src="/${folder}/element.js"></script>`;
  });
  assert.ok(tags > 0 || ways[0] === 'tag', 'the page has a tag to put another way in place of');
  return page.replace('</body>', `${help}</body>`);
}

/** The npm package as a page of its own uses it, with no framework: `app.js` and its parts, under `root`. */
export function app(root, version = integrity.version) {
  const work = scratch('app');
  writeFileSync(join(work, 'app.js'), 'import { init } from "podskazka";\n(window.apps ??= {})[new URL(".", import.meta.url).pathname] = { init };\ninit({ site: "demo", lang: "ru" });\n');
  const entry = join(work, 'node_modules/podskazka/index.js');
  const whole = readFileSync(entry, 'utf8');
  assert.ok(whole.includes(`"${integrity.version}"`), 'the entry names its version');
  writeFileSync(entry, whole.replaceAll(`"${integrity.version}"`, `"${version}"`));
  const flags = ['--bundle', '--splitting', '--minify', '--format=esm', `--outdir=${root}`, '--log-level=error'];
  execFileSync(join(resolve(process.env.NPM), 'node_modules/.bin/esbuild'), ['app.js', ...flags], { cwd: work, stdio: 'inherit' });
}

/** What the guide's form does on a page that has just been opened: a slip gets its fix, «Почему?» opens the article. Ends with the dialog. */
export async function guided(page) {
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.locator('.pdk-error .pdk-fix').first().waitFor();
  await page.getByRole('button', { name: 'Почему?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: /ИНН/ }).first().waitFor();
  return dialog;
}

/** A fresh folder of the site, with the published files of the script tag under `podskazka/` and `files` of the pinned libraries; the tag gets its digest and `attributes`. `ways`: how the widget comes in, by the tags of a page. `under`: the folder of the site where all of it stands. */
export function site(example, { bundle = false, alias, files = [], attributes = '', ways = ['tag'], under = '' } = {}) {
  const whole = mkdtempSync(join(tmpdir(), 'podskazka-host-'));
  const root = join(whole, under);
  const own = join('tests/hosts/pages', example);
  cpSync(bundle ? build(example, alias, under) : existsSync(own) ? own : join('www/examples', example), root, { recursive: true });
  for (const file of files) cpSync(join(modules, file), join(root, basename(file)));
  cpSync(join(pkg, 'podskazka', integrity.folder), join(root, 'podskazka'), { recursive: true });
  for (const name of readdirSync(root).filter((it) => it.endsWith('.html'))) {
    const page = join(root, name);
    writeFileSync(page, guarded(inWays(readFileSync(page, 'utf8'), ways), attributes));
  }
  if (ways[0] === 'npm') app(root);
  return whole;
}

/** An example as a customer has it, built without a plugin of ours: by Vite where it is installed, else by esbuild; `alias` puts another version of a framework in; `under` is the folder of the site, as the example says. */
function build(example, alias = {}, under = '') {
  const work = scratch(example);
  cpSync(join('www/examples', example), work, { recursive: true });
  if (under) {
    const [app] = readdirSync(join(work, 'src')).filter((it) => it.startsWith('app.'));
    const source = readFileSync(join(work, 'src', app), 'utf8');
    const told = source.match(/base: "\/forms\/podskazka\/"/)[0];
    writeFileSync(join(work, 'src', app), source.replace('{ site: "demo" }', `{ site: "demo", ${told.replace('forms', under)}, build: "js" }`));
  }
  const [vite, out] = [join(tried, 'node_modules/.bin/vite'), join(work, 'dist')];
  if (existsSync(vite)) {
    writeFileSync(join(work, 'vite.config.js'), `export default { resolve: { alias: ${JSON.stringify(alias)} } };\n`);
    execFileSync(vite, ['build', '--logLevel', 'error', `--base=/${under && `${under}/`}`], { cwd: work, stdio: 'inherit' });
    return out;
  }
  const [entry] = readdirSync(join(work, 'src')).filter((it) => it.startsWith('main.'));
  const flags = ['--bundle', '--splitting', '--minify', '--format=esm', '--jsx=automatic', '--define:process.env.NODE_ENV="production"'];
  const vue = ['__VUE_OPTIONS_API__', '__VUE_PROD_DEVTOOLS__', '__VUE_PROD_HYDRATION_MISMATCH_DETAILS__'].map((it) => `--define:${it}=false`);
  execFileSync(join(resolve(process.env.NPM), 'node_modules/.bin/esbuild'), [join('src', entry), ...flags, ...vue, ...Object.entries(alias).map(([from, to]) => `--alias:${from}=${to}`), '--entry-names=main', `--outdir=${out}`, '--log-level=error'], {
    cwd: work, stdio: 'inherit', env: { ...process.env, NODE_PATH: modules },
  });
  writeFileSync(join(out, 'index.html'), readFileSync(join(work, 'index.html'), 'utf8').replace(`/src/${entry}`, './main.js'));
  return out;
}

/** A folder where `podskazka` is installed, from the archive where there is one, and the rest is found above. */
export function scratch(name) {
  const work = join(tried, 'scratch', name);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, 'package.json'), '{ "private": true, "type": "module" }');
  const archive = join(pkg, `podskazka-${integrity.version}.tgz`);
  if (!existsSync(archive)) {
    cpSync(join(pkg, 'podskazka'), join(work, 'node_modules/podskazka'), { recursive: true });
    return work;
  }
  const flags = ['--offline', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--legacy-peer-deps'];
  execFileSync('npm', ['install', ...flags, archive], { cwd: work, stdio: 'inherit' });
  return work;
}

export const freePort = () =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

/** Key of the site whose pages are on another origin. */
export const SITE = 'pk_portal_2026';

/** The server of the project over a folder; `policy` is `wasm` or `js`; `page` is another origin whose pages may ask. */
export async function serve(root, policy, page) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const data = mkdtempSync(join(tmpdir(), 'podskazka-data-'));
  const args = ['--data-dir', data, '--www', root, '--listen', `127.0.0.1:${port}`];
  if (page) {
    writeFileSync(join(data, 'settings.toml'), `[[sites]]\nkey = "${SITE}"\nname = "Портал"\norigins = ["${page}"]\n`);
    args.push('--config', join(data, 'settings.toml'));
  }
  let log = '';
  const child = spawn('target/debug/podskazka-server', args, { env: { ...process.env, PODSKAZKA_CSP: policy } });
  child.stderr.on('data', (chunk) => (log += chunk));
  child.stdout.on('data', (chunk) => (log += chunk));
  for (let tries = 0; !(await fetch(`${origin}/readyz`).then((r) => r.ok, () => false)); tries++) {
    if (tries > 200) throw new Error(`the server did not start:\n${log}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    origin,
    async stop() {
      child.kill('SIGTERM');
      await new Promise((done) => child.once('exit', done));
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export const browser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** A page that records what must not be: policy violations, uncaught errors, requests. */
export async function open(context) {
  await context.addInitScript(() => {
    window.violations = [];
    window.told = [];
    document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
    document.addEventListener('podskazka:ready', () => (window.isReady = true));
    for (const name of ['open', 'close', 'queued', 'submitted', 'senderror', 'error', 'override', 'fix']) {
      document.addEventListener(`podskazka:${name}`, (e) => window.told.push([name, e.detail]));
    }
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.faults = [];
  page.requested = [];
  page.on('pageerror', (e) => page.faults.push(e.stack || String(e)));
  page.on('request', (r) => page.requested.push(`${r.method()} ${new URL(r.url()).pathname}`));
  return page;
}

/** Everything of a page that a widget could leave behind. */
export async function traces(page) {
  const state = await page.evaluate(async () => ({
    html: document.documentElement.outerHTML,
    sheets: document.adoptedStyleSheets.length,
    globals: Object.getOwnPropertyNames(window).filter((name) => /podskazka|wasm/i.test(name)),
    storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(Boolean),
    databases: (await indexedDB.databases()).map((it) => it.name),
  }));
  const cdp = await page.context().newCDPSession(page);
  for (const target of ['window', 'document', 'document.body']) {
    const { result } = await cdp.send('Runtime.evaluate', { expression: target });
    const { listeners } = await cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    // Playwright's own, from its first press on, are all on the window and cannot be told from the page's.
    const types = listeners.map((it) => it.type);
    const driven = /^(__playwright|auxclick|click|contextmenu|dblclick|mouse|pointer|touch)/;
    state[`${target} listeners`] = types.filter((it) => target !== 'window' || !driven.test(it)).sort();
  }
  await cdp.detach();
  return state;
}
