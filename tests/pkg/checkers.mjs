// The packed archive under publint and arethetypeswrong; digests, licences, SBOM; what an import does on a server.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { pkg, scratch, tried } from '../hosts/lib.mjs';

const bin = (name) => join(tried, 'node_modules/.bin', name);
const work = scratch('checkers');
const installed = join(work, 'node_modules/podskazka');
const read = (name) => readFileSync(join(installed, name));
const integrity = JSON.parse(read('integrity.json'));
const archive = join(pkg, `podskazka-${integrity.version}.tgz`);

function clean(command, args) {
  try {
    return execFileSync(bin(command), args, { cwd: work, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`${command}:\n${error.stdout}${error.stderr}`);
  }
}
clean('publint', ['run', '--strict', archive]);
clean('attw', [archive, '--profile', 'esm-only', '--no-emoji', '--exclude-entrypoints', 'integrity.json', 'package.json']);

const listed = Object.entries(integrity.files);
for (const [name, digest] of listed) {
  const bytes = read(join(integrity.folder, name));
  assert.equal(digest, `sha384-${createHash('sha384').update(bytes).digest('base64')}`, name);
}
const present = readdirSync(join(installed, integrity.folder), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
assert.equal(present.length, listed.length, 'every file has its digest');
const others = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((it) => it.isFile()).map((it) => join(it.parentPath ?? it.path, it.name).slice(installed.length + 1));
const outside = others.filter((it) => !it.startsWith(`${integrity.folder}/`) && it !== 'integrity.json');
assert.deepEqual(Object.keys(integrity.package).sort(), outside.sort(), 'the other files of the archive too');
for (const [name, digest] of Object.entries(integrity.package)) assert.equal(digest, `sha384-${createHash('sha384').update(read(name)).digest('base64')}`, name);

const entry = read('index.js').toString();
for (const part of readdirSync(join(installed, 'parts'))) assert.ok(entry.includes(`./parts/${part}`), `${part}: www/loader/npm.ts does not name it`);

for (const it of readdirSync(installed, { recursive: true, withFileTypes: true })) {
  if (!it.isFile()) continue;
  const text = readFileSync(join(it.parentPath ?? it.path, it.name), 'latin1');
  for (const folder of [process.env.HOME, process.cwd()]) assert.ok(!text.includes(`${folder}/`), `${it.name} names ${folder}`);
}

const loader = brotliCompressSync(read(join(integrity.folder, 'podskazka.js'))).length;
assert.ok(loader <= 3 * 1024, `the loader with its digests: ${loader} bytes`);

const sbom = JSON.parse(read('sbom.cdx.json'));
const licences = read('THIRD-PARTY-LICENSES.txt').toString();
assert.equal(sbom.bomFormat, 'CycloneDX');
for (const name of ['wasm-bindgen', 'rust-std']) assert.ok(sbom.components.some((it) => it.name === name), name);
assert.match(sbom.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
for (const { name, version, licenses, hashes } of sbom.components) {
  // The registry's digest of its archive; the standard library comes with the compiler.
  if (name !== 'rust-std') assert.ok(hashes[0].alg === 'SHA-256' && /^[0-9a-f]{64}$/.test(hashes[0].content), `digest of ${name}`);
  assert.ok(licences.includes(`${name} ${version}: `), `licence of ${name}`);
  assert.ok(!/GPL/.test(licenses[0].expression) || / OR /.test(licenses[0].expression), `${name}: ${licenses[0].expression}`);
}
// What the compiler calls comes from LLVM and musl.
for (const notice of ['LLVM Exceptions', 'Rich Felker']) assert.ok(licences.includes(notice), notice);
// Everything is needed by something, and the graph names nothing that is not there.
const needs = new Map(sbom.dependencies.map((it) => [it.ref, it.dependsOn]));
const reached = new Set(['podskazka']);
for (const ref of reached) for (const on of needs.get(ref) ?? []) reached.add(on);
assert.deepEqual([...reached].sort(), ['podskazka', ...sbom.components.map((it) => it['bom-ref'])].sort());
assert.ok([...needs.values()].flat().length > sbom.components.length);
for (const name of ['LICENSE-MIT', 'LICENSE-APACHE', 'README.md']) assert.ok(existsSync(join(installed, name)), name);

const esbuild = join(resolve(process.env.NPM), 'node_modules/.bin/esbuild');
const sizes = ['react.js', 'vue.js'].map((name) => {
  const outside = ['react', 'vue', './index.js'].map((it) => `--external:${it}`);
  const small = execFileSync(esbuild, [join(installed, name), '--bundle', '--minify', '--format=esm', ...outside], { encoding: 'buffer' });
  const size = brotliCompressSync(small).length;
  assert.ok(size <= 1024, `${name}: ${size} bytes`);
  return `${name} ${size}`;
});

// On a server: an import touches nothing, `init` gives a widget that does nothing, the checks work in both builds.
writeFileSync(
  join(work, 'server.mjs'),
  `import assert from 'node:assert/strict';
  import { readFileSync } from 'node:fs';
  const before = Object.getOwnPropertyNames(globalThis).join();
  const { init } = await import('podskazka');
  await import('podskazka/element');
  const help = init({ site: 'demo' });
  help.on('ready', () => {})();
  await help.open('ticket').then(() => help.close());
  assert.equal(await help.ready, help, 'nobody waits for a widget that never comes');
  await help.shutdown();
  await assert.rejects(help.check('inn', '7707083893'), /podskazka\\/core/);
  help('open');
  help.destroy();
  assert.equal(Object.getOwnPropertyNames(globalThis).join(), before);
  const core = await import('podskazka/core');
  const node = await import('podskazka/node');
  assert.deepEqual(core.kinds(), node.kinds());
  const shapes = JSON.parse(readFileSync(process.argv[2], 'utf8'), (_, part) => part ?? undefined);
  const context = { today: shapes.today };
  for (const { kind, text, verdict } of shapes.cases) {
    for (const build of [core, node]) {
      const found = build.check(kind, text, context);
      assert.deepEqual(found, verdict, kind + ' ' + text);
    }
  }
  for (const kind of core.kinds()) {
    for (const text of ['\\ud800', '1'.repeat(5000), '\\u0000']) {
      assert.deepEqual(core.check(kind, text, context), node.check(kind, text, context), kind);
    }
  }
  assert.equal(core.check('inn', '7707083894').code, 'inn.checksum');
  assert.equal(core.format('inn', '77 07 083893'), '7707083893');
  assert.equal(core.format('inn', '7'), null);
  const schema = { version: 1, form: 'payer', fields: [{ name: 'inn', kind: 'inn', required: true }] };
  for (const { checkForm, checkMany } of [core, node]) {
    assert.equal(checkForm(schema, { inn: '7707083893' }).valid, true);
    assert.equal(checkForm(schema, {}).fields[0].code, 'form.required');
    assert.throws(() => checkForm({ version: 2, form: 'f' }, {}), (error) => error.problems[0].path === '/version');
    assert.deepEqual([...checkMany('inn', ['7707083893', '770708389', '7707083894'])], [0, 1, 2]);
  }
`,
);
// `require`, as the README says: from Node.js 20.19 and 22.12 on.
writeFileSync(
  join(work, 'server.cjs'),
  `const assert = require('node:assert/strict');
  const { check, explain } = require('podskazka/node');
  const verdict = check('inn', '7707083894');
  assert.equal(verdict.code, 'inn.checksum');
  assert.match(explain('inn', verdict, { label: 'ИНН' }), /^ИНН/);
  assert.equal(require('podskazka/core').check('inn', '7707083893').verdict, 'complete');
  const { init } = require('podskazka');
  init({ site: 'demo' }).destroy();
  require('podskazka/element');
`,
);
const [major, minor] = process.versions.node.split('.').map(Number);
assert.ok(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19), `Node.js ${process.version} has no require of ESM: take one of those that the README names`);
execFileSync(process.execPath, ['server.cjs'], { cwd: work, stdio: 'inherit' });
execFileSync(process.execPath, ['server.mjs', join(pkg, 'shapes.json')], { cwd: work, stdio: 'inherit' });
console.log(`  checkers: publint, arethetypeswrong, ${listed.length} digests, ${sbom.components.length} licences; brotli: loader ${loader}, ${sizes.join(', ')}`);
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
