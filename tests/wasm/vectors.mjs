// The shared vectors of tests/cases, and values drawn at random, in three builds of one source: native, wasm, JavaScript.
// Every part of the verdict has to be the same: code, span, what was expected and found, fixes, canonical form.
//
// VALUES is how many values are drawn (5,000), SEED where the drawing begins.
import { before, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';

const ROOT = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');
const BUILT = join(ROOT, 'target/vectors');
const CASES = join(ROOT, 'tests/cases');
const TODAY = '2026-11-25';
const VALUES = Number(process.env.VALUES ?? 5_000);
const SEED = Number(process.env.SEED ?? 20261125);

const builds = {};
before(async () => {
  const wasm = await import(join(BUILT, 'wasm_tests.js'));
  await wasm.default({ module_or_path: readFileSync(join(BUILT, 'wasm_tests_bg.wasm')) });
  const js = await import(join(BUILT, 'js/wasm_tests.js'));
  await js.default();
  for (const [name, { verdict }] of Object.entries({ wasm, JavaScript: js })) {
    builds[name] = (rows) => rows.map((it) => verdict(it.kind, it.value, it.bik, it.today));
  }
  builds.native = (rows) => {
    const input = rows.map((it) => `${JSON.stringify(it)}\n`).join('');
    const args = ['run', '--quiet', '--release', '-p', 'podskazka-wasm-tests', '--example', 'native'];
    const ran = spawnSync('cargo', args, { cwd: ROOT, input, encoding: 'utf8', maxBuffer: 2 ** 30 });
    assert.equal(ran.status, 0, ran.stderr);
    return ran.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  };
});

/** Every build says the same; what that is. */
function verdicts(rows) {
  const native = builds.native(rows);
  assert.equal(native.length, rows.length);
  for (const name of ['wasm', 'JavaScript']) {
    for (const [at, verdict] of builds[name](rows).entries()) {
      assert.deepEqual(verdict, native[at], `${name}: ${JSON.stringify(rows[at])}`);
    }
  }
  return native;
}

const files = readdirSync(CASES).filter((it) => it.endsWith('.json'));
for (const file of files) {
  test(`${file} in three builds`, () => {
    const { kind, cases } = JSON.parse(readFileSync(join(CASES, file), 'utf8'));
    const rows = cases.map(({ value, bik, today }) => ({ kind, value, bik, today: today ?? TODAY }));
    for (const [at, verdict] of verdicts(rows).entries()) {
      const wanted = cases[at];
      const told = JSON.stringify(wanted);
      assert.ok(verdict, `the core does not know the kind of ${told}`);
      if (wanted.verdict === 'incomplete') assert.notEqual(verdict.verdict, 'complete', told);
      else assert.equal(verdict.verdict, wanted.verdict, told);
      if (wanted.code) assert.equal(verdict.code, wanted.code, told);
      if (wanted.canonical) assert.equal(verdict.canonical, wanted.canonical, told);
    }
  });
}

test(`${VALUES} values drawn from seed ${SEED} in three builds`, () => {
  const kinds = files.map((it) => it.slice(0, -'.json'.length));
  const next = drawing(SEED);
  const pick = (list) => list[next(list.length)];
  const alphabets = ['0123456789', '0123456789', '0123456789 -.()+/', 'АВЕКМНОРСТУХабвё0123456789 -', 'ABCxyz@._-0123456789', '\u00a0\u200b１２３🙂é\u0301٣ⅣЙ«»'];
  const rows = Array.from({ length: VALUES }, () => {
    const alphabet = [...pick(alphabets)];
    const value = Array.from({ length: next(26) }, () => pick(alphabet)).join('');
    return { kind: pick(kinds), value, bik: next(4) ? undefined : '044525225', today: TODAY };
  });
  const found = verdicts(rows);
  assert.deepEqual(found.filter((it) => !it), [], 'every kind is known');
  assert.ok(new Set(found.map((it) => it.verdict)).size === 3, 'each kind of verdict came up');
});

/** xorshift32: the same numbers everywhere. */
function drawing(seed) {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}
