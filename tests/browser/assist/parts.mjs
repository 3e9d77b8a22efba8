/** Files, pasted blocks, schemas: the page's side of rules that come with the module `assist`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assert, field, form } from './bed.mjs';

const file = (name, text) => ({ name, text });
const PDF = '%PDF-1.7 ';

/** Firefox has a stack of undo for each field, Chromium one for the page. */
async function undoAll(bed, ...names) {
  for (const name of names) {
    await bed.focus(`#${name}`);
    for (let n = 0; n < 4; n++) await bed.undo();
  }
}

export const PARTS = [
  ['74 given a field for PDF of 20 bytes at most, when files are chosen, then each kind of trouble has its own text, before anything is sent', async (bed) => {
    const more = 'type="file" multiple accept=".pdf" data-podskazka-max-size="20" data-podskazka-max-files="2" required';
    await bed.open(form(field('scan', { kind: '', label: 'Скан', more }) + field('note', { kind: '' })));
    const texts = new Set();
    const cases = {
      'file.type': [file('a.png', '\x89PNG')], 'file.content': [file('a.pdf', 'text')], 'file.size': [file('a.pdf', PDF + 'x'.repeat(40))],
      'file.empty': [file('a.pdf', '')], 'file.count': [file('a.pdf', PDF), file('b.pdf', PDF), file('c.pdf', PDF)],
    };
    for (const [code, files] of Object.entries(cases)) {
      await bed.choose('#scan', files);
      await bed.until((code) => document.querySelector(`[data-podskazka-code="${code}"]`), code);
      assert.match((await bed.ax('#scan')).description, /Ошибка/);
      texts.add(await bed.text('.pdk-text'));
    }
    // None at all, a name that cannot be stored, a password, and one that has gone from the disk since it was chosen.
    const told = async (code) => {
      await bed.until((code) => document.querySelector(`[data-podskazka-code="${code}"]`), code);
      texts.add(await bed.text('.pdk-text'));
    };
    const name = (await bed.ax('#scan')).name;
    await bed.choose('#scan', []);
    await bed.failed();
    await told('form.required');
    await bed.choose('#scan', [file(`${'a'.repeat(300)}.pdf`, PDF)]);
    await told('file.name');
    await bed.open(form(field('scan', { kind: '', label: 'Скан', more: 'type="file" accept=".pdf"' }) + field('note', { kind: '' })));
    await bed.choose('#scan', [file('a.pdf', `${PDF}\n1 0 obj <</Type/Catalog>> endobj trailer <</Encrypt 2 0 R>>`)]);
    await told('file.locked');
    const gone = join(mkdtempSync(join(tmpdir(), 'podskazka-file-')), 'a.pdf');
    writeFileSync(gone, PDF);
    await bed.choose('#scan', gone);
    rmSync(dirname(gone), { recursive: true });
    await bed.run(() => document.querySelector('#scan').dispatchEvent(new Event('change', { bubbles: true })));
    await told('file.unreadable');
    assert.equal(texts.size, 9, [...texts].join(' | '));
    assert.match(name, /Скан/);
    await bed.choose('#scan', [file('a.pdf', PDF)]);
    await bed.until(() => !document.querySelector('.pdk-error'));
  }],
  ['75 given a file that will not do, when it is chosen, then it is announced once and stands in the description of the button, whose name stays', async (bed) => {
    await bed.open(form(field('scan', { kind: '', label: 'Скан', more: 'type="file" accept=".pdf"' }) + field('note', { kind: '' })));
    const before = (await bed.ax('#scan')).name;
    await bed.forgetLive();
    await bed.choose('#scan', [file('a.pdf', '')]);
    await bed.until(() => document.querySelector('[data-podskazka-code="file.empty"]'));
    await bed.until(() => window.live.length);
    const [said] = await bed.live();
    assert.match(said, /Скан.*пустой/);
    const { name, description, invalid } = await bed.ax('#scan');
    assert.ok(description.includes('Ошибка:') && description.includes('пустой'), description);
    assert.equal(invalid, 'true');
    assert.match(before, /Скан/);
    assert.match(name, /Скан/);
    assert.equal((await bed.live()).length, 1);
  }],
  ['82 given a form that asks for a last look, when it is sent, then the answers stand there with a way back to each, nothing typed is lost, and a second press sends', async (bed) => {
    const ways = ['Лично', 'Почтой'].map((it, at) => `<label><input type="radio" name="way" value="${at}"> ${it}</label>`).join('');
    const rest = `<div class="field"><label for="pick">Отделение</label><select id="pick" name="pick"><option value="1">Первое<option value="2">Второе</select></div><fieldset><legend>Как получить</legend>${ways}</fieldset>`;
    await bed.open(`<main><h1>Заявление</h1>${form(field('inn', { label: 'ИНН' }) + field('phone', { label: 'Телефон' }) + rest + field('secret', { kind: '', label: 'Пароль', more: 'type="password"' }), 'data-podskazka-review')}</main>`);
    await bed.fill('#inn', '7707083894');
    await bed.failed();
    assert.equal(await bed.count('.pdk-review'), 0, 'errors first');
    await bed.keys('Tab');
    await bed.run(() => document.querySelector('#inn').select());
    await bed.focus('#inn');
    await bed.keys('Control+a');
    await bed.type('7707083893');
    await bed.fill('#phone', '89161234567');
    await bed.fill('#secret', 'Мукомол-846');
    await bed.run(() => {
      document.querySelector('#pick').value = '2';
      document.querySelector('[name=way][value="1"]').click();
    });
    await bed.send();
    await bed.until(() => document.querySelector('.pdk-review'));
    const list = () => bed.run(() => [...document.querySelectorAll('.pdk-review dt')].map((it) => [it.textContent, it.nextElementSibling.textContent]));
    assert.deepEqual(await list(), [['ИНН', '7707083893'], ['Телефон', '+7 (916) 123-45-67'], ['Отделение', 'Второе'], ['Как получить', 'Почтой'], ['Пароль', 'введено']]);
    assert.deepEqual(await bed.run(() => [document.activeElement.textContent, getComputedStyle(document.querySelector('form')).display]), ['Проверьте, что вы ввели', 'none']);
    assert.equal((await bed.ax('.pdk-review dd button')).name, 'Изменить поле «ИНН»');
    await bed.audit();
    // Back to one answer: everything is as it was typed.
    await bed.run(() => document.querySelectorAll('.pdk-review dd button')[1].click());
    assert.deepEqual(await bed.run(() => [document.activeElement.id, document.querySelector('form').getAttribute('style'), document.querySelector('.pdk-review')]), ['phone', null, null]);
    assert.deepEqual([await bed.value('#inn'), await bed.value('#phone'), await bed.value('#secret'), await bed.value('#pick')], ['7707083893', '+7 (916) 123-45-67', 'Мукомол-846', '2']);
    await bed.keys('Control+a');
    await bed.type('+79161234568');
    await bed.send();
    await bed.until(() => document.querySelector('.pdk-review'));
    assert.deepEqual((await list())[1], ['Телефон', '+7 (916) 123-45-68']);
    await bed.click('.pdk-review > button');
    await bed.landed('done');
  }],
  ['block: given a name, a date and a passport pasted into one field, when it is confirmed, then each goes to its field and nothing is overwritten', async (bed) => {
    await bed.open(form(field('full_name', { label: 'ФИО' }) + field('birth_date', { label: 'Дата рождения' }) + field('passport', { label: 'Паспорт' })));
    await bed.focus('#full_name');
    await bed.copy('Иванов Иван Иванович, 05.03.1990, 4509 123456');
    await bed.keys('Control+v');
    await bed.until(() => document.querySelector('.pdk-warn[role=group]'));
    assert.equal(await bed.value('#birth_date'), '');
    await bed.click('.pdk-warn[role=group] button');
    await bed.until(() => document.querySelector('#birth_date').value);
    assert.deepEqual([await bed.value('#full_name'), await bed.value('#birth_date')], ['Иванов Иван Иванович', '05.03.1990']);
    assert.equal((await bed.value('#passport')).replace(/\D/g, ''), '4509123456');
  }],
  ['schema: given rules in the form, when its fields are left and sent, then a bound, a rule and a pattern speak, and what is mended is silent', async (bed) => {
    const schema = {
      version: 1, form: 'test', fields: [
        { name: 'sum', kind: 'money', label: 'Сумма', max: 1000, required: true },
        { name: 'code', label: 'Код', pattern: '[0-9]{3}-[А-Я]', example: '123-А' },
        { name: 'mail', kind: 'email' }, { name: 'again', kind: 'email', label: 'Почта ещё раз' },
      ],
      rules: [{ rule: 'equal', first: 'mail', second: 'again' }],
    };
    const fields = ['sum', 'code', 'mail', 'again'].map((name) => field(name, { kind: '', label: name })).join('');
    await bed.open(form(`<script type="application/json" data-podskazka-schema>${JSON.stringify(schema)}</script>${fields}`));
    const code = (name) => bed.run((name) => document.getElementById(name).dataset.podskazkaCode ?? '', name);
    const put = async (name, text) => {
      await bed.focus(`#${name}`);
      await bed.keys('Control+a');
      await bed.type(text);
      await bed.keys('Tab');
    };
    await put('sum', '1000,01');
    await bed.until(() => document.querySelector('#sum').dataset.podskazkaCode === 'form.max');
    assert.match(await bed.text('.pdk-text'), /Сумма: не может быть больше 1000/);
    await put('sum', '1000');
    await bed.until(() => !document.querySelector('.pdk-error'));
    await put('code', '12-А');
    await bed.until(() => document.querySelector('#code').dataset.podskazkaCode === 'form.pattern');
    await put('code', '123-А');
    await put('mail', 'a@example.ru');
    await put('again', 'b@example.ru');
    await bed.until(() => document.querySelector('#again').dataset.podskazkaCode === 'form.equal');
    assert.equal(await code('code'), '');
    await put('again', 'a@example.ru');
    await bed.until(() => !document.querySelector('.pdk-error'));
    await put('sum', 'x');
    await bed.until(() => document.querySelector('#sum').dataset.podskazkaCode?.startsWith('money.'));
  }],
  ['schema: given one that is broken, when the page loads, then each problem is told with its place and fix, and the form goes on', async (bed) => {
    const schema = { version: 1, form: 'test', fields: [{ name: 'inn', kind: 'inm' }] };
    await bed.open(form(`<script type="application/json" data-podskazka-schema>${JSON.stringify(schema)}</script>${field('inn', { kind: 'inn', label: 'ИНН' })}`));
    await bed.focus('#inn');
    await bed.type('7707083894');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('#inn').dataset.podskazkaCode === 'inn.checksum');
    const told = await bed.run(() => window.lines);
    assert.ok(told.some((it) => it.includes('/fields/0/kind') && it.includes('did you mean `inn`?')), told.join());
  }],
  ['block: given a phone before the passport, when a block is pasted into the passport, then it is the passport, what has no field is named, and undo takes all of it back', async (bed) => {
    await bed.open(form(['full_name', 'phone', 'birth_date', 'passport', 'snils'].map((it) => field(it, { label: it })).join('')));
    const values = () => bed.run(() => Object.fromEntries([...document.querySelectorAll('form input')].map((it) => [it.name, it.value]).filter(([, value]) => value)));
    await bed.focus('#passport');
    await bed.masks();
    await bed.copy('ФИО: Иванов Иван Иванович, 05.03.1990, 4509 123456, 112-233-445 95, г. Москва');
    await bed.keys('Control+v');
    await bed.until(() => document.querySelector('.pdk-warn[role=group]'));
    const lines = await bed.run(() => [...document.querySelectorAll('.pdk-warn li')].map((it) => it.textContent));
    assert.deepEqual(lines, ['full_name: Иванов Иван Иванович', 'birth_date: 05.03.1990', 'passport: 4509 123456', 'snils: 112-233-445 95', 'Без поля: г. Москва']);
    await bed.click('.pdk-warn[role=group] button');
    await bed.until(() => document.querySelector('#snils').value);
    const { passport, ...others } = await values();
    assert.deepEqual([passport.replace(/\D/g, ''), others], ['4509123456', { full_name: 'Иванов Иван Иванович', birth_date: '05.03.1990', snils: '112-233-445 95' }]);
    await undoAll(bed, 'full_name', 'birth_date', 'passport', 'snils');
    assert.deepEqual(Object.keys(await values()).filter((it) => it !== 'passport'), []);
  }],
  ['block: given a phone with an 8, when a block is distributed and undone, then the field that was mended is empty again', async (bed) => {
    await bed.open(form(field('full_name', { label: 'ФИО' }) + field('phone', { label: 'Телефон' })));
    await bed.focus('#full_name');
    await bed.masks();
    await bed.copy('Иванов Иван Иванович, 8 916 123-45-67');
    await bed.keys('Control+v');
    await bed.until(() => document.querySelector('.pdk-warn[role=group]'));
    await bed.click('.pdk-warn[role=group] button');
    await bed.until(() => document.querySelector('#phone').value === '+7 (916) 123-45-67');
    await undoAll(bed, 'full_name', 'phone');
    assert.equal(await bed.value('#phone'), '');
  }],
];
