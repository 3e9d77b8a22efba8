/** What is kept of what was typed, where, and until when. */
import { assert, dateSet, field, form } from './bed.mjs';
import { storage } from '../lib/panel.mjs';

const FIELDS = field('full_name', { label: 'ФИО' }) + field('address', { label: 'Адрес' })
  + field('reason', { kind: 'text', label: 'Причина', more: 'data-podskazka-draft="session"' })
  + field('card', { label: 'Карта' }) + field('sms_code', { label: 'Код' })
  + field('secret', { kind: '', label: 'Слово', more: 'type="password"' }) + field('pin', { kind: '', label: 'ПИН', more: 'data-podskazka-draft="never"' });
const CANARIES = { full_name: 'Ярополкова Евлампия', address: 'Зареченск, Мукомольная улица', reason: 'Переезд в Зареченск', card: '2200123456789019', sms_code: '846513', secret: 'Мукомол-846', pin: '486317' };
const SLIP = '7707083894';
const page = (more = '', extra = '') => `<main><h1>Заявление</h1>${form(FIELDS + extra, `data-podskazka-draft="local" ${more}`)}</main>`;

/** Opens the page again as the same address, as a reload does. */
async function again(bed, path) {
  await bed.go(path);
  await bed.ready();
}

async function type(bed, names = Object.keys(CANARIES)) {
  for (const name of names) await bed.fill(`#${name}`, CANARIES[name]);
}

/** What lies in the base of drafts: their names, and the key. One look at a time: it must not be made by looking. */
const look = (bed) => bed.run(async () => {
  if (!(await indexedDB.databases()).some((it) => it.name === 'podskazka-drafts')) return { drafts: [], key: null, session: Object.keys(sessionStorage) };
  const ask = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const base = await ask(indexedDB.open('podskazka-drafts'));
  const work = base.transaction(['keys', 'drafts']);
  const [drafts, key] = [await ask(work.objectStore('drafts').getAllKeys()), await ask(work.objectStore('keys').get('key'))];
  base.close();
  return { drafts, key: key && { extractable: key.extractable }, session: Object.keys(sessionStorage) };
});

/** A draft is written some time after the last key: what counts is how long we look, a quick machine looks very often. */
async function until(bed, fits) {
  const end = Date.now() + 8_000;
  let now = await look(bed);
  while (!fits(now) && Date.now() < end) now = await look(bed);
  return fits(now) ? now : assert.fail(JSON.stringify(now));
}
const path = (bed) => bed.run(() => location.pathname);
async function kept(bed) {
  const here = await path(bed);
  const mine = (names) => names.some((it) => it.endsWith(here));
  return until(bed, ({ drafts, session }) => mine(drafts) && mine(session));
}

/** From another page: this one may still be writing. */
async function forget(bed) {
  await bed.go('/done.html');
  await bed.run(() => {
    sessionStorage.clear();
    return new Promise((done) => (indexedDB.deleteDatabase('podskazka-drafts').onsuccess = () => done()));
  });
}

/** Nothing of a canary, whole or in part, stands in what a page stores, or in another text. */
async function assertSealed(bed, what) {
  assertAbsent(await storage({ evaluate: bed.run }), what);
}

/** An address without its escapes. */
function plain(text) {
  try {
    return text + decodeURIComponent(text);
  } catch {
    return text;
  }
}

function assertAbsent(text, what) {
  const found = [SLIP, ...Object.values(CANARIES)].flatMap((it) => it.split(/[ ,]+/)).filter((it) => it.length > 3 && text.includes(it));
  assert.deepEqual(found, [], what);
}

