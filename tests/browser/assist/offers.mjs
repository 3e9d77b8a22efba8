/** What is offered and never forced. */
import { assert, field, form } from './bed.mjs';

export const OFFERS = [
  ['80 given an error with a known fix, then a real button with old and new value in its name can be reached by Tab, and nothing is changed unasked', async (bed) => {
    await bed.open(form(field('inn', { label: 'ИНН' }) + field('note', { kind: '' })));
    await bed.fill('#inn', '77O7083893');
    await bed.until(() => document.querySelector('.pdk-fix'));
    assert.equal(await bed.value('#inn'), '77O7083893');
    const { role, name } = await bed.ax('.pdk-fix');
    assert.equal(role, 'button');
    assert.match(name, /7707083893.*77O7083893/);
    await bed.focus('#inn');
    await bed.keys('Tab');
    assert.equal(await bed.run(() => document.activeElement.className), 'pdk-fix');
    await bed.keys('Enter');
    await bed.until(() => document.querySelector('#inn').value === '7707083893');
    assert.equal(await bed.errors(), 0);
    assert.equal(await bed.run(() => document.activeElement.id), 'inn');
    await bed.undo();
    assert.equal(await bed.value('#inn'), '77O7083893', 'one step of undo');
  }],
  ['81 given a slip in the domain of a mail, when the field is left, then a soft doubt, not invalid, and the form goes', async (bed) => {
    await bed.open(form(field('email', { label: 'Почта' }) + field('note', { kind: '' })));
    await bed.fill('#email', 'anna@gmial.com');
    await bed.until(() => document.querySelector('.pdk-warn'));
    // The tree of a screen reader follows the page a moment later.
    let seen = await bed.ax('#email');
    for (const end = Date.now() + 8_000; !seen.description && Date.now() < end; ) seen = await bed.ax('#email');
    assert.equal(seen.invalid, 'false');
    assert.match(seen.description, /gmail/);
    await bed.send();
    await bed.landed('done');
  }],
  ['83 given a page in the error state, then axe finds nothing, and name and description hold', async (bed) => {
    await bed.open(`<main class="wrap"><h1>Заявление</h1><p id="help">12 цифр</p>${form(field('inn', { label: 'ИНН', more: 'required aria-describedby="help"' }) + field('phone', { label: 'Телефон' }) + field('email', { label: 'Почта' }) + field('birth_date', { label: 'Дата рождения' }))}</main>`);
    await bed.fill('#inn', '77O7083893');
    await bed.fill('#phone', '89161234567');
    await bed.fill('#email', 'anna@gmial.com');
    await bed.fill('#birth_date', '05.03.1990');
    await bed.failed();
    await bed.until(() => document.querySelector('.pdk-echo'));
    await bed.audit();
    const { name, description, invalid } = await bed.ax('#inn');
    assert.deepEqual([name, invalid], ['ИНН', 'true']);
    assert.match(description, /^12 цифр .*Ошибка/);
    assert.match((await bed.ax('#birth_date')).description, /5 марта 1990 г., понедельник/);
  }],
  ['override: given a failed submit, when «Всё равно отправить» is pressed, then codes are told and the form goes', async (bed) => {
    await bed.open(`<main>${form(field('inn', { label: 'ИНН' }))}</main>`);
    await bed.run(() => document.addEventListener('podskazka:override', (e) => sessionStorage.setItem('told', e.detail.codes.join())));
    await bed.typeIn('#inn', '7707083894');
    await bed.failed();
    await bed.click('.pdk-override');
    await bed.landed('done');
    assert.equal(await bed.run(() => [sessionStorage.getItem('told'), sessionStorage.clear()][0]), 'inn.checksum');
  }],
  ['move: given an ИНН in the field of СНИЛС, when the field is left, then it is offered to carry it over, and one press does it', async (bed) => {
    await bed.open(form(field('snils', { label: 'СНИЛС' }) + field('inn', { label: 'ИНН' })));
    await bed.fill('#snils', '7707083893');
    await bed.until(() => [...document.querySelectorAll('.pdk-fix')].some((it) => /Похоже, это/.test(it.textContent)));
    await bed.run(() => [...document.querySelectorAll('.pdk-fix')].find((it) => /Похоже, это/.test(it.textContent)).click());
    await bed.until(() => document.querySelector('#inn').value === '7707083893');
    assert.equal(await bed.value('#snils'), '');
  }],
  ['move: given a СНИЛС or an ИНН typed into the field of a phone, when the last digit is one too many, then all stand and it is offered to carry them over', async (bed) => {
    for (const [number, name, shown] of [['11223344595', 'snils', '112-233-445 95'], ['90112233430', 'snils', '901-122-334 30'], ['500100010126', 'inn', '500100010126']]) {
      await bed.open(form(field('phone', { label: 'Телефон' }) + field('snils', { label: 'СНИЛС' }) + field('inn', { label: 'ИНН' })));
      await bed.typeIn('#phone', number);
      assert.equal(await bed.value('#phone'), number);
      await bed.keys('Tab');
      await bed.until(() => [...document.querySelectorAll('.pdk-fix')].some((it) => /Похоже, это/.test(it.textContent)));
      await bed.run(() => [...document.querySelectorAll('.pdk-fix')].find((it) => /Похоже, это/.test(it.textContent)).click());
      await bed.until(([name, shown]) => document.querySelector(`#${name}`).value === shown, [name, shown]);
      assert.equal(await bed.value('#phone'), '');
    }
  }],
  ['swap: given a СНИЛС and an ИНН in each other\'s fields, when one press has exchanged them, then both are right, and one undo brings both back', async (bed) => {
    await bed.open(form(field('snils', { label: 'СНИЛС' }) + field('inn', { label: 'ИНН' }) + field('note', { kind: '' })));
    const values = async () => [await bed.value('#snils'), await bed.value('#inn')].map((it) => it.replace(/\D/g, ''));
    await bed.fill('#inn', '11223344595');
    await bed.fill('#snils', '7707083893');
    await bed.until(() => [...document.querySelectorAll('.pdk-fix')].some((it) => /это ИНН. Поменять местами/.test(it.textContent)));
    await bed.run(() => [...document.querySelectorAll('.pdk-fix')].find((it) => /это ИНН. Поменять местами/.test(it.textContent)).click());
    await bed.until(() => document.querySelector('#inn').value === '7707083893');
    assert.equal(await bed.value('#snils'), '112-233-445 95');
    assert.equal(await bed.errors(), 0);
    await bed.undo();
    assert.deepEqual(await values(), ['7707083893', '11223344595'], 'one step of undo');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.equal(await bed.run(() => [...document.querySelectorAll('.pdk-fix')].filter((it) => /Поменять местами/.test(it.textContent)).length), 0);
  }],
  ['80 given a fix that was pressed, when it is undone, then it is not offered again', async (bed) => {
    await bed.open(form(field('inn', { label: 'ИНН' }) + field('note', { kind: '' })));
    await bed.fill('#inn', '77O7083893');
    await bed.click('.pdk-error .pdk-fix');
    await bed.until(() => document.querySelector('#inn').value === '7707083893');
    await bed.undo();
    assert.equal(await bed.value('#inn'), '77O7083893');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.equal(await bed.count('.pdk-fix'), 0);
  }],
  ['override: given a marked field in a form that is not marked, when its value is wrong, then it is told and the form goes', async (bed) => {
    await bed.open(`<main><form action="/done.html">${field('inn', { label: 'ИНН' }) + field('note', { kind: '' })}<button type="submit">Отправить</button></form></main>`, { wait: '#inn[inputmode]' });
    await bed.fill('#inn', '7707083894');
    await bed.until(() => document.querySelector('.pdk-error'));
    await bed.send();
    await bed.landed('done');
  }],
  ['typing: given a letter typed for a digit, when the field is left, then no digit has moved and the digit is offered', async (bed) => {
    await bed.open(form(field('passport', { label: 'Паспорт' }) + field('note', { kind: '' })));
    await bed.fill('#passport', '45О9123456');
    await bed.until(() => document.querySelector('.pdk-fix'));
    assert.equal((await bed.value('#passport')).replaceAll(' ', ''), '45О9123456');
    await bed.click('.pdk-fix');
    assert.equal((await bed.value('#passport')).replaceAll(' ', ''), '4509123456');
  }],
];
