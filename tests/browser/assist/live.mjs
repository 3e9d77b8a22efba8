/** What is said aloud, and how often. */
import { assert, field, form } from './bed.mjs';

const INN = form(field('inn', { label: 'ИНН', more: 'required' }) + field('snils', { label: 'СНИЛС', more: 'required' }));
const WRONG = '7707083894';

export const LIVE = [
  ['25 given a form, when it has loaded, then one empty polite region is there before the first error', async (bed) => {
    await bed.open(INN);
    assert.deepEqual(await bed.run(() => [...document.querySelectorAll('[aria-live=polite]')].map((it) => it.textContent)), ['']);
  }],
  ['26 given a wrong value, when the field is left, then exactly one announcement', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.equal((await bed.live()).length, 1);
  }],
  ['27 given two bad fields, when the submit fails, then one channel speaks: the summary with its count', async (bed) => {
    await bed.open(INN);
    await bed.failed();
    assert.equal((await bed.live()).length, 1);
    assert.match((await bed.live())[0], /2 поля/);
    assert.equal(await bed.run(() => document.activeElement.className), 'pdk-summary');
  }],
  ['28 given an error, when the same submit fails again, then it is heard again', async (bed) => {
    await bed.open(INN);
    await bed.failed();
    await bed.forgetLive();
    await bed.send();
    await bed.until(() => window.live.length);
    assert.equal((await bed.live()).length, 1);
    assert.equal(await bed.run(() => document.activeElement.className), 'pdk-summary');
  }],
  ['29 given an error, when the value is mended, then the old error is not read again, and at most one «исправлено»', async (bed) => {
    await bed.open(INN);
    await bed.fill('#inn', WRONG);
    await bed.forgetLive();
    await bed.focus('#inn');
    await bed.keys('End');
    await bed.keys('Backspace');
    await bed.type('3');
    const heard = await bed.live();
    assert.ok(heard.length <= 1, heard.join());
    assert.ok(!heard.some((it) => /опечатка/.test(it)), heard.join());
  }],
  ['31 given a counter, when letters are typed, then the number that is seen follows at once and the one that is heard after a second of rest', async (bed) => {
    const count = (name) => `<div class="field"><label for="${name}">Причина</label><textarea id="${name}" name="${name}" data-podskazka-count="20"></textarea></div>`;
    await bed.open(form(count('reason') + field('note', { kind: '' })));
    await bed.until(() => document.querySelector('[aria-hidden=true].pdk-hint'));
    await bed.run(() => {
      const [seen, heard] = [document.querySelector('#reason ~ [aria-hidden=true]'), document.querySelector('#reason ~ [role=status]')];
      window.keys = [];
      window.said = [];
      document.querySelector('#reason').addEventListener('input', () => window.keys.push([performance.now(), seen.textContent, heard.textContent]));
      new MutationObserver(() => window.said.push([performance.now(), heard.textContent])).observe(heard, { childList: true });
    });
    assert.match((await bed.ax('#reason')).description, /Помещается 20 знаков/);
    await bed.focus('#reason');
    await bed.type('Переезд');
    await bed.until(() => window.keys.length === 7);
    assert.deepEqual(await bed.run(() => window.keys.map(([, seen]) => seen)), ['Осталось 19 знаков', 'Осталось 18 знаков', 'Осталось 17 знаков', 'Осталось 16 знаков', 'Осталось 15 знаков', 'Осталось 14 знаков', 'Осталось 13 знаков']);
    await bed.until(() => window.said.length);
    const [last, said] = await bed.run(() => [window.keys.at(-1)[0], window.said]);
    assert.equal(said.at(-1)[1], 'Осталось 13 знаков');
    // A rest is a second without a key: on a slow machine there may be one between two letters as well.
    assert.ok(said.at(-1)[0] - last >= 950, 'not while typing');
    // What is too long stays, and is told when the field is left; the key that mends it takes the error away.
    await bed.copy(' из одного города в другой');
    await bed.keys('Control+v');
    assert.equal(await bed.value('#reason'), 'Переезд из одного города в другой');
    assert.equal(await bed.errors(), 0);
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.match(await bed.text('.pdk-text'), /Причина: текст длиннее/);
    await bed.focus('#reason');
    await bed.keys('End');
    await bed.keys('Backspace', 12);
    assert.equal(await bed.errors(), 1);
    await bed.keys('Backspace');
    assert.deepEqual([await bed.errors(), await bed.text('#reason ~ [aria-hidden=true]')], [0, 'Осталось 0 знаков']);
    await bed.run(() => window.Podskazka.destroy());
    assert.deepEqual(await bed.run(() => [document.querySelectorAll('[class^=pdk]').length, document.querySelector('#reason').outerHTML]), [0, '<textarea id="reason" name="reason" data-podskazka-count="20"></textarea>']);
  }],
  ['32 given a form in an open shadow tree, when an error is shown, then words and ids are in that tree and the description is right', async (bed) => {
    await bed.open(`<main><div id="host" data-podskazka></div><template>${INN}</template></main>`, { wait: null });
    await bed.run(() => {
      const root = document.querySelector('#host').attachShadow({ mode: 'open' });
      root.append(document.querySelector('template').content);
      window.observeLive(root);
      root.querySelector('#inn').focus();
    });
    await bed.until(() => document.querySelector('#host').shadowRoot.querySelector('form').noValidate);
    await bed.type(WRONG);
    await bed.keys('Tab');
    await bed.until(() => document.querySelector('#host').shadowRoot.querySelector('.pdk-error'));
    await bed.run(() => void (window.axNode = document.querySelector('#host').shadowRoot.querySelector('#inn')));
    assert.match((await bed.ax('#inn')).description, /Ошибка: .*ИНН/);
    assert.equal(await bed.run(() => document.querySelector('#host').shadowRoot.adoptedStyleSheets.length), 1);
  }],
];
