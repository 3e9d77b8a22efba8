/** When an error speaks, and what it never does. */
import { assert, field, form } from './bed.mjs';

const MAIL = form(field('email', { label: 'Почта' }) + field('note', { kind: '', label: 'Примечание' }));
const INN = form(field('inn', { label: 'ИНН', more: 'required' }) + field('snils', { label: 'СНИЛС', more: 'required' }));
const WRONG = '7707083894';
const RIGHT = '7707083893';

export const TIMING = [
  ['01 given an empty required field, when the page loads, then nothing is wrong and nothing is said', async (bed) => {
    await bed.open(INN);
    assert.deepEqual([await bed.errors(), await bed.count('[aria-invalid]'), await bed.live()], [0, 0, []]);
  }],
  ['02 given an empty e-mail, when one letter is typed, then no error', async (bed) => {
    await bed.open(MAIL);
    await bed.typeIn('#email', 'a');
    assert.equal(await bed.errors(), 0);
  }],
  ['03 given a wrong value, when the field is left, then one error, beside this field alone', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.equal(await bed.errors(), 1);
    assert.equal(await bed.attribute('#snils', 'aria-invalid'), null);
    assert.equal(await bed.run(() => document.querySelector('.pdk-error').previousElementSibling.id), 'inn');
  }],
  ['03 given a form whose errors wait for the submit, when a wrong value is left, then no error; after a failed submit its error goes as soon as it is mended', async (bed) => {
    const fields = field('inn', { label: 'ИНН', more: 'required' }) + field('phone', { label: 'Телефон' }) + field('note', { kind: '' });
    await bed.open(form(fields, 'data-podskazka-errors="submit"'));
    await bed.typeIn('#inn', WRONG);
    await bed.keys('Tab');
    // What helps without scolding stays: a spelling is put right, and the count of what is missing is taken away.
    await bed.fill('#phone', '89161234567');
    await bed.until(() => document.querySelector('.pdk-chip'));
    assert.deepEqual([await bed.errors(), await bed.attribute('#inn', 'aria-invalid'), await bed.count('.pdk-hint')], [0, null, 0]);
    await bed.failed();
    assert.equal(await bed.attribute('#inn', 'data-podskazka-code'), 'inn.checksum');
    await bed.typeIn('#phone', '5');
    await bed.keys('Backspace', 3);
    await bed.keys('Tab');
    assert.equal(await bed.errors(), 1, 'another field waits for the next submit');
    await bed.focus('#inn');
    await bed.keys('End');
    await bed.keys('Backspace');
    await bed.type('3');
    await bed.until(() => !document.querySelector('.pdk-error'));
  }],
  ['04 given a required field never edited, when the person tabs through, then no error', async (bed) => {
    await bed.open(INN);
    await bed.focus('#inn');
    await bed.keys('Tab', 2);
    assert.equal(await bed.errors(), 0);
  }],
  ['05 given an error, when a key makes the value right, then error, aria-invalid and its id go with that key', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.focus('#inn');
    await bed.keys('End');
    await bed.keys('Shift+ArrowLeft');
    await bed.run(() => {
      const inn = document.querySelector('#inn');
      inn.addEventListener('input', () => setTimeout(() => (window.after = [document.querySelectorAll('.pdk-error').length, inn.getAttribute('aria-invalid'), inn.getAttribute('aria-describedby')])));
    });
    await bed.type('3');
    await bed.until(() => window.after);
    assert.deepEqual(await bed.run(() => window.after), [0, null, null]);
  }],
  ['06 given an error, when a key leaves it wrong, then the words stay and nothing is said', async (bed) => {
    await bed.open(MAIL);
    await bed.fill('#email', 'anna@');
    const words = await bed.text('.pdk-text');
    assert.match(words, /Почта/);
    await bed.forgetLive();
    for (const key of '@@ и') {
      await bed.typeIn('#email', key);
      assert.deepEqual([await bed.text('.pdk-text'), await bed.live()], [words, []], key);
    }
    // Another fault has its words when the field is left.
    await bed.open(INN);
    await bed.fill('#inn', '500100000198');
    const sum = await bed.text('.pdk-text');
    await bed.typeIn('#inn', '555');
    assert.equal(await bed.text('.pdk-text'), sum);
    await bed.keys('Tab');
    await bed.until((sum) => document.querySelector('.pdk-text').textContent !== sum, sum);
    assert.match(await bed.text('.pdk-text'), /15 цифр/);
  }],
  ['07 given a right value, when it becomes incomplete, then silence until the field is left', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', RIGHT);
    await bed.focus('#inn');
    await bed.keys('End');
    await bed.keys('Backspace');
    assert.equal(await bed.errors(), 0);
    assert.deepEqual(await bed.live(), []);
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-error'));
  }],
  ['08 given a question to the server that is not answered yet, when the person types on, then its answer is dropped; the field is busy meanwhile and shows no error', async (bed) => {
    await bed.open(form(field('inn', { label: 'ИНН', more: 'data-podskazka-ask' }) + field('note', { kind: '' })));
    await bed.run(() => {
      window.asked = [];
      document.addEventListener('podskazka:ask', ({ target, detail }) => {
        const it = { text: target.value, detail: JSON.stringify(detail), signal: detail.signal };
        detail.answer(new Promise((done) => (it.answer = done)));
        window.asked.push(it);
      });
    });
    const busy = () => bed.attribute('#inn', 'aria-busy');
    await bed.until(() => window.performance.getEntriesByName(new URL('/podskazka/ask.js', location).href).length);
    await bed.fill('#inn', RIGHT);
    await bed.until(() => window.asked.length === 1 && document.querySelector('#inn').getAttribute('aria-busy') === 'true');
    assert.equal(await bed.errors(), 0);
    assert.ok(!(await bed.run(() => window.asked[0].detail)).includes(RIGHT), 'no value in the event');
    // The text changes: the answer is about one that no longer stands there.
    await bed.forgetLive();
    await bed.focus('#inn');
    await bed.keys('End');
    await bed.keys('Backspace');
    assert.deepEqual([await busy(), await bed.run(() => window.asked[0].signal.aborted)], [null, true]);
    await bed.run(async () => {
      window.asked[0].answer({ code: 'E7', message: 'Такого ИНН нет в реестре.' });
      await new Promise((done) => setTimeout(done));
    });
    assert.deepEqual([await bed.errors(), await bed.live()], [0, []]);
    // The same text again is a new question; its answer counts.
    await bed.type('3');
    await bed.keys('Tab');
    await bed.until(() => window.asked.length === 2);
    await bed.run(() => window.asked[1].answer({ code: 'E7', message: 'Такого ИНН нет в реестре.' }));
    await bed.until(() => document.querySelector('[data-podskazka-code="site.E7"]'));
    assert.deepEqual([await busy(), await bed.errors()], [null, 1]);
    // Nor does it come back by itself.
    await bed.failed();
    assert.match(await bed.text('.pdk-summary a'), /нет в реестре/);
  }],
  ['09 given a failed submit, when Enter is pressed in a field, then every bad field has its error, as after a click', async (bed) => {
    await bed.open(INN);
    await bed.click('button[type=submit]');
    await bed.until(() => document.querySelectorAll('.pdk-error').length === 2);
    await bed.open(INN);
    await bed.focus('#snils');
    await bed.keys('Enter');
    await bed.until(() => document.querySelectorAll('.pdk-error').length === 2);
  }],
  ['10 given any state, then the submit button is never disabled', async (bed) => {
    await bed.open(INN);
    const disabled = () => bed.count('button[type=submit]:disabled');
    assert.equal(await disabled(), 0);
    await bed.fill('#inn', WRONG);
    assert.equal(await disabled(), 0);
    await bed.failed();
    assert.equal(await disabled(), 0);
  }],
  ['11 given a wrong value, when the pointer goes down on submit and up 90 ms later, then the click counts and the button has not moved', async (bed) => {
    await bed.open(INN);
    await bed.run(() => {
      window.clicks = 0;
      document.querySelector('button[type=submit]').addEventListener('click', () => window.clicks++);
    });
    await bed.typeIn('#inn', WRONG);
    const box = () => bed.run(() => document.querySelector('button[type=submit]').getBoundingClientRect().toJSON());
    // The hint of the last key goes with the next frame.
    await bed.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));
    const before = await box();
    await bed.down(before.x + 20, before.bottom - 4);
    await new Promise((done) => setTimeout(done, 90));
    assert.equal((await box()).y, before.y, 'no shift under the pointer');
    await bed.up();
    assert.equal(await bed.run(() => window.clicks), 1);
    await bed.until(() => document.querySelector('.pdk-summary'));
  }],
  ['12 given a wrong value, when the field is left, then the focus is where the person went', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.equal(await bed.run(() => !!document.activeElement.closest('.pdk-error,#snils')), true);
    assert.equal(await bed.run(() => document.activeElement.id || document.activeElement.className), 'snils');
  }],
  ['progress: given a date and an e-mail, when they are typed, then what is still to come stands beside them, and no error', async (bed) => {
    await bed.open(form(field('birth_date', { label: 'Дата рождения' }) + field('email', { label: 'Почта' }) + field('note', { kind: '' })));
    const hint = (text) => bed.until((text) => (document.querySelector('.pdk-hint')?.textContent ?? '') === text, text);
    await bed.typeIn('#birth_date', '05');
    await hint('Осталось: месяц и год');
    await bed.type('03');
    await hint('Осталось: год');
    await bed.type('1990');
    await hint('');
    await bed.typeIn('#email', 'anna');
    await hint('Осталось: @ и название почты, например @mail.ru');
    await bed.type('@mail');
    await hint('Осталось: название почты, например mail.ru');
    await bed.type('.ru');
    await hint('');
    assert.equal(await bed.errors(), 0);
  }],
  ['progress: given a hint that waits for the next frame, when an error is shown before it, then the error stands alone, at once and after', async (bed) => {
    await bed.open(INN);
    await bed.typeIn('#inn', '7707');
    await bed.until(() => document.querySelector('.pdk-hint'));
    // A number that goes on and is left, all in one frame: by the keys of a machine, or on a busy phone.
    await bed.run(async () => {
      const inn = document.querySelector('#inn');
      const state = () => [document.querySelectorAll('.pdk-hint').length, document.querySelectorAll('.pdk-error').length, inn.getAttribute('aria-describedby').split(' ').length];
      inn.value = '77070';
      inn.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: '0' }));
      document.querySelector('#snils').focus();
      window.atOnce = state();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      window.after = state();
    });
    assert.deepEqual(await bed.run(() => [window.atOnce, window.after]), [[0, 1, 1], [0, 1, 1]]);
  }],
  ['doubt: given a birth date of more than 120 years ago, when the field is left, then a doubt that stops nothing', async (bed) => {
    await bed.open(form(field('birth_date', { label: 'Дата рождения' }) + field('note', { kind: '' })));
    await bed.fill('#birth_date', '05.03.1890');
    await bed.until(() => document.querySelector('.pdk-warn'));
    assert.match(await bed.text('.pdk-warn'), /выходит больше 120 лет/);
    assert.equal((await bed.ax('#birth_date')).invalid, 'false');
  }],
];
