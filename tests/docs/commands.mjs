// The guides to the server and to articles, gone through as they stand: every command is run, one after the other, in an empty folder.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import test from 'node:test';
import { blocks } from './lib/blocks.mjs';
import { commands } from './lib/commands.mjs';

const linesOf = (guide) => blocks().filter((it) => it.file === `docs/guides/${guide}.md` && it.kind === 'sh').flatMap((it) => commands(it.code));
const work = mkdtempSync(join(tmpdir(), 'podskazka-operating-'));
const env = { ...process.env, PATH: `${resolve('target/debug')}${delimiter}${process.env.PATH}` };
const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const at = probe.address().port;
    probe.close(() => done(at));
  });
});
const origin = `http://127.0.0.1:${port}`;
const PORTAL = 'https://zags.example.ru';
let server;
test.after(() => (server?.kill(), rmSync(work, { recursive: true })));

/** Runs a line of the guide, with the names that a reader puts his own in for: `own` by what stands there. */
function run(line, own = {}) {
  const filled = Object.entries({ 'https://help.example.ru': origin, 'http://127.0.0.1:8080': origin, '/mnt/elsewhere': work, '/backup': work, ...own }).reduce((text, [from, to]) => text.replaceAll(from, to), line);
  const said = spawnSync('sh', ['-c', filled.replace(/^curl /, 'curl -sS --fail-with-body ')], { cwd: work, env, encoding: 'utf8' });
  assert.equal(said.status, 0, `${filled}\n${said.stdout}${said.stderr}`);
  return said.stdout;
}
/** The lines of the guide with these words, taken off the list of what is left to run. */
const left = linesOf('operating');
function take(words) {
  const found = left.filter((it) => words.test(it));
  for (const it of found) left.splice(left.indexOf(it), 1);
  assert.ok(found.length, `the guide has no command with ${words}`);
  return found;
}

async function write(key, text) {
  const snapshot = { form: 'demo', form_title: 'Заявление', page: '/forma.html', fields: [] };
  const client = { user_agent: 'Firefox', language: 'ru', time_zone: 'Europe/Moscow', viewport: '1280x800', version: '0.1.0', build: 'wasm' };
  const body = { topic: 'other', text, name: 'Иванова Анна Петровна', contact: 'anna@example.ru', snapshot, client };
  const headers = { 'content-type': 'application/json', origin: PORTAL, 'x-site-key': key, 'idempotency-key': randomUUID().replaceAll('-', '') };
  const answer = await fetch(`${origin}/v1/tickets`, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).number;
}

test('the server: first start, operators, tickets, reports, keys, copies', async () => {
  const [init] = take(/ init /);
  const said = run(`${init} --listen 127.0.0.1:${port}`);
  const [, token] = said.match(/shown once:\n(\S+)/);
  const [, key] = said.match(/data-site="(\S+)"/);
  run(take(/ check-config$/)[0]);
  const [start] = take(/^podskazka-server --config podskazka-server.toml$/);
  server = spawn('sh', ['-c', `exec ${start}`], { cwd: work, env, stdio: 'ignore' });
  for (let tries = 0; !(await fetch(`${origin}/readyz`).then((it) => it.ok, () => false)); tries++) {
    assert.ok(tries < 600 && server.exitCode === null, 'the server has started');
    await new Promise((done) => setTimeout(done, 50));
  }
  const [one, other] = [await write(key, 'Не приходит код.'), await write(key, 'Код так и не пришёл.')];
  const own = { TOKEN: token, 'PS-28T5CY4T-Y': one, 'PS-5PM3KDRX-8': other, 'PS-00000001-A': one, pk_zags_2026: key };

  for (const line of take(/^podskazka-server operator /)) run(line);
  const [notice] = take(/\/v1\/desk\/notices /);
  const { id } = JSON.parse(run(notice, own));
  run(take(/notices\/\d+\/end/)[0], { ...own, '/notices/7/': `/notices/${id}/` });
  for (const line of take(/\/v1\/desk\/tickets/)) run(line, own);
  for (const line of take(/\/v1\/desk\/reports\//)) assert.match(run(line, own), /^\w+,\w+/, line);

  for (const line of take(/^podskazka-server (audit|rotate-key|acts|erase)/)) run(line, own);
  assert.match(readFileSync(join(work, 'acts.csv'), 'utf8'), new RegExp(one));
  assert.equal((await fetch(`${origin}/v1/desk/tickets/${other}`, { headers: { authorization: `Bearer ${token}` } })).status, 200, 'the server goes on under the new key');
  for (const line of take(/ (backup|restore) /)) run(line, own);
  assert.match(run(take(/ conformance /)[0], own), /\S/);

  // A bucket and PostgreSQL are those of the server's own tests: server/tests/it.
  take(/ migrate-store --to bucket$/);
  assert.deepEqual(left.map((it) => it.split(' ')[0]), ['PODSKAZKA_DATABASE=postgres://podskazka@db.example.ru/podskazka']);
});

test('articles: checked, built, searched', () => {
  symlinkSync(resolve('www'), join(work, 'www'));
  const all = linesOf('faq-format');
  for (const line of all.slice(0, -1)) run(line);
  assert.match(run(all.at(-1)), /\brefund\b/, all.at(-1));
});
