// «Five minutes with Vite» as the guide has it: its blocks in an empty project, the development server, a browser.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser, freePort, open, scratch, tried } from '../hosts/lib.mjs';

const guide = readFileSync('docs/guides/embedding.md', 'utf8').split('## Five minutes with Vite')[1].split(/^## /m)[0];
const block = (language) => guide.match(new RegExp('```' + language + '\\n(.*?)```', 's'))[1];

const work = scratch('vite');
const installed = join(work, 'node_modules/podskazka');
mkdirSync(join(work, 'src'));
// `npm create vite` writes these two, and `cp` of the guide the third.
writeFileSync(
  join(work, 'index.html'),
  `<!doctype html>\n<html lang="ru">\n<head><meta charset="utf-8"><title>Портал</title></head>\n<body>\n${block('html')}<script type="module" src="/src/main.ts"></script>\n</body>\n</html>\n`,
);
writeFileSync(join(work, 'src/main.ts'), block('ts'));
const { folder } = JSON.parse(readFileSync(join(installed, 'integrity.json'), 'utf8'));
cpSync(join(installed, folder), join(work, 'public/podskazka'), { recursive: true });

const port = await freePort();
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
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  await page.locator('.pdk-error .pdk-fix').first().waitFor();
  await page.getByRole('button', { name: 'Почему?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: /ИНН/ }).first().waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('.pdk-launcher').click();
  await dialog.waitFor();
  assert.deepEqual([page.faults, await page.evaluate(() => window.told.filter(([name]) => name === 'error'))], [[], []]);
  console.log('  vite: the guide, step by step, on the development server');
} finally {
  await chromium.close();
  vite.removeAllListeners('exit');
  vite.kill();
}
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
