// A page of a portal takes everything from the help origin: its policy names that one origin, and nothing else is asked. Our looks
// are no files: no style has to be let in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { asBefore } from './leaves.mjs';
import { SITE, guided, serve } from './lib.mjs';

const POLICY = readFileSync('server/src/site.rs', 'utf8').match(/Csp::Wasm => \{\s*"(.*?)"/s)[1].replace(/\\\s+/g, '');

/** The documented policy with the help origin added where the guide says so; the page is isolated, as strict portals are. */
const policy = (help) => POLICY.replace(/(script|connect|img|frame)-src 'self'/g, `$& ${help}`).replace("style-src 'self'", "style-src 'none'");

export async function test({ page, root }) {
  let help;
  const portal = createServer((request, response) => {
    const html = readFileSync(join(root, 'index.html'), 'utf8').replace('src="podskazka/', `src="${help.origin}/podskazka/`).replace('data-site="demo"', `data-site="${SITE}"`);
    response.writeHead(request.url === '/' ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(help.origin),
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    });
    response.end(request.url === '/' ? html.replace('<script src="calls.js"></script>', '') : '');
  });
  await new Promise((done) => portal.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${portal.address().port}`;
  try {
    help = await serve(root, 'wasm', origin);
    await asBefore(page, { go: () => page.goto(origin), use: () => letter(page), log: true });
  } finally {
    await new Promise((done) => portal.close(done) || portal.closeAllConnections());
    await help?.stop();
  }
}

/** From a slip in a field to a letter with its picture. */
async function letter(page) {
  const dialog = await guided(page);
  assert.equal(await page.evaluate(() => window.Podskazka.build), 'wasm');
  await page.evaluate(() => window.Podskazka.open('ticket', { traceId: '4bf92f3577b34da6' }));
  await dialog.getByText('Номер запроса портала: 4bf92f3577b34da6').waitFor();
  await dialog.getByLabel('Приложить снимок страницы').waitFor();
  await dialog.getByLabel(/Фамилия/).fill('Иванова Анна Петровна');
  await dialog.getByLabel(/Телефон или почта/).fill('anna@example.ru');
  await dialog.getByLabel('Что случилось').fill('Не проходит возврат.');
  const sent = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/v1/tickets'));
  await dialog.getByRole('button', { name: 'Отправить' }).click();
  const body = (await sent).postDataJSON();
  assert.equal(body.snapshot.trace, '4bf92f3577b34da6');
  assert.equal(body.uploads.length, 1, 'the picture is made and taken too');
  await page.waitForFunction(() => window.told.some(([name]) => name === 'submitted'));
}
