// Every code block of the documentation is compiled, run or checked against what it names.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { require } from '../../www/docs/_lib/npm.mjs';
import { blocks } from './lib/blocks.mjs';
import { faultOfHtml } from './lib/html.mjs';
import { commands, faultOfCommand } from './lib/commands.mjs';

const NPM_DOCS = resolve(process.env.NPM_DOCS ?? '.tools/npm-docs');
const sfc = require('vue/compiler-sfc');
const all = blocks();
const of = (...kinds) => all.filter((it) => kinds.includes(it.kind));

test('every block has a kind that is tested here', () => {
  const known = ['ts', 'tsx', 'js', 'mjs', 'php', 'vue', 'toml', 'html', 'sh', 'json', 'md', 'csp', 'lexicon', 'css'];
  assert.deepEqual(all.filter((it) => !known.includes(it.kind)).map((it) => it.where), []);
  assert.ok(all.length > 30, `${all.length} blocks`);
});

test('TypeScript compiles against the types of the package', () => {
  const work = resolve('target/docs/blocks');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const types = resolve('target/docs/types');
  const names = of('ts', 'tsx', 'js').map(({ where, kind, code }, at) => {
    const name = `block${at}.${kind === 'tsx' ? 'tsx' : 'ts'}`;
    const plain = kind === 'js' && code.includes('function () {') ? '// @ts-nocheck plain JavaScript\n' : '';
    // The script of the page is the same entry, without a bundler.
    writeFileSync(join(work, name), `${plain}// ${where}\n${code.replace('"/podskazka/podskazka.js"', '"podskazka"')}\nexport {};\n`);
    return name;
  });
  for (const { where, code } of of('vue')) {
    const { descriptor, errors } = sfc.parse(code);
    assert.deepEqual(errors, [], where);
    const name = `block${names.length}.ts`;
    // As the bundler makes it, the template in it: what the template uses and the script lacks is an error there.
    const { content } = sfc.compileScript(descriptor, { id: 'x', inlineTemplate: true });
    writeFileSync(join(work, name), `// ${where}\n${content}\n`);
    names.push(name);
  }
  const paths = Object.fromEntries(['core', 'react', 'vue', 'element', 'node'].map((it) => [`podskazka/${it}`, [join(types, `${it}.d.ts`)]]));
  paths.podskazka = [join(types, 'index.d.ts')];
  for (const name of ['react', 'react/jsx-runtime']) paths[name] = [join(NPM_DOCS, 'node_modules/@types', `${name === 'react' ? 'react/index' : name}.d.ts`)];
  paths.vue = [join(NPM_DOCS, 'node_modules/vue/dist/vue.d.ts')];
  const compilerOptions = { noEmit: true, strict: true, target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], module: 'esnext', moduleResolution: 'bundler', jsx: 'react-jsx', skipLibCheck: true, types: [], paths };
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [...names, resolve('tests/pkg/example.ts')] }));
  const said = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', work, '--pretty', 'false'], { encoding: 'utf8' });
  assert.equal(said.status, 0, said.stdout);
  assert.ok(names.length >= 10, `${names.length} blocks`);
});

/** A token of `u-17` by the code of a block: what it says, and whether its signature is that of the key. */
const KEY = 'an identity key of thirty-two bytes';
function assertToken(token, where) {
  const [head, claims, signature, ...more] = token.split('.');
  const { alg } = JSON.parse(Buffer.from(head, 'base64url'));
  const { sub, exp, ...rest } = JSON.parse(Buffer.from(claims, 'base64url'));
  assert.deepEqual([alg, sub, rest, more], ['HS256', 'u-17', {}, []], where);
  const left = exp - Date.now() / 1000;
  assert.ok(left > 0 && left <= 24 * 3600, `${where}: ${left} seconds`);
  assert.equal(signature, createHmac('sha256', KEY).update(`${head}.${claims}`).digest('base64url'), where);
}

test('code for Node.js signs a token that the server takes', async () => {
  // A whole server is run, and asked by a page: tests/pkg/server.mjs.
  const signs = of('mjs').filter(({ code }) => !code.includes('createServer('));
  for (const { where, code } of signs) {
    const { helpToken } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    assertToken(helpToken('u-17', KEY), where);
  }
  assert.ok(signs.length);
});

