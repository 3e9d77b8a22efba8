/**
 * A real server in a folder of its own, behind a recorder: a small HTTP proxy that keeps every byte the page sends.
 *
 * What a browser tells of its own requests leaves out the bodies of files; a proxy sees all of them, in every browser.
 * It can also lose a request or an answer, as a bad network does.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');
const REPORTS = '/csp-reports';
const BINARY = join(ROOT, 'target/debug/podskazka-server');

/**
 * `policy`: `wasm` or `js`. `www`: the folder that is served. `reports`: ask the browser to report violations of the
 * policy, for those drivers that let no listener in before the page. `mail`: address of a mail server for letters. `settings`:
 * further lines of the settings file, told the address of the pages. `content`: the folder of schemas and articles.
 */
export async function startServer({ policy = 'wasm', www = resolve(process.env.DIST ?? join(ROOT, 'dist')), reports = false, mail, settings: more, content = join(ROOT, 'www/content') } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'podskazka-'));
  const recorder = await record(reports);
  let log = '';
  let child;
  const settings = mail || more ? ['--config', join(data, 'settings.toml')] : [];
  if (settings.length) {
    const lines = mail ? ['[mail]', `server = "${mail}"`, 'from = "support@example.ru"', 'public_url = "https://help.example.ru"'] : [];
    writeFileSync(settings[1], `${[...lines, ...(more?.(recorder.origin) ?? [])].join('\n')}\n`);
  }

  const start = async () => {
    const args = ['--data-dir', data, '--www', www, '--content', content, '--listen', '127.0.0.1:0', ...settings];
    child = spawn(BINARY, args, { env: { ...process.env, PODSKAZKA_CSP: policy } });
    recorder.port = await new Promise((done, failed) => {
      let out = '';
      const read = (chunk) => {
        log += chunk;
        out += chunk;
        const line = out.split('\n').find((it) => it.includes('"listening"'));
        if (line?.endsWith('}')) done(Number(JSON.parse(line).address.split(':').at(-1)));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`the server ended with ${code}:\n${out}`)));
    });
  };
  const stop = async (signal) => {
    const ended = new Promise((done) => child.once('exit', done));
    if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
  };
  await start();

  return {
    origin: recorder.origin,
    /** Everything the page has sent: `{method, url, headers, body}`, the body as bytes. */
    sent: recorder.sent,
    /** Pages of the test itself, by address: `{headers, body}`. */
    pages: recorder.pages,
    /**
     * Lose every request with a body to `url`, or the answer to it, until the returned function is called: a browser tries
     * again by itself when a connection it has kept is reset. `at` is `request`, `half` (the line breaks in the middle of the
     * body), `answer`, or a function that draws one of them, or none. `then` runs after the first answer, or half, is lost.
     * With `status` and `body` nothing is lost: that is the answer, as a proxy on the way would give it.
     */
    lose: (rule) => {
      recorder.rule = rule;
      return () => (recorder.rule = undefined);
    },
    /** Every request has a line of its own: then the browser does not try again by itself, and what is sent again can be counted. */
    oneEach: () => recorder.oneEach(),
    /** Nothing gets through, or nothing to such an address, until the returned function is called. */
    cut: (url = /./) => {
      recorder.cut = url;
      return () => (recorder.cut = undefined);
    },
    /** What is asked of such an address waits until the returned function is called. */
    hold: (url) => {
      let release;
      recorder.held = { url, gate: new Promise((done) => (release = done)) };
      return () => {
        recorder.held = undefined;
        release();
      };
    },
    /** Everything gets through again: what a failed test has cut or loses must not fail the tests behind it. */
    mend: () => {
      recorder.cut = recorder.rule = undefined;
    },
    log: () => log,
    /** An operator of every department: `act(number, {action, text?})` moves a ticket, `say(number, text)` writes to it. */
    operator: async () => {
      const token = execFileSync(BINARY, ['--data-dir', data, ...settings, 'operator', 'olga'], { encoding: 'utf8' }).match(/[\w-]{43}/)[0];
      const post = async (path, body) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
        const answer = await fetch(`http://127.0.0.1:${recorder.port}/v1/desk/tickets/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
      };
      /** As a desk's client does: whoever has asked too often waits as long as he is told. */
      const get = async (path) => {
        for (;;) {
          const answer = await fetch(`http://127.0.0.1:${recorder.port}/v1/desk/${path}`, { headers: { authorization: `Bearer ${token}` } });
          if (answer.status !== 429) return answer;
          await answer.arrayBuffer();
          await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers.get('retry-after'))));
        }
      };
      return {
        /** The text of a report. */
        read: async (path) => {
          const answer = await get(path);
          if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
          return answer.text();
        },
        act: (number, body) => post(`${number}/transition`, body),
        /** Numbers of all tickets. */
        all: async () => {
          const numbers = [];
          for (let cursor = ''; cursor !== undefined; ) {
            const query = cursor && `&cursor=${encodeURIComponent(cursor)}`;
            const answer = await get(`tickets?limit=100${query}`);
            const page = await answer.json();
            numbers.push(...page.items.map((it) => it.number));
            cursor = page.next ?? undefined;
          }
          return numbers;
        },
        /** The bytes of a file of a ticket, once it is checked. */
        file: async (number, id) => {
          for (;;) {
            const answer = await get(`tickets/${number}/attachments/${id}`);
            if (answer.status === 200) return Buffer.from(await answer.arrayBuffer());
            const said = await answer.text();
            if (answer.status !== 409) throw new Error(`${number}, file ${id}: ${answer.status} ${said}`);
          }
        },
        say: (number, text) => post(`${number}/comments`, { text, visibility: 'public' }),
        /** The ticket as an operator sees it. */
        card: async (number) => (await get(`tickets/${number}`)).json(),
      };
    },
    /** Violations of the policy that the browser has reported. */
    reports: () => recorder.sent.filter((it) => it.url === REPORTS).map((it) => it.body.toString('utf8')),
    /** Kill without warning and start again on the same data. */
    crash: async () => {
      await stop('SIGKILL');
      await start();
    },
    /** Names and bytes of every file of the data folder. */
    files: () =>
      readdirSync(data, { recursive: true, withFileTypes: true })
        .filter((it) => it.isFile())
        .map((it) => join(it.parentPath ?? it.path, it.name))
        .map((path) => ({ path: path.slice(data.length + 1), bytes: readFileSync(path) })),
    stop: async () => {
      recorder.close();
      await stop('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function record(reports) {
  const state = { sent: [], rule: undefined, port: 0, cut: undefined, pages: {} };
  const server = createServer(async (request, answer) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method, url, headers } = request;
    state.sent.push({ method, url, headers, body });
    if (url === REPORTS) return answer.writeHead(204).end();
    const page = state.pages[url.split('?')[0]];
    if (page) {
      answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers });
      return answer.end(page.body);
    }
    if (state.cut?.test(url)) return request.socket.destroy();
    if (state.held?.url.test(url)) await state.held.gate;
    const rule = ['PATCH', 'POST'].includes(method) && state.rule?.url.test(url) ? state.rule : undefined;
    const at = typeof rule?.at === 'function' ? rule.at() : rule?.at;
    if (rule?.status) {
      answer.writeHead(rule.status, { 'content-type': 'application/problem+json' });
      return answer.end(JSON.stringify(rule.body ?? {}));
    }
    if (at === 'request') return request.socket.destroy();
    const lost = async () => {
      const { then } = rule;
      rule.then = undefined;
      await then?.();
      request.socket.destroy();
    };
    const on = forward({ host: '127.0.0.1', port: state.port, method, path: url, headers }, (from) => {
      if (at === 'half') return from.resume();
      if (at === 'answer') {
        from.resume();
        from.on('end', lost);
        return;
      }
      const policy = from.headers['content-security-policy'];
      if (reports && policy) from.headers['content-security-policy'] = `${policy}; report-uri ${REPORTS}`;
      answer.writeHead(from.statusCode, from.headers);
      from.pipe(answer);
    });
    if (at === 'half') {
      // The server has got what was sent before its end of the line closes.
      on.on('close', lost).on('error', () => {});
      on.write(body.subarray(0, body.length / 2), () => on.socket.end());
      return;
    }
    on.on('error', () => request.socket.destroy());
    on.end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  state.origin = `http://127.0.0.1:${server.address().port}`;
  state.oneEach = () => (server.maxRequestsPerSocket = 1);
  state.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return state;
}
