// Every view of the panel in Chromium: by keyboard alone, at 640 and 320 CSS px, dark, without motion, docked, under axe.
// Each state of each view: gallery.mjs.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';

import { launch } from './lib/chromium.mjs';

const require = createRequire(join(resolve(process.env.NPM), 'package.json'));
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const policy = process.env.POLICY ?? 'wasm';
const shots = process.env.SHOTS;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const origin = `http://127.0.0.1:${port}`;
const data = mkdtempSync(join(tmpdir(), 'podskazka-'));
let log = '';
const server = spawn('target/debug/podskazka-server', ['--data-dir', data, '--www', 'dist', '--listen', `127.0.0.1:${port}`], {
  env: { ...process.env, PODSKAZKA_CSP: policy },
});
server.stdout.on('data', (chunk) => (log += chunk));
server.stderr.on('data', (chunk) => (log += chunk));
for (let tries = 0; ; tries++) {
  if (await fetch(`${origin}/readyz`).then((r) => r.ok, () => false)) break;
  if (tries > 200) throw new Error(`the server did not start:\n${log}`);
  await new Promise((done) => setTimeout(done, 50));
}

const browser = await launch();
const faults = [];
let audits = 0;

/** A page of the portal with its fields checked and nothing opened yet. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU', timezoneId: 'Asia/Vladivostok', ...options });
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
    document.addEventListener('podskazka:ready', () => (window.isReady = true));
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.on('pageerror', (e) => faults.push(String(e)));
  await page.goto(`${origin}/tax-registration.html`);
  await page.waitForFunction(() => window.isReady);
  await page.waitForSelector('.pdk-launcher');
  const dialog = page.getByRole('dialog');
  const name = options.name ?? 'wide';
  return {
    page,
    dialog,
    shot: async (view) => shots && (await page.screenshot({ path: join(shots, `panel-${policy}-${name}-${view}.png`) })),
    audit: async (view) => {
      // The animation of the opening would be measured as low contrast.
      await page.evaluate(() => Promise.all(document.querySelector('podskazka-panel')?.shadowRoot.getAnimations().map((it) => it.finished) ?? []));
      await page.evaluate(axe);
      const result = await page.evaluate((runOnly) => window.axe.run('podskazka-panel', { runOnly }), RULES);
      assert.deepEqual(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`), [], `axe: ${name}, ${view}`);
      audits++;
    },
    fits: async (view) => {
      const over = await page.evaluate(() => {
        const dialog = document.querySelector('podskazka-panel').shadowRoot.querySelector('dialog');
        return [dialog.scrollWidth - dialog.clientWidth, document.documentElement.scrollWidth - innerWidth];
      });
      assert.ok(over[0] <= 0 && over[1] <= 0, `no horizontal scroll: ${name}, ${view}: ${over}`);
    },
    /** What has the focus, inside the panel or on the page. */
    focus: () =>
      page.evaluate(() => {
        const inner = document.activeElement?.shadowRoot?.activeElement;
        const it = inner ?? document.activeElement;
        return { inside: !!inner, tag: it.tagName.toLowerCase(), id: it.id, text: (it.textContent ?? '').trim().slice(0, 60) };
      }),
    end: async () => {
      const probe = policy === 'js' ? (await page.evaluate(() => window.violations)).filter((it) => it === 'script-src wasm-eval') : [];
      assert.deepEqual(await page.evaluate(() => window.violations), probe, `no policy violation: ${name}`);
      await context.close();
    },
  };
}

