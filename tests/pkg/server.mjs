// The guide's server in Node.js as it stands there, and a page that gives its answer to the form, with a schema of the form and without.
import assert from 'node:assert/strict';
import { spawn, execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { browser, freePort, open, scratch, serve, site } from '../hosts/lib.mjs';

const guide = readFileSync('docs/guides/embedding.md', 'utf8').split('### A server that checks the same form')[1].split(/^##/m)[0];
const block = (language) => guide.match(new RegExp('```' + language + '\\n(.*?)```', 's'))[1];

const work = scratch('server');
writeFileSync(join(work, 'server.mjs'), block('mjs'));
writeFileSync(join(work, 'send.ts'), block('ts'));
const port = await freePort();
const node = spawn(process.execPath, ['server.mjs'], { cwd: work, env: { ...process.env, PORT: `${port}` }, stdio: ['ignore', 'inherit', 'inherit'] });

const root = site('plain');
execFileSync(join(resolve(process.env.NPM), 'node_modules/.bin/esbuild'), [join(work, 'send.ts'), `--outfile=${join(root, 'send.js')}`, '--log-level=error'], { stdio: 'inherit' });
writeFileSync(join(root, 'main.js'), 'import { send } from "/send.js";\nconst [form] = document.forms;\nform.addEventListener("submit", (event) => (event.preventDefault(), send(form)));\n');
const SCHEMA = { version: 1, form: 'appointment', fields: ['inn', 'snils', 'phone'].map((name) => ({ name, kind: name })) };
const inputs = ['ИНН', 'СНИЛС', 'Телефон'].map((label, at) => [label, SCHEMA.fields[at].name]);
/** The page checks as little as it may: what the server finds is to be seen. */
const page = (marks) => `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>Запись</title><script type="module" src="/main.js"></script>
<script async type="module" src="/podskazka/podskazka.js" data-site="demo"></script></head>
<body><main><h1>Запись</h1><form data-podskazka-form="appointment" action="/send">${marks ? '' : `<script type="application/json" data-podskazka-schema>${JSON.stringify(SCHEMA)}</script>`}
${inputs.map(([label, name]) => `<p><label for="${name}">${label}</label> <input id="${name}" name="${name}"${marks ? ` data-podskazka="${name}"` : ''}></p>`).join('\n')}
<button>Записаться</button></form></main></body></html>`;

const server = await serve(root, 'wasm');
const chromium = await browser();
try {
  for (let tries = 0; !(await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' }).then((it) => it.status === 422, () => false)); tries++) {
    assert.ok(tries < 200, 'the server of the guide listens');
    await new Promise((done) => setTimeout(done, 50));
  }
  const ask = async (values) => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(values) });
    return [answer.status, answer.status === 204 ? undefined : await answer.json()];
  };
  assert.deepEqual(await ask({ inn: '7707083893', snils: '112-233-445 95', phone: '' }), [204, undefined]);
  const [status, problem] = await ask({ inn: '7707083894', snils: '112', phone: '89' });
  assert.equal(status, 422);
  assert.deepEqual(problem.errors.map((it) => [it.field, it.code]), [['inn', 'inn.checksum'], ['snils', 'snils.length'], ['phone', 'phone.length']]);
  // Whatever comes, it answers and goes on.
  for (const [body, status] of [['нет', 400], ['', 400], ['null', 400], ['{"inn":1}', 400], [JSON.stringify({ inn: 'я'.repeat(200_000) }), 413]]) {
    assert.equal((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })).status, status, body.slice(0, 20));
  }
  assert.deepEqual(await ask({ inn: '7707083893', snils: '112-233-445 95' }), [204, undefined]);
  assert.ok(problem.errors.every((it, at) => it.message.startsWith(`${inputs[at][0]}: `)), JSON.stringify(problem));

  for (const marks of [true, false]) {
    writeFileSync(join(root, 'form.html'), page(marks));
    const context = await chromium.newContext({ locale: 'ru-RU' });
    const tab = await open(context);
    await tab.route('**/send', async (route) => route.fulfill({ response: await route.fetch({ url: `http://127.0.0.1:${port}/` }) }));
    await tab.goto(`${server.origin}/form.html`);
    await tab.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
    // Nothing is required here, so the page lets an empty form go; the server does not.
    await tab.getByLabel('Телефон').fill('89161234567');
    await tab.getByRole('button', { name: 'Записаться' }).click();
    const errors = tab.locator('.pdk-error[data-podskazka-code]');
    await errors.nth(1).waitFor();
    assert.deepEqual(await errors.evaluateAll((all) => all.map((it) => it.dataset.podskazkaCode)), ['form.required', 'form.required'], marks ? 'marks' : 'a schema');
    for (const [label, text] of [['ИНН', '7707083893'], ['СНИЛС', '112-233-445 95']]) await tab.getByLabel(label, { exact: true }).fill(text);
    const sent = tab.evaluate(() => new Promise((done) => document.addEventListener('podskazka:sent', () => done(true))));
    await tab.getByRole('button', { name: 'Записаться' }).click();
    assert.equal(await sent, true);
    assert.equal(await errors.count(), 0);
    assert.deepEqual([tab.faults, await tab.evaluate(() => window.violations)], [[], []]);
    await context.close();
  }
  console.log('  server: the guide, its answer beside the fields of a page, with a schema and without');
} finally {
  await chromium.close();
  await server.stop();
  node.kill();
}
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
