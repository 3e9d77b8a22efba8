/** Fields that come and go, frameworks, resets, hidden parts, a widget that is late. */
import { assert, field, form } from './bed.mjs';

const INN = field('inn', { label: 'ИНН', more: 'required' });
const WRONG = '7707083894';

/** What a framework does: the value is its own, and an element's property is shadowed. */
function controlled() {
  const inn = document.querySelector('#inn');
  const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  window.state = '';
  window.inputs = 0;
  Object.defineProperty(inn, 'value', {
    configurable: true,
    get: () => native.get.call(inn),
    // A write that comes through here is the framework's own, and tells nobody.
    set: (it) => native.set.call(inn, it),
  });
  inn.addEventListener('input', () => {
    window.inputs++;
    window.state = native.get.call(inn);
    // It draws anew with its state.
    queueMicrotask(() => native.get.call(inn) !== window.state && native.set.call(inn, window.state));
  });
}

export const LIFECYCLE = [
  ['67 given a form, when a field is added, removed or renamed, then it is checked, let go of, and known by its new name, with no call', async (bed) => {
    await bed.open(`<main>${form(INN)}</main>`);
    await bed.run(() => {
      const made = document.createElement('input');
      made.name = 'snils';
      made.ariaLabel = 'СНИЛС';
      made.required = true;
      made.setAttribute('data-podskazka', 'snils');
      document.querySelector('.field').after(made);
    });
    await bed.failed();
    assert.equal(await bed.errors(), 2);
    await bed.run(() => document.querySelector('[name=snils]').remove());
    await bed.until(() => document.querySelectorAll('.pdk-error').length === 1);
    await bed.until(() => document.querySelectorAll('.pdk-summary a').length === 1);
    await bed.run(() => (document.querySelector('#inn').name = 'payer'));
    await bed.run(() => document.addEventListener('podskazka:invalid', (e) => (window.invalid = e.detail.field)));
    await bed.typeIn('#inn', WRONG);
    await bed.keys('Tab');
    await bed.until(() => window.invalid === 'payer');
  }],
  ['67 given a router, when it puts another form in place of the first, then the new one is looked after and the old one is let go of', async (bed) => {
    await bed.open(`<main>${form(INN)}</main>`);
    await bed.failed();
    await bed.run(() => {
      const made = document.createElement('form');
      made.setAttribute('data-podskazka-form', 'second');
      const snils = document.createElement('input');
      snils.name = 'snils';
      snils.id = 'snils';
      snils.setAttribute('data-podskazka', 'snils');
      snils.ariaLabel = 'СНИЛС';
      const next = document.createElement('input');
      next.ariaLabel = 'next';
      made.append(snils, next);
      document.querySelector('form').replaceWith(made);
    });
    await bed.until(() => document.querySelector('form').noValidate);
    await bed.until(() => !document.querySelector('.pdk-summary') && document.title === 'Заявление');
    await bed.fill('#snils', '112-233-445 99');
    await bed.until(() => document.querySelector('[data-podskazka-code="snils.checksum"]'));
  }],
  ['68 given a filled form, when it is reset, then values, errors, aria, title and summary are as at the start, and the next key starts clean', async (bed) => {
    await bed.open(`<main>${form(INN + field('snils', { label: 'СНИЛС' }))}</main>`);
    await bed.fill('#inn', WRONG);
    await bed.failed();
    await bed.run(() => document.querySelector('form').reset());
    const state = await bed.run(() => [
      document.querySelector('#inn').value, document.querySelectorAll('.pdk-error,.pdk-hint,.pdk-summary,[aria-invalid]').length,
      document.querySelector('#inn').getAttribute('aria-describedby'), document.title, document.querySelector('#inn').validationMessage !== '',
    ]);
    assert.deepEqual(state.slice(0, 4), ['', 0, null, 'Заявление']);
    await bed.typeIn('#inn', '7');
    assert.equal(await bed.value('#inn'), '7');
    assert.equal(await bed.errors(), 0);
  }],
  ['68 given a reset that the page forbids, then nothing of ours is lost', async (bed) => {
    await bed.open(`<main>${form(INN + field('note', { kind: '' }))}</main>`);
    await bed.run(() => document.querySelector('form').addEventListener('reset', (e) => e.preventDefault()));
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    await bed.run(() => document.querySelector('form').reset());
    assert.equal(await bed.errors(), 1);
  }],
  ['69 given a required field that is hidden, disabled or read-only, when the form is sent, then it is not checked; an error goes when its field is hidden', async (bed) => {
    const three = field('a', { kind: '', more: 'required disabled' }) + `<div hidden>${field('b', { kind: '', more: 'required' })}</div>` + field('c', { kind: '', more: 'required readonly' });
    await bed.open(`<main>${form(`<div id="part">${INN}</div>${three}`)}</main>`);
    await bed.failed();
    assert.equal(await bed.errors(), 1);
    await bed.run(() => (document.querySelector('#part').style.display = 'none'));
    await bed.until(() => !document.querySelector('.pdk-error') && !document.querySelector('.pdk-summary'));
    assert.equal(await bed.attribute('#inn', 'aria-invalid'), null);
  }],
  ['70 given a field whose value a framework holds, when a fix is pressed, then its state follows and nothing loops', async (bed) => {
    await bed.open(`<main>${form(INN + field('note', { kind: '' }))}</main>`);
    await bed.run(controlled);
    await bed.fill('#inn', '77O7083893');
    await bed.until(() => document.querySelector('.pdk-fix'));
    await bed.run(() => (window.inputs = 0));
    await bed.click('.pdk-fix');
    await bed.until(() => window.state === '7707083893');
    assert.equal(await bed.value('#inn'), '7707083893');
    assert.ok((await bed.run(() => window.inputs)) <= 2, 'no loop');
    assert.equal(await bed.errors(), 0);
  }],
  ['71 given two copies of the script, when both have started, then there is one of everything', async (bed) => {
    await bed.open(`<main>${form(INN + field('note', { kind: '' }))}</main>`);
    await bed.run(() => import('/podskazka/podskazka.js?copy').then((it) => void it.init({})));
    await bed.fill('#inn', WRONG);
    await bed.until(() => document.querySelector('.pdk-error'));
    assert.deepEqual([await bed.errors(), await bed.count('[aria-live]')], [1, 1]);
  }],
  ['72 given a widget that is blocked, when the form is sent, then the page\'s own rules still hold', async (bed) => {
    const mend = bed.cut(/\/fields/);
    try {
      await bed.open(`<main>${form(INN)}</main>`, { wait: null });
      assert.equal(await bed.attribute('form', 'novalidate'), null);
      await bed.send();
      assert.equal(await bed.run(() => document.querySelector('#inn').matches(':user-invalid')), true);
      assert.match(await bed.run(() => location.pathname), /assist/);
    } finally {
      mend();
    }
  }],
  ['73 given a strict policy with Trusted Types, when the widget has shown hint, error and summary, then no violation', async (bed) => {
    await bed.open(`<main>${form(INN + field('snils', { label: 'СНИЛС' }))}</main>`);
    await bed.typeIn('#inn', '770');
    await bed.fill('#inn', '7083894');
    await bed.failed();
    assert.deepEqual(await bed.run(() => window.seen.violations), []);
  }, { only: 'the driver needs scripts from text, which this policy forbids' }],
  ['host: given an iframe of the same origin, when a field in it is left wrong, then the error is in the frame; after the end nothing is', async (bed) => {
    const inner = bed.serve(`<!doctype html><html lang="ru"><body>${form(INN + field('note', { kind: '' }))}</body></html>`);
    await bed.open(`<main data-podskazka><iframe src="${inner}" title="Форма"></iframe></main>`, { wait: null });
    const within = (selector) => bed.run((it) => document.querySelector('iframe').contentDocument.querySelectorAll(it).length, selector);
    await bed.until(() => !!document.querySelector('iframe').contentDocument.querySelector('form[novalidate]'));
    await bed.run(() => document.querySelector('iframe').contentDocument.querySelector('#inn').focus());
    await bed.type(WRONG);
    await bed.keys('Tab');
    await bed.until(() => !!document.querySelector('iframe').contentDocument.querySelector('.pdk-error'));
    assert.equal(await bed.errors(), 0, 'none in the page around it');
    await bed.run(() => window.Podskazka.destroy());
    assert.equal(await within('.pdk-error,[novalidate]'), 0);
    assert.equal(await bed.run(() => document.querySelector('iframe').contentDocument.adoptedStyleSheets.length), 0);
  }],
  ['host: given a modal dialog, when its form fails, then the summary is inside the dialog and has the focus', async (bed) => {
    await bed.open(`<main><dialog aria-label="Заявление">${form(INN)}</dialog></main>`);
    await bed.run(() => document.querySelector('dialog').showModal());
    await bed.failed();
    assert.equal(await bed.run(() => document.activeElement.parentElement.localName), 'dialog');
  }],
  ['host: given a used form, when the widget ends, then the page is as it was before it', async (bed) => {
    const body = `<main>${form(INN + field('phone', { label: 'Телефон' }) + field('email', { label: 'Почта', more: 'autocomplete="off"' }))}</main>`;
    await bed.open(body, { script: false });
    const markup = () => bed.run(() => document.querySelector('main').outerHTML);
    const before = await markup();
    await bed.open(body);
    assert.equal(await bed.attribute('#phone', 'inputmode'), 'tel');
    await bed.typeIn('#inn', '770');
    await bed.fill('#inn', '7083894');
    await bed.failed();
    assert.notEqual(await markup(), before);
    await bed.run(() => window.Podskazka.destroy());
    assert.equal(await markup(), before);
    assert.deepEqual(await bed.run(() => [document.adoptedStyleSheets.length, document.title, document.querySelector('#inn').validity.customError]), [0, 'Заявление', false]);
  }],
];