test('code for PHP signs a token that the server takes', () => {
  const signs = of('php').filter(({ code }) => code.includes('function help_token('));
  for (const { where, code } of signs) {
    const said = spawnSync('php', ['-n'], { input: `${code}\necho help_token('u-17', '${KEY}');\n`, encoding: 'utf8' });
    assert.equal(said.status, 0, `${where}: ${said.error ?? ''}${said.stdout}${said.stderr}`);
    assertToken(said.stdout, where);
  }
  assert.ok(signs.length);
});

test('code for PHP puts into the form what the server has found, and no message ends its block', () => {
  const code = of('php').filter((it) => !it.code.includes('function help_token(')).map((it) => it.code.replace('<?php', '')).join('\n');
  const run = (asked) => {
    const said = spawnSync('php', ['-n'], { input: `<?php\n${code}\necho ${asked};\n`, encoding: 'utf8' });
    assert.equal(said.status, 0, `${said.error ?? ''}${said.stdout}${said.stderr}`);
    return said.stdout;
  };
  const holds = (html) => JSON.parse(html.match(/^<script type="application\/problem\+json">([^<]*)<\/script>$/)[1]).errors;
  assert.deepEqual(holds(run(`help_problem(['inn' => 'Нет такого.</script><b>'], 'E42')`)), [{ field: 'inn', code: 'E42', message: 'Нет такого.</script><b>' }]);
  assert.equal(run('help_problem([])'), '');
  const result = `['FORM_ERRORS' => ['INN' => 'Поле &quot;ИНН&quot;<br>', 0 => 'Форма устарела.'], 'QUESTIONS' => ['INN' => ['HTML_CODE' => '<input type="text" name="form_text_1" value="">']]]`;
  assert.deepEqual(holds(run(`help_problem_of(${result})`)), [
    { field: 'form_text_1', code: 'server', message: 'Поле "ИНН"' },
    { field: 0, code: 'server', message: 'Форма устарела.' },
  ]);
  assert.equal(run('help_problem_of([])'), '');
});

test('HTML is whole, and names options, kinds and attributes that exist', () => {
  assert.deepEqual(of('html').flatMap(({ where, code }) => faultOfHtml(code).map((fault) => `${where}: ${fault}`)), []);
  assert.ok(of('html').length >= 4);
});

test('a command is one that its program knows', () => {
  const lines = of('sh').flatMap(({ where, code }) => commands(code).map((line) => ({ where, line })));
  assert.deepEqual(lines.flatMap(({ where, line }) => faultOfCommand(line).map((fault) => `${where}: ${fault}`)), []);
  assert.ok(lines.length >= 10, `${lines.length} commands`);
});

