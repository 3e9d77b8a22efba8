// «Five minutes» as a developer does it: an empty page, the blocks of the guide pasted in their order, and it works.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { POLICY, launch, openPage } from '../../browser/lib/chromium.mjs';
import { startServer } from '../../browser/lib/server.mjs';
import { blocks } from '../lib/blocks.mjs';

const browser = await launch();
const www = mkdtempSync(join(tmpdir(), 'podskazka-start-'));
cpSync('dist/podskazka', join(www, 'podskazka'), { recursive: true });
cpSync('dist/podskazka', join(www, 'local/podskazka'), { recursive: true });
const server = await startServer({ policy: POLICY, www });
test.after(async () => {
  await browser.close();
  await server.stop();
  rmSync(www, { recursive: true });
});

const guide = blocks().filter((it) => it.file === 'docs/guides/embedding.md');
const html = guide.filter((it) => it.kind === 'html').map((it) => it.code);
const the = (pattern) => {
  const found = html.filter((it) => pattern.test(it));
  assert.equal(found.length, 1, `one block with ${pattern}`);
  return found[0];
};
const digest = (kind) => createHash(kind).update(readFileSync('dist/podskazka/podskazka.js')).digest('base64');

/** What a developer fills in: the digest from `integrity.json`, the address of their own server. */
const filled = (code) => code.replace(/(sha\d+)-…/, (_, kind) => `${kind}-${digest(kind)}`).replaceAll('https://help.example.ru/', '/');
const page = (...parts) => `<!doctype html>\n<html lang="ru"><head><meta charset="utf-8"><title>Моя страница</title></head>\n<body>\n${parts.map(filled).join('\n')}\n</body></html>\n`;

async function open(name, ...parts) {
  writeFileSync(join(www, `${name}.html`), page(...parts));
  const it = await openPage(browser);
  await it.goto(`${server.origin}/${name}.html`);
  return it;
}

test('a form, a tag: an error with its fix, and the panel', async () => {
  const it = await open('tag', the(/tax-registration/), the(/integrity=/));
  await it.waitForSelector('form[novalidate]');
  await it.getByLabel('ИНН').fill('7707083894');
  await it.getByLabel('СНИЛС').fill('112-233-445 96');
  await it.getByLabel('Телефон').focus();
  await it.getByText('цифры не сходятся').nth(1).waitFor();
  assert.equal(await it.locator('[aria-invalid=true]').count(), 2);
  await it.getByRole('button', { name: 'Почему?' }).first().click();
  await it.getByRole('dialog').getByRole('heading', { name: /ИНН/ }).first().waitFor();
  assert.deepEqual([(await it.seen()).violations, it.faults], [[], []]);
  await it.context().close();
});

test('calls before the script is there are made when it is', async () => {
  writeFileSync(join(www, 'calls.js'), guide.find((it) => it.kind === 'js').code);
  const it = await open('calls', '<script src="/calls.js"></script>', the(/integrity=/));
  await it.waitForFunction(() => window.Podskazka.version);
  await it.evaluate(() => window.Podskazka('open', 'ticket'));
  const contact = it.getByRole('dialog').getByLabel(/почт/i);
  await contact.waitFor();
  assert.equal(await contact.inputValue(), 'anna@example.ru');
  await it.context().close();
});

test('a module without a bundler starts the widget with its object', async () => {
  const { code } = guide.find((it) => it.kind === 'js' && it.code.includes('from "/podskazka/podskazka.js"'));
  writeFileSync(join(www, 'portal.js'), code);
  const it = await open('module', the(/tax-registration/), '<script type="module" src="/portal.js"></script>');
  await it.waitForSelector('form[novalidate]');
  await it.getByLabel('ИНН').fill('7707083894');
  await it.getByLabel('СНИЛС').focus();
  await it.getByText('цифры не сходятся').first().waitFor();
  // Under the stricter policy an object that names no build reports the trial of WebAssembly, as the guide says of a tag.
  assert.deepEqual(it.faults, []);
  await it.context().close();
});

test('an answer of the server in the form stands at its field, with no press', async () => {
  const form = blocks().find((it) => it.file === 'www/docs/ru/errors.md' && it.kind === 'html' && it.code.includes('problem+json')).code;
  const it = await open('answer', form, the(/integrity=/));
  await it.locator('.pdk-error[data-podskazka-code="site.E42"]').waitFor();
  await it.locator('.pdk-summary').getByRole('link', { name: /Такого ИНН нет в реестре/ }).waitFor();
  assert.deepEqual([(await it.seen()).violations, it.faults], [[], []]);
  await it.context().close();
});

test('the element opens what it names', async () => {
  const it = await open('element', the(/<podskazka-help/));
  await it.getByRole('button', { name: 'Написать нам' }).click();
  await it.getByRole('dialog').getByText('Что мы отправим').waitFor();
  assert.equal(await it.locator('.pdk-launcher').count(), 0, 'no button in the corner');
  await it.context().close();
});

test('the tag of 1C-Bitrix loads from its own folder', async () => {
  const it = await open('bitrix', the(/tax-registration/), the(/\/local\//));
  await it.waitForSelector('form[novalidate]');
  await it.context().close();
});

test('an element with data-error-code is what help is about', async () => {
  const alert = blocks().find((it) => it.file === 'www/docs/ru/errors.md' && it.kind === 'html').code;
  const it = await open('alert', alert, the(/integrity=/));
  await it.waitForFunction(() => window.seen.events.some((event) => event.name === 'ready'));
  await it.evaluate(() => window.Podskazka.open('ticket'));
  await it.getByRole('dialog').getByText('site.E42').first().waitFor();
  await it.context().close();
});
