/** What the server tells the page, and what the page tells the server. */
import { assert, field, form } from './bed.mjs';

const TWO = field('inn', { label: 'ИНН' }) + field('snils', { label: 'СНИЛС' });
const PROBLEM = { title: 'Не принято', errors: [{ pointer: '/inn', code: 'E42', message: 'Такого ИНН нет в реестре. Сверьте его с документом.' }] };

export const TELLING = [
  ['39 given errors of the server in the page, when it is loaded, then they look like ours and go when their field changes', async (bed) => {
    await bed.open(`<main><h1>Заявление</h1>${form(`<script type="application/problem+json">${JSON.stringify(PROBLEM)}</script>${TWO}`)}</main>`);
    await bed.until(() => document.querySelector('.pdk-summary'));
    assert.match((await bed.ax('#inn')).description, /Ошибка: .*нет в реестре/);
    assert.equal(await bed.attribute('#inn', 'data-podskazka-code'), 'site.E42');
    assert.match(await bed.text('.pdk-summary a'), /нет в реестре/);
    await bed.fill('#snils', '112-233-445 95');
    assert.equal(await bed.errors(), 1, 'another field does not clear it');
    await bed.typeIn('#inn', '7707083893');
    await bed.until(() => !document.querySelector('.pdk-error'));
  }],
  ['79 given errors made and mended, when the page is left, then one message of counters goes, of 1 KB at most, with no part of a value', async (bed) => {
    await bed.open(`<main>${form(TWO + field('full_name', { label: 'ФИО' }), 'data-podskazka-stats="/v1/stats"')}</main>`);
    await bed.run(() => {
      window.told = [];
      const { fetch } = window;
      window.fetch = (url, how) => (how?.keepalive ? (window.told.push([`${url}`, how]), Promise.resolve()) : fetch(url, how));
    });
    const values = ['7707083894', '112-233-445 99', 'Ярополкова Евлампия'];
    await bed.fill('#inn', values[0]);
    await bed.until(() => document.querySelector('.pdk-error'));
    await bed.focus('#inn');
    await bed.keys('End');
    await bed.keys('Backspace');
    await bed.type('3');
    await bed.fill('#snils', values[1]);
    await bed.fill('#full_name', values[2]);
    await bed.until(() => document.querySelector('[data-podskazka-code="snils.checksum"]'));
    await bed.run(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      for (let n = 0; n < 3; n++) document.dispatchEvent(new Event('visibilitychange'));
    });
    const sent = await bed.run(() => window.told);
    assert.equal(sent.length, 1);
    const [url, { body: text, credentials, referrerPolicy, keepalive }] = sent[0];
    assert.match(url, /\/v1\/stats$/);
    assert.deepEqual([credentials, referrerPolicy, keepalive], ['omit', 'no-referrer', true]);
    assert.ok(Buffer.byteLength(text) <= 1024);
    const { form: name, rows } = JSON.parse(text);
    assert.equal(name, 'test');
    const counted = rows.filter(({ kind }) => kind !== 'seconds').map(({ kind, field, code, count }) => [kind, field, code, count]);
    assert.deepEqual(counted, [['abandoned', 'full_name', '', 1], ['shown', 'inn', 'inn.checksum', 1], ['mended', 'inn', 'inn.checksum', 1], ['shown', 'snils', 'snils.checksum', 1]]);
    for (const value of values) {
      for (let at = 0; at + 3 <= value.length; at++) assert.ok(!text.includes(value.slice(at, at + 3)), value.slice(at, at + 3));
    }
  }],
  ['79 given Do Not Track or an opt-out, when the page is left, then nothing goes', async (bed) => {
    for (const refuse of ["Object.defineProperty(navigator, 'doNotTrack', { get: () => '1' })", "Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true })", "localStorage.setItem('podskazka.stats', 'off')"]) {
      await bed.open(`<main>${form(TWO, 'data-podskazka-stats="/v1/stats"')}</main>`);
      await bed.run(() => {
        window.told = 0;
        const { fetch } = window;
        window.fetch = (url, how) => (how?.keepalive ? (window.told++, Promise.resolve()) : fetch(url, how));
      });
      await bed.run(`() => { ${refuse}; }`);
      await bed.fill('#inn', '7707083894');
      await bed.until(() => document.querySelector('.pdk-error'));
      await bed.run(() => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      assert.equal(await bed.run(() => window.told), 0, refuse);
    }
    await bed.run(() => localStorage.clear());
  }],
  ['39 given a pointer into a list, when the server tells of it, then the error stands beside the field of that item', async (bed) => {
    const problem = { errors: [{ pointer: '/items/1/sum', code: 'E1', message: 'Много' }, { pointer: '#/rows/0/sum', code: 'E2', message: 'Мало' }] };
    const fields = ['items[0][sum]', 'items[1][sum]', 'rows[0].sum'].map((it) => field(it, { kind: 'money', label: it })).join('');
    await bed.open(`<main>${form(`<script type="application/problem+json">${JSON.stringify(problem)}</script>${fields}`)}</main>`);
    await bed.until(() => document.querySelectorAll('.pdk-error').length === 2);
    assert.deepEqual(await bed.run(() => [...document.querySelectorAll('[aria-invalid=true]')].map((it) => it.name)), ['items[1][sum]', 'rows[0].sum']);
  }],
  ['39 given an answer that comes while the person types in another field, then the list stands and the focus stays', async (bed) => {
    await bed.open(`<main>${form(field('inn', { label: 'ИНН' }) + field('note', { kind: '' }))}</main>`);
    await bed.run(() => document.querySelector('form').addEventListener('submit', (event) => event.preventDefault()));
    const answer = () => bed.run(() => document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:problem', { bubbles: true, detail: { errors: [{ pointer: '/inn', code: 'E1', message: 'Нет такого' }] } })));
    await bed.fill('#inn', '7707083893');
    await bed.send();
    await bed.typeIn('#note', 'abc');
    await answer();
    await bed.until(() => document.querySelector('.pdk-summary'));
    assert.equal(await bed.run(() => document.activeElement.id), 'note');
    // Whoever waits for the answer is brought to it.
    await bed.send();
    await answer();
    await bed.until(() => document.activeElement.className === 'pdk-summary');
  }],
];
