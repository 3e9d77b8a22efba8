// The functions of the package in both builds: a form by its schema, columns, what is refused.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { builds } from './builds.mjs';

const context = { today: '2026-11-25' };
const bank = { account: '40702810500000002851', bik: '044525225' };
const schema = {
  version: 1,
  form: 'payer',
  fields: [
    { name: 'who' },
    { name: 'inn', kind: 'inn', required: true },
    { name: 'day', kind: 'date', max: 'today' },
    { name: 'sum', kind: 'money', min: 1.5 },
    { name: 'code', pattern: '[0-9]{3}-[А-Я]', example: '123-А' },
    { name: 'kpp', kind: 'kpp', required: true, visible_if: { field: 'who', is: ['company'] } },
    { name: 'account', kind: 'account' },
    { name: 'bik', kind: 'bik' },
    { name: 'scan', required: true, files: { types: ['pdf'] } },
  ],
  rules: [
    { rule: 'account_bik', account: 'account', bik: 'bik' },
    { rule: 'same_region', inn: 'inn', kpp: 'kpp' },
  ],
};
const fine = { who: ' я ', inn: '7707083893', day: '25.11.2026', sum: '1,50', code: '123-А', ...bank };

for (const [build, { check, checkForm, checkMany, format, kinds }] of Object.entries(builds)) {
  /** An answer as words: valid, name:code of each field, code of each finding with its fields. */
  const answer = (values) => {
    const { valid, fields, findings } = checkForm(schema, values, context);
    const found = findings.map((it) => `${it.code}${it.warning ? '?' : ''}:${it.fields}`);
    return [valid, ...fields.map((it) => `${it.name}:${it.code ?? it.verdict}`), ...found].join(' ');
  };

  test(`${build}: a form is judged by its schema`, () => {
    const whole = 'who:complete inn:complete day:complete sum:complete code:complete';
    assert.equal(answer(fine), `true ${whole} account:complete bik:complete`);
    assert.equal(
      answer({ ...fine, who: 'company', inn: null, day: '26 ноября 2026', sum: '1', code: '1234', account: '40702810500000002852' }),
      'false who:complete inn:form.required day:form.late sum:form.min code:form.pattern kpp:form.required account:complete bik:complete form.account_bik:account,bik',
    );
    // A doubt stops nothing, and a file has no answer.
    assert.equal(
      answer({ ...fine, who: 'company', kpp: '500101001', scan: new Blob() }),
      `true ${whole} kpp:complete account:complete bik:complete form.same_region?:kpp,inn`,
    );
    assert.equal(answer({ inn: '7707083893' }), 'true who:empty inn:complete day:empty sum:empty code:empty account:empty bik:empty');
  });

  test(`${build}: a form takes the day alone, too`, () => {
    const late = { ...fine, day: '26.11.2026' };
    assert.deepEqual(checkForm(schema, late, context.today), checkForm(schema, late, context));
    assert.equal(checkForm(schema, late, context.today).valid, false);
    assert.equal(checkForm(schema, late, '2026-11-30').valid, true);
    assert.throws(() => checkForm(schema, late, '30.11.2026'), /^TypeError: context.today: give a day as YYYY-MM-DD/);
  });

  test(`${build}: a value in the wrong field is named with the empty field that it is meant for`, () => {
    const names = [['bik', 'bik'], ['snils', 'snils'], ['inn', 'inn'], ['own', 'inn'], ['secret', 'card']];
    const fields = names.map(([name, kind]) => ({ name, kind, ...(name === 'secret' && { capture: 'never' }) }));
    const hidden = { name: 'kpp', kind: 'kpp', visible_if: { field: 'bik', is: ['yes'] } };
    const targets = (values) => {
      const found = checkForm({ version: 1, form: 'f', fields: [...fields, hidden] }, values, context);
      return found.fields.filter((it) => it.target).map((it) => `${it.name}>${it.target}`).join(' ');
    };
    assert.equal(targets({ snils: '7707083893' }), 'snils>inn');
    assert.equal(targets({ snils: 'ИНН 7707083893', inn: '7707083893' }), 'snils>own');
    assert.equal(targets({ snils: '7707083893', inn: '7707083893', own: '7707083893' }), '', 'no field is free');
    assert.equal(targets({ snils: '7707083894' }), '', 'no ИНН');
    assert.equal(targets({ inn: '7707083893' }), '', 'right where it stands');
    assert.equal(targets({ bik: '770701001' }), '', 'the field of КПП is not asked for');
    assert.equal(targets({ secret: '7707083893' }), '', 'what is never shown is not carried over');
  });

  test(`${build}: an answer of a field has all its parts`, () => {
    const { fields } = checkForm(schema, { ...fine, day: '🙂26.11.2026', inn: '77\u000007083893', sum: '0' }, context);
    assert.deepEqual(fields[0], { name: 'who', verdict: 'complete', canonical: ' я ', display: ' я ', facts: {}, warnings: [] });
    assert.deepEqual([fields[1].code, fields[1].found], ['inn.chars', '\u0001']);
    assert.deepEqual([fields[2].code, fields[2].span], ['date.chars', { start: 0, end: 2 }]);
    assert.deepEqual(fields[3], { name: 'sum', verdict: 'fault', code: 'form.min', span: { start: 0, end: 1 }, expected: '1,5', found: '', fixes: [] });
  });

  test(`${build}: a schema that cannot be used is thrown with places and fixes`, () => {
    const broken = { version: 1, fields: [{ name: 'a', kind: 'snlis', nme: [true, null, 1.5] }] };
    let thrown;
    assert.throws(() => checkForm(broken, {}), (error) => (thrown = error) instanceof TypeError);
    assert.match(thrown.message, /^schema\/form: .+ \(and 2 more\)$/);
    const places = thrown.problems.map((it) => `${it.path} ${it.code}`);
    assert.deepEqual(places, ['/form schema.missing', '/fields/0/nme schema.unknown', '/fields/0/kind schema.kind']);
    assert.match(thrown.problems[2].message, /did you mean `snils`/);
    const loop = { version: 1, form: 'f' };
    loop.fields = [{ name: 'a', label: loop }];
    assert.throws(() => checkForm(loop, {}), /^TypeError: schema\/fields\/0\/label/);
  });

  test(`${build}: an unfinished value comes with what completes it`, () => {
    const { verdict, missing, lengths, fixes } = check('inn', '77070838993', context);
    assert.deepEqual([verdict, missing, lengths], ['partial', 1, [12]]);
    const meant = fixes.find((it) => it.value === '7707083893');
    assert.equal(meant.reason, 'extra');
    const [{ start, end, text }] = meant.edits;
    assert.equal('77070838993'.slice(0, start) + text + '77070838993'.slice(end), '7707083893');
    const first = (kind, text) => check(kind, text, context).fixes[0];
    assert.deepEqual(first('bik', '44525225'), { reason: 'zeros', value: '044525225', edits: [{ start: 0, end: 8, text: '044525225' }] });
    assert.ok(check('snils', '112-233-45 95', context).fixes.some((it) => it.reason === 'missing' && it.value === '112-233-445 95'));
    assert.deepEqual(check('ogrn', '102770013219', context).fixes, []);
    const { fields } = checkForm(schema, { inn: '77070838993', bik: '44525225' }, context);
    assert.deepEqual(fields.filter((it) => it.verdict === 'partial').map((it) => `${it.name} ${it.fixes[0].value}`), ['inn 7700838993', 'bik 044525225']);
  });

  test(`${build}: a column gives what its values give one by one`, () => {
    const texts = ['7707083893', '770708389', '77О7083893', '', '７７０７０８３８９３', '7\u0000'];
    const column = Array.from({ length: 20_000 }, (_, at) => texts[at % texts.length]);
    const classes = ['complete', 'partial', 'fault'];
    const found = checkMany('inn', column, context);
    assert.equal(found.length, column.length);
    const wanted = texts.map((text) => classes.indexOf(check('inn', text, context).verdict));
    found.forEach((it, at) => assert.equal(it, wanted[at % texts.length], `row ${at}`));
    const accounts = [bank.account, '40702810500000002852', '9'.repeat(70_000)];
    assert.deepEqual([...checkMany('account', accounts, { ...context, bik: bank.bik })], [0, 2, 2]);
    assert.equal(checkMany('inn', []).length, 0);
  });

  test(`${build}: texts of any length and any signs are judged`, () => {
    for (const kind of kinds()) {
      for (const text of ['\ud800', '1'.repeat(5_000), '\u0000']) assert.ok(check(kind, text, context).verdict, kind);
    }
    // More bytes than lie ready for a text.
    for (const kind of ['inn', 'date', 'email', 'text']) assert.ok(check(kind, '🙂'.repeat(30_000), context).verdict, kind);
    assert.equal(check('dept_code', '500-001').canonical, '500001', 'an alias');
    assert.equal(check('text', 'строка\u0000').code, 'text.chars');
    assert.deepEqual([...checkMany('text', ['строка\u0000', 'строка'])], [2, 0]);
    assert.equal(format('inn', '77 07 083893'), '7707083893');
    assert.equal(format('inn', '7'), null);
    assert.equal(check('account', '40702810500000002852', { bik: bank.bik }).code, 'account.checksum');
  });

  test(`${build}: a call that makes no sense is refused with the fix`, () => {
    const refusals = [
      [() => check('inn'), /^text: give a string/],
      [() => check(5, '1'), /^kind: give a string/],
      [() => check('mars', '1'), /^kind: "mars" is not known; take one of inn, /],
      [() => check('inn', '1', { today: '2026-13-01' }), /^context.today: give a day as YYYY-MM-DD/],
      [() => check('inn', '1', { today: 5 }), /^context.today/],
      [() => check('inn', '1', 'today'), /^context: give an object/],
      [() => check('account', '1', { bik: 44525225 }), /^context.bik: give a string/],
      [() => checkMany('inn', '1'), /^texts: give an array of strings/],
      [() => checkMany('inn', ['1', 2]), /^texts: give an array of strings/],
      [() => checkForm('refund', {}), /^schema: give an object/],
      [() => checkForm([], {}), /^schema: /],
      [() => checkForm(schema, []), /^values: give an object/],
      [() => checkForm(schema, { inn: 7707083893 }), /^values.inn: give a string/],
    ];
    for (const [call, message] of refusals) assert.throws(call, (error) => error instanceof TypeError && message.test(error.message), String(call));
  });
}
