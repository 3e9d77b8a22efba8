// The rules of the page `/check`, case by case. `browser/check.mjs` holds them against Chromium.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { allows, inPage, judge, misspelt, parse } from '../../www/portal/check/policy.js';

const PAGE = 'https://uslugi.example.ru';
const HELP = 'https://help.example.ru/podskazka/';
const own = { page: PAGE, files: '/podskazka/', server: '/', build: 'wasm' };
const lacks = (text, given = {}) => judge(parse(text), { ...own, ...given }).rows.filter((it) => it.state !== 'ok').map((it) => `${it.id} ${it.state}`);

/** The documented policies are those of the server. */
function documented(name) {
  const source = readFileSync('server/src/site.rs', 'utf8');
  const text = source.match(new RegExp(`Csp::${name} => \\{\\s*"(.*?)"\\s*\\}`, 's'))[1];
  return text.replace(/\\\s+/g, '');
}

test('the documented policies let their build work', () => {
  assert.deepEqual(lacks(documented('Wasm')), []);
  assert.deepEqual(lacks(documented('Js'), { build: 'js' }), []);
  assert.deepEqual(lacks(documented('Js')), ['wasm lack']);
});

test('without a policy nothing is lacking', () => assert.deepEqual(lacks("frame-ancestors 'none'"), []));

const CASES = [
  ["default-src 'none'", {}, ['script lack', 'wasm lack', 'style lack', 'image lack', 'files lack', 'server lack', 'frame lack']],
  ["default-src 'self'", { build: 'js' }, []],
  ["default-src 'self'; connect-src 'none'", { build: 'js' }, ['files lack', 'server lack']],
  ["default-src 'self'; child-src 'none'", { build: 'js' }, ['frame lack']],
  ["default-src 'self'; frame-src 'self'; child-src 'none'", { build: 'js' }, []],
  ["default-src 'self'; script-src-elem 'none'", { build: 'js' }, ['script lack']],
  ["default-src 'self'", { build: 'js', files: HELP }, ['script lack', 'style lack', 'image lack', 'files lack', 'frame lack']],
  ["default-src 'self' https://help.example.ru", { build: 'js', files: HELP, server: HELP }, []],
  ["default-src 'self'", { build: 'js', server: HELP }, ['server lack']],
  ["default-src 'self'; connect-src 'self' help.example.ru", { build: 'js', server: HELP }, []],
  ["default-src 'self'; script-src 'nonce-abc'", { build: 'js' }, ['script nonce']],
  ["default-src 'self'; script-src 'self' 'strict-dynamic'", { build: 'js' }, ['script lack']],
  ["default-src 'self'; script-src 'strict-dynamic' 'nonce-abc' 'wasm-unsafe-eval'", {}, ['script nonce']],
  ["default-src 'self'; script-src 'strict-dynamic' 'sha384-abc'", { build: 'js' }, ['script lack']],
  ["default-src 'self'; script-src 'sha384-abc'", { build: 'js' }, ['script lack']],
  ["default-src 'self'; script-src 'self' 'unsafe-eval'", {}, []],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval', default-src 'self'", {}, ['wasm lack']],
  ["DEFAULT-SRC 'SELF'; default-src 'none'", { build: 'js' }, []],
  ["Content-Security-Policy: default-src 'self'; sandbox allow-scripts", { build: 'js' }, ['sandbox lack']],
];
for (const [text, given, expected] of CASES) {
  test(`${text} (${given.build ?? 'wasm'}${given.files ? ', files elsewhere' : ''}${given.server ? ', server elsewhere' : ''})`, () => {
    assert.deepEqual(lacks(text, given), expected);
  });
}