test('settings of the server are taken by it', () => {
  const work = mkdtempSync(join(tmpdir(), 'podskazka-docs-'));
  try {
    for (const { where, code } of of('toml')) {
      const file = join(work, 'a.toml');
      writeFileSync(file, code);
      const said = spawnSync(resolve('target/debug/podskazka-server'), ['--config', file, '--data-dir', join(work, 'data'), 'check-config'], { encoding: 'utf8' });
      assert.equal(said.status, 0, `${where}: ${said.stderr}`);
    }
    assert.ok(of('toml').length);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

test('a policy is the one that the server and its tests use', () => {
  const server = readFileSync('server/src/site.rs', 'utf8').replace(/\\\s+/g, '');
  for (const { where, code } of of('csp')) assert.ok(server.includes(`"${code.trim().replace('Content-Security-Policy: ', '')}"`), where);
  assert.ok(of('csp').length);
});

test('the rule for the frame of pictures fits every address that the pages put the files at', () => {
  const files = ['docs/guides', 'www/docs/ru', 'www/docs/en', 'pkg-templates'].flatMap((folder) => readdirSync(folder).map((it) => `${folder}/${it}`));
  const texts = Object.fromEntries(files.filter((it) => /\.(md|d\.ts)$/.test(it)).map((file) => [file, readFileSync(file, 'utf8')]));
  const rules = ['docs/guides/picture.md', 'www/docs/ru/picture.md'].map((file) => texts[file].match(/`location ~ (\S+) \{/)[1]);
  assert.equal(new Set(rules).size, 1);
  const rule = new RegExp(rules[0]);
  // Where a script stands, what `base` names, and the folders of the chapter on files and caches.
  const folder = /\ssrc="(\/[^"]*\/)(?:podskazka|element)\.js"|\bbase: "(\/[^"]*\/)"|`((?:\/[\w.-]+)*\/podskazka[\w.-]*\/(?:[\w.-]+\/)?)`/g;
  const found = Object.entries(texts).flatMap(([file, text]) => [...text.matchAll(folder)].map((it) => [file, it[1] ?? it[2] ?? it[3]]));
  assert.deepEqual(found.filter(([, at]) => !/ВЕРСИЯ|VERSION/.test(at) && !rule.test(`${at}raster.html`)), []);
  assert.ok(found.length > 15 && ['/podskazka/', '/local/podskazka/', '/assets/podskazka/'].every((it) => found.some(([, at]) => at === it)), `${found}`);
  // The folder of one version is called as the package calls it, everywhere.
  const version = readFileSync('Cargo.toml', 'utf8').match(/^version = "(.*)"$/m)[1];
  const named = Object.entries(texts).flatMap(([file, text]) => [...text.matchAll(/[\w/]*podskazka[-/](\d+\.\d+\.\d+)-[\w]{8}\//g)].map((it) => ({ file, at: it[0], version: it[1] })));
  assert.deepEqual(named.filter((it) => it.version !== version || !it.at.startsWith('/podskazka/')), []);
  assert.deepEqual([new Set(named.map((it) => it.at)).size, new Set(named.map((it) => it.file)).size], [1, 4]);
});

test('JSON can be read, and a schema of a form fits the published one', () => {
  const file = 'docs/schema/form.v1.json';
  const Ajv = require('ajv/dist/2020').default;
  const fits = existsSync(file) ? new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  for (const { where, code } of of('json')) {
    const value = JSON.parse(code);
    if (fits && value.fields) assert.ok(fits(value), `${where}: ${JSON.stringify(fits.errors)}`);
  }
});

test('an article passes `podskazka faq check` among the others; a lexicon too', () => {
  for (const { where, code } of of('md')) {
    const work = mkdtempSync(join(tmpdir(), 'podskazka-article-'));
    cpSync('www/faq', work, { recursive: true });
    writeFileSync(join(work, 'receipt.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const id = code.match(/^id: (.*)$/m)[1];
    writeFileSync(join(work, `${id}.md`), code.replace('https://www.nalog.gov.ru/…', 'https://www.nalog.gov.ru/'));
    const said = spawnSync('target/debug/podskazka', ['faq', 'check', work], { encoding: 'utf8' });
    const errors = `${said.stdout}${said.stderr}`.split('\n').filter((line) => line.includes(`${id}.md`) && !/warning/i.test(line));
    assert.deepEqual(errors, [], where);
    assert.ok(said.status !== null && !/panicked/.test(said.stderr), where);
    rmSync(work, { recursive: true });
  }
  for (const { where, code } of of('lexicon')) {
    const work = mkdtempSync(join(tmpdir(), 'podskazka-lexicon-'));
    writeFileSync(join(work, 'lexicon.txt'), code);
    const said = execFileSync('target/debug/podskazka', ['faq', 'check', 'www/faq', '--lexicon', join(work, 'lexicon.txt')], { encoding: 'utf8' });
    assert.doesNotMatch(said, /lexicon/i, where);
    rmSync(work, { recursive: true });
  }
  assert.ok(of('md').length >= 3);
});

test('styles name classes and properties that the widget has', () => {
  const ours = readFileSync('widget/fields/use/fields.css', 'utf8') + readFileSync('www/loader/launcher.ts', 'utf8');
  for (const { where, code } of of('css')) {
    const names = code.match(/\.pdk-[\w-]+|--podskazka-[\w-]+/g) ?? [];
    assert.deepEqual(names.filter((name) => !ours.includes(name)), [], where);
    assert.ok(names.length, `${where}: nothing of ours is named`);
  }
});
