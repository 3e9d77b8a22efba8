// A script tag: calls that came before it, the whole API, a letter that waits, and nothing left behind.
import assert from 'node:assert/strict';
import { traces } from './lib.mjs';

export async function test({ page, context, origin }) {
  // What the page is without us.
  await page.route('**/podskazka.js', (route) => route.abort());
  await page.goto(origin);
  const before = await traces(page);
  assert.ok(before.html.includes('podskazka.js'));
  await page.unroute('**/podskazka.js');

  page.requested.length = 0;
  await page.goto(origin);
  await page.waitForFunction(() => document.documentElement.dataset.build);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.build), 'wasm', 'a listener from the queue hears ready');
  await page.waitForFunction(() => document.querySelector('form').noValidate);
  const fresh = await traces(page);
  assert.deepEqual([fresh.storage, fresh.databases], [[], []], 'nothing is stored before the first interaction');
  const foreign = page.requested.filter((it) => !/^GET \/($|calls\.js$|favicon|podskazka\/)/.test(it));
  assert.deepEqual(foreign, [], 'no request but for our own files');
  assert.ok(!page.requested.some((it) => it.includes('panel')), 'the panel waits for its first use');

  const dialog = page.getByRole('dialog');
  await page.evaluate(() => window.Podskazka.open());
  await dialog.waitFor();
  assert.ok(await page.evaluate(() => window.told.some(([name]) => name === 'open')));
  await page.evaluate(() => window.Podskazka.toggle());
  await dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => (window.Podskazka('hide'), window.Podskazka('nonsense')));
  assert.equal(await page.locator('.pdk-launcher').isVisible(), false);
  assert.ok(await page.evaluate(() => window.told.some(([name, detail]) => name === 'error' && detail.code === 'config.command')));
  await page.evaluate(() => window.Podskazka.show());
  await page.locator('.pdk-launcher').waitFor();

  // Another language: the button at once, the fields with their words; one that is not there is named.
  const words = page.waitForResponse((r) => r.url().endsWith('words.en.txt'));
  await page.evaluate(() => window.Podskazka.setLocale('en'));
  assert.equal(await page.locator('.pdk-launcher').textContent(), 'Help');
  await words;
  await page.evaluate(() => (window.Podskazka.setLocale('xx'), window.Podskazka.setLocale('ru')));
  await page.waitForFunction(() => window.told.some(([, detail]) => detail.code === 'config.lang'));
  assert.equal(await page.locator('.pdk-launcher').textContent(), 'Помощь');

  const verdict = await page.evaluate(() => window.Podskazka.check('inn', '7707083894'));
  assert.equal(verdict.code, 'inn.checksum');
  const refused = await page.evaluate(() => window.Podskazka.check('passport-of-mars', '1').catch((e) => `${e}`));
  assert.match(refused, /^TypeError: kind: .*take one of inn/);

  // attachTo by selector works for an element that comes later, until it is called off.
  await page.evaluate(() => {
    window.off = window.Podskazka.attachTo('.later', 'ticket', { field: 'inn' });
    const button = document.createElement('button');
    button.className = 'later';
    button.textContent = 'Позже';
    document.querySelector('main').append(button);
  });
  await page.locator('.later').click();
  await dialog.getByLabel('Что случилось').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.evaluate(() => (window.off(), document.querySelector('.later').click(), document.querySelector('.later').remove()));
  assert.equal(await dialog.isVisible(), false);

  // An error of the portal's own, once it can be seen, is what the letter is about.
  await page.evaluate(() => (document.querySelector('#failure').hidden = false));
  await page.evaluate(() => {
    window.Podskazka.on('capture', (e) => e.preventDefault());
    return window.Podskazka.open('ticket');
  });
  await dialog.getByText('site.E42').waitFor();
  assert.equal(await dialog.getByLabel('Что случилось').inputValue(), 'Не проходит возврат.', 'prefill');
  await page.evaluate(() => (document.querySelector('#failure').hidden = true));

  // The page keeps the letter back, then lets it go; with no network it waits, and the next page sends it.
  await dialog.getByLabel(/Фамилия/).fill('Иванова Анна Петровна');
  await dialog.getByLabel(/Телефон или почта/).fill('anna@example.ru');
  const topic = dialog.getByRole('combobox').first();
  if (!(await topic.inputValue())) await topic.selectOption({ index: 1 });
  await dialog.getByText('Готовим снимок страницы…').waitFor({ state: 'hidden' });
  await page.evaluate(() => (window.back = window.Podskazka.on('beforesend', (e) => e.preventDefault())));
  await dialog.getByRole('button', { name: 'Отправить' }).click();
  assert.ok(!page.requested.some((it) => it.startsWith('POST')), 'a letter that the page keeps back does not go');
  await page.evaluate(() => window.back());
  // Not `setOffline`: its end would wake this page, which may send the letter before the next one is there.
  await context.route('**/v1/**', (route) => route.abort());
  await dialog.getByRole('button', { name: 'Отправить' }).click();
  await page.waitForFunction(() => window.told.some(([name]) => name === 'queued'));
  await context.unroute('**/v1/**');
  const sent = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/v1/tickets'));
  await page.goto(`${origin}/?again`);
  const body = (await sent).postDataJSON();
  assert.equal(body.text, 'Не проходит возврат. (из кабинета)', 'beforesend edits the letter');
  assert.equal(body.code, 'site.E42');
  assert.deepEqual(body.uploads, [], 'the page keeps pictures from being taken');
  await page.waitForFunction(() => window.told.some(([name]) => name === 'submitted'));
  assert.equal(await page.locator('dialog').count(), 0, 'the letter goes with no panel shown');

  // Log-out, then the end.
  assert.ok((await traces(page)).storage.length > 0);
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.deepEqual((await traces(page)).storage, []);
  await page.goto(origin);
  await page.waitForFunction(() => document.querySelector('form').noValidate && document.querySelector('.pdk-launcher'));
  await page.evaluate(() => window.Podskazka.open());
  await dialog.waitFor();
  await page.locator('body').evaluate(async () => {
    window.Podskazka.destroy();
    await new Promise((done) => setTimeout(done));
    delete document.documentElement.dataset.build;
  });
  // What was being fetched at the end goes when it has come.
  await page.waitForFunction(() => !document.querySelector('podskazka-panel,link[rel=modulepreload]'));
  const after = await traces(page);
  assert.deepEqual(after.databases, [], 'the log-out has left no base');
  assert.deepEqual({ ...after, html: '' }, { ...before, html: '' }, 'what a page holds is as before');
  assert.equal(after.html, before.html, 'the page is byte for byte as before');
}