test('what is mended works, and keeps what was there', () => {
  for (const [text, given] of CASES) {
    const { mended, works } = judge(parse(text), { ...own, ...given });
    const again = judge(parse(mended), { ...own, ...given });
    const only = again.rows.filter((it) => it.state === 'lack').map((it) => it.id);
    assert.deepEqual(only.filter((id) => id !== 'sandbox'), [], `${text}\n→ ${mended}`);
    for (const [at, policy] of parse(text).entries()) {
      for (const [name, sources] of policy) {
        if (name === 'default-src') assert.deepEqual(parse(mended)[at].get(name), sources, 'default-src itself is left alone');
      }
    }
    if (works) assert.equal(mended, judge(parse(mended), { ...own, ...given }).mended);
  }
});

test('a fix is the whole directive, with what it holds already', () => {
  const { rows } = judge(parse("default-src 'self'; connect-src https://counter.example.ru"), { ...own, build: 'js' });
  assert.equal(rows.find((it) => it.id === 'files').fix, "connect-src https://counter.example.ru 'self'");
  const none = judge(parse("script-src 'none'"), own).rows;
  assert.deepEqual(none.filter((it) => it.fix).map((it) => it.fix), Array(2).fill("script-src 'self' 'wasm-unsafe-eval'"), 'one directive, one fix');
});

test('what is looser than needed is named', () => {
  const notes = (text) => judge(parse(text), own).notes.map((it) => it.source);
  assert.deepEqual(notes("script-src 'self' 'unsafe-inline' 'unsafe-eval'"), ["'unsafe-inline'", "'unsafe-eval'"]);
  assert.deepEqual(notes("script-src 'self' 'unsafe-inline' 'nonce-abc'"), [], 'browsers ignore it beside a nonce');
  assert.deepEqual(notes("default-src 'self'"), []);
});

test('words that browsers pass over are named, with the one that was likely meant', () => {
  const slips = (text) => misspelt(parse(text)).map((it) => `${it.name} → ${it.likely}`);
  assert.deepEqual(slips("scrpt-src 'self'; default-src 'self'"), ['scrpt-src → script-src']);
  assert.deepEqual(slips("style_src 'self'; conect-src 'self'"), ['style_src → style-src', 'conect-src → connect-src']);
  assert.deepEqual(slips('add_header default-src'), ['add_header → ']);
  assert.deepEqual(slips("script-src self 'wasm-unsafe-evl' “none” https://help.example.ru"), ["self → 'self'", "'wasm-unsafe-evl' → 'wasm-unsafe-eval'", "“none” → 'none'"]);
  assert.deepEqual(slips("script-src 'nonce-abc' 'sha256-x+/=' 'nonc-abc'"), ["'nonc-abc' → "]);
  for (const text of [documented('Wasm'), documented('Js'), "sandbox allow-forms; report-uri /r; trusted-types vue 'none'; img-src data: https: *.example.ru"]) assert.deepEqual(slips(text), [], text);
});

test('a source lets through what browsers let through', () => {
  const page = new URL(PAGE);
  const yes = [['*', HELP], ["'self'", `${PAGE}/a`], ['https:', HELP], ['http:', HELP], ['help.example.ru', HELP], ['*.example.ru', HELP], ['http://help.example.ru', HELP], ['https://help.example.ru:*', 'https://help.example.ru:8443/'], ['https://help.example.ru/podskazka/', `${HELP}a.js`]];
  const no = [["'none'", HELP], ["'self'", HELP], ['data:', HELP], ['example.ru', HELP], ['*.example.ru', 'https://example.ru/'], ['https://help.example.ru', 'http://help.example.ru/'], ['https://help.example.ru', 'https://help.example.ru:8443/'], ['https://help.example.ru/other/', HELP], ['*', 'data:text/plain,a']];
  for (const [source, url] of yes) assert.ok(allows(source, new URL(url), page), `${source} ${url}`);
  for (const [source, url] of no) assert.ok(!allows(source, new URL(url), page), `${source} ${url}`);
});

test('a policy in the page itself is read', () => {
  const html = `<!-- <meta http-equiv="Content-Security-Policy" content="default-src 'none'"> --><META content="default-src &#39;self&#39;; img-src *" HTTP-EQUIV='content-security-policy'><meta name="a" content="b">`;
  assert.deepEqual(inPage(html), ["default-src 'self'; img-src *"]);
});
