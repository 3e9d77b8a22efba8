// Every link of the site leads somewhere (of the repository's own texts: written.mjs), nothing is loaded from elsewhere, and both languages have the same pages.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import test from 'node:test';
import { faultOfLink } from './lib/hosts.mjs';

const ROOT = 'dist/docs';
/** The widget's own files beside the pages are no pages. */
const pages = readdirSync(ROOT, { recursive: true }).filter((it) => it.endsWith('.html') && !it.startsWith('podskazka/')).map((it) => join(ROOT, it));
const html = Object.fromEntries(pages.map((path) => [path, readFileSync(path, 'utf8')]));
const idsOf = (text) => [...text.matchAll(/\sid="([^"]+)"/g)].map((it) => it[1]);
/** The gallery's states stand in shadow trees: their ids are of no concern to the page. */
const light = (text) => text.replace(/<template shadowrootmode="open">.*?<\/template>/gs, '');
const decoded = (text) => decodeURIComponent(text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>'));

for (const [path, text] of Object.entries(html)) {
  test(path.slice(ROOT.length), () => {
    const faults = [];
    for (const [, attribute, address] of light(text).matchAll(/\s(href|src)="([^"]*)"/g)) {
      if (/^https?:/.test(address) && attribute === 'href') {
        faults.push(...[faultOfLink(decoded(address))].filter(Boolean));
        continue;
      }
      if (/^[a-z]+:|^\/\//.test(address)) {
        faults.push(`${address}: only our own files and https links`);
        continue;
      }
      const [file, anchor] = decoded(address).split('#');
      let target = file ? normalize(join(dirname(path), file)) : path;
      if (existsSync(target) && statSync(target).isDirectory()) target = join(target, 'index.html');
      if (!existsSync(target)) faults.push(`${address}: there is no ${target}`);
      else if (anchor && !idsOf(light(html[target] ?? '')).includes(anchor)) faults.push(`${address}: no place #${anchor} there`);
    }
    const ids = idsOf(light(text));
    faults.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `two places #${id}`));
    assert.deepEqual(faults, []);
    assert.doesNotMatch(text, / style="|<style| on[a-z]+="|<script(?![^>]*\ssrc=)/, 'nothing that our own policy blocks');
    const words = light(text).replace(/<(pre|code)\b.*?<\/\1>/gs, '');
    assert.doesNotMatch(words, /`/, 'code of a sentence is shown as code');
    // A type may be `undefined`; a signature does not begin with it.
    assert.doesNotMatch(light(text), /\{\{|\{%|\[object |<(h3[^>]*|li|dt)>(<code>)?undefined|NaN/, 'no trace of the template');
    assert.doesNotMatch(words, /undefined/, 'no trace of the template');
  });
}

test('both languages have the same pages, each named once', () => {
  const of = (language) => pages.map((it) => it.slice(ROOT.length + 1)).filter((it) => it.startsWith('en/') === (language === 'en')).map((it) => it.replace(/^en\//, '')).sort();
  assert.deepEqual(of('en'), of('ru'));
  assert.ok(pages.length >= 30);
  const titles = Object.entries(html).map(([path, text]) => {
    assert.match(text, path.startsWith(`${ROOT}/en/`) ? /<html lang="en">/ : /<html lang="ru">/);
    return text.match(/<title>(.*?)<\/title>/)[1];
  });
  assert.equal(new Set(titles).size, titles.length);
});

/** What a page is made of: its headings by level, lists, blocks of code, and its tables by the numbers in them. */
function outline(text) {
  const main = light(text.match(/<main[^]*<\/main>/)[0]);
  const count = (tag) => [...main.matchAll(new RegExp(`<${tag}[\\s>]`, 'g'))].length;
  // Languages part the digits of a number each in its own way.
  const numbers = (cell) => cell.replace(/<code>.*?<\/code>|<[^>]*>/g, '').replace(/(?<=\d)[ \u00a0.,](?=\d)/g, '').match(/\d+/g)?.join(' ') ?? '';
  const cells = (row) => [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map((it) => numbers(it[1]));
  const tables = [...main.matchAll(/<table.*?<\/table>/gs)].map(([table]) => table.split('<tr').slice(1).map(cells));
  return { headings: [...main.matchAll(/<(h[1-4])[\s>]/g)].map((it) => it[1]), items: count('li'), blocks: count('pre'), tables };
}

test('a page says as much in the one language as in the other', () => {
  for (const path of pages.filter((it) => !it.startsWith(`${ROOT}/en/`))) {
    assert.deepEqual(outline(html[path]), outline(html[path.replace(ROOT, `${ROOT}/en`)]), path);
  }
});

test('every page is in the list of pages', () => {
  for (const path of pages) {
    const first = html[join(ROOT, path.startsWith(`${ROOT}/en/`) ? 'en/' : '', 'index.html')];
    const listed = [...first.matchAll(/<li><a href="([^"]+)"/g)].map((it) => normalize(join(ROOT, path.startsWith(`${ROOT}/en/`) ? 'en' : '', it[1], 'index.html')));
    assert.ok(listed.includes(path), path);
  }
});

/** What the search of the site finds, as written by the search itself. */
const articles = JSON.parse(readFileSync('target/docs/articles.json', 'utf8'));

test('every answer of the search leads to a place, by an id of its own', () => {
  const links = articles.map((it) => it.blocks.at(-1).spans[0].link.href);
  for (const link of links) {
    const [path, anchor] = link.split('#');
    const text = html[join('dist', path, 'index.html')];
    assert.ok(text && (!anchor || idsOf(light(text)).includes(anchor)), link);
  }
  assert.equal(new Set(links).size, links.length);
  const ids = articles.map((it) => it.id);
  assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), []);
});

test('whatever the reference describes is found by its name', () => {
  const missed = [];
  for (const language of ['ru', 'en']) {
    for (const page of ['options', 'events', 'attributes', 'schema']) {
      const text = html[join(ROOT, language === 'en' ? 'en' : '', page, 'index.html')];
      const members = [...text.matchAll(/<section class="member">\s*<h3 id="([^"]+)"/g)].map((it) => it[1].split('.').at(-1));
      assert.ok(members.length > 5, page);
      for (const name of new Set(members)) {
        // `on` and `at` are words of every sentence; of a kind's own name the page of kinds answers.
        if (name.length < 3 || articles.some((it) => it.keywords.includes(name))) continue;
        const found = execFileSync('target/debug/podskazka', ['faq', 'search', `${ROOT}/podskazka/faq.pdk`, name, '--lang', language], { encoding: 'utf8' });
        const ids = [...found.matchAll(/^\d+\.\d\d\t(\S+)/gm)].map((it) => it[1]).slice(0, 5);
        if (!ids.some((id) => id.startsWith(`docs-${language}-${page}`))) missed.push(`${language} ${page} ${name}: ${ids}`);
      }
    }
  }
  assert.deepEqual(missed, []);
});
