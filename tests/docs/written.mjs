// Links of the texts as they lie in the repository: it takes no built site, so `cargo xtask ci` and the first minute of `test` tell.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { faultOfLink, hostOf, hosts, linksOf } from './lib/hosts.mjs';

/** Guides, notes and articles as they lie in the repository: not all of them are pages of the site. */
const written = ['README.md', 'CHANGELOG.md', ...['docs', 'pkg-templates', 'www/docs', 'www/examples', 'www/faq'].flatMap((root) => readdirSync(root, { recursive: true }).map((it) => join(root, it)))].filter(
  (it) => it.endsWith('.md') && !it.includes('node_modules'),
);
const outward = written.flatMap((path) => linksOf(readFileSync(path, 'utf8'), path.startsWith('www/faq')).filter((it) => /^[a-z]+:/.test(it) && !/^(page|demo|faq|mailto|tel):/.test(it)).map((it) => [path, it]));

test('what guides and articles lead to elsewhere is https, of a host that is listed with its reason', () => {
  assert.deepEqual(outward.map(([path, it]) => faultOfLink(it) && `${path}: ${faultOfLink(it)}`).filter(Boolean), []);
  assert.ok(outward.length > 100, `${outward.length} links`);
  const reached = new Set(outward.map(([, it]) => hostOf(it)));
  assert.deepEqual([...hosts.keys()].filter((it) => !reached.has(it)), [], 'listed, and nothing leads there');
  assert.deepEqual([...hosts].filter(([, reason]) => !reason || reason.length < 8), [], 'listed without a reason');
});

test('a link in a wrong form is named', () => {
  for (const [address, word] of [
    ['http://www.cbr.ru/', /only https/], ['https://localhost/a', /nobody else/], ['https://127.0.0.1/', /nobody else/], ['https://help.example.ru/', /nobody else/],
    ['https://www.cbr.ru:8443/', /port/], ['https://a@www.cbr.ru/', /name or a port/], ['https://www.cbr.ru/a b', /sign/], ['https://unknown.ru/', /hosts\.txt/], ['https://', /no address/],
  ]) assert.match(faultOfLink(address) ?? '', word, address);
  assert.equal(faultOfLink('https://мвд.рф/mvd'), undefined);
  assert.deepEqual(linksOf('[a](https://a.ru/x) `[b](https://b.ru)` <https://c.ru>\n```\n[d](http://d.ru)\n```\n[e](../e.md)'), ['https://a.ru/x', 'https://c.ru']);
});

test('what a text of the repository leads to beside it is there', () => {
  const faults = [];
  let links = 0;
  // Pages of the site and articles name each other by `page:` and `faq:`, which their generators resolve.
  for (const path of written.filter((it) => !/^www\/(docs|faq)\//.test(it))) {
    const plain = readFileSync(path, 'utf8').replace(/```.*?```|`[^`\n]*`/gs, '');
    for (const [, address] of plain.matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)) {
      links++;
      const [file] = address.split('#');
      if (file && !existsSync(join(dirname(path), decodeURIComponent(file)))) faults.push(`${path}: ${address}`);
    }
  }
  assert.deepEqual(faults, []);
  assert.ok(links > 20, `${links} links`);
});
