/** The list of errors after a failed submit, and the way from it to the fields. */
import { assert, dateSet, field, form } from './bed.mjs';

const fill = '<p>Текст страницы.</p>'.repeat(40);
const TWO = form(field('inn', { label: 'ИНН', more: 'required' }) + field('snils', { label: 'СНИЛС', more: 'required' }));

export const SUMMARY = [
  ['33 given a failed submit, then the summary is at the top of main before h1, has the focus, and loses its tabindex with it', async (bed) => {
    await bed.open(`<main><h1>Заявление</h1>${TWO}</main>`);
    await bed.failed();
    const state = await bed.run(() => {
      const box = document.querySelector('.pdk-summary');
      return [box === document.querySelector('main').firstElementChild, box.getAttribute('tabindex'), document.activeElement === box];
    });
    assert.deepEqual(state, [true, '-1', true]);
    await bed.keys('Tab');
    assert.equal(await bed.attribute('.pdk-summary', 'tabindex'), null);
  }],
  ['34 given a field of each of thirteen sorts, when its link in the summary is pressed, then the field has the focus, its label is at the top, and the address is unchanged', async (bed) => {
    const row = (inner) => `<div class="field">${inner}</div>`;
    const box = (name, type, label) => `<label id="for-${name}"><input type="${type}" name="${name}" id="${name}" required> ${label}</label>`;
    const set = (legend, inner, more = '') => `<fieldset ${more}><legend>${legend}</legend>${inner}</fieldset>`;
    /** Name of the field, its markup, and what is to stand at the top. */
    const kinds = [
      ['birth_date', field('birth_date', { label: 'Дата рождения', more: 'required' }), '[for=birth_date]'],
      ['email', field('email', { label: 'Почта', more: 'required type="email"' }), '[for=email]'],
      ['secret', field('secret', { kind: '', label: 'Пароль', more: 'required type="password"' }), '[for=secret]'],
      ['way', set('Как получить', box('way', 'radio', 'Лично'), 'id="ways"'), '#ways legend'],
      ['area', row('<label for="area">Причина</label><textarea id="area" name="area" required></textarea>'), '[for=area]'],
      ['pick', row('<label for="pick">Отделение</label><select id="pick" name="pick" required><option value=""><option>Первое</select>'), '[for=pick]'],
      ['scan', row('<label for="scan">Скан</label><input type="file" id="scan" name="scan" required>'), '[for=scan]'],
      ['agree', row(box('agree', 'checkbox', 'Согласен')), '#for-agree'],
      ['papers', set('Что приложено', box('papers', 'checkbox', 'Паспорт'), 'id="paper-set"'), '#paper-set legend'],
      ['day', dateSet('required'), '#born legend'],
      ['inside', `<label id="wraps">Имя <input name="inside" required></label>`, '#wraps'],
      // A short set is seen whole with its legend; of a tall one only the field is.
      ['street', set('Адрес', field('street', { kind: '', label: 'Улица', more: 'required' }), 'id="short"'), '#short legend'],
      ['house', set('Другой адрес', fill + field('house', { kind: '', label: 'Дом', more: 'required' })), '[for=house]'],
    ];
    await bed.open(`<main><h1>Заявление</h1>${form(kinds.map(([, markup]) => markup).join(fill) + fill)}${fill}</main>`);
    await bed.failed();
    assert.equal(await bed.count('.pdk-summary a'), kinds.length);
    for (const [at, [name, , head]] of kinds.entries()) {
      await bed.run((at) => document.querySelectorAll('.pdk-summary a')[at].click(), at);
      const state = await bed.run((head) => [document.querySelector(head).getBoundingClientRect().top, document.activeElement.name, location.hash], head);
      // Firefox scrolls by whole pixels of the screen and places by sixtieths of one.
      assert.ok(Math.abs(state[0]) < 1, `${head} at ${state[0]}`);
      assert.deepEqual(state.slice(1), [name, '']);
    }
  }],
  ['35 given a summary, then it says the same as beside the fields, in the order of the page', async (bed) => {
    await bed.open(`<main>${TWO}</main>`);
    await bed.run(() => {
      const made = document.createElement('input');
      Object.assign(made, { name: 'kpp', required: true, ariaLabel: 'КПП' });
      made.setAttribute('data-podskazka', 'kpp');
      document.querySelector('form').prepend(made);
    });
    await bed.failed();
    const [links, inline] = await bed.run(() => [
      [...document.querySelectorAll('.pdk-summary a')].map((it) => it.textContent),
      [...document.querySelectorAll('.pdk-text')].map((it) => it.lastChild.textContent),
    ]);
    assert.deepEqual(links, inline);
    assert.equal(links.length, 3);
    assert.match(links[0], /КПП/);
  }],
  ['36 given a failed submit, then the title says «Ошибка: » once, and no more after the mending', async (bed) => {
    await bed.open(`<main>${form(field('inn', { label: 'ИНН', more: 'required' }))}</main>`);
    await bed.failed();
    await bed.send();
    await bed.until(() => document.title.startsWith('Ошибка: '));
    assert.equal(await bed.run(() => document.title), 'Ошибка: Заявление');
    await bed.typeIn('#inn', '7707083893');
    assert.equal(await bed.run(() => document.title), 'Заявление');
  }],
  ['37 given no summary, when the submit fails, then the first bad field that a person sees has the focus, below what is stuck to the top', async (bed) => {
    const head = '<header style="position:sticky;top:0;height:80px;background:#fff">Шапка</header>';
    const body = `<div id="rows">${field('inn', { label: 'ИНН', more: 'required' })}${field('snils', { label: 'СНИЛС', more: 'required' })}</div>`;
    await bed.open(`${head}<main>${fill}${form(body + fill, 'data-podskazka-summary="off"')}</main>`);
    await bed.run(() => {
      document.querySelector('header').style.cssText = 'position:sticky;top:0;height:80px;background:#fff;z-index:2';
      document.querySelector('#rows').style.cssText = 'display:flex;flex-direction:column-reverse';
    });
    await bed.send();
    await bed.until(() => document.activeElement.name === 'snils');
    const top = await bed.run(() => document.querySelector('[for=snils]').getBoundingClientRect().top);
    assert.ok(top >= 79.5 && top < 200, `the label is at ${top}`);
    assert.equal(await bed.count('.pdk-summary'), 0);
  }],
  ['38 given bad fields in closed details and in a tab, when the submit fails and their link is pressed, then they open and have the focus', async (bed) => {
    const tabs = '<div role="tablist"><button type="button" role="tab" aria-controls="two" id="tab">Ещё</button></div>';
    const body = `<details><summary>Подробнее</summary>${field('inn', { label: 'ИНН', more: 'required' })}</details>${tabs}<div id="two" role="tabpanel" aria-labelledby="tab" hidden>${field('snils', { label: 'СНИЛС', more: 'required' })}</div>`;
    await bed.open(`<main>${form(body)}</main>`);
    await bed.run(() => document.querySelector('#tab').addEventListener('click', () => (document.querySelector('#two').hidden = false)));
    await bed.failed();
    assert.equal(await bed.count('.pdk-summary a'), 2);
    await bed.run(() => document.querySelectorAll('.pdk-summary a')[0].click());
    assert.deepEqual(await bed.run(() => [document.querySelector('details').open, document.activeElement.name]), [true, 'inn']);
    await bed.run(() => document.querySelectorAll('.pdk-summary a')[1].click());
    assert.deepEqual(await bed.run(() => [document.querySelector('#two').hidden, document.activeElement.name]), [false, 'snils']);
  }],
];
