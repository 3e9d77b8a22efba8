/** Masks: typing, deleting, pasting, composing, and the way back. */
import { assert, field, form } from './bed.mjs';

const PHONE = form(field('phone', { label: 'Телефон' }) + field('note', { kind: '' }));
const SHOWN = '+7 (916) 123-45-67';
const digits = (text) => text.replace(/\D/g, '');

/** Enters a text by real keys, by a paste, or as one piece. */
const ways = {
  type: (bed, text) => bed.type(text),
  paste: async (bed, text) => {
    await bed.copy(text);
    await bed.keys('Control+v');
  },
  autofill: (bed, text) => bed.run((text) => {
    const el = document.activeElement;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(el, text);
    el.dispatchEvent(new Event('input', { bubbles: true }));
  }, text),
};

const formOfMask = (pattern) => form(field('code', { kind: 'text', label: 'Код', more: `data-podskazka-mask-pattern="${pattern}"` }) + field('note', { kind: '' }));

export const TYPING = [
  ['40 given a full phone number, when a digit inside is deleted and typed anew, then the caret stays with it', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+79161234567');
    const state = () => bed.run(() => [document.querySelector('#phone').value, document.querySelector('#phone').selectionStart]);
    assert.equal(await bed.value('#phone'), SHOWN);
    await bed.run(() => document.querySelector('#phone').setSelectionRange(6, 6));
    await bed.keys('Backspace');
    assert.deepEqual(await state(), ['+7 (961) 234-56-7', 5]);
    await bed.type('5');
    assert.deepEqual(await state(), ['+7 (956) 123-45-67', 6]);
  }],
  ['41 given a caret behind a separator, when Backspace is pressed twice, then something happens each time', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+79161234567');
    const at = (await bed.value('#phone')).indexOf('-') + 1;
    await bed.run((at) => document.querySelector('#phone').setSelectionRange(at, at), at);
    const state = () => bed.run(() => [document.querySelector('#phone').value, document.querySelector('#phone').selectionStart].join());
    const states = [await state()];
    for (let n = 0; n < 2; n++) {
      await bed.keys('Backspace');
      states.push(await state());
    }
    assert.equal(new Set(states).size, 3, states.join(' '));
    assert.equal(digits(states[2].split(',')[0]).length, 10);
  }],
  ['42 given three selected digits, when one is typed, then it takes their place with the caret after it', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+79161234567');
    await bed.run(() => document.querySelector('#phone').setSelectionRange(9, 12));
    await bed.type('9');
    const value = await bed.value('#phone');
    assert.equal(digits(value), '791694567');
    assert.equal(digits(value.slice(0, await bed.caret('#phone'))), '79169');
  }],
  ['43 given a full value, when one more digit is typed inside, then it is refused and the reason is said', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+79161234567');
    const full = await bed.value('#phone');
    await bed.run(() => document.querySelector('#phone').setSelectionRange(7, 7));
    await bed.forgetLive();
    await bed.type('5');
    assert.equal(await bed.value('#phone'), full);
    assert.equal((await bed.live()).length, 1);
  }],
  ['30 given a mask, when it refuses a burst of keys, then one polite reason is said', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+79161234567');
    await bed.forgetLive();
    await bed.type('55555');
    assert.equal((await bed.live()).length, 1);
    assert.equal(digits(await bed.value('#phone')), '79161234567');
  }],
  ['44 given a mask, when digits are typed and the field is left, then the page hears one input a key and one change', async (bed) => {
    await bed.open(PHONE);
    await bed.run(() => {
      window.heard = [];
      for (const name of ['input', 'change']) document.querySelector('#phone').addEventListener(name, () => window.heard.push(name));
    });
    await bed.fill('#phone', '+7916');
    assert.deepEqual(await bed.run(() => window.heard), ['input', 'input', 'input', 'input', 'input', 'change']);
  }],
  ['45 given a mask, when nothing is typed, then the value stays empty', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await bed.keys('Tab');
    assert.equal(await bed.value('#phone'), '');
  }],
  ['46 given half a value, when the form is sent, then it has no placeholder and no separator at its end', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+7916');
    assert.match(await bed.run(() => new FormData(document.querySelector('form')).get('phone')), /^\+7 \(916\)?$/);
  }],
  ['47 given a full value, when Ctrl+Backspace or Ctrl+Delete is pressed, then one group goes and not all', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+79161234567');
    await bed.keys('Control+Backspace');
    assert.equal(digits(await bed.value('#phone')), '791612345');
    await bed.keys('Home');
    await bed.keys('Control+Delete');
    const left = digits(await bed.value('#phone'));
    assert.ok(left.length >= 5 && left.length < 9, left);
  }],
  ['48 given a date, when Backspace is pressed inside, then no digit appears that nobody typed', async (bed) => {
    await bed.open(form(field('birth_date', { label: 'Дата' }) + field('note', { kind: '' })));
    await bed.typeIn('#birth_date', '05031986');
    assert.equal(await bed.value('#birth_date'), '05.03.1986');
    await bed.run(() => document.querySelector('#birth_date').setSelectionRange(7, 7));
    await bed.keys('Backspace');
    assert.equal(digits(await bed.value('#birth_date')), '0503986');
  }],
  ['49 given a date, when it is typed in any spelling, then it is the same date', async (bed) => {
    for (const text of ['1.2.1990', '1/2/1990', '01021990', '1 февраля 1990', '01.02.1990']) {
      await bed.open(form(field('birth_date', { label: 'Дата' }) + field('note', { kind: '' })));
      await bed.fill('#birth_date', text);
      assert.equal(await bed.value('#birth_date'), '01.02.1990', text);
      assert.equal(await bed.errors(), 0, text);
    }
  }],
  ['50 given a phone, when it is typed with 8, +7, 7 or neither, then it is the same number', async (bed) => {
    for (const text of ['89161234567', '+79161234567', '79161234567', '9161234567']) {
      await bed.open(PHONE);
      await bed.fill('#phone', text);
      assert.equal(await bed.value('#phone'), SHOWN, text);
      assert.equal(await bed.errors(), 0, text);
    }
  }],
  ['51 given a mask, when a number is pasted with blanks, hyphens and words of all sorts, then it is clean', async (bed) => {
    for (const text of ['8 (916) 123-45-67', '+7\u00a0916\u200b123\u201145\u201167', '\uff18\uff19\uff11\uff16\uff11\uff12\uff13\uff14\uff15\uff16\uff17', 'тел. 8 916 123-45-67']) {
      await bed.open(PHONE);
      await bed.focus('#phone');
      await ways.paste(bed, text);
      await bed.keys('Tab');
      assert.equal(await bed.value('#phone'), SHOWN, text);
    }
  }],
  ['52 given a mask, when a text that is too long is pasted, then it is kept whole and explained', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await ways.paste(bed, '+7 916 123-45-67 89');
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.equal(digits(await bed.value('#phone')), '7916123456789');
  }],
  ['53 given a mask, when a value comes by a native setter and an input event, then it is formatted', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await ways.autofill(bed, '89161234567');
    await bed.until((shown) => document.querySelector('#phone').value === shown, SHOWN);
    assert.equal(await bed.caret('#phone'), SHOWN.length);
  }],
  ['60 given a word that is being composed, when it grows and is committed, then nothing changes before the end and nothing is doubled', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await bed.masks();
    for (const text of ['9', '91', '916']) {
      await bed.cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      assert.equal(await bed.value('#phone'), text);
    }
    await bed.cdp.send('Input.insertText', { text: '916' });
    assert.equal(digits(await bed.value('#phone')), '7916');
  }, { only: 'the driver has no input method' }],
  ['61 given a keyboard that composes each character, when four come, then they are formatted', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await bed.masks();
    for (const text of '9161') {
      await bed.cdp.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
      await bed.cdp.send('Input.insertText', { text });
    }
    assert.equal(await bed.value('#phone'), '+7 (916) 1');
  }, { only: 'the driver has no input method' }],
  ['62 given half a number, when the browser puts a whole one in its place by a suggestion, then the whole text is replaced and nothing is doubled', async (bed) => {
    await bed.open(form('<datalist id="kept"><option value="+7 900 000-00-01"></datalist>' + field('phone', { label: 'Телефон', more: 'list="kept"' }) + field('note', { kind: '' })));
    await bed.typeIn('#phone', '900');
    // The list of the browser itself, by keyboard; where none opens, its two events.
    await bed.keys('ArrowDown', 2);
    await bed.keys('Enter');
    if (digits(await bed.value('#phone')) !== '79000000001') {
      await bed.run((text) => {
        const el = document.querySelector('#phone');
        const event = (name, cancelable) => new InputEvent(name, { inputType: 'insertReplacementText', data: text, bubbles: true, composed: true, cancelable });
        if (!el.dispatchEvent(event('beforeinput', true))) return;
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(el, text);
        el.dispatchEvent(event('input', false));
      }, '+7 900 000-00-01');
    }
    assert.deepEqual([await bed.value('#phone'), await bed.caret('#phone')], ['+7 (900) 000-00-01', 18]);
    await bed.keys('Tab');
    assert.equal(await bed.errors(), 0);
  }],
  ['63 given fixes and a chip, then each button is 24 px or more both ways', async (bed) => {
    await bed.open(form(field('inn', { label: 'ИНН' }) + field('phone', { label: 'Телефон' }) + field('note', { kind: '' })));
    await bed.fill('#inn', '77O7083893');
    await bed.fill('#phone', '89161234567');
    await bed.until(() => document.querySelector('.pdk-fix') && document.querySelector('.pdk-chip button'));
    const small = await bed.run(() => [...document.querySelectorAll('.pdk-fix,.pdk-why')].map((it) => it.getBoundingClientRect()).filter((it) => it.width < 24 || it.height < 24).length);
    assert.equal(small, 0);
  }],
  ['64 given a number typed, mended inside and pasted over, when it is undone and redone, then each step brings value and caret back', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+79161234567');
    const state = () => bed.run(() => [document.querySelector('#phone').value, document.querySelector('#phone').selectionStart]);
    await bed.run(() => document.querySelector('#phone').setSelectionRange(10, 10));
    const typed = await state();
    await bed.keys('Backspace');
    const deleted = await state();
    assert.notDeepEqual(deleted, typed);
    await bed.run(() => document.querySelector('#phone').select());
    await ways.paste(bed, '+7 900 000-00-01');
    const pasted = await state();
    assert.equal(digits(pasted[0]), '79000000001');
    await bed.undo();
    assert.equal((await state())[0], deleted[0]);
    await bed.undo();
    assert.deepEqual(await state(), typed);
    await bed.redo();
    assert.deepEqual(await state(), deleted);
    await bed.redo();
    assert.deepEqual(await state(), pasted);
  }],
  ['65 given an automatic repair, when Ctrl+Z is pressed once, then the raw text is back and stays', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await ways.paste(bed, '8 (916) 123-45-67');
    // What mends is fetched with the first visit to a field, and takes up what came before it.
    await bed.until(() => document.querySelector('.pdk-chip'));
    assert.equal(await bed.value('#phone'), SHOWN);
    await bed.undo();
    const raw = await bed.value('#phone');
    assert.equal(digits(raw), '89161234567');
    await bed.keys('Tab');
    assert.equal(await bed.value('#phone'), raw, 'not repaired again');
  }],
  ['65 given a phone typed with an 8, when its last digit has mended it, then one undo brings back all that was typed, and it stays', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '89161234567');
    assert.equal(await bed.value('#phone'), SHOWN);
    await bed.undo();
    assert.deepEqual([await bed.value('#phone'), await bed.caret('#phone')], ['8 (916) 123-45-67', 17]);
    await bed.keys('Tab');
    assert.equal(await bed.value('#phone'), '8 (916) 123-45-67', 'not repaired again');
  }],
  ['44 given a mask at work, when a phone is typed, then we write where it has a separator and where it is mended, and a hint that counts on brings no element', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await bed.masks();
    await bed.type('8');
    await bed.until(() => document.querySelector('.pdk-hint'));
    await bed.run(() => {
      window.written = [];
      const { execCommand } = Document.prototype;
      Document.prototype.execCommand = function (...given) {
        window.written.push(given[2]);
        return execCommand.apply(this, given);
      };
      window.came = 0;
      new MutationObserver((records) => (window.came += records.length)).observe(document.querySelector('form'), { childList: true, subtree: true });
    });
    const hint = await bed.run(() => document.querySelector('.pdk-hint').textContent);
    await bed.type('916123456');
    await bed.until((hint) => document.querySelector('.pdk-hint').textContent !== hint, hint);
    assert.equal(await bed.run(() => window.came), 0);
    await bed.type('7');
    assert.deepEqual(await bed.run(() => window.written), [' (9', ') 1', '-4', '-6', '7', SHOWN], 'the last digit and its repair are a step of undo each');
  }],
  ['65 given a chip, when it is pressed, then the raw text is back, and it names both', async (bed) => {
    await bed.open(PHONE);
    await bed.focus('#phone');
    await ways.paste(bed, '8 (916) 123-45-67');
    await bed.until(() => document.querySelector('.pdk-chip button'));
    const { name, role } = await bed.ax('.pdk-chip button');
    assert.equal(role, 'button');
    assert.match(name, /8 \(916\) 123-45-67.*\+7 \(916\) 123-45-67/);
    await bed.click('.pdk-chip button');
    assert.equal(digits(await bed.value('#phone')), '89161234567');
    await bed.undo();
    assert.equal(await bed.value('#phone'), SHOWN, 'the press is a step of undo too');
  }],
  ['66 given a Russian layout, when Ctrl and the key of Z are pressed, then undo works', async (bed) => {
    await bed.open(PHONE);
    await bed.typeIn('#phone', '+7916');
    await bed.keys('Backspace');
    const before = await bed.value('#phone');
    const key = { code: 'KeyZ', key: 'я', windowsVirtualKeyCode: 90, modifiers: 2 };
    await bed.cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: ['undo'], ...key });
    await bed.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
    assert.notEqual(await bed.value('#phone'), before);
  }, { only: 'the driver presses no key of another layout' }],
  ['mask: given a pattern of the page, when digits are typed, then its separators come by themselves', async (bed) => {
    await bed.open(formOfMask('000-000'));
    await bed.typeIn('#code', '123456');
    assert.equal(await bed.value('#code'), '123-456');
  }],
  ['65 given a text that is mended when its field is left, when the pointer leaves it, then one undo brings it back, and nothing moves under the press', async (bed) => {
    await bed.open(form(field('plate', { label: 'Номер' }) + field('note', { kind: '' })));
    await bed.typeIn('#plate', 'a123bc77');
    const raw = await bed.value('#plate');
    const note = () => bed.run(() => document.querySelector('#note').getBoundingClientRect().toJSON());
    const { x, y, height } = await note();
    await bed.down(x + 5, y + height / 2);
    assert.equal((await note()).y, y);
    await bed.up();
    await bed.until(() => document.querySelector('.pdk-chip')?.checkVisibility());
    assert.notEqual(await bed.value('#plate'), raw);
    await bed.focus('#plate');
    await bed.undo();
    assert.equal(await bed.value('#plate'), raw);
    await bed.keys('Tab');
    assert.equal(await bed.value('#plate'), raw, 'and stays');
  }],
  ['65 given a text that is mended when its field is left, when the form is sent from within it, then it goes mended', async (bed) => {
    for (const send of [() => bed.keys('Enter'), () => bed.click('button[type=submit]')]) {
      await bed.open(form(field('plate', { label: 'Номер' })));
      await bed.typeIn('#plate', 'a123bc77');
      await send();
      await bed.landed('done');
      assert.equal(await bed.run(() => new URLSearchParams(location.search).get('plate').replaceAll(' ', '')), 'А123ВС77');
    }
  }],
  ['43 given a field with no room for separators, when a number is typed or pasted, then it stands as digits and none is lost', async (bed) => {
    for (const [kind, room, text] of [['snils', 11, '11223344595'], ['phone', 11, '89161234567'], ['phone', 12, '+79161234567'], ['passport', 10, '4509123456'], ['birth_date', 8, '05031990']]) {
      for (const way of [ways.type, ways.paste]) {
        await bed.open(form(field('it', { kind, label: 'Поле', more: `maxlength="${room}"` }) + field('note', { kind: '' })));
        await bed.focus('#it');
        await bed.masks();
        await way(bed, text);
        assert.equal(await bed.value('#it'), text, kind);
        await bed.keys('Tab');
        assert.equal(await bed.value('#it'), text, kind);
        assert.deepEqual([await bed.errors(), await bed.count('.pdk-chip')], [0, 0], kind);
      }
    }
    await bed.open(form(field('it', { kind: 'snils', label: 'Поле', more: 'maxlength="14"' })));
    await bed.typeIn('#it', '11223344595');
    assert.equal(await bed.value('#it'), '112-233-445 95');
  }],
];
