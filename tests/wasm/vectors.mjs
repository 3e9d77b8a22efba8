// The shared vectors of tests/cases, and values drawn at random, in three builds of one source: native, wasm, JavaScript.
// Every part of the verdict has to be the same: code, span, what was expected and found, fixes, canonical form.
//
// VALUES is how many values are drawn (5,000), SEED where the drawing begins. VECTORS is a file of judged values from elsewhere: a
// line is {"kind", "value", "bik"?, "valid", "policy"?}, kinds by any of their names. A value is valid where its verdict is
// `complete`; of lines with `policy` the core may think otherwise, they are counted. Such values may be somebody's own: what
// differs is told by the number of its line alone.
import { test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import assert from 'node:assert/strict';
import { ROOT, builds } from './builds.mjs';

const CASES = join(ROOT, 'tests/cases');
const TODAY = '2026-11-25';
const VALUES = Number(process.env.VALUES ?? 5_000);
/** Values that are judged in one run of the core. */
const PART = 50_000;
const SEED = Number(process.env.SEED ?? 20261125);

/** What the core says natively; what is absent there is no member in JavaScript. */
function native(rows) {
  const input = rows.map((it) => `${JSON.stringify(it)}\n`).join('');
  const args = ['run', '--quiet', '--release', '-p', 'podskazka-wasm-tests', '--example', 'native'];
  const ran = spawnSync('cargo', args, { cwd: ROOT, input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout.trimEnd().split('\n').map((line) => JSON.parse(line, (_, part) => part ?? undefined));
}

/** Every build says the same; what that is. `tell` names a row. */
function verdicts(rows, tell = (at) => JSON.stringify(rows[at])) {
  const found = native(rows);
  assert.equal(found.length, rows.length);
  for (const [at, verdict] of found.entries()) assert.ok(verdict, `the core does not know the kind of ${tell(at)}`);
  for (const [name, { check }] of Object.entries(builds)) {
    for (const [at, { kind, value, bik, today }] of rows.entries()) {
      assert.ok(isDeepStrictEqual(check(kind, value, { bik, today }), found[at]), `${name} differs: ${tell(at)}`);
    }
  }
  return found;
}

const files = readdirSync(CASES).filter((it) => it.endsWith('.json'));
for (const file of files) {
  test(`${file} in three builds`, () => {
    const { kind, cases } = JSON.parse(readFileSync(join(CASES, file), 'utf8'));
    const rows = cases.map(({ value, bik, today }) => ({ kind, value, bik, today: today ?? TODAY }));
    for (const [at, verdict] of verdicts(rows).entries()) {
      const wanted = cases[at];
      const told = JSON.stringify(wanted);
      if (wanted.verdict === 'incomplete') assert.notEqual(verdict.verdict, 'complete', told);
      else assert.equal(verdict.verdict, wanted.verdict, told);
      if (wanted.code) assert.equal(verdict.code, wanted.code, told);
      if (wanted.canonical) assert.equal(verdict.canonical, wanted.canonical, told);
    }
  });
}

test(`${VALUES} values drawn from seed ${SEED} in three builds`, () => {
  const values = Object.fromEntries(files.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(CASES, file), 'utf8')).cases.map((it) => it.value)]));
  const kinds = Object.keys(values);
  const next = drawing(SEED);
  const pick = (list) => list[next(list.length)];
  const alphabets = ['0123456789', '0123456789', '0123456789 -.()+/', 'АВЕКМНОРСТУХабвё0123456789 -', 'ABCxyz@._-0123456789', '\u00a0\u200b１２３🙂é\u0301٣ⅣЙ«»'];
  const random = (alphabet) => Array.from({ length: next(26) }, () => pick(alphabet)).join('');
  /** A value of the shared cases with one slip: a sign changed, left out, put in, or swapped with its neighbour. */
  const slip = (value, alphabet) => {
    const signs = [...value];
    const at = next(signs.length + 1);
    const slips = [[1, pick(alphabet)], [1], [0, pick(alphabet)], [2, ...signs.slice(at, at + 2).reverse()]];
    signs.splice(at, ...pick(slips));
    return signs.join('');
  };
  const row = () => {
    const [kind, alphabet] = [pick(kinds), [...pick(alphabets)]];
    const value = next(2) ? random(alphabet) : slip(pick(values[kind]), alphabet);
    return { kind, value, bik: next(4) ? undefined : '044525225', today: TODAY };
  };
  const names = new Set();
  // In parts: a million verdicts with their fixes are no text that Node holds at once.
  for (let left = VALUES; left > 0; left -= PART) {
    const found = verdicts(Array.from({ length: Math.min(left, PART) }, row));
    for (const { verdict } of found) names.add(verdict);
  }
  assert.equal(names.size, 3, 'each kind of verdict came up');
});

if (process.env.VECTORS) {
  test(`values judged in ${process.env.VECTORS} in three builds`, (t) => {
    const lines = readFileSync(process.env.VECTORS, 'utf8').split('\n');
    const judged = lines.flatMap((line, at) => (line.trim() ? [{ ...JSON.parse(line), line: at + 1 }] : []));
    assert.ok(judged.length > 0, 'the file has no line');
    for (const { valid, line } of judged) assert.equal(typeof valid, 'boolean', `line ${line} does not say what is valid`);
    const rows = judged.map(({ kind, value, bik, today }) => ({ kind, value, bik, today: today ?? TODAY }));
    const found = verdicts(rows, (at) => `line ${judged[at].line}, ${judged[at].kind}`);
    const differ = judged.filter(({ valid }, at) => (found[at].verdict === 'complete') !== valid);
    const told = ({ line, kind, valid }) => `line ${line}: ${kind}, ${valid ? 'valid' : 'not valid'}`;
    t.diagnostic(`${judged.length} values, ${differ.filter((it) => it.policy).length} of them judged otherwise by policy`);
    assert.deepEqual(differ.filter((it) => !it.policy).map(told), []);
    // Numbers of people are no cases of ours: theirs have another body, in the same spelling and with the same verdict.
    const names = {};
    const own = files.flatMap((file) => {
      const { kind, aliases = [], cases } = JSON.parse(readFileSync(join(CASES, file), 'utf8'));
      for (const name of [kind, ...aliases]) names[name] = kind;
      return cases.map(({ value, bik, today }) => ({ kind, value, bik, today: today ?? TODAY }));
    });
    const shape = (kind, value, { verdict, code, warnings = [] }) =>
      [names[kind], verdict, code, ...warnings.map((it) => it.code), value.replace(/\d/g, '9').replace(/\p{Script=Cyrillic}/gu, 'Я').replace(/[A-Za-z]/g, 'A')].join(' ');
    const shapes = new Set(verdicts(own).map((verdict, at) => shape(own[at].kind, own[at].value, verdict)));
    const alone = judged.filter(({ kind, value, policy }, at) => !policy && !shapes.has(shape(kind, value, found[at])));
    assert.deepEqual(alone.map(told), [], 'each has a case in tests/cases, as it is or in our own form');
  });
}

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
