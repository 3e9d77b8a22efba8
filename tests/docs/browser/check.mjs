// The page `/check`: its verdicts are those of the browser, and a developer gets along on it by keyboard.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { parse } from '../../../www/portal/check/paste.js';
import { judge } from '../../../www/portal/check/policy.js';
import { POLICY, audit, focused, launch, openPage, shot } from '../../browser/lib/chromium.mjs';
import { tabTo } from '../../browser/lib/keyboard.mjs';
import { startServer } from '../../browser/lib/server.mjs';

const browser = await launch();
/** The server has an article of its own: a drawing that is among our files, and one that it alone has. */
const content = mkdtempSync(join(tmpdir(), 'podskazka-check-'));
cpSync('www/content', content, { recursive: true });
mkdirSync(join(content, 'faq'), { recursive: true });
const articles = mkdtempSync(join(tmpdir(), 'podskazka-articles-'));
const text = readFileSync('www/faq/account-number.md', 'utf8').replace(/\[([^\]]*)\]\(faq:[^)]*\)/g, '$1');
assert.ok(text.includes('](requisites.svg)'));
writeFileSync(join(articles, 'account-number.md'), `${text}\n![Чек](receipt.svg)\n`);
execFileSync('target/debug/podskazka', ['faq', 'build', articles, join(content, 'faq/faq.pdk')]);
writeFileSync(join(content, 'faq/receipt.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>');
const server = await startServer({ policy: POLICY, content });
test.after(async () => {
  await browser.close();
  await server.stop();
  for (const folder of [content, articles]) rmSync(folder, { recursive: true });
});

/** The site with another policy, its pages told the build as a portal tells it; `own` are attributes of the tag. */
async function under(policy, { build, own }) {
  const site = createServer((question, answer) => {
    const headers = { ...question.headers, 'accept-encoding': 'identity' };
    const on = request(server.origin + question.url, { method: question.method, headers }, async (from) => {
      // The page of the picture keeps the policy that it comes with.
      if (question.url.endsWith('/raster.html')) return answer.writeHead(from.statusCode, from.headers) && from.pipe(answer);
      delete from.headers['content-security-policy'];
      delete from.headers['content-length'];
      if (!/html/.test(from.headers['content-type'])) return answer.writeHead(from.statusCode, from.headers) && from.pipe(answer);
      const chunks = [];
      for await (const chunk of from) chunks.push(chunk);
      const tag = ` data-build="${build}" ${own} data-site=`;
      const page = Buffer.concat(chunks).toString().replace(/( data-build="js")? data-site=/, tag);
      answer.writeHead(from.statusCode, { ...from.headers, 'content-security-policy': typeof policy === 'function' ? policy() : policy }).end(page);
    });
    on.on('error', () => answer.destroy());
    question.pipe(on);
  });
  await new Promise((done) => site.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${site.address().port}`, close: () => (site.close(), site.closeAllConnections()) };
}

async function clean(page) {
  assert.deepEqual([(await page.seen()).violations, page.faults], [[], []], 'violations of the policy and faults of the page');
}

const digest = `sha384-${createHash('sha384').update(readFileSync('dist/podskazka/podskazka.js')).digest('base64')}`;

/** Policies of portals, and attributes that the widget's tag gets for them. */
const POLICIES = [
  ["default-src 'self'"],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'"],
  ["default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'"],
  ["default-src 'self'; connect-src https://counter.example.ru"],
  ["default-src 'self'; script-src https://counter.example.ru"],
  ["default-src 'self'; script-src 'nonce-abc'", 'nonce="abc"'],
  ["default-src 'self'; script-src 'strict-dynamic' 'nonce-abc'", 'nonce="abc"'],
  ["default-src 'self'; script-src 'strict-dynamic' 'nonce-abc'; script-src-elem 'self'"],
  ["default-src 'self'; script-src 'self' 'strict-dynamic'"],
  [`default-src 'self'; script-src 'strict-dynamic' '${digest}'`, `integrity="${digest}"`],
  ["default-src 'self', script-src 'none'"],
  ["default-src http:; script-src http: 'unsafe-eval'"],
  ["default-src 'self'; script-src 'self' 'unsafe-eval'"],
  ["default-src 127.0.0.1:*"],
  ["img-src 'self'"],
];

test('a verdict is what the browser does', async (t) => {
  for (const [policy, own = ''] of POLICIES) {
    await t.test(policy, async () => {
      const site = await under(policy, { build: POLICY, own });
      const page = await openPage(browser);
      try {
        const given = { page: site.origin, files: '/podskazka/', server: '/', build: POLICY };
        const { rows } = judge(parse(policy), given);
        const lacking = rows.filter((it) => it.state === 'lack' && ['script', 'wasm', 'files'].includes(it.id)).map((it) => it.id);
        await page.goto(`${site.origin}/refund.html`);
        await page.evaluate(() => document.readyState === 'complete' || new Promise((done) => addEventListener('load', done)));
        // Works: the form is bound. Does not: the policy has been violated, or the widget has said what it could not load.
        const works = await page
          .waitForFunction(() => {
            if (document.querySelector('form').noValidate) return 'works';
            const told = window.seen.events.some((it) => it.name === 'error');
            return told || window.seen.violations.length ? 'fails' : '';
          })
          .then((it) => it.jsonValue());
        assert.equal(works, lacking.length ? 'fails' : 'works', `the page said: ${lacking.join(', ') || 'nothing is lacking'}; Chromium: ${JSON.stringify(await page.seen())}`);
        if (works === 'works') assert.deepEqual((await page.seen()).violations, []);
      } finally {
        await page.context().close();
        site.close();
      }
    });
  }
});

const LET = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
/** Policies that let the forms work, and what else a person may come to: drawings of articles, the picture of a letter, the server. `SERVER` is another origin, `SITE` the host of the page. */
const LATER = [
  [`${LET}; img-src 'self'; connect-src 'self'; frame-src 'self'`],
  [`${LET}; img-src 'self'; connect-src 'self'; child-src 'self'`],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"],
  [`${LET}; connect-src 'self'`],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src https://counter.example.ru"],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; frame-src https://counter.example.ru"],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; child-src 'none'"],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; frame-src 'self'; child-src 'none'"],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src SITE/podskazka/"],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'", 'SERVER'],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' SERVER", 'SERVER'],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' SERVER/podskazka/", 'SERVER'],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' SERVER; img-src 'self' SERVER", 'SERVER'],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' SERVER; img-src SERVER", 'SERVER'],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src SITE/podskazka/"],
];

test('so are those about the drawings of an article, the picture of a letter and the server', async (t) => {
  for (const [written, endpoint] of LATER) {
    await t.test(written, async () => {
      let policy;
      const own = endpoint ? `data-endpoint="${server.origin}"` : '';
      const site = await under(() => policy, { build: POLICY, own });
      policy = written.replaceAll('SERVER', server.origin).replaceAll('SITE', new URL(site.origin).host);
      const page = await openPage(browser);
      try {
        const given = { page: site.origin, files: '/podskazka/', server: endpoint ? server.origin : '/', build: POLICY };
        const lacking = judge(parse(policy), given).rows.filter((it) => it.state !== 'ok' && it.id !== 'trusted').map((it) => it.id);
        await page.goto(`${site.origin}/refund.html`);
        await page.waitForFunction(() => document.querySelector('form').noValidate);
        // The portal has a logo of its own.
        const violated = async () => (await page.seen()).violations.filter((it) => !it.endsWith('/logo.svg'));
        assert.deepEqual(await violated(), [], 'the forms work');
        const before = server.sent.length;
        await page.evaluate(() => window.Podskazka.openArticle('account-number'));
        const dialog = page.getByRole('dialog');
        const drawing = dialog.locator('article img, img').first();
        await drawing.waitFor({ state: 'attached' });
        await drawing.scrollIntoViewIfNeeded().catch(() => {});
        const drawn = (it) => it.evaluate((it) => it.decode().then(() => it.naturalWidth > 0, () => false));
        const image = await drawn(drawing);
        // The article of the server, where the page reaches it; else what the policy makes of the address.
        const host = new URL(given.server, site.origin).host;
        const asks = (path) => server.sent.slice(before).some((it) => it.url.startsWith(path) && it.headers.host === host);
        const reached = asks('/v1/config') || asks('/v1/faq/');
        const own = dialog.getByRole('img', { name: 'Чек' });
        if (reached) await own.scrollIntoViewIfNeeded().catch(() => {});
        const address = `${new URL(given.server, site.origin).origin}/v1/faq/receipt.svg`;
        const pictures = reached ? await drawn(own) : await page.evaluate((src) => new Promise((done) => Object.assign(new Image(), { src, onload: () => done(true), onerror: () => done(false) })), address);
        await page.evaluate(() => window.Podskazka.open('ticket'));
        await dialog.getByLabel('Что случилось').waitFor();
        await dialog.getByRole('status').getByText(/Готовим снимок/).waitFor({ state: 'hidden' });
        await dialog.getByRole('button', { name: /снимок/i }).first().waitFor();
        const asked = server.sent.slice(before);
        const does = {
          image,
          // Where not even ours are let in, those of the server are no question yet.
          ...(image ? { pictures } : {}),
          frame: asked.some((it) => it.url.endsWith('/raster.html') && it.headers['sec-fetch-dest'] === 'iframe'),
          server: asks('/v1/config'),
        };
        const fails = Object.keys(does).filter((it) => !does[it]);
        assert.deepEqual(fails.sort(), lacking.sort(), `Chromium: ${JSON.stringify(await page.seen())}`);
        assert.equal((await violated()).length > 0, lacking.length > 0, `${await violated()}`);
      } finally {
        await page.context().close();
        site.close();
      }
    });
  }
});

test('by keyboard: paste a policy, read the answer, copy the fix', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.origin}/check`);
  await tabTo(page, 'textbox', 'Политика');
  await page.keyboard.type("default-src 'self'; connect-src 'none'; script-src 'self' 'unsafe-inline'");
  await tabTo(page, 'button', 'Проверить');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Подсказке мешает: 3' }).waitFor();
  assert.equal((await focused(page)).name, 'Подсказке мешает: 3');
  assert.match(await page.locator('#rows .lack').last().textContent(), /connect-src 'self'/);
  assert.match(await page.locator('#notes').textContent(), /'unsafe-inline'/);
  const mended = await page.getByLabel('Скопируйте её').inputValue();
  assert.equal(mended, "default-src 'self'; connect-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'");
  await audit(page);
  await shot(page, 'check');
  await page.getByLabel('Политика', { exact: true }).fill(mended);
  await page.getByRole('button', { name: 'Проверить' }).click();
  await page.getByRole('heading', { name: 'Подсказка будет работать' }).waitFor();
  assert.ok(await page.getByLabel('Скопируйте её').isHidden());
  await clean(page);
  await page.context().close();
});

