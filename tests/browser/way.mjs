// The whole way in Chromium: a wrong digit, its explanation, the article, the ticket with its picture, the status after a reload.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';

const require = createRequire(join(resolve(process.env.NPM), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const policy = process.env.POLICY ?? 'wasm';
const shots = process.env.SHOTS;
// Artificial values, one canary a kind: none of them may leave the page.
const CANARIES = { inn: '7707083894', passport: '4599 123987', date: '31.02.2020' };

const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const origin = `http://127.0.0.1:${port}`;
const data = mkdtempSync(join(tmpdir(), 'podskazka-'));
let log = '';
const start = () => {
  const args = ['--data-dir', data, '--www', 'dist', '--listen', `127.0.0.1:${port}`];
  const child = spawn('target/debug/podskazka-server', args, { env: { ...process.env, PODSKAZKA_CSP: policy } });
  child.stdout.on('data', (chunk) => (log += chunk));
  child.stderr.on('data', (chunk) => (log += chunk));
  return child;
};
const ready = async () => {
  for (let tries = 0; tries < 200; tries++) {
    if (await fetch(`${origin}/readyz`).then((r) => r.ok, () => false)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the server did not start:\n${log}`);
};
let server = start();
await ready();

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU' });
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
    document.addEventListener('podskazka:ready', (e) => (window.readyDetail = e.detail));
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  const faults = [];
  const sent = [];
  page.on('pageerror', (e) => faults.push(String(e)));
  page.on('request', (r) => sent.push({ url: r.url(), method: r.method(), headers: r.headers(), body: r.postData() ?? '' }));
  const shot = async (name) => shots && (await page.screenshot({ path: join(shots, `${policy}-${name}.png`) }));
  const audit = async (name) => {
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
    assert.deepEqual(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`), [], `axe: ${name}`);
  };

  await page.goto(`${origin}/tax-registration.html`);
  await page.waitForFunction(() => window.readyDetail);
  assert.equal(await page.evaluate(() => window.readyDetail.build), policy, 'the loader picks the build');
  const inn = page.locator('[data-podskazka="inn"]');
  await page.waitForSelector('.pdk-launcher');
  await inn.pressSequentially('7707083');
  await page.getByText('Осталось 3 цифры').waitFor();
  await inn.pressSequentially(CANARIES.inn.slice(7));
  assert.equal(await page.locator('.pdk-error').count(), 0, 'silent while typing');
  await inn.press('Tab');
  const error = page.locator('.pdk-error[data-podskazka-code="inn.checksum"]');
  await error.waitFor();
  assert.equal(await inn.getAttribute('aria-invalid'), 'true');
  await audit('page with an error');
  await shot('error');

  await page.setViewportSize({ width: 320, height: 700 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), 'no horizontal scroll at 320 px');
  await shot('error-320');
  await page.setViewportSize({ width: 1280, height: 900 });

  await page.locator('input[name*="passport"]').first().fill(CANARIES.passport);
  await page.locator('[data-podskazka="date"]').first().fill(CANARIES.date);
  await error.getByRole('button', { name: 'Почему?' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('heading', { name: /ИНН/ }).first().waitFor();
  await audit('panel with an article');
  await shot('article');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await error.getByRole('button', { name: 'Почему?' }).press('Enter');

  await dialog.getByRole('button', { name: 'Написать в поддержку' }).first().click();
  await dialog.getByLabel(/Фамилия/).fill('Иванова Анна Петровна');
  await dialog.getByLabel(/Телефон или почта/).fill('anna@example.ru');
  await dialog.getByLabel("Что случилось").fill('Ввожу ИНН с карточки, а форма просит проверить цифры.');
  await dialog.getByText('Что мы отправим').first().waitFor();
  await dialog.getByText('9999999999').first().waitFor();
  await audit('ticket form');
  await shot('ticket');
  await context.setOffline(true);
  await dialog.getByRole('button', { name: 'Отправить' }).click();
  await dialog.getByText(/Ждёт сети|ждёт сети/).first().waitFor();
  await shot('waiting');
  await context.setOffline(false);
  const numberText = dialog.getByText(/PS-[0-9A-Z]{8}-[0-9A-Z]/).first();
  await numberText.waitFor({ timeout: 40000 });
  const number = (await numberText.textContent()).match(/PS-[0-9A-Z]{8}-[0-9A-Z]/)[0];
  await shot('sent');

  server.kill('SIGKILL');
  await new Promise((done) => server.once('exit', done));
  server = start();
  await ready();
  await page.reload();
  await page.locator('.pdk-launcher').click();
  await dialog.getByText(number).first().waitFor();
  await shot('status');

  const creates = sent.filter((r) => r.method === 'POST' && r.url.endsWith('/v1/tickets'));
  const create = creates.at(-1);
  const replay = await fetch(create.url, {
    method: 'POST',
    body: create.body,
    headers: { 'content-type': 'application/json', 'idempotency-key': create.headers['idempotency-key'], 'x-site-key': 'demo' },
  });
  assert.equal(replay.status, 201);
  assert.equal((await replay.json()).number, number, 'the same key returns the same ticket');
  assert.equal(readdirSync(join(data, 'files')).length, 1, 'one picture is stored');

  const everything = JSON.stringify(sent) + log;
  for (const [kind, canary] of Object.entries(CANARIES)) {
    assert.ok(!everything.includes(canary), `the typed ${kind} stays on the page`);
  }
  assert.ok(!log.includes('anna@example.ru') && !log.includes('Иванова'), 'nothing personal in the log');
  // Where the policy forbids WebAssembly, the loader's own try at it is the one report (docs/DESIGN.md).
  const probe = policy === 'js' ? ['script-src wasm-eval'] : [];
  assert.deepEqual(await page.evaluate(() => window.violations), probe, 'no policy violation');
  assert.deepEqual(faults, [], 'no page error');
  console.log(`  way (${policy} build): ${number}`);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  rmSync(data, { recursive: true, force: true });
}
