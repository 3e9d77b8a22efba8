// The pages about privacy name all that the widget keeps, in both languages, and promise no more than it does.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

const PAGES = ['ru', 'en'].map((it) => [it, readFileSync(`www/docs/${it}/privacy.md`, 'utf8')]);
/** Names of elements, which keep nothing. */
const TAGS = ['podskazka-help', 'podskazka-panel'];

/** Names under which the sources keep something: in the storages of the browser, or as a base. */
function names() {
  const sources = ['widget', 'www/loader'].flatMap((root) => readdirSync(root, { recursive: true }).map((it) => join(root, it)));
  const texts = sources.filter((it) => /\.(ts|js|rs)$/.test(it)).map((it) => readFileSync(it, 'utf8'));
  const found = new Set(texts.flatMap((text) => [...text.matchAll(/["'`](podskazka[.-][a-z]+\.?)["'`]/g)].map(([, name]) => name)));
  return [...found].filter((it) => !TAGS.includes(it));
}

test('all that is kept stands in the table, under its name', () => {
  assert.ok(names().includes('podskazka.asked') && names().includes('podskazka.schema.') && names().length > 12, `${names()}`);
  for (const [language, text] of PAGES) {
    const [, table] = text.match(/\n## (?:Что сохраняет браузер|What the browser keeps)\n(.*?)\n## /s);
    for (const name of names()) assert.ok(table.includes(`\`${name.endsWith('.') ? `${name}…` : name}\``), `${language}: ${name}`);
  }
});

test('what an untouched page asks for by itself is named, and both languages say as much', () => {
  for (const [language, text] of PAGES) {
    const [, sent] = text.match(/\n## (?:Что уходит без обращения|What goes without a letter)\n(.*?)\n## /s);
    for (const word of ['GET /v1/tickets/PS-…', 'data-schema', 'data-errors', 'GET /v1/config']) assert.ok(sent.includes(word), `${language}: ${word}`);
  }
  const [ru, en] = PAGES.map(([, text]) => text.split('\n').map((it) => it.match(/^(?:- |\||#+)/)?.[0] ?? '').filter(Boolean));
  assert.deepEqual(en, ru);
});