/** Tab until the focus is on what has this text; the keyboard is the only way. */
async function tabTo(it, text, most = 60) {
  for (let steps = 0; steps < most; steps++) {
    const now = await it.focus();
    if (now.inside && now.text.startsWith(text)) return;
    await it.page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches «${text}»`);
}

const title = (it, text) => it.dialog.getByRole('heading', { level: 2, name: text }).waitFor();

try {
  // By keyboard alone through every view.
  {
    const it = await open();
    const { page, dialog } = it;
    await page.locator('.pdk-launcher').focus();
    await page.keyboard.press('Enter');
    await title(it, 'Помощь');
    await dialog.getByRole('heading', { name: 'Для этой страницы' }).waitFor();
    assert.equal((await it.focus()).id, 'pdk-search', 'the search box takes the focus');
    await it.audit('home');
    await it.shot('home');
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let steps = 0; steps < 60; steps++) {
        await page.keyboard.press(key);
        assert.ok((await it.focus()).inside, `${key} stays inside`);
      }
    }

    const cdp = await page.context().newCDPSession(page);
    const { nodes } = await cdp.send('Accessibility.getFullAXTree');
    const node = nodes.find((n) => n.role?.value === 'dialog');
    assert.equal(node?.name?.value, 'Помощь', 'the dialog is named in the accessibility tree');
    assert.ok(node.properties.some((p) => p.name === 'modal' && p.value.value), 'and modal');
    const search = nodes.find((n) => n.role?.value === 'searchbox');
    assert.equal(search?.name?.value, 'Что вы хотите узнать?');

    await dialog.locator('#pdk-search').focus();
    await page.keyboard.type('контрольная цифра инн');
    // Each letter is answered; the last one counts.
    await dialog.locator('li:first-child .card').filter({ hasText: /ИНН/ }).locator('mark').first().waitFor();
    // Once typing rests.
    await dialog.getByRole('status').getByText(/Найдено ответов: \d+/).waitFor({ state: 'attached' });
    assert.equal((await it.focus()).id, 'pdk-search', 'the focus stays in the box');
    await it.audit('found');
    await it.shot('found');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('жъэ щщщ ыыы');
    await dialog.getByText(/Ничего не нашлось|Точного ответа/).first().waitFor();
    await it.audit('nothing found');
    await it.shot('nothing');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await dialog.getByRole('heading', { name: 'Для этой страницы' }).waitFor();

    await tabTo(it, 'Телефон и часы работы');
    await page.keyboard.press('Enter');
    await title(it, 'Телефон и часы работы');
    assert.equal((await it.focus()).tag, 'h2', 'the heading takes the focus');
    await dialog.getByText(/Сейчас (открыто|закрыто)/).first().waitFor();
    await dialog.getByText(/Это пример/).waitFor();
    await it.audit('contacts');
    await it.shot('contacts');
    await tabTo(it, 'Назад');
    await page.keyboard.press('Enter');
    await title(it, 'Помощь');

    await tabTo(it, 'Мои обращения');
    await page.keyboard.press('Enter');
    await title(it, 'Мои обращения');
    await dialog.getByText('Из этого браузера обращений ещё не было.').waitFor();
    await it.audit('tickets');
    await it.shot('tickets');
    await tabTo(it, 'Написать в поддержку');
    await page.keyboard.press('Enter');
    await title(it, 'Обращение в поддержку');
    await dialog.getByText('Что мы отправим').waitFor();
    await it.audit('ticket');
    await it.shot('ticket');
    await tabTo(it, 'Отправить');
    await page.keyboard.press('Enter');
    await dialog.locator('.summary').waitFor();
    assert.ok((await it.focus()).text.startsWith('Обращение не отправлено'), 'the list of errors takes the focus');
    assert.equal(await dialog.locator('#pdk-name').getAttribute('aria-describedby'), 'pdk-name-error pdk-name-hint');
    await it.audit('ticket with errors');
    await it.shot('ticket-errors');
    await tabTo(it, 'Напишите фамилию');
    await page.keyboard.press('Enter');
    assert.equal((await it.focus()).id, 'pdk-name', 'an entry of the list leads to its control');

    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await it.focus()).text, 'Помощь', 'the focus returns to the launcher');
    // Between two views the control that had the focus is gone, and the next heading has not taken it yet.
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.evaluate(() => document.querySelector('podskazka-panel').shadowRoot.activeElement?.blur());
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await it.focus()).text, 'Помощь');
    await it.end();
  }

  // An error opens its article: steps, a vote, the field on the page.
  {
    const it = await open({ name: 'article' });
    const { page, dialog } = it;
    const inn = page.locator('[data-podskazka="inn"]');
    await inn.fill('7707083894');
    await inn.press('Tab');
    await page.getByRole('button', { name: 'Почему?' }).press('Enter');
    await dialog.getByRole('heading', { level: 2, name: /ИНН/ }).waitFor();
    assert.equal((await it.focus()).tag, 'h2');
    const step = dialog.getByRole('checkbox').first();
    await step.focus();
    await page.keyboard.press('Space');
    assert.ok(await step.isChecked());
    await dialog.getByText('Отмечено шагов: 1 из').waitFor();
    await tabTo(it, 'Не помогла');
    await page.keyboard.press('Enter');
    assert.equal((await it.focus()).text, 'Не помогла', 'the vote keeps the focus');
    const rated = page.evaluate(() => new Promise((done) => document.addEventListener('podskazka:rated', (e) => done(e.detail), { once: true })));
    await tabTo(it, 'Сделано, но не вышло');
    await page.keyboard.press('Enter');
    assert.deepEqual(await rated, { 'inn-checksum': 'failed' });
    await dialog.getByText(/Спасибо, мы учтём/).first().waitFor();
    await it.audit('article');
    await it.shot('article');
    await dialog.locator('.rate').scrollIntoViewIfNeeded();
    await it.shot('article-end');
    await tabTo(it, 'Показать поле');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal((await it.focus()).id, 'inn', 'the field has the focus');
    await page.locator('.pdk-launcher').click();
    await title(it, 'Помощь');
    await dialog.getByRole('heading', { name: 'Для этой страницы' }).waitFor();
    assert.match(await dialog.locator('.card').first().textContent(), /ИНН/, 'the article for the error comes first');
    await it.end();
  }

  // Settings, and the panel beside the page.
  {
    const it = await open({ name: 'settings' });
    const { page, dialog } = it;
    await page.locator('.pdk-launcher').click();
    await dialog.getByRole('button', { name: 'Размер текста, вид, язык' }).click();
    await title(it, 'Размер текста, вид, язык');
    assert.equal(await page.evaluate(() => localStorage.length), 0, 'nothing is kept before a change');
    await it.audit('settings');
    const size = () => dialog.evaluate((el) => parseFloat(getComputedStyle(el).fontSize));
    const before = await size();
    await page.evaluate(() => (document.documentElement.style.fontSize = '5px'));
    assert.equal(await size(), before, 'the text size does not depend on the host page');
    await dialog.getByRole('button', { name: 'Очень крупный' }).click();
    assert.equal(await size(), before * 1.5);
    await dialog.getByRole('button', { name: 'Высокая контрастность' }).click();
    await it.audit('settings, large and in high contrast');
    await it.fits('settings, large');
    await it.shot('large-contrast');
    await dialog.getByRole('button', { name: 'Рядом со страницей' }).press('Enter');
    assert.ok((await it.focus()).text.startsWith('Рядом со страницей'), 'docking keeps the focus');
    assert.equal(await dialog.evaluate((el) => el.matches(':modal')), false);
    await page.locator('[data-podskazka="inn"]').fill('7707083893');
    let left = false;
    await dialog.locator('#pdk-title').focus();
    for (let steps = 0; steps < 40 && !left; steps++) {
      await page.keyboard.press('Tab');
      left = !(await it.focus()).inside;
    }
    assert.ok(left, 'Tab leaves a docked panel');
    await it.shot('docked');
    await dialog.locator('#pdk-title').focus();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await it.end();
  }

  // 200 % and 400 % zoom are 640 and 320 CSS px; dark; no motion.
  const small = [
    { name: '640', viewport: { width: 640, height: 450 } },
    { name: '320', viewport: { width: 320, height: 640 } },
    { name: '320-dark', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
    { name: 'dark', colorScheme: 'dark' },
    { name: 'still', reducedMotion: 'reduce' },
    { name: 'forced', forcedColors: 'active' },
  ];
  for (const options of small) {
    const it = await open(options);
    const { page, dialog } = it;
    await page.locator('.pdk-launcher').click();
    await dialog.getByRole('heading', { name: 'Для этой страницы' }).waitFor();
    if (options.reducedMotion) {
      assert.equal(await dialog.evaluate((el) => getComputedStyle(el).animationName), 'none', 'nothing moves');
    }
    const look = async (view) => {
      await it.fits(view);
      await it.audit(view);
      await it.shot(view);
    };
    await look('home');
    await dialog.locator('summary').first().click();
    await it.fits('a section open');
    await dialog.locator('#pdk-search').fill('снилс не подходит');
    await dialog.locator('.card').first().waitFor();
    await look('found');
    await dialog.locator('.card').first().click();
    await dialog.locator('article').waitFor();
    await look('article');
    await dialog.getByRole('button', { name: 'Написать в поддержку' }).click();
    await dialog.getByText('Что мы отправим').waitFor();
    await dialog.getByRole('button', { name: 'Отправить' }).click();
    await dialog.locator('.summary').waitFor();
    await look('ticket');
    for (const [button, view] of [['Телефон и часы работы', 'contacts'], ['Мои обращения', 'tickets'], ['Размер текста, вид, язык', 'settings']]) {
      for (let steps = 0; steps < 5 && (await dialog.getByRole('button', { name: 'Назад' }).count()); steps++) {
        await dialog.getByRole('button', { name: 'Назад' }).click();
      }
      await dialog.locator('#pdk-search').fill('');
      await dialog.getByRole('button', { name: button }).click();
      await title(it, button);
      await look(view);
    }
    await it.end();
  }

  assert.deepEqual(faults, [], 'no page error');
  console.log(`  panel (${policy} build): ${audits} audits without a fault`);
} finally {
  await browser.close();
  server.kill('SIGTERM');
  rmSync(data, { recursive: true, force: true });
}