test('in English: from the Russian page by its link, the same answer', async () => {
  const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(`${server.origin}/check`);
  await tabTo(page, 'link', 'English');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/check/en/');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  const pasted = page.getByLabel('Policy', { exact: true });
  const check = page.getByRole('button', { name: 'Check' });
  await check.click();
  assert.match((await focused(page)).description, /There is no policy here/);
  await pasted.fill("default-src 'self'; scrpt-src 'self'; connect-src 'none'; script-src 'self' 'unsafe-inline'; require-trusted-types-for 'script'");
  await check.click();
  await page.getByRole('heading', { name: 'What hinders the widget: 3' }).waitFor();
  assert.match(await page.locator('#rows .lack').first().textContent(), /^Blocked: start WebAssemblyWrite: script-src.*data-build="js"/);
  assert.match(await page.locator('#rows').textContent(), /Allowed: work with Trusted Types.*add: trusted-types 'none'/);
  assert.equal(await page.locator('#strange li').textContent(), 'scrpt-src — there is no such directive, probably script-src');
  assert.match(await page.locator('#notes').textContent(), /'unsafe-inline' lets any script run/);
  assert.doesNotMatch((await page.locator('main').textContent()), /[а-я]/i);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scrolling to the side');
  await audit(page);
  await page.getByLabel('Or the address').fill('/refund.html');
  await page.getByRole('button', { name: 'Read' }).click();
  await page.getByText('The policy was read').waitFor();
  await clean(page);
  await page.context().close();
});

