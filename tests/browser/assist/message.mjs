/** What an error says, and how it belongs to its field. */
import { readFileSync } from 'node:fs';
import { assert, dateSet, field, form } from './bed.mjs';

const WRONG = '7707083894';
const HINTED = form('<p id="help">12 цифр для человека</p>' + field('inn', { label: 'ИНН', more: 'aria-describedby="help"' }) + field('note', { kind: '' }));
const error = (bed) => bed.until(() => document.querySelector('.pdk-error'));

export const MESSAGE = [
  ['13 given an error, then its own words stand after a hidden «Ошибка:»', async (bed) => {
    await bed.open(HINTED);
    await bed.fill('#inn', WRONG);
    await error(bed);
    const [hidden, words] = await bed.run(() => [...document.querySelector('.pdk-text').children].map((it) => [it.textContent.trim(), it.getBoundingClientRect().width]));
    assert.equal(hidden[0], 'Ошибка:');
    assert.ok(hidden[1] <= 1, 'hidden for the eye');
    assert.match(words[0], /ИНН/);
  }],
  ['14 given an error, then the accessibility tree has it invalid and its name unchanged', async (bed) => {
    await bed.open(HINTED);
    await bed.fill('#inn', WRONG);
    await error(bed);
    const { name, invalid, role } = await bed.ax('#inn');
    assert.deepEqual({ name, invalid, role }, { name: 'ИНН', invalid: 'true', role: 'textbox' });
  }],
  ['15 given a described field, when an error comes and goes, then hint and error are read, and the attribute is as it was', async (bed) => {
    await bed.open(HINTED);
    await bed.fill('#inn', WRONG);
    await error(bed);
    assert.match((await bed.ax('#inn')).description, /^12 цифр для человека Ошибка: .*ИНН/);
    await bed.focus('#inn');
    await bed.keys('End');
    await bed.keys('Backspace');
    await bed.type('3');
    await bed.until(() => document.querySelector('#inn').getAttribute('aria-describedby') === 'help');
  }],
  ['16 given an error, then each id of the description stands once', async (bed) => {
    await bed.open(HINTED);
    await bed.fill('#inn', WRONG);
    await error(bed);
    const counts = await bed.run(() =>
      document.querySelector('#inn').getAttribute('aria-describedby').split(' ').map((id) => document.querySelectorAll(`[id="${id}"]`).length));
    assert.deepEqual(counts, [1, 1]);
  }],
  ['17 given an odd id, when an error is shown, then the description still holds', async (bed) => {
    for (const id of ['a.b', 'c[0]', '$d', '1e', 'f g']) {
      await bed.open(form(`<label>ИНН <input id="${id}" name="inn" data-podskazka="inn"></label><input name="note" aria-label="note">`));
      await bed.fill('[name=inn]', WRONG);
      await error(bed);
      assert.match((await bed.ax('[name=inn]')).description, /Ошибка: .*ИНН/, id);
    }
  }],
  ['18 given a required field with a kind, when two rules fail, then one message, the emptiness first', async (bed) => {
    await bed.open(form(field('inn', { label: 'ИНН', more: 'required minlength="20"' })));
    await bed.failed();
    assert.equal(await bed.errors(), 1);
    assert.match(await bed.text('.pdk-text'), /Заполните поле «ИНН»/);
    await bed.typeIn('#inn', '77');
    await bed.send();
    await bed.until(() => !/Заполните/.test(document.querySelector('.pdk-text').textContent));
    assert.equal(await bed.count('.pdk-text'), 1);
  }],
  ['19 given every built-in Russian message, then none scolds, and an error names its field', async (bed) => {
    const words = readFileSync('src/messages/ru.txt', 'utf8');
    assert.ok(words.length > 5000);
    assert.equal(words.match(/некоррект|неверн|пожалуйста|извините|недопустим/iu), null);
    await bed.open(HINTED);
    await bed.fill('#inn', WRONG);
    await error(bed);
    assert.match(await bed.text('.pdk-text'), /ИНН/);
  }],
  ['20 given a hint with an example, when an error is shown, then it has no second one; without a hint it has one', async (bed) => {
    const more = 'aria-describedby="help"';
    for (const [hint, examples] of [['<p id="help">Например, 112-233-445 95</p>', 0], ['<p id="help">На обороте карточки</p>', 1]]) {
      await bed.open(form(hint + field('snils', { label: 'СНИЛС', more }) + field('email', { label: 'Почта', more }) + field('note', { kind: '' })));
      await bed.fill('#snils', '112-233');
      await bed.fill('#email', 'анна@почта');
      await bed.until(() => document.querySelectorAll('.pdk-error').length === 2);
      for (const text of await bed.run(() => [...document.querySelectorAll('.pdk-text')].map((it) => it.textContent))) {
        assert.equal(text.match(/например|так: /g)?.length ?? 0, examples, text);
        assert.match(text, /\.$/);
      }
    }
  }],
  ['21 given an error, then its colours reach 4.5:1 for text and 3:1 for the border, and colour is not alone', async (bed) => {
    await bed.open(HINTED);
    await bed.fill('#inn', WRONG);
    await error(bed);
    const [text, border, width] = await bed.run(() => {
      const style = getComputedStyle(document.querySelector('.pdk-error'));
      const parts = (it) => it.match(/[\d.]+/g).slice(0, 3).map(Number);
      const light = (rgb) => rgb.map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)).reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);
      const ratio = (one, two) => {
        const [a, b] = [light(parts(one)), light(parts(two))].sort((a, b) => b - a);
        return (a + 0.05) / (b + 0.05);
      };
      return [ratio(style.color, style.backgroundColor), ratio(style.borderInlineStartColor, style.backgroundColor), parseFloat(style.borderInlineStartWidth)];
    });
    assert.ok(text >= 4.5 && border >= 3 && width >= 2, `${text} ${border} ${width}`);
  }],
  ['22 given a label with markup in it, when an error is shown, then it is text', async (bed) => {
    await bed.open(form('<input name="inn" data-podskazka="inn" aria-label="<img src=x onerror=window.bad=1>">') + field('note', { kind: '' }));
    await bed.fill('[name=inn]', WRONG);
    await error(bed);
    assert.match(await bed.text('.pdk-text'), /<img src=x/);
    assert.deepEqual([await bed.count('img'), await bed.run(() => window.bad)], [0, await bed.run(() => undefined)]);
  }],
  ['23 given radio buttons in a fieldset, when none is chosen, then the fieldset carries the description and only one part is invalid', async (bed) => {
    const radios = ['Лично', 'Почтой'].map((it, at) => `<label><input type="radio" name="way" value="${at}" required> ${it}</label>`).join('');
    await bed.open(`<main><h1>Заявление</h1>${form(`<fieldset id="ways"><legend>Как получить</legend>${radios}</fieldset>` + field('note', { kind: '' }))}</main>`);
    await bed.failed();
    assert.match((await bed.ax('#ways')).description, /Ошибка: .*Как получить/);
    assert.equal(await bed.count('[aria-invalid=true]'), 1);
    await bed.audit();
  }],
  ['23 given a date in three boxes, when a part of it is wrong or missing, then the group carries the description and only that box is invalid', async (bed) => {
    await bed.open(`<main><h1>Заявление</h1>${form(dateSet() + field('note', { kind: '' }))}</main>`);
    await bed.until(() => document.querySelector('#day').inputMode === 'numeric');
    const type = async (...texts) => {
      for (const [at, name] of ['day', 'month', 'year'].entries()) {
        await bed.run((name) => (document.getElementById(name).value = ''), name);
        await bed.focus(`#${name}`);
        await bed.type(texts[at]);
      }
    };
    const invalid = () => bed.run(() => [...document.querySelectorAll('[aria-invalid=true]')].map((it) => it.id));
    await type('5', '13', '1990');
    // Between its boxes a person is still within the date.
    assert.equal(await bed.errors(), 0);
    await bed.keys('Tab');
    await error(bed);
    assert.deepEqual(await invalid(), ['month']);
    assert.match((await bed.ax('#born')).description, /День, месяц и год.* Ошибка: .*[Дд]ата рождения.*календаре/);
    assert.equal((await bed.ax('#month')).name, 'Месяц');
    assert.deepEqual(await bed.run(() => ['day', 'year'].map((id) => document.getElementById(id).getAttribute('aria-describedby'))), [null, null]);
    await bed.audit();
    await type('31', '2', '1990');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('#day').ariaInvalid === 'true');
    assert.deepEqual(await invalid(), ['day']);
    await type('5', '3', '3990');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('#year').ariaInvalid === 'true');
    assert.deepEqual(await invalid(), ['year']);
    // What is missing before what is there is named.
    await type('5', '', '1990');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-text')?.textContent.includes('месяц.'));
    assert.deepEqual(await invalid(), ['month']);
    assert.match(await bed.text('.pdk-text'), /Дата рождения: укажите месяц\./);
    // Mended: every mark is gone, at once.
    await bed.focus('#month');
    await bed.type('3');
    await bed.until(() => !document.querySelector('.pdk-error,[aria-invalid=true]'));
    await bed.keys('Tab');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-echo')?.textContent.includes('5 марта 1990'));
    assert.match(await bed.attribute('#born', 'aria-describedby'), /^born-hint pdk-o-\d+$/);
  }],
  ['23 given a date in three boxes with day and month changed over, when the fix is pressed, then each box has its own, and the form has what stands in them', async (bed) => {
    await bed.open(form(dateSet() + field('note', { kind: '' })));
    await bed.until(() => document.querySelector('#day').inputMode === 'numeric');
    for (const [name, text] of [['day', '12'], ['month', '25'], ['year', '1990']]) await bed.typeIn(`#${name}`, text);
    await bed.keys('Tab');
    await error(bed);
    await bed.click('.pdk-fix');
    await bed.until(() => !document.querySelector('.pdk-error,[aria-invalid=true]'));
    assert.deepEqual(await bed.run(() => [...new FormData(document.querySelector('form'))].map(([, value]) => value).slice(0, 3)), ['25', '12', '1990']);
  }],
  ['23 given a date in three boxes, when nothing stands in them and the form is sent, then all three are asked for, and the widget leaves them as they were', async (bed) => {
    await bed.open(`<main><h1>Заявление</h1>${form(dateSet('required') + field('note', { kind: '' }))}</main>`, { wait: '#day[inputmode]' });
    const before = await bed.run(() => document.querySelector('#born').outerHTML.replace(/ (inputmode|autocomplete|spellcheck)="[^"]*"/g, ''));
    await bed.failed();
    assert.deepEqual([await bed.count('.pdk-summary a'), await bed.count('[aria-invalid=true]')], [1, 3]);
    await bed.run(() => window.Podskazka.destroy());
    await bed.until(() => !document.querySelector('.pdk-summary'));
    assert.equal(await bed.run(() => document.querySelector('#born').outerHTML), before);
  }],
  ['24 given a window of 320 px, when an error is shown, then nothing scrolls sideways and label, error and field are seen', async (bed) => {
    await bed.size(320, 480);
    try {
      await bed.open(`<main class="wrap">${HINTED}</main>`);
      await bed.fill('#inn', WRONG);
      await error(bed);
      await bed.focus('#inn');
      const [wide, seen] = await bed.run(() => {
        const inside = (it) => {
          const box = it.getBoundingClientRect();
          return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
        };
        return [document.documentElement.scrollWidth, ['[for=inn]', '#inn', '.pdk-text'].filter((it) => !inside(document.querySelector(it)))];
      });
      assert.deepEqual([wide <= 320, seen], [true, []]);
    } finally {
      await bed.size(1000, 800);
    }
  }, { except: { firefox: 'a window is 500 px wide at least', webkit: 'a window is 447 px wide at least' } }],
  ['23 given a date in three boxes, when a whole one is pasted or typed into the first, then each box has its own and it is sent so', async (bed) => {
    const boxes = () => bed.run(() => ['day', 'month', 'year'].map((id) => document.getElementById(id).value));
    const ways = [
      ['05.03.1990', '', ['05', '03', '1990']], ['5 марта 1990', '', ['5', '3', '1990']], ['1990-03-05', '', ['05', '03', '1990']],
      ['05031990', 'required', ['05', '03', '1990']], ['05.03.1990', 'maxlength="4" required', ['05', '03', '1990']],
    ];
    for (const [text, more, wanted] of ways) {
      await bed.open(form(dateSet(more) + field('note', { kind: '' })), { wait: '#day[inputmode]' });
      await bed.focus('#day');
      await bed.masks();
      await bed.copy(text);
      await bed.keys('Control+v');
      await bed.until((wanted) => document.querySelector('#year').value === wanted, wanted[2]);
      assert.deepEqual(await boxes(), wanted, text);
      assert.equal(await bed.run(() => document.activeElement.id), 'day');
    }
    await bed.send();
    await bed.landed('done');
    assert.match(await bed.run(() => location.search), /day=05&month=03&year=1990/);
    await bed.open(form(dateSet('required') + field('note', { kind: '' })), { wait: '#day[inputmode]' });
    await bed.typeIn('#day', '05.03.1990');
    assert.deepEqual(await boxes(), ['05', '03', '1990']);
    assert.equal(await bed.errors(), 0);
    // Only the first box: what is missing stays asked for, however often the form is sent.
    await bed.open(`<main>${form(dateSet('required') + field('note', { kind: '' }))}</main>`, { wait: '#day[inputmode]' });
    await bed.typeIn('#day', '5');
    await bed.failed();
    await bed.send();
    await bed.until(() => document.querySelector('.pdk-summary li'));
    assert.equal(await bed.run(() => location.search), '');
  }],
  ['host: given rules of the page itself, when they are broken, then the error names the field and says what its title says, in the list too', async (bed) => {
    const body = field('login', { kind: '', label: 'Логин', more: 'pattern="[a-z]+" title="Только латинские буквы"' }) + field('site', { kind: '', label: 'Сайт', more: 'type="url"' });
    await bed.open(`<main>${form(body)}</main>`);
    await bed.typeIn('#login', 'Ж1');
    await bed.typeIn('#site', 'нет');
    await bed.failed();
    const said = () => bed.run(() => ['.pdk-error .pdk-text', '.pdk-summary li'].map((it) => [...document.querySelectorAll(it)].map((el) => el.textContent.replace(/^Ошибка: /, ''))));
    const [inline, list] = await said();
    assert.deepEqual(list, inline);
    assert.equal(list[0], 'Логин: Только латинские буквы');
    assert.match(list[1], /^Сайт: ./);
    // The same again, and no more once it is mended.
    await bed.send();
    assert.deepEqual((await said())[1], list);
    await bed.run(() => document.querySelector('#login').select());
    await bed.focus('#login');
    await bed.keys('Control+a');
    await bed.type('anna');
    await bed.keys('Tab');
    await bed.until(() => document.querySelectorAll('.pdk-error').length === 1);
  }],
  ['layout: given labels beside their fields in a grid, when a hint comes, then the next label stays in its column', async (bed) => {
    await bed.open(form(`<div id="grid">${['snils', 'kpp'].map((it) => `<label for="${it}">${it}</label><input id="${it}" name="${it}" data-podskazka="${it}">`).join('')}</div>`));
    await bed.run(() => (document.querySelector('#grid').style.cssText = 'display:grid;grid-template-columns:120px 1fr;gap:8px'));
    const place = () => bed.run(() => ['[for=kpp]', '#kpp'].map((it) => Math.round(document.querySelector(it).getBoundingClientRect().x)));
    const before = await place();
    await bed.typeIn('#snils', '112');
    await bed.until(() => document.querySelector('.pdk-hint'));
    assert.deepEqual(await place(), before);
  }],
  ['layout: given two fields in one row, when both are wrong, then the row keeps its shape and the errors stand under it', async (bed) => {
    const row = (more) => `<div id="row">${['inn', 'kpp'].map((it) => `<input id="${it}" name="${it}" aria-label="${it}" data-podskazka="${it}">`).join('')}</div>${more}`;
    for (const css of ['display:flex;gap:8px', 'display:flex;flex-wrap:wrap;gap:8px']) {
      await bed.open(form(row(field('note', { kind: '' }))));
      await bed.run((css) => (document.querySelector('#row').style.cssText = css), css);
      await bed.fill('#inn', WRONG);
      await bed.fill('#kpp', '12');
      await bed.until(() => document.querySelectorAll('.pdk-error').length === 2);
      const beside = await bed.run(() => [...document.querySelectorAll('.pdk-error')].filter((it) => {
        const { left, right, width } = it.getBoundingClientRect();
        const row = document.querySelector('#row').getBoundingClientRect();
        return left > row.left + 1 || right > row.right + 1 || width < row.width - 1;
      }).length);
      assert.equal(beside, 0, css);
      // The first one anew: it comes last and stands first.
      const end = async (digit) => {
        await bed.focus('#inn');
        await bed.keys('End');
        await bed.keys('Backspace');
        await bed.fill('#inn', digit);
      };
      await end('3');
      await bed.until(() => document.querySelectorAll('.pdk-error').length === 1);
      await end('4');
      await bed.until(() => document.querySelectorAll('.pdk-error').length === 2);
      const order = await bed.run(() => [...document.querySelectorAll('#inn, #kpp, .pdk-error')].map((it) => it.id || it.className));
      const codes = await bed.run(() => [...document.querySelectorAll('.pdk-error')].map((it) => it.dataset.podskazkaCode.split('.')[0]));
      assert.deepEqual(codes, ['inn', 'kpp'], `${css}: ${order}`);
    }
  }],
  ['lang: given a page in another language, when our words are shown, then they say which language they are in', async (bed) => {
    await bed.open(`<main>${form(field('inn', { label: 'INN' }) + field('note', { kind: '' }))}</main>`);
    await bed.run(() => Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' }));
    await bed.typeIn('#inn', WRONG);
    await bed.failed();
    assert.deepEqual(await bed.run(() => ['.pdk-error', '.pdk-summary'].map((it) => document.querySelector(it)).map((it) => [it.lang, getComputedStyle(it).direction])), [['ru', 'ltr'], ['ru', 'ltr']]);
  }],
];
