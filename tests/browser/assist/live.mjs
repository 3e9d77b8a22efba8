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