test('a word that browsers pass over is named, with the one that was meant', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.origin}/check`);
  await page.getByLabel('Политика', { exact: true }).fill("default-src 'self'; scrpt-src 'self' 'wasm-unsafe-eval'");
  await page.getByRole('button', { name: 'Проверить' }).click();
  await page.getByRole('heading', { name: 'Браузер это пропустит' }).waitFor();
  assert.equal(await page.locator('#strange li').textContent(), 'scrpt-src — такой директивы нет, похоже, это script-src');
  await audit(page);
  await page.getByLabel('Политика', { exact: true }).fill("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
  await page.getByRole('button', { name: 'Проверить' }).click();
  await page.getByRole('heading', { name: 'Подсказка будет работать' }).waitFor();
  assert.ok(await page.locator('#strange-part').isHidden());
  await clean(page);
  await page.context().close();
});

test('several policies, one that only reports and one of a meta: each is judged as what it is', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.origin}/check`);
  const pasted = page.getByLabel('Политика', { exact: true });
  const check = page.getByRole('button', { name: 'Проверить' });
  await pasted.fill("Content-Security-Policy-Report-Only: default-src 'self'; connect-src 'none'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'");
  await check.click();
  await page.getByRole('heading', { name: 'Подсказка будет работать' }).waitFor();
  assert.match(await page.locator('#report-part').textContent(), /ничего не блокирует\. Если сделать её обязательной, вот что/);
  assert.equal(await page.locator('#report-rows .lack').count(), 2);
  assert.ok(await page.locator('#meta-part').isHidden());
  await audit(page);
  await pasted.fill(`add_header Content-Security-Policy "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; trusted-types vue" always;\n<meta http-equiv="Content-Security-Policy" content="script-src 'none'; sandbox">`);
  await check.click();
  await page.getByRole('heading', { name: 'Подсказке мешает: 2' }).waitFor();
  assert.ok(await page.locator('#report-part').isHidden());
  assert.match(await page.locator('#meta-part').textContent(), /Браузер пропускает в ней sandbox/);
  assert.match(await page.locator('#rows').textContent(), /работать с Trusted Types.*trusted-types vue/);
  await audit(page);
  await clean(page);
  await page.context().close();
});

