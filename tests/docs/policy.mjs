// The rules of the page `/check`, case by case. `browser/check.mjs` holds them against Chromium.
import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { inPage, parse, read } from '../../www/portal/check/paste.js';
import { LOOSE, MAY, NEEDS, allows, judge, misspelt } from '../../www/portal/check/policy.js';
import { WORDS } from '../../www/portal/check/words.js';

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
  ["default-src 'none'", {}, ['script lack', 'wasm lack', 'image lack', 'files lack', 'server lack', 'frame lack']],
  ["default-src 'self'", { build: 'js' }, []],
  ["default-src 'self'; connect-src 'none'", { build: 'js' }, ['files lack', 'server lack']],
  ["default-src 'self'; child-src 'none'", { build: 'js' }, ['frame lack']],
  ["default-src 'self'; frame-src 'self'; child-src 'none'", { build: 'js' }, []],
  ["default-src 'self'; script-src-elem 'none'", { build: 'js' }, ['script lack']],
  ["default-src 'self'", { build: 'js', files: HELP }, ['script lack', 'image lack', 'files lack', 'frame lack']],
  ["default-src 'self' https://help.example.ru", { build: 'js', files: HELP, server: HELP }, []],
  ["default-src 'self'", { build: 'js', server: HELP }, ['server lack', 'pictures may']],
  ["default-src 'self'; connect-src 'self' help.example.ru", { build: 'js', server: HELP }, ['pictures may']],
  ["default-src 'self'; connect-src 'self' help.example.ru; img-src 'self' help.example.ru", { build: 'js', server: HELP }, []],
  ["default-src 'self'; img-src uslugi.example.ru/podskazka/", { build: 'js' }, ['pictures may']],
  ["default-src 'self'; script-src 'nonce-abc'", { build: 'js' }, ['script nonce']],
  ["default-src 'self'; script-src 'self' 'strict-dynamic'", { build: 'js' }, ['script lack']],
  ["default-src 'self'; script-src 'strict-dynamic' 'nonce-abc' 'wasm-unsafe-eval'", {}, ['script nonce']],
  ["default-src 'self'; script-src 'strict-dynamic' 'sha384-abc'", { build: 'js' }, ['script lack']],
  ["default-src 'self'; script-src 'sha384-abc'", { build: 'js' }, ['script lack']],
  ["default-src 'self'; script-src 'self' 'unsafe-eval'", {}, []],
  ["default-src 'self'; script-src 'self' 'wasm-unsafe-eval', default-src 'self'", {}, ['wasm lack']],
  ["DEFAULT-SRC 'SELF'; default-src 'none'", { build: 'js' }, []],
  ["Content-Security-Policy: default-src 'self'; sandbox allow-scripts", { build: 'js' }, ['sandbox lack']],
  ["Content-Security-Policy: default-src 'self'\nContent-Security-Policy: script-src 'none'", { build: 'js' }, ['script lack']],
  ["Content-Security-Policy: default-src 'self'; script-src 'self', script-src 'nonce-abc'", { build: 'js' }, ['script nonce']],
  ["default-src 'self'\nContent-Security-Policy: connect-src 'none'", { build: 'js' }, ['files lack', 'server lack']],
  ["default-src 'self'; require-trusted-types-for 'script'; trusted-types vue", { build: 'js' }, []],
];
for (const [text, given, expected] of CASES) {
  test(`${text.replace('\n', ' + ')} (${given.build ?? 'wasm'}${given.files ? ', files elsewhere' : ''}${given.server ? ', server elsewhere' : ''})`, () => {
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

test('drawings that the server may come to have are told apart: they hinder nothing, and one line lets them in', () => {
  const given = { ...own, build: 'js', server: HELP };
  const { rows, works, mended } = judge(parse("default-src 'self'; connect-src 'self' https://help.example.ru"), given);
  const { fix } = rows.find((it) => it.id === 'pictures');
  assert.deepEqual([fix, works], ["img-src 'self' https://help.example.ru", true]);
  assert.deepEqual(judge(parse(`${mended}; ${fix}`), given).rows.filter((it) => it.state !== 'ok'), []);
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
  assert.deepEqual(slips("add_header Content-Security-Policy $csp;"), ['$csp → '], 'a variable is no policy');
  assert.deepEqual(slips("script-src 'self' 'nonce-$request_id' $cdn"), ['$cdn → ']);
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

const RIGHT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

test('the policy is taken out of what it is pasted in', () => {
  const pasted = [
    RIGHT,
    `HTTP/2 200\r\ncontent-type: text/html\r\ncontent-security-policy: ${RIGHT}\r\nx-frame-options: DENY\r\n\r\n`,
    `< Content-Security-Policy: ${RIGHT}\n< Date: Fri, 27 Nov 2026 10:00:00 GMT`,
    `content-security-policy:\n${RIGHT}\nx-frame-options:\nDENY`,
    "Content-Security-Policy: default-src\n  'self'; script-src\n  'self' 'wasm-unsafe-eval'",
    `add_header Content-Security-Policy "${RIGHT}" always;`,
    `# add_header Content-Security-Policy "script-src 'none'";\nadd_header X-Frame-Options DENY;\nadd_header Content-Security-Policy\n    "${RIGHT}";\nadd_header Referrer-Policy no-referrer;`,
    `proxy_hide_header Content-Security-Policy;\nadd_header Content-Security-Policy '${RIGHT.replaceAll("'", "\\'")}' always;`,
    `Header set Content-Security-Policy "${RIGHT}"`,
    `Header unset Content-Security-Policy\nHeader always set Content-Security-Policy: "${RIGHT}" "expr=%{CONTENT_TYPE} =~ m#text/html#"`,
    `Header set Content-Security-Policy \\\n  "${RIGHT}"`,
    `http-response set-header Content-Security-Policy "${RIGHT}"`,
    `<add name="Content-Security-Policy" value="${RIGHT}" />`,
    `header("Content-Security-Policy: ${RIGHT}");`,
    `header('Content-Security-Policy: ${RIGHT.replaceAll("'", "\\'")}');`,
    `response.setHeader('Content-Security-Policy', "${RIGHT}");`,
    `{ "Content-Security-Policy": "${RIGHT}", "X-Frame-Options": "DENY" }`,
    `<meta http-equiv="Content-Security-Policy" content="${RIGHT}">`,
    `<head>\n  <meta content='${RIGHT.replaceAll("'", '&#39;')}' http-equiv=content-security-policy />\n  <title>Content</title></head>`,
  ];
  for (const text of pasted) {
    const { rows, mended } = judge(parse(text), own);
    assert.deepEqual([rows.filter((it) => it.state !== 'ok'), mended, misspelt(parse(text))], [[], RIGHT, []], text);
  }
});

test('every one of several policies has to allow', () => {
  for (const second of ["Content-Security-Policy: script-src 'none'", "add_header Content-Security-Policy \"script-src 'none'\";", `<meta http-equiv="Content-Security-Policy" content="script-src 'none'">`]) {
    const text = `Content-Security-Policy: ${RIGHT}\n${second}`;
    assert.deepEqual(lacks(text), ['script lack', 'wasm lack'], text);
    assert.deepEqual(lacks(judge(parse(text), own).mended), [], text);
  }
  assert.equal(parse(`Content-Security-Policy: ${RIGHT}\n  https:\n  data:`)[0].get('script-src').length, 4, 'a scheme is no header');
});

test('a policy that only reports blocks nothing', () => {
  const kinds = (text) => read(text).map((it) => (it.report ? 'reports' : 'blocks'));
  for (const text of ["Content-Security-Policy-Report-Only: default-src 'none'", "add_header Content-Security-Policy-Report-Only \"default-src 'none'\";", `<meta http-equiv="Content-Security-Policy-Report-Only" content="default-src 'none'">`]) {
    assert.deepEqual([kinds(text), lacks(text)], [['reports'], []], text);
    assert.deepEqual(kinds(`${text}\nContent-Security-Policy: ${RIGHT}`).sort(), ['blocks', 'reports'], text);
  }
});

test('what a meta cannot do is named, and is no hindrance', () => {
  const text = `<meta http-equiv="Content-Security-Policy" content="${RIGHT}; sandbox; frame-ancestors 'none'; report-uri /csp">`;
  assert.deepEqual(read(text)[0].passed, ['frame-ancestors', 'report-uri', 'sandbox']);
  assert.deepEqual([lacks(text), judge(parse(text), own).mended], [[], RIGHT]);
  assert.deepEqual(read(`Content-Security-Policy: ${RIGHT}; frame-ancestors 'none'`)[0].passed, [], 'a header can');
});

test('Trusted Types are no hindrance, and the page is told what to write', () => {
  const row = (text) => judge(parse(text), own).rows.find((it) => it.id === 'trusted');
  assert.equal(row(RIGHT), undefined, 'nothing to say');
  for (const text of ["require-trusted-types-for 'script'; trusted-types 'none'", "require-trusted-types-for 'script'; trusted-types vue", 'trusted-types portal']) {
    assert.equal(row(text).state, 'ok');
    assert.deepEqual(row(text).advice, ['none', 'others']);
  }
  assert.deepEqual(row("require-trusted-types-for 'script'").advice, ['none', 'any', 'others']);
  assert.match(WORDS.ru.advice.any, /добавьте: trusted-types 'none'/);
  assert.deepEqual(judge(parse('trusted-types *'), own).notes.map((it) => it.source), ['*']);
});

test('a policy in the page itself is found', () => {
  const meta = `<META content="default-src &#39;self&#39;; img-src *" HTTP-EQUIV='content-security-policy'>`;
  const html = `<!-- <meta http-equiv="Content-Security-Policy" content="default-src 'none'"> -->${meta}<meta name="a" content="b">`;
  assert.deepEqual(inPage(html), [meta]);
  assert.deepEqual(parse(html), [new Map([['default-src', ["'self'"]], ['img-src', ['*']]])]);
});

test('both languages say everything, and nothing twice', () => {
  const keys = (it, above = '') => Object.entries(it).flatMap(([key, value]) => (typeof value === 'string' ? [above + key] : keys(value, `${above}${key}.`)));
  const texts = (it) => Object.values(it).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)));
  assert.deepEqual(keys(WORDS.en), keys(WORDS.ru));
  assert.deepEqual(Object.keys(WORDS.ru.needs), [...NEEDS.map((it) => it.id), MAY.id, 'sandbox', 'trusted']);
  assert.deepEqual(Object.keys(WORDS.ru.loose).sort(), [...new Set(LOOSE.map((it) => it.id))].sort());
  assert.ok(texts(WORDS.ru).every((it) => /[а-я]/i.test(it)), 'Russian');
  assert.ok(texts(WORDS.en).every((it) => !/[а-я]/i.test(it)), 'English');
  // What a text quotes of a policy is the same in both.
  const quoted = (it) => texts(it).map((text) => text.match(/'[a-z-]+'|trusted-types \S+|data-build="js"|output\.module|\/\w+\.html/g) ?? []);
  assert.deepEqual(quoted(WORDS.en), quoted(WORDS.ru));
});

test('wherever webpack under Trusted Types is named, the three ways are', () => {
  const lines = ['docs/guides/embedding.md', 'www/docs/ru/start.md', 'www/docs/en/security.md', 'www/docs/ru/security.md', 'www/portal/check/words.js']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((it) => it.includes('output.module')).map((it) => [file, it]));
  assert.equal(lines.length, 6);
  for (const [file, line] of lines) for (const way of ['experiments.outputModule', 'base', 'output.trustedTypes', 'trusted-types webpack']) assert.ok(line.includes(way), `${file}: ${way}`);
});

test('the page is the same in both languages, but for its words', () => {
  const bones = (path) => readFileSync(path, 'utf8').match(/<\/?[a-z][^>]*>/g).map((it) => it.replace(/ (lang|hreflang|href|src)="[^"]*"/g, ''));
  assert.deepEqual(bones('www/portal/check/en/index.html'), bones('www/portal/check/index.html'));
});
