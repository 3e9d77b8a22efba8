/** A browser through W3C WebDriver over HTTP: geckodriver for Firefox, WebKitWebDriver for WebKitGTK. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const LONGEST_MS = 30_000;

const BROWSERS = {
  firefox: () => ({
    command: [process.env.GECKODRIVER ?? '.tools/bin/geckodriver', '--log', 'fatal'],
    capabilities: {
      'moz:firefoxOptions': {
        binary: '/usr/bin/firefox-esr',
        args: ['-headless'],
        prefs: { 'intl.accept_languages': 'ru', 'datareporting.policy.dataSubmissionEnabled': false },
      },
    },
  }),
  webkit: () => ({
    command: ['xvfb-run', '-a', 'WebKitWebDriver', '--host=127.0.0.1'],
    capabilities: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } },
  }),
};

function miniBrowser() {
  const libraries = '/usr/lib';
  for (const triple of readdirSync(libraries)) {
    const path = join(libraries, triple, 'webkit2gtk-4.1/MiniBrowser');
    if (existsSync(path)) return path;
  }
  throw new Error('MiniBrowser is missing: apt-get install webkit2gtk-driver');
}

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Asks until the answer is there; the driver's own refusals count as «not yet». */
export async function until(what, ask) {
  const end = Date.now() + LONGEST_MS;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not there: ${what}`, { cause: last });
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Start `firefox` or `webkit`. */
export async function openBrowser(name) {
  const { command, capabilities } = BROWSERS[name]();
  const port = await freePort();
  const env = { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', NO_AT_BRIDGE: '1', LANG: 'C.UTF-8' };
  // A group of its own: the driver's children end with it.
  const driver = spawn(command[0], [...command.slice(1), `--port=${port}`], { env, detached: true, stdio: 'ignore' });
  let missing;
  driver.once('error', (error) => (missing = error));
  const end = () => {
    try {
      process.kill(-driver.pid, 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', end);

  const call = async (method, path, body) => {
    if (missing) throw new Error(`${command[0]} is missing: ${missing.message}`);
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
      headers: body && { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(2 * LONGEST_MS),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  let session;
  try {
    await until(`${name} driver`, () => call('GET', '/status').then(() => true));
    session = await call('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
  } catch (error) {
    end();
    throw error;
  }
  const { sessionId, capabilities: got } = session;
  const to = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);

  const wrap = (reference) => {
    const id = reference[ELEMENT];
    return {
      role: () => to('GET', `/element/${id}/computedrole`),
      label: () => to('GET', `/element/${id}/computedlabel`),
      type: (text) => to('POST', `/element/${id}/value`, { text }),
      run: (script, ...args) => browser.run(script, reference, ...args),
    };
  };
  const browser = {
    version: `${got.browserName} ${got.browserVersion}`,
    go: (url) => to('POST', '/url', { url }),
    reload: () => to('POST', '/refresh', {}),
    /** The value of a script's `return`. */
    run: (script, ...args) => to('POST', '/execute/sync', { script, args }),
    /** The same of a script that waits: what its promise gives. */
    later: async (script, ...args) => {
      await to('POST', '/timeouts', { script: 2 * LONGEST_MS });
      const waits = `const done = [...arguments].pop(); (async function () { ${script} }).apply(null, arguments).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = await to('POST', '/execute/async', { script: waits, args });
      if (error) throw new Error(error);
      return value;
    },
    /** The window as it is seen, PNG. */
    shot: async () => Buffer.from(await to('GET', '/screenshot'), 'base64'),
    /** Real keys into what has the focus: each a character or a name of `KEYS`; those before a `+` are held. */
    async press(...keys) {
      const held = keys.slice(0, -1);
      const up = (value) => ({ type: 'keyUp', value });
      const down = (value) => ({ type: 'keyDown', value });
      const actions = [...held.map(down), down(keys.at(-1)), up(keys.at(-1)), ...held.reverse().map(up)];
      await to('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },
    /** The mouse at a place of the window: `pointerMove`, `pointerDown` or `pointerUp`. */
    mouse: (type, at = {}) => to('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', actions: [{ type, button: 0, ...at }] }] }),
    size: (width, height) => to('POST', '/window/rect', { width, height }),
    /** Waits for the element that the script returns. */
    find: (what, script, ...args) =>
      until(what, async () => {
        const found = await browser.run(script, ...args);
        return found && wrap(found);
      }),
    close: async () => {
      await to('DELETE', '').catch(() => {});
      end();
    },
  };
  return browser;
}