export const DRAFTS = [
  ['76 given values in every field, when the draft is written, then those of class «never» touch no storage, the rest is sealed, and none stands in an address, a request or the message of the counters', async (bed) => {
    const before = bed.sent.length;
    // With a slip, so that the counters have something to tell.
    await bed.open(page('data-podskazka-stats="/v1/stats"', field('inn', { label: 'ИНН' })));
    await bed.fill('#inn', SLIP);
    await type(bed);
    await bed.until(() => document.querySelector('.pdk-error'));
    await kept(bed);
    await assertSealed(bed, 'sealed');
    assert.equal((await look(bed)).key.extractable, false);
    // The same page, its draft taken back: only what may be kept comes.
    const path = await bed.run(() => location.pathname);
    assertAbsent(await bed.run(() => location.href), 'the address');
    await again(bed, path);
    // The message of the page that was left, and every other request: address, headers, body.
    const end = Date.now() + 8_000;
    const gone = () => bed.sent.slice(before).some((it) => it.url.endsWith('/v1/stats'));
    while (!gone() && Date.now() < end) await look(bed);
    assert.ok(gone(), 'the counters have gone');
    for (const { method, url, headers, body } of bed.sent.slice(before)) {
      assertAbsent(`${plain(url)} ${plain(JSON.stringify(headers))} ${body.toString('utf8')}`, `${method} ${url}`);
    }
    await bed.click('.pdk-draft button');
    await bed.until(() => document.querySelector('#full_name').value);
    const back = {};
    for (const name of Object.keys(CANARIES)) back[name] = await bed.value(`#${name}`);
    assert.deepEqual(back, { full_name: CANARIES.full_name, address: CANARIES.address, reason: CANARIES.reason, card: '', sms_code: '', secret: '', pin: '' });
    await forget(bed);
  }],
  ['77 given a draft, when the page is loaded again, then it asks with the age of the draft and takes no focus', async (bed) => {
    const path = await bed.open(page());
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    await again(bed, path);
    await bed.until(() => document.querySelector('.pdk-draft'));
    const { role, name } = await bed.ax('.pdk-draft');
    assert.deepEqual([role, name], ['group', 'Черновик']);
    assert.match(await bed.text('.pdk-draft'), /(минут|сейчас|секунд).*\d+:\d\d/);
    assert.equal(await bed.run(() => document.activeElement === document.body), true);
    assert.equal(await bed.value('#full_name'), '');
    const gap = await bed.run(() => document.querySelector('[for=full_name]').getBoundingClientRect().top - document.querySelector('.pdk-draft').getBoundingClientRect().bottom);
    assert.ok(gap >= 12, `the first field stands apart: ${gap} px`);
    await bed.run(() => document.querySelectorAll('.pdk-draft button')[1].click());
    // The storage of the browser takes its time, a reload does not wait for it.
    await until(bed, ({ drafts }) => !drafts.some((it) => it.endsWith(path)));
    await again(bed, path);
    await bed.run(() => new Promise((done) => setTimeout(done, 300)));
    assert.equal(await bed.count('.pdk-draft'), 0, 'it was deleted');
    await forget(bed);
  }],
  ['77 given a date in three boxes, half typed, when the page is loaded again, then the draft brings each box its own', async (bed) => {
    const path = await bed.open(page('', dateSet()), { wait: '#day[inputmode]' });
    // At once: the draft that is waited for has both.
    await bed.run(() => {
      for (const [id, text] of [['day', '5'], ['year', '1990']]) {
        const box = document.getElementById(id);
        box.value = text;
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    });
    await until(bed, ({ drafts }) => drafts.some((it) => it.endsWith(path)));
    await again(bed, path);
    await bed.until(() => document.querySelector('.pdk-draft'));
    await bed.click('.pdk-draft button');
    assert.deepEqual([await bed.value('#day'), await bed.value('#month'), await bed.value('#year')], ['5', '', '1990']);
    await forget(bed);
  }],
  ['77 given two forms without a name on one page, when it is loaded again, then each has the draft of its own', async (bed) => {
    const one = (id) => `<form id="${id}-form" data-podskazka-form data-podskazka-draft="local">${field(id, { kind: 'text', label: 'Причина' }).replace(/name="[^"]*"/, 'name="reason"')}</form>`;
    const path = await bed.open(`<main><h1>Заявление</h1>${one('first')}${one('second')}</main>`);
    await bed.fill('#second', 'Переезд');
    await until(bed, ({ drafts }) => drafts.some((it) => it.endsWith(path)));
    await again(bed, path);
    await bed.until(() => document.querySelector('#second-form .pdk-draft'));
    assert.equal(await bed.count('#first-form .pdk-draft'), 0, 'nothing was typed there');
    await bed.click('#second-form .pdk-draft button');
    assert.deepEqual([await bed.value('#first'), await bed.value('#second')], ['', 'Переезд']);
    await bed.fill('#first', 'Болезнь');
    await until(bed, ({ drafts }) => drafts.filter((it) => it.endsWith(path)).length === 2);
    await again(bed, path);
    await bed.until(() => document.querySelector('#first-form .pdk-draft') && document.querySelector('#second-form .pdk-draft'));
    await forget(bed);
  }],
  ['77 given a draft and newer data of the server, when the draft is taken back, then what the page brought stays', async (bed) => {
    const path = await bed.open(page());
    await type(bed, ['full_name', 'address', 'reason']);
    await kept(bed);
    bed.serve((await bed.run(() => document.documentElement.outerHTML)).replace(/<form.*<\/form>/s, form(FIELDS.replace('id="address" name="address" data-podskazka="address" value=""', 'id="address" name="address" data-podskazka="address" value="Новый адрес, дом 1"'), 'data-podskazka-draft="local"')), path);
    await again(bed, path);
    assert.equal(await bed.value('#address'), 'Новый адрес, дом 1');
    await bed.click('.pdk-draft button');
    await bed.until(() => document.querySelector('#full_name').value);
    assert.deepEqual([await bed.value('#full_name'), await bed.value('#address')], [CANARIES.full_name, 'Новый адрес, дом 1']);
    await forget(bed);
  }],
  ['78 given a draft, when the form is sent, then the storage is empty', async (bed) => {
    await bed.open(page());
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    await bed.send();
    await bed.landed('done');
    // The page that was left may still be erasing.
    await until(bed, ({ drafts, session }) => !drafts.length && !session.length);
    await forget(bed);
  }],
  ['78 given a schema over a form with `local` drafts, when fields are filled, then each lies where its own `draft` says, and for as long as `draft_hours` and the attribute say', async (bed) => {
    const names = ['inn', 'plain', 'tab', 'gone'];
    const fields = [{ name: 'inn', kind: 'inn' }, { name: 'plain' }, { name: 'tab', draft: 'session' }, { name: 'gone', draft: 'never' }];
    const open = async (more, attributes) => {
      const schema = JSON.stringify({ version: 1, form: 'test', fields, ...more });
      const inputs = names.map((name) => field(name, { kind: '' })).join('');
      const path = await bed.open(form(`<script type="application/json" data-podskazka-schema>${schema}</script>${inputs}`, attributes));
      // The schema has been laid: its field has a keyboard.
      await bed.until(() => document.querySelector('#inn').inputMode === 'numeric');
      return path;
    };
    const hours = () => bed.run(() => new Promise((done) => {
      const opening = indexedDB.open('podskazka-drafts');
      opening.onsuccess = () => {
        opening.result.transaction('drafts').objectStore('drafts').getAll().onsuccess = ({ target: { result: [it] } }) => done((it.until - it.at) / 36e5);
        opening.result.close();
      };
    }));
    for (const [more, attributes, wanted] of [[{}, '', 72], [{ draft_hours: 5 }, '', 5], [{ draft_hours: 5 }, 'data-podskazka-draft-days="2"', 48]]) {
      const path = await open(more, `data-podskazka-draft="local" ${attributes}`);
      await bed.fill('#tab', 'Зареченск');
      await bed.fill('#gone', 'Мукомольная');
      await until(bed, ({ drafts, session }) => session.length && !drafts.length);
      await bed.fill('#plain', 'Переезд');
      await until(bed, ({ drafts }) => drafts.length);
      assert.equal(await hours(), wanted);
      await again(bed, path);
      await bed.until(() => document.querySelector('.pdk-draft'));
      await bed.click('.pdk-draft button');
      assert.deepEqual([await bed.value('#plain'), await bed.value('#tab'), await bed.value('#gone')], ['Переезд', 'Зареченск', '']);
      await forget(bed);
    }
    // A schema alone switches no drafts on.
    await open({}, '');
    await bed.fill('#tab', 'Зареченск');
    await bed.run(() => new Promise((done) => setTimeout(done, 700)));
    assert.deepEqual(await look(bed), { drafts: [], key: null, session: [] });
    // Where the page keeps for the tab only, a field without `draft` stays there.
    await open({}, 'data-podskazka-draft="session"');
    await bed.fill('#plain', 'Переезд');
    await until(bed, ({ drafts, session }) => session.length && !drafts.length);
    await forget(bed);
  }],
  ['78 given the address of a schema, when fields are filled and the form is sent before it has come, then nothing touches storage; once it has come each lies where it says', async (bed) => {
    const names = ['inn', 'plain', 'gone'];
    const fields = [{ name: 'inn', kind: 'inn' }, { name: 'plain' }, { name: 'gone', draft: 'never' }];
    const schema = bed.serve(JSON.stringify({ version: 1, form: 'test', fields }), '/assist/draft-schema.json');
    const body = form(names.map((name) => field(name, { kind: '' })).join(''), 'data-podskazka-draft="local"');
    const open = (address = schema) => bed.open(body, { attributes: `data-schema="${address}"` });
    const fill = async () => {
      // Where the switch stands, drafts are heard.
      await bed.until(() => document.querySelector('[aria-pressed]'));
      await bed.fill('#gone', CANARIES.address);
      await bed.fill('#plain', 'Переезд');
    };
    const clear = async () => {
      await forget(bed);
      await bed.run(() => localStorage.clear());
    };
    const untouched = async (what) => {
      await bed.run(() => new Promise((done) => setTimeout(done, 900)));
      assert.deepEqual(await look(bed), { drafts: [], key: null, session: [] }, what);
      assert.equal(JSON.stringify(await bed.run(() => history.state) ?? {}).includes('draft'), false, what);
    };
    let path;
    let release = bed.hold(/form\.ru\.txt/);
    try {
      path = await open();
      await fill();
      await untouched('it has not come');
    } finally {
      release();
    }
    // No further key: what waits is written.
    await until(bed, ({ drafts }) => drafts.some((it) => it.endsWith(path)));
    await again(bed, path);
    await bed.until(() => document.querySelector('.pdk-draft'));
    await bed.click('.pdk-draft button');
    await bed.until(() => document.querySelector('#plain').value);
    assert.deepEqual([await bed.value('#plain'), await bed.value('#gone')], ['Переезд', '']);
    await clear();
    release = bed.hold(/form\.ru\.txt/);
    try {
      await open();
      await fill();
      // The page stays, so that it can be asked what it keeps of a form that goes.
      await bed.run(() => {
        document.body.appendChild(document.createElement('iframe')).name = 'nowhere';
        document.querySelector('form').target = 'nowhere';
      });
      await bed.send();
      await untouched('the form was sent');
    } finally {
      release();
    }
    await clear();
    // One that cannot be read says nothing of its fields: none is kept.
    await open(bed.serve('{', '/assist/draft-broken.json'));
    await fill();
    await bed.until(() => window.seen.events.some((it) => it.name === 'error'));
    await untouched('it is broken');
    await clear();
    // The site has none for this form: the page alone says what is kept.
    release = bed.hold(/none-for-this-form/);
    try {
      path = await open('/v1/schemas/none-for-this-form');
      await fill();
      await untouched('there is no answer');
    } finally {
      release();
    }
    await until(bed, ({ drafts }) => drafts.some((it) => it.endsWith(path)));
    await clear();
  }],
  ['78 given a form that the page sends by itself, when it tells by `podskazka:sent` that this has worked, then the draft is gone, and its offer; a submit that was only held back leaves it', async (bed) => {
    const path = await bed.open(page());
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    await bed.run(() => document.querySelector('form').addEventListener('submit', (event) => event.preventDefault()));
    await bed.send();
    await bed.run(() => new Promise((done) => setTimeout(done, 700)));
    await kept(bed);
    const tell = () => bed.run(() => document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:sent', { bubbles: true })));
    await tell();
    await until(bed, ({ drafts, session }) => !drafts.length && !session.length);
    // Once more for a form that is sent without a submit while an offer stands.
    await bed.typeIn('#address', 'а');
    await kept(bed);
    await again(bed, path);
    await bed.until(() => document.querySelector('.pdk-draft'));
    await tell();
    await until(bed, ({ drafts, session }) => !drafts.length && !session.length);
    assert.equal(await bed.count('.pdk-draft'), 0);
    await forget(bed);
  }],
  ['78 given a form in a shadow tree, when the page tells that it was sent, then its draft is gone', async (bed) => {
    const path = await bed.open(`<main><div id="host" data-podskazka></div><template>${form(field('address', { label: 'Адрес' }), 'data-podskazka-draft="local"')}</template></main>`, { wait: null });
    await bed.run(() => {
      const root = document.querySelector('#host').attachShadow({ mode: 'open' });
      root.append(document.querySelector('template').content);
      root.querySelector('#address').focus();
    });
    // Where the switch stands, drafts are heard.
    await bed.until(() => document.querySelector('#host').shadowRoot.querySelector('[aria-pressed]'));
    await bed.type('Зареченск');
    await until(bed, ({ drafts }) => drafts.some((it) => it.endsWith(path)));
    await bed.run(() => document.querySelector('#host').shadowRoot.querySelector('form').dispatchEvent(new CustomEvent('podskazka:sent', { bubbles: true, composed: true })));
    await until(bed, ({ drafts }) => !drafts.length);
    await forget(bed);
  }],
  ['78 given a draft whose time is over, when the page is loaded, then it is gone', async (bed) => {
    const path = await bed.open(page('data-podskazka-draft-days="1"'));
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    await bed.run(() => new Promise((done) => {
      const opening = indexedDB.open('podskazka-drafts');
      opening.onsuccess = () => {
        const store = opening.result.transaction('drafts', 'readwrite').objectStore('drafts');
        store.openCursor().onsuccess = ({ target: { result: cursor } }) => {
          if (!cursor) return opening.result.close(), done();
          cursor.update({ ...cursor.value, until: cursor.value.at - 1 });
          cursor.continue();
        };
      };
    }));
    await again(bed, path);
    await until(bed, ({ drafts }) => !drafts.length);
    assert.equal(await bed.value('#full_name'), '');
    await forget(bed);
  }],
  ['78 given a draft, when «чужой компьютер» is chosen, then it is gone and nothing more is kept', async (bed) => {
    await bed.open(page());
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    assert.match((await bed.ax('[aria-pressed]')).name, /чужой компьютер/);
    await bed.click('[aria-pressed=false]');
    await until(bed, ({ key, drafts }) => !key && !drafts.length);
    await type(bed, ['address']);
    await bed.run(() => new Promise((done) => setTimeout(done, 700)));
    assert.deepEqual(await bed.run(async () => [(await indexedDB.databases()).map((it) => it.name).filter((it) => /draft/.test(it)), Object.keys(sessionStorage)]), [[], ['podskazka.stranger']]);
    await forget(bed);
  }],
  ['78 given words just typed and a mark of a form that has gone, when the person logs out, then nothing of it is written any more, and the next one has a draft', async (bed) => {
    await bed.open(page());
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    // A form that was sent has left its mark in the history of the tab.
    await bed.run(() => history.replaceState({ own: 1, 'podskazka.draft.test@/before': {} }, ''));
    await bed.typeIn('#address', CANARIES.address);
    // At once after the last key, and again amid the writing.
    for (const pause of [0, 402]) {
      await bed.run(async (pause) => {
        document.querySelector('#address').dispatchEvent(new InputEvent('input', { bubbles: true }));
        await new Promise((done) => setTimeout(done, pause));
        await window.Podskazka.shutdown();
      }, pause);
      await bed.run(() => new Promise((done) => setTimeout(done, 1000)));
      assert.deepEqual(await look(bed), { drafts: [], key: null, session: [] }, `after ${pause} ms`);
    }
    assert.deepEqual(await bed.run(() => history.state), { own: 1 });
    await bed.typeIn('#full_name', 'а');
    await kept(bed);
    await forget(bed);
  }],
  ['78 given a draft that is offered, when the person logs out in another tab, then the offer goes, and «чужой компьютер» is as the tab has it', async (bed) => {
    const path = await bed.open(page());
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    await again(bed, path);
    await bed.until(() => document.querySelector('.pdk-draft'));
    await bed.run(() => {
      const channel = new BroadcastChannel('podskazka-outbox');
      channel.postMessage('wipe');
      channel.close();
    });
    await bed.until(() => !document.querySelector('.pdk-draft'));
    await until(bed, ({ drafts, key, session }) => !key && !drafts.length && !session.length);
    await bed.click('[aria-pressed=false]');
    await bed.until(() => document.querySelector('[aria-pressed=true]'));
    await bed.run(() => window.Podskazka.shutdown());
    await bed.until(() => document.querySelector('[aria-pressed=false]'));
    assert.equal(await bed.count('.pdk-draft'), 0);
    await forget(bed);
  }],
  ['78 given a draft and no network, when the person logs out, then the draft is gone all the same', async (bed) => {
    await bed.open(page());
    await type(bed, ['full_name', 'reason']);
    await kept(bed);
    const mend = bed.cut();
    try {
      assert.equal(await bed.run(() => window.Podskazka.shutdown().then(() => 'done', String)), 'done');
      await until(bed, ({ key, drafts, session }) => !key && !drafts.length && !session.length);
    } finally {
      mend();
    }
    await forget(bed);
  }],
  ['78 given a page whose storage is blocked, when fields are filled, then the form works and nothing fails', async (bed) => {
    await bed.open(page(), { head: '' });
    await bed.run(() => {
      Object.defineProperty(window, 'indexedDB', { get: () => { throw new DOMException('blocked', 'SecurityError'); } });
    });
    const before = bed.page?.faults.length;
    await type(bed, ['full_name', 'reason']);
    await bed.send();
    await bed.landed('done');
    assert.equal(bed.page?.faults.length, before);
  }],
  ['77 given a form that a framework holds, when the page is loaded again, then its draft is there', async (bed) => {
    const path = await bed.open(form(field('name', { kind: 'full_name', label: 'ФИО' }) + field('note', { kind: '' }), 'data-podskazka-draft="local"'));
    // As React does: the attribute follows the value.
    const hold = () => document.querySelector('#name').addEventListener('input', ({ target }) => target.setAttribute('value', target.value));
    await bed.run(hold);
    await bed.fill('#name', 'Иванов Иван');
    await bed.until(async () => (await indexedDB.databases()).some((it) => it.name === 'podskazka-drafts'));
    await bed.run(() => new Promise((done) => setTimeout(done, 600)));
    await bed.go(path);
    await bed.ready();
    await bed.until(() => document.querySelector('.pdk-draft'));
    await bed.click('.pdk-draft button');
    await bed.until(() => document.querySelector('#name').value === 'Иванов Иван');
  }],
];
