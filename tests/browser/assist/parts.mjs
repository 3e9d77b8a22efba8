/** Files and pasted blocks: the page's side of rules that come with the module `assist`. */
import { assert, field, form } from './bed.mjs';

const MODULE = 'the module with the rules of files and blocks is not built yet';
const file = (name, bytes, type = '') => ({ name, mimeType: type, buffer: Buffer.from(bytes) });
const PDF = '%PDF-1.7 ';

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
      await bed.page.locator('#scan').setInputFiles(files);
      await bed.until((code) => document.querySelector(`[data-podskazka-code="${code}"]`), code);
      assert.match((await bed.ax('#scan')).description, /Ошибка/);
      texts.add(await bed.text('.pdk-text'));
    }
    assert.equal(texts.size, Object.keys(cases).length);
    await bed.page.locator('#scan').setInputFiles([file('a.pdf', PDF)]);
    await bed.until(() => !document.querySelector('.pdk-error'));
  }, { todo: MODULE, only: 'chromium: files by the driver' }],
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
  }, { todo: MODULE }],
];
