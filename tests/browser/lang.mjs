// A language of the site's own: one file of texts, in every part of the widget, Russian where a line is missing.
// TEXTS=write writes pkg-templates/texts.ru.txt anew.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { POLICY, assertClean, openPage, ready, shot } from './lib/chromium.mjs';
import { dialogOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
const FOLDER = 'dist/podskazka';
const TEMPLATE = 'pkg-templates/texts.ru.txt';
const HEAD = `# Все предложения виджета на русском. Для своего языка скопируйте файл, переведите то, что справа от знака «=», положите рядом с
# файлами виджета под именем texts.tt.txt (у вас свой тег языка) и напишите в теге data-lang="tt". Чего в файле нет, то виджет говорит
# по-русски. Строка [название] начинает часть виджета, # начинает пояснение.
#
# {n}, {label}, {expected} и другие слова в фигурных скобках заменит виджет, {n|цифра|цифры|цифр} выберет слово по числу: для 1, для 2,
# для 5. «@inn» — «то же, что у inn». Знак | делит строку на части, {} — место для имени или числа.
#
# English: copy this file, translate what stands to the right of the sign "=", and put it beside the files of the widget.
`;

/** Lines of a part of words, with whole keys: src/messages.rs. */
function lines(text) {
  let above = '';
  return text.split('\n').flatMap((line) => {
    const [, key, sentence] = /^([^#\s=][^\s=]*|\.[^\s=]+)\s*=\s?(.*)$/.exec(line) ?? [];
    if (!key) return [];
    const whole = key.startsWith('.') ? above + key : key;
    above = whole.split('.')[0];
    return [[whole, sentence]];
  });
}
const flat = (it, path = []) => (typeof it !== 'object' ? [[path.join('.'), `${it}`]] : Object.entries(it).flatMap(([key, value]) => flat(value, [...path, key])));
/** What the site says of itself, and who has read its articles. */
const SITE = [...flat(JSON.parse(readFileSync(`${FOLDER}/contacts.json`, 'utf8'))).map(([, text]) => text), 'Служба поддержки учебного портала'];

/** Everything that the widget says, by parts: files of words and tables of scripts. */
async function everything(page) {
  const names = readdirSync(FOLDER);
  const files = names.filter((it) => it.endsWith('.ru.txt')).map((it) => [it.replace('.ru.txt', ''), lines(readFileSync(`${FOLDER}/${it}`, 'utf8'))]);
  const scripts = names.filter((it) => it.endsWith('.js') && /as WORDS\b|\bWORDS\}/.test(readFileSync(`${FOLDER}/${it}`, 'utf8')));
  const tables = await page.evaluate((names) => Promise.all(names.map(async (it) => (await import(`/podskazka/${it}`)).WORDS.ru)), scripts);
  const [, name, offline] = /ru: \["(.*)", "(.*)"\]/.exec(readFileSync('www/loader/launcher.ts', 'utf8'));
  return [['launcher', [['0', name], ['1', offline]]], ...files, ...scripts.map((it, at) => [it, flat(tables[at])])];
}
const written = (parts) => `${HEAD}${parts.map(([part, of]) => `\n[${part}]\n${of.map(([key, text]) => `${key} = ${text}\n`).join('')}`).join('')}`;

/** Georgian letters for Russian ones: a Cyrillic letter on the page is a sentence that was left out. */
const said = (text) => text.replace(/[а-яё]/gi, (it) => String.fromCharCode(0x10d0 + (it.toLowerCase().charCodeAt(0) % 33)));

/** The demo's page with other attributes; it comes without a policy, so the build is named. */
function hosted(attributes) {
  const body = readFileSync('dist/tax-registration.html', 'utf8').replace('data-lang="ru"', `${attributes} data-build="${POLICY}"`);
  assert.ok(body.includes(attributes));
  return { headers: {}, body };
}

test('the template of the package has every sentence of the widget', async () => {
  const page = await openPage(browser);
  await ready(page, `${server.origin}/tax-registration.html`);
  const parts = await everything(page);
  const text = written(parts);
  if (process.env.TEXTS === 'write') writeFileSync(TEMPLATE, text);
  assert.equal(readFileSync(TEMPLATE, 'utf8'), text, 'TEXTS=write node --test tests/browser/lang.mjs writes it');
  assert.ok(parts.flatMap(([, of]) => of).length > 600, 'all parts are there');
  await page.context().close();
});

/** What a person reads or hears of ours with Cyrillic letters in it: of the page's own nodes those of the class `pdk-…`, and the panel. */
const russian = (page) =>
  page.evaluate((site) => {
    const labels = [...site, ...[...document.querySelectorAll('form label, form legend, h1, option')].map((it) => it.textContent)].map((it) => it.replace(/\s+/g, ' ').trim()).filter((it) => it.length > 1);
    const seen = (it) => !!it.getClientRects?.().length;
    const own = (text) => labels.sort((a, b) => b.length - a.length).reduce((left, it) => left.replaceAll(it.replace(/[:*]\s*$/, ''), ''), text.replace(/\s+/g, ' '));
    const found = new Set();
    const look = (root) => {
      for (const it of [root, ...root.querySelectorAll('*')]) {
        // Articles are in their own language, the names of languages in theirs.
        if (it.closest?.('[lang="ru"],[lang="en"]') || it.closest?.('style')) continue;
        const texts = [...it.childNodes].filter((node) => node.nodeType === 3 && (seen(it) || it.localName === 'option' || it.matches?.('.pdk-hidden,[role=status],[aria-live]'))).map((node) => node.data);
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(it.getAttribute?.(name) ?? '');
        for (const text of texts) if (/[а-яё]/i.test(own(text))) found.add(`${it.localName}.${it.className} ${own(text).trim()}`);
      }
    };
    for (const it of document.querySelectorAll('[class^="pdk-"]')) look(it);
    const panel = document.querySelector('podskazka-panel');
    if (panel) look(panel.shadowRoot);
    return [...found];
  }, SITE);

test('a language of the site is spoken by every part, beside fields and in the panel', async () => {
  const parts = readFileSync(TEMPLATE, 'utf8').split('\n').map((line) => (/^[#[]/.test(line) ? line : said(line))).join('\n');
  server.pages['/podskazka/texts.tt.txt'] = { headers: { 'content-type': 'text/plain; charset=utf-8' }, body: parts };
  server.pages['/own.html'] = hosted('data-lang="tt"');
  const page = await openPage(browser);
  await ready(page, `${server.origin}/own.html`);
  await page.waitForFunction((name) => document.querySelector('.pdk-launcher')?.textContent === name, said('Помощь'));
  const inn = page.locator('[name=inn]');
  await inn.pressSequentially('77070838', { delay: 5 });
  await page.locator('.pdk-hint').first().waitFor();
  assert.deepEqual(await russian(page), [], 'a hint');
  await inn.pressSequentially('94');
  await page.locator('form button:not([type=button])').last().click();
  await page.locator('.pdk-summary').waitFor();
  await shot(page, 'lang-form');
  assert.deepEqual(await russian(page), [], 'errors and their list');
  assert.equal(await page.locator('.pdk-summary').getAttribute('lang'), 'tt');

  const dialog = dialogOf(page);
  for (const view of ['help', 'settings', 'contacts', 'access', 'tickets', 'ticket', 'article']) {
    await page.evaluate((view) => window.Podskazka.open(view, view === 'article' ? { code: 'inn.checksum', field: 'inn' } : {}), view);
    await dialog.getByRole('heading', { level: 2 }).waitFor();
    await page.waitForTimeout(view === 'access' ? 5000 : 1000);
    await shot(page, `lang-${view}`);
    assert.deepEqual(await russian(page), [], view);
    await page.keyboard.press('Escape');
  }
  assert.ok(!page.lines.some((it) => /no such line/.test(it)), `${page.lines}`);
  await assertClean(page);
  await page.context().close();
});

test('what the file lacks is said in Russian; a line that nothing asks for is named; its address may be given', async () => {
  const body = '# ours\n[launcher]\n0 = Ярдәм\nnot = да\n[panel]\nfound_count = Табылды:\n[words]\n*.checksum = Цифралар туры килми.\n';
  server.pages['/help/tatar'] = { headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
  server.pages['/lack.html'] = hosted('data-lang="tt" data-texts="/help/tatar"');
  const page = await openPage(browser);
  await ready(page, `${server.origin}/lack.html`);
  const name = (it) => page.waitForFunction((it) => document.querySelector('.pdk-launcher')?.textContent === it, it);
  await name('Ярдәм');
  const inn = page.locator('[name=inn]');
  await inn.fill('7707083894');
  await inn.blur();
  await page.getByText('Цифралар туры килми.').first().waitFor();
  // The blank before the number is there, though the file has lost it.
  await page.evaluate(() => window.Podskazka.open());
  await dialogOf(page).getByRole('searchbox').fill('инн');
  await dialogOf(page).getByText(/^Табылды: \d+$/).waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  await inn.fill('77070838');
  await inn.blur();
  await page.getByText(/ИНН.*Осталось|ИНН.*не хватает|ИНН.*цифр/).first().waitFor();
  assert.ok(page.lines.some((it) => /\[launcher\]: no such lines: not/.test(it)), `${page.lines}`);
  // To ours and back.
  await page.evaluate(() => window.Podskazka.setLocale('en'));
  await name('Help');
  await page.evaluate(() => window.Podskazka.setLocale('tt'));
  await name('Ярдәм');
  await assertClean(page);
  await page.context().close();
});

test('a language without a file, or a file that is none, is told with the way out, and the last language stays', async () => {
  server.pages['/podskazka/texts.de.txt'] = { headers: { 'content-type': 'text/plain' }, body: '<!doctype html><p>404' };
  server.pages['/none.html'] = hosted('data-lang="xx"');
  const page = await openPage(browser);
  const told = (what) => page.waitForFunction((what) => window.seen.events.some((it) => it.name === 'error' && it.detail.includes('config.lang') && it.detail.includes(what)), what);
  await ready(page, `${server.origin}/none.html`);
  await told('texts.xx.txt');
  await page.evaluate(() => window.Podskazka.setLocale('de'));
  await told('no [launcher]');
  await page.evaluate(() => window.Podskazka.setLocale('not a tag'));
  await told('not a tag');
  assert.equal(await page.locator('.pdk-launcher').textContent(), 'Помощь');
  await assertClean(page);
  await page.context().close();
});