test('the policy of a page of the same site is read from its answer', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.origin}/check`);
  await page.getByLabel('Или адрес').fill('/refund.html');
  await page.getByRole('button', { name: 'Прочитать' }).click();
  await page.getByText('Политика прочитана').waitFor();
  assert.match(await page.getByLabel('Политика', { exact: true }).inputValue(), /^Content-Security-Policy: default-src 'self'; script-src 'self'/i);
  await page.getByLabel('Или адрес').fill('https://uslugi.example.ru/');
  await page.getByRole('button', { name: 'Прочитать' }).click();
  await page.getByText('Это другой сайт').waitFor();
  await clean(page);
  await page.context().close();
});

test('what cannot be used is said at its field, and the focus goes there', async () => {
  const page = await openPage(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(`${server.origin}/check`);
  await page.getByRole('button', { name: 'Проверить' }).click();
  assert.match((await focused(page)).description, /Политики здесь нет/);
  await page.getByLabel('Политика', { exact: true }).fill("default-src 'self'");
  await page.getByLabel('Адрес вашего портала').fill('портал');
  await page.getByRole('button', { name: 'Проверить' }).click();
  assert.match((await focused(page)).description, /Это не адрес сайта. Напишите так: https:\/\/uslugi.example.ru/);
  assert.equal((await focused(page)).invalid, 'true');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scrolling to the side');
  await audit(page);
  await shot(page, 'check-320');
  await page.context().close();
});
