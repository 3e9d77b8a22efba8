/** Values that come without a key: autofill, dictation, a browser that goes back; and what is never blocked. */
import { assert, field, form } from './bed.mjs';

const INN = form(field('inn', { label: 'ИНН' }) + field('snils', { label: 'СНИЛС' }));
const RIGHT = '7707083893';
const WRONG = '7707083894';

/** Sets a value as a browser or a password manager does, with these events. */
const put = (bed, selector, value, ...events) => bed.run((selector, value, events) => {
  const el = document.querySelector(selector);
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(el, value);
  for (const name of events) el.dispatchEvent(new Event(name, { bubbles: true }));
}, selector, value, events);

export const AUTOFILL = [
  ['53 given an error, when a native setter and an input event bring a right value, then the state follows', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    await put(bed, '#inn', RIGHT, 'input');
    assert.equal(await bed.errors(), 0);
  }],
  ['54 given an error, when the value changes with a change event alone, then it is read again', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    await put(bed, '#inn', RIGHT, 'change');
    assert.equal(await bed.errors(), 0);
  }],
  ['54 given a field with the focus, when its value changes with no event, then it is read within a second', async (bed) => {
    await bed.open(INN);
    await bed.focus('#inn');
    await put(bed, '#inn', '770708');
    await bed.until(() => document.querySelector('.pdk-hint'));
  }],
  ['54 given a value that came with no event, when the field is left or the form sent, then it is checked', async (bed) => {
    await bed.open(INN);
    await bed.focus('#inn');
    await put(bed, '#inn', WRONG);
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-error'));
    await put(bed, '#snils', '112-233-445 99');
    await bed.failed();
    assert.equal(await bed.errors(), 2);
  }],
  ['55 given a page that the browser brings back, when it is shown, then errors are in step with the values', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    await put(bed, '#inn', RIGHT);
    await bed.run(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    assert.equal(await bed.errors(), 0);
    // A counter and a mask as well.
    await bed.open(form(field('phone', { label: 'Телефон' }) + '<textarea id="reason" name="reason" aria-label="Причина" data-podskazka-count="20"></textarea>' + field('note', { kind: '' })));
    await bed.until(() => document.querySelector('[aria-hidden=true].pdk-hint'));
    await bed.typeIn('#phone', '9161234567');
    await bed.run(() => (document.querySelector('#reason').value = 'Переезд'));
    await bed.run(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    assert.deepEqual([await bed.value('#phone'), await bed.text('#reason ~ [aria-hidden=true]')], ['+7 (916) 123-45-67', 'Осталось 13 знаков']);
  }],
  ['56 given any field, when a person pastes, cuts, drops or opens the menu, then nothing is prevented', async (bed) => {
    await bed.open(INN);
    const stopped = await bed.run(() => {
      const inn = document.querySelector('#inn');
      const events = [new ClipboardEvent('paste', { bubbles: true, cancelable: true }), new ClipboardEvent('cut', { bubbles: true, cancelable: true }),
        new DragEvent('drop', { bubbles: true, cancelable: true }), new MouseEvent('contextmenu', { bubbles: true, cancelable: true })];
      return events.filter((it) => !inn.dispatchEvent(it)).map((it) => it.type);
    });
    assert.deepEqual(stopped, []);
  }],
  ['57 given fields with no autocomplete, then each kind that has a token gets it, and a page\'s own stays', async (bed) => {
    const kinds = { phone: 'tel', email: 'email', birth_date: 'bday', postcode: 'postal-code', sms_code: 'one-time-code', full_name: 'name', last_name: 'family-name', first_name: 'given-name', patronymic: 'additional-name' };
    await bed.open(form(Object.keys(kinds).map((it) => field(it)).join('') + field('own', { kind: 'phone', more: 'autocomplete="off"' })));
    for (const [kind, token] of Object.entries(kinds)) assert.equal(await bed.attribute(`#${kind}`, 'autocomplete'), token);
    assert.equal(await bed.attribute('#own', 'autocomplete'), 'off');
  }],
  ['58 given kinds of digits and of amounts, then the keyboard is numeric or decimal, comma and dot both pass, and no type is changed', async (bed) => {
    await bed.open(form(field('inn') + field('bik') + field('money') + field('email') + field('kpp')));
    const modes = {};
    for (const kind of ['inn', 'bik', 'money', 'email', 'kpp']) modes[kind] = await bed.attribute(`#${kind}`, 'inputmode');
    assert.deepEqual(modes, { inn: 'numeric', bik: 'numeric', money: 'decimal', email: 'email', kpp: null });
    for (const amount of ['12,50', '12.50']) {
      await bed.run(() => (document.querySelector('#money').value = ''));
      await bed.fill('#money', amount);
      assert.equal(await bed.errors(), 0, amount);
    }
    assert.equal(await bed.count('[type=number]'), 0);
  }],
  ['59 given names and codes, then spelling is not checked; in an address it may be', async (bed) => {
    await bed.open(form(field('last_name') + field('inn') + field('address')));
    assert.deepEqual([await bed.attribute('#last_name', 'spellcheck'), await bed.attribute('#inn', 'spellcheck'), await bed.attribute('#address', 'spellcheck')], ['false', 'false', null]);
  }],
];
