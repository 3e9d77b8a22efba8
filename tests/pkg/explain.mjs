// `explain` of `podskazka/node`: the sentence that a page would show, in both languages, for every fault of the shared cases.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { scratch } from '../hosts/lib.mjs';

const module = join(scratch('explain'), 'node_modules/podskazka/node.js');
const { check, checkForm, explain, kinds } = await import(pathToFileURL(module));
const today = '2026-03-31';
const of = (kind, text, options) => explain(kind, check(kind, text, { today }), options);

assert.equal(of('inn', '7707083894'), 'Цифры не сходятся, в одной из них опечатка. Сверьте номер с документом.');
assert.equal(of('inn', '7707083894', { label: 'ИНН' }), 'ИНН: цифры не сходятся, в одной из них опечатка. Сверьте номер с документом.');
assert.match(of('inn', '7707083894', { lang: 'en' }), /^The digits do not add up/);
assert.match(of('inn', '77'), /^Не хватает 8 цифр\./);
assert.equal(of('inn', '7707083893'), '');
assert.match(of('snils', '001-001-998 00'), /^У этого номера нечем проверить цифры\./);

const schema = {
  version: 1,
  form: 'f',
  fields: [{ name: 'a', required: true }, { name: 'm', kind: 'money', min: 10 }, { name: 'c', pattern: '[0-9]{3}' }, { name: 't', min_length: 5 }, { name: 'i', kind: 'inn' }, { name: 'k', kind: 'kpp' }],
  rules: [{ rule: 'same_region', inn: 'i', kpp: 'k' }],
};
const { fields, findings } = checkForm(schema, { m: '1', c: 'a', t: 'ab', i: '7707083893', k: '500101001' }, { today });
assert.deepEqual(fields.map((it) => explain('text', it, { label: it.name })), [
  'a: заполните это поле.',
  'm: не может быть меньше 10. Проверьте, что введено.',
  'c: запись не того вида, который ждёт это поле. Проверьте, что введено.',
  't: слишком коротко: нужно не меньше 5 знаков.',
  '',
  '',
]);
assert.match(explain('kpp', findings[0], { label: 'КПП' }), /^КПП: регион в номерах разный\./);

let faults = 0;
for (const name of readdirSync('tests/cases')) {
  const { kind, cases } = JSON.parse(readFileSync(join('tests/cases', name), 'utf8'));
  if (!kinds().includes(kind)) continue;
  for (const it of cases) {
    const verdict = check(kind, it.value, { today: it.today ?? today, bik: it.bik ?? undefined });
    if (verdict.verdict === 'complete') continue;
    faults++;
    for (const lang of ['ru', 'en']) {
      const text = explain(kind, verdict, { lang });
      assert.ok(text.length > 15 && !/\{[a-z]|undefined/.test(text), `${kind} ${it.value}: ${text}`);
    }
  }
}
assert.ok(faults > 300, `${faults} faults`);

for (const [call, message] of [
  [() => explain('inn', {}), /^verdict: give what/],
  [() => explain('inn', undefined), /^verdict: give what/],
  [() => explain('mars', check('inn', '77')), /^kind: "mars" is not known/],
  [() => of('inn', '77', { lang: 'de' }), /^lang: "de" is not there; take ru or en/],
  [() => of('inn', '77', { label: 5 }), /^label: give a string/],
]) assert.throws(call, (error) => error instanceof TypeError && message.test(error.message), String(call));
console.log(`  explain: ${faults} faults of the shared cases have their sentence in both languages`);
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
