// «Five minutes with Vite» as the guide has it: its blocks in an empty project, the development server, a browser.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { browser, freePort, guided, open, scratch, tried } from '../hosts/lib.mjs';

const guide = readFileSync('docs/guides/embedding.md', 'utf8').split('## Five minutes with Vite')[1].split(/^## /m)[0];
const block = (language) => guide.match(new RegExp('```' + language + '\\n(.*?)```', 's'))[1];

const work = scratch('vite');
mkdirSync(join(work, 'src'));
// `npm create vite` writes these two, and the last command of the guide the third.
writeFileSync(
  join(work, 'index.html'),
  `<!doctype html>\n<html lang="ru">\n<head><meta charset="utf-8"><title>Портал</title></head>\n<body>\n${block('html')}<script type="module" src="/src/main.ts"></script>\n</body>\n</html>\n`,
);
writeFileSync(join(work, 'src/main.ts'), block('ts'));
const [program, ...args] = block('').trim().split('\n').at(-1).split(' ');
assert.equal(program, 'node');
const copy = () => execFileSync(process.execPath, args, { cwd: work, encoding: 'utf8' });
const files = join(work, 'public/podskazka');
const at = (name) => join(files, name);
copy();
const [fresh, articles] = [readdirSync(files), readFileSync(at('faq.pdk'))];
assert.ok(fresh.includes('js') && fresh.includes('raster.html'));
// What an earlier version has left goes; what is the portal's own stays.
writeFileSync(at('digests.js'), readFileSync(at('digests.js'), 'utf8').replace('{', '{"gone.js":"sha384-","../kept.js":"sha384-",'));
for (const name of ['gone.js', 'contacts.json', 'texts.tt.txt', '../kept.js', 'faq.pdk']) writeFileSync(at(name), '{}');
assert.match(copy(), /faq\.pdk there is your own and stays/);
assert.deepEqual(readdirSync(files), [...fresh, 'contacts.json', 'texts.tt.txt'].sort());
assert.ok(existsSync(at('../kept.js')), 'nothing outside the folder goes');
assert.equal(readFileSync(at('faq.pdk'), 'utf8'), '{}');
// Articles of an earlier version are not the portal's own.
writeFileSync(at('faq.pdk'), articles);
assert.doesNotMatch(copy(), /your own/);
assert.deepEqual(readFileSync(at('faq.pdk')), articles);
assert.throws(() => execFileSync(process.execPath, args.slice(0, 1), { cwd: work, stdio: 'pipe' }), /name a folder/);

// The server, as the guide sets it up, but for the ports: another program may have them.
const [port, backend] = [await freePort(), await freePort()];
const told = [...guide.matchAll(/^podskazka-server (.*)$/gm)].map((it) => it[1]);
assert.deepEqual(told.map((it) => it.split(' ')[0]), ['init', '--config']);
const server = resolve('target/debug/podskazka-server');
const words = (line) => line.match(/"[^"]*"|\S+/g).map((it) => it.replaceAll('"', ''));
execFileSync(server, words(told[0].replace('http://localhost:5173', `http://127.0.0.1:${port}`)), { cwd: work, encoding: 'utf8' });
const settings = readFileSync(join(work, 'podskazka-server.toml'), 'utf8');
const key = settings.match(/^key = "(\S+)"$/m)[1];
writeFileSync(join(work, 'src/main.ts'), block('ts').replace('KEY', key));
const config = guide.match(/```ts\n(\/\/ vite\.config\.ts\n.*?)```/s)[1];
assert.ok(config.includes('http://127.0.0.1:8080'));
assert.match(readFileSync(resolve('server/podskazka-server.example.toml'), 'utf8'), /listen = "127\.0\.0\.1:8080"/, 'where a server listens that is told nothing');
writeFileSync(join(work, 'vite.config.ts'), config.replace('8080', `${backend}`));
const help = spawn(server, [...words(told[1]), '--listen', `127.0.0.1:${backend}`], { cwd: work, stdio: 'ignore' });
const vite = spawn(join(tried, 'node_modules/.bin/vite'), ['--host', '127.0.0.1', '--port', `${port}`, '--strictPort'], { cwd: work });
let said = '';
vite.stdout.on('data', (chunk) => (said += chunk));
vite.stderr.on('data', (chunk) => (said += chunk));
const chromium = await browser();
try {
  await new Promise((done, failed) => {
    vite.once('exit', () => failed(new Error(`vite has ended:\n${said}`)));
    setTimeout(() => failed(new Error(`vite is not up within a minute:\n${said}`)), 60_000).unref();
    // It may have said so before anybody listened here.
    const look = () => said.includes(`${port}`) && done();
    vite.stdout.on('data', look);
    look();
  });
  const page = await open(await chromium.newContext({ locale: 'ru-RU' }));
  await page.goto(`http://127.0.0.1:${port}/`);
  const dialog = await guided(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('.pdk-launcher').click();
  await dialog.waitFor();
  // A letter: through the development server to the one that `init` has set up for its origin.
  await page.evaluate(() => window.Podskazka.open('ticket'));
  await dialog.getByLabel(/Фамилия/).fill('Иванова Анна Петровна');
  await dialog.getByLabel(/Телефон или почта/).fill('anna@example.ru');
  await dialog.getByLabel('Что случилось').fill('Не проходит запись.');
  const topic = dialog.getByRole('combobox').first();
  if (!(await topic.inputValue())) await topic.selectOption({ index: 1 });
  await dialog.getByText('Готовим снимок страницы…').waitFor({ state: 'hidden' });
  await dialog.getByRole('button', { name: 'Отправить' }).click();
  await page.waitForFunction(() => window.told.some(([name]) => name === 'submitted'));
  assert.ok(page.requested.includes('POST /v1/tickets'));
  assert.deepEqual([page.faults, await page.evaluate(() => window.told.filter(([name]) => name === 'error'))], [[], []]);
  console.log('  vite: the guide, step by step, on the development server, with a letter through it');
} finally {
  await chromium.close();
  vite.removeAllListeners('exit');
  vite.kill();
  help.kill();
}
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
