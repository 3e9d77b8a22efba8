/** A form whose portal describes it by a schema: where it comes from, what it says, what is sent. */
import { dialogOf } from '../lib/panel.mjs';
import { assert, field, form } from './bed.mjs';

const JSON_OF = (fields, more = {}) => ({ version: 1, form: 'test', fields, ...more });
const inline = (schema) => `<script type="application/json" data-podskazka-schema>${JSON.stringify(schema)}</script>`;
/** Fields without a word of ours: the schema says what they are. */
const bare = (...names) => names.map((name) => field(name, { kind: '' })).join('');
const code = (bed, name) => bed.run((name) => document.getElementById(name).dataset.podskazkaCode ?? '', name);
const has = (bed, name, code) => bed.until((it) => document.getElementById(it.name).dataset.podskazkaCode === it.code, { name, code });
/** What `podskazka:error` and others have told. */
const told = (bed, name) => bed.run((name) => window.seen.events.filter((it) => it.name === name).map((it) => JSON.parse(it.detail)), name);
const INN = { name: 'inn', kind: 'inn', label: 'ИНН' };
const WRONG = '7707083894';

/** A field is known when its keyboard is suggested: the schema has been laid. */
const known = (bed, name) => bed.until((name) => document.getElementById(name).inputMode === 'numeric', name);

/** What was asked of an address. */
const asked = (bed, path) => bed.run((path) => performance.getEntriesByType('resource').filter((it) => it.name.endsWith(path)).length, path);
/** Somebody is there: before that no address is asked. A key that comes before the part that waits is not heard. */
async function come(bed, path) {
  for (const end = Date.now() + 8_000; Date.now() < end && !(await asked(bed, path)); ) await bed.keys('Shift');
}
/** The part that reads schemas is here, and has had the time to ask. */
const quiet = async (bed) => {
  await bed.until(() => performance.getEntriesByType('resource').some((it) => /\/form\.ru\.txt$/.test(it.name)));
  await bed.run(() => new Promise((done) => setTimeout(done, 300)));
};

export const SCHEMA = [
  ['schema: given an address on the script tag, when somebody comes, then its fields are what it says; before that nothing is asked for or kept', async (bed) => {
    const path = bed.serve(JSON.stringify(JSON_OF([INN])), '/assist/schema-test.json');
    await bed.open(form(bare('inn', 'note')), { attributes: `data-schema="${path.replace('test', '{form}')}"` });
    await quiet(bed);
    assert.deepEqual([await asked(bed, path), await bed.run(() => Object.keys(localStorage))], [0, []]);
    await come(bed, path);
    await known(bed, 'inn');
    await bed.fill('#inn', WRONG);
    await has(bed, 'inn', 'inn.checksum');
    await bed.run(() => localStorage.clear());
  }],
  ['schema: given an address, when the widget ends before anybody has come, then it is never asked', async (bed) => {
    const path = bed.serve(JSON.stringify(JSON_OF([INN])));
    await bed.open(form(bare('inn', 'note')), { attributes: `data-schema="${path}"` });
    await quiet(bed);
    await bed.run(() => window.Podskazka.destroy());
    await bed.keys('Shift');
    await bed.run(() => new Promise((done) => setTimeout(done, 300)));
    assert.equal(await asked(bed, path), 0);
  }],
  ['schema: given an address and a page that comes with the focus in a field, with a code of the portal, or with an answer of its server, then it is asked at once', async (bed) => {
    for (const [body, more] of [['', 'autofocus'], ['<p data-error-code="E42">Ошибка E42</p>', ''], ['<script type="application/problem+json">{"code":"E42"}</script>', '']]) {
      const path = bed.serve(JSON.stringify(JSON_OF([INN])));
      await bed.open(`<main>${form(body + field('inn', { kind: '', more }) + bare('note'))}</main>`, { attributes: `data-schema="${path}"` });
      await known(bed, 'inn');
      await bed.run(() => localStorage.clear());
    }
  }],
  ['schema: given one that comes late, when a field was typed into and left before, then its error comes with it', async (bed) => {
    const path = bed.serve(JSON.stringify(JSON_OF([INN])), '/assist/slow.json');
    const release = bed.hold(/form\.ru\.txt/);
    try {
      await bed.open(form(bare('inn', 'note')), { attributes: `data-schema="${path}"` });
      await bed.fill('#inn', WRONG);
      assert.equal(await bed.errors(), 0);
    } finally {
      release();
    }
    await has(bed, 'inn', 'inn.checksum');
    await bed.run(() => localStorage.clear());
  }],
  ['schema: given one for the whole page by JavaScript, when the page updates it, then the form follows the new one', async (bed) => {
    await bed.open(form(bare('inn', 'note')));
    await bed.run((schema) => window.Podskazka.update({ schema: [{ version: 1, form: 'other', fields: [] }, schema] }), JSON_OF([INN]));
    await known(bed, 'inn');
    // An object without a prototype stands for one that another frame has made.
    await bed.run((schema) => window.Podskazka.update({ schema: Object.assign(Object.create(null), schema) }), JSON_OF([{ ...INN, kind: 'snils' }]));
    await bed.until(() => document.querySelector('form[novalidate]'));
    await bed.fill('#inn', '112-233-445 99');
    await has(bed, 'inn', 'snils.checksum');
  }],
  ['schema: given a hint and an example, when the page loads, then they stand under the field and are read; an error gives no second example', async (bed) => {
    const fields = [
      { ...INN, hint: 'Он есть в личном кабинете', example: '7707083893' },
      { name: 'case', label: 'Номер дела', example: '123-А', pattern: '[0-9]{3}-[А-Я]' },
      { name: 'snils', kind: 'snils', label: 'СНИЛС', hint: 'На обороте карточки.' },
    ];
    const help = '<p id="help">Двенадцать цифр</p>';
    await bed.open(form(inline(JSON_OF(fields)) + help + field('inn', { kind: '', more: 'aria-describedby="help"' }) + bare('case', 'snils', 'note')));
    await bed.until(() => document.querySelectorAll('.pdk-about').length === 3);
    const lines = await bed.run(() => [...document.querySelectorAll('.pdk-about')].map((it) => [it.previousElementSibling.id, it.textContent]));
    assert.deepEqual(lines, [['inn', 'Он есть в личном кабинете. Например: 7707083893'], ['case', 'Например: 123-А'], ['snils', 'На обороте карточки.']]);
    assert.equal((await bed.ax('#inn')).description, 'Двенадцать цифр Он есть в личном кабинете. Например: 7707083893');
    await bed.fill('#inn', '770708');
    await has(bed, 'inn', 'inn.length');
    await bed.fill('#case', '12');
    await has(bed, 'case', 'form.pattern');
    await bed.fill('#snils', '112-233');
    await has(bed, 'snils', 'snils.length');
    const words = await bed.run(() => [...document.querySelectorAll('.pdk-error .pdk-text')].map((it) => it.lastChild.textContent));
    assert.deepEqual(words.map((it) => /например|так: /.test(it)), [false, false, true], words.join('\n'));
    assert.match((await bed.ax('#inn')).description, /^Двенадцать цифр Он есть.* Ошибка: /);
    await bed.run(() => window.Podskazka.destroy());
    assert.deepEqual([await bed.count('.pdk-about'), await bed.attribute('#inn', 'aria-describedby')], [0, 'help']);
  }],
  ['schema: given a pattern without an example, when the text does not fit, then no sentence ends in nothing', async (bed) => {
    await bed.open(form(inline(JSON_OF([{ name: 'case', label: 'Номер дела', pattern: '[0-9]+' }])) + bare('case', 'note')));
    await bed.until(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('/schema.js')));
    await bed.fill('#case', 'дело');
    await has(bed, 'case', 'form.pattern');
    assert.match(await bed.text('.pdk-text'), /Проверьте, что введено\.$/);
  }],
  ['schema: given an address that answers with a broken one, when the page loads again, then the last good one is used and the page is told', async (bed) => {
    const good = JSON.stringify(JSON_OF([INN]));
    const path = bed.serve(good, '/assist/kept.json');
    const body = form(bare('inn', 'note'));
    const attributes = `data-schema="${path}"`;
    for (const [text, first] of [[good], ['{', 'schema.json'], [JSON.stringify(JSON_OF([{ ...INN, kind: 'inm' }])), 'schema.kind']]) {
      bed.serve(text, path);
      await bed.open(body, { attributes });
      await come(bed, path);
      await known(bed, 'inn');
      const codes = (await told(bed, 'error')).map((it) => it.code);
      assert.deepEqual(codes, first ? [first, 'schema.kept'] : []);
    }
    await bed.fill('#inn', WRONG);
    await has(bed, 'inn', 'inn.checksum');
    // What stood there before this page stays when the widget goes.
    assert.equal(await bed.run(() => (window.Podskazka.destroy(), Object.keys(localStorage).length)), 1);
    await bed.run(() => localStorage.clear());
    bed.serve(good, path);
    await bed.open(body, { attributes });
    await come(bed, path);
    await known(bed, 'inn');
    assert.equal(await bed.run(() => (window.Podskazka.destroy(), Object.keys(localStorage).length)), 0);
  }],
  ['schema: given no answer and nothing kept, when somebody comes, then the page is told and the form goes on with its own marks', async (bed) => {
    const path = bed.serve('{', '/assist/none.json');
    await bed.open(form(field('inn', { label: 'ИНН' }) + bare('note')), { attributes: `data-schema="${path}"` });
    await come(bed, path);
    await bed.until(() => window.seen.events.some((it) => it.name === 'error' && JSON.parse(it.detail).code === 'schema.json'));
    await bed.fill('#inn', WRONG);
    await has(bed, 'inn', 'inn.checksum');
  }],
  ['schema: given the demo portal, when a sum is too large, then the schema that the server delivers speaks in its own words, and an unchanged one is not sent again', async (bed) => {
    await bed.go('/refund.html');
    await bed.ready();
    await bed.focus('#amount');
    await bed.until(() => performance.getEntriesByType('resource').some((it) => it.name.endsWith('/v1/schemas/refund')));
    await bed.until(() => document.getElementById('kpp').labels && localStorage.length > 0);
    await bed.fill('#amount', '2000000');
    await has(bed, 'amount', 'form.max');
    assert.match(await bed.text('.pdk-text'), /Сумма: через портал возвращают не больше 1000000 ₽/);
    const again = await bed.run(async () => {
      const first = await fetch('/v1/schemas/refund', { cache: 'no-store' });
      const tag = first.headers.get('etag');
      return [(await fetch('/v1/schemas/refund', { cache: 'no-store', headers: { 'if-none-match': tag } })).status, !!tag];
    });
    assert.deepEqual(again, [304, true]);
    await bed.run(() => localStorage.clear());
  }, { except: { webkit: 'the driver needs scripts from text, which this policy forbids' } }],
  ['codes: given an answer of the server with codes of the portal, when it is told, then its schema says it beside the field, in the list, and where «Почему?» leads', async (bed) => {
    const errors = { E42: { field: 'inn', article: 'inn-where', topic: 'status', message: 'Такого ИНН нет в реестре. Сверьте его с документом.' }, E7: { article: 'refund', topic: 'payment', message: 'Такая заявка уже есть.' } };
    await bed.open(`<main><h1>Заявление</h1>${form(inline(JSON_OF([INN], { errors })) + bare('inn', 'note'))}</main>`);
    await known(bed, 'inn');
    await bed.run(() => document.addEventListener('podskazka:why', (event) => (window.why = [...(window.why ?? []), event.detail])));
    await bed.focus('#note');
    const problem = { code: 'invalid', errors: [{ pointer: '', code: 'E42', message: 'ERR_42' }, { pointer: '', code: 'E7', message: 'DUPLICATE' }] };
    await bed.run((problem) => document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:problem', { bubbles: true, detail: problem })), problem);
    await bed.until(() => document.activeElement.matches('.pdk-summary'));
    assert.equal(await code(bed, 'inn'), 'site.E42');
    assert.match(await bed.text('.pdk-error'), /Такого ИНН нет в реестре/);
    const lines = await bed.run(() => [...document.querySelectorAll('.pdk-summary li')].map((it) => it.firstChild.textContent));
    assert.deepEqual(lines, ['Такая заявка уже есть.', 'Такого ИНН нет в реестре. Сверьте его с документом.']);
    // Both before the panel covers them.
    await bed.run(() => document.querySelectorAll('.pdk-summary .pdk-why, .pdk-error .pdk-why').forEach((it) => it.click()));
    await bed.until(() => window.why?.length === 2);
    const why = await bed.run(() => window.why.map(({ article, topic, code }) => [article, topic, code]));
    assert.deepEqual(why, [['refund', 'payment', 'site.E7'], ['inn-where', 'status', 'site.E42']]);
    assert.ok(!(await bed.run(() => document.body.textContent)).includes('ERR_42'));
  }],
  ['codes: given an answer with codes that the schema does not know, when it is told, then its own words stand beside the field and in the list', async (bed) => {
    const schema = JSON_OF([INN], { errors: { E7: { message: 'Такая заявка уже есть.' }, E9: { field: 'inn' } } });
    await bed.open(`<main>${form(inline(schema) + bare('inn', 'note'))}</main>`);
    await known(bed, 'inn');
    await bed.focus('#note');
    const tell = (problem) => bed.run((problem) => document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:problem', { bubbles: true, detail: problem })), problem);
    const lines = () => bed.run(() => [...document.querySelectorAll('.pdk-summary li')].map((it) => it.firstChild.textContent));
    await tell({ errors: [{ pointer: '/inn', code: 'E8', detail: 'ИНН ликвидированной организации.' }, { code: 'E6', title: 'Реестр закрыт на ночь.' }] });
    await bed.until(() => document.querySelector('.pdk-error')?.textContent.includes('ИНН ликвидированной организации.'));
    assert.equal(await code(bed, 'inn'), 'site.E8');
    // The field is the schema's to say, the words are the answer's.
    await tell({ errors: [{ code: 'E9', detail: 'Нужен ИНН организации.' }] });
    await bed.until(() => document.querySelector('.pdk-error')?.textContent.includes('Нужен ИНН организации.'));
    await tell({ code: 'E5', detail: 'Срок подачи прошёл.' });
    await bed.until(() => [...document.querySelectorAll('.pdk-summary li')].some((it) => it.firstChild.textContent === 'Срок подачи прошёл.'));
    assert.ok((await lines()).includes('Срок подачи прошёл.'));
  }],
  ['codes: given an answer with one code and no list, when it is told, then it stands alone in the list, and goes when the form is sent again', async (bed) => {
    const schema = JSON_OF([INN], { errors: { E7: { message: 'Такая заявка уже есть.' } } });
    await bed.open(`<main>${form(inline(schema) + bare('inn', 'note'))}</main>`);
    await known(bed, 'inn');
    await bed.focus('#note');
    const tell = () => bed.run(() => document.querySelector('form').dispatchEvent(new CustomEvent('podskazka:problem', { bubbles: true, detail: { code: 'E7', title: 'Conflict' } })));
    await tell();
    await bed.until(() => document.activeElement.matches('.pdk-summary'));
    assert.deepEqual(await bed.run(() => [document.querySelector('.pdk-summary h2').textContent, document.querySelector('.pdk-summary li .pdk-text').textContent]), ['Портал не принял форму', 'Такая заявка уже есть.']);
    await bed.run(() => document.querySelector('form').addEventListener('submit', (event) => event.preventDefault()));
    await bed.send();
    await bed.until(() => !document.querySelector('.pdk-summary') && !document.title.startsWith('Ошибка'));
  }],
  ['codes: given a code in the page itself, when it is loaded, then its field is marked and the focus stays; the next submit is not stopped by it', async (bed) => {
    const schema = JSON_OF([INN], { errors: { E42: { field: 'inn', message: 'Такого ИНН нет в реестре.' } } });
    await bed.open(`<main><p data-error-code="E42">Ошибка E42</p>${form(inline(schema) + bare('inn', 'note'))}</main>`);
    await has(bed, 'inn', 'site.E42');
    assert.equal(await bed.count('.pdk-summary'), 0);
    assert.equal(await bed.run(() => document.activeElement === document.body), true);
    await bed.send();
    await bed.landed('done');
  }],
  ['codes: given an error that a script reports, when help is opened, then its article stands there and the letter has its code and topic', async (bed) => {
    await bed.go('/refund.html');
    await bed.ready();
    // Before anybody has touched the page: then its schema is asked for.
    await bed.run(() => window.Podskazka.reportError({ code: 'E-1042' }));
    await has(bed, 'account', 'site.E-1042');
    assert.match(await bed.text('.pdk-summary a'), /Банк не принял этот счёт/);
    await bed.click('.pdk-error .pdk-why');
    const dialog = dialogOf(bed.page);
    await dialog.getByRole('heading', { name: 'Счёт не подходит к БИК' }).waitFor();
    await dialog.getByRole('button', { name: 'Написать в поддержку', exact: true }).first().click();
    await dialog.getByLabel('Тема').waitFor();
    assert.equal(await dialog.getByLabel('Тема').inputValue(), 'payment');
    await bed.run(() => document.addEventListener('podskazka:beforesend', (event) => {
      window.letter = [event.detail.code, event.detail.topic, event.detail.field];
      event.preventDefault();
    }));
    await dialog.getByLabel(/Фамилия/).fill('Иванова Анна Петровна');
    await dialog.getByLabel(/Телефон или почта/).fill('anna@example.ru');
    await dialog.getByLabel('Что случилось').fill('Банк не принял счёт.');
    // Pressed before the picture is there, the button asks to look at it first.
    await dialog.getByRole('button', { name: 'Изменить снимок', exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Отправить', exact: true }).click();
    await bed.until(() => window.letter);
    assert.deepEqual(await bed.run(() => window.letter), ['site.E-1042', 'payment', 'account']);
    await bed.run(() => localStorage.clear());
  }, { only: 'the driver does not reach into the panel by names; the way through it is `smoke.mjs`' }],
  ['words: given sentences of the portal for a code, when the code is shown, then they stand beside the field and in the list; other fields keep ours', async (bed) => {
    const messages = { 'inn.checksum': 'такого ИНН нет. Посмотрите его в письме из налоговой.', 'form.required': 'без этого мы не ответим.' };
    const schema = JSON_OF([{ ...INN, messages }, { name: 'payer', kind: 'inn', label: 'Плательщик', required: true }, { ...INN, name: 'third', label: 'Третий', required: true, messages }]);
    await bed.open(`<main>${form(inline(schema) + bare('inn', 'payer', 'third'))}</main>`);
    await known(bed, 'third');
    await bed.fill('#inn', WRONG);
    await has(bed, 'inn', 'inn.checksum');
    assert.match(await bed.text('.pdk-text'), /ИНН: такого ИНН нет\. Посмотрите/);
    await bed.fill('#payer', WRONG);
    await bed.failed();
    const links = await bed.run(() => [...document.querySelectorAll('.pdk-summary a')].map((it) => it.textContent));
    assert.match(links[0], /такого ИНН нет\. Посмотрите его в письме/);
    assert.match(links[1], /Плательщик: цифры не сходятся/);
    assert.equal(links[2], 'Третий: без этого мы не ответим.');
  }],
  ['words: given a schema in English on a Russian page, when an error is shown, then it is in English', async (bed) => {
    await bed.open(`<main>${form(inline(JSON_OF([{ ...INN, label: 'Taxpayer number' }], { language: 'en' })) + bare('inn', 'note'))}</main>`);
    await known(bed, 'inn');
    await bed.fill('#inn', WRONG);
    await has(bed, 'inn', 'inn.checksum');
    const text = await bed.text('.pdk-error .pdk-text');
    assert.match(text, /Taxpayer number: [a-z]/);
    assert.doesNotMatch(text.replace('Ошибка:', ''), /[а-яё]{4}/i);
  }],
  ['send: given a schema that asks for the canonical form, when the form is sent or gathered by a script, then it goes so, and the field keeps its look', async (bed) => {
    const schema = JSON_OF([{ name: 'snils', kind: 'snils', submit: 'canonical' }, { name: 'birth', kind: 'birth_date', submit: 'canonical' }, { name: 'sum', kind: 'money', submit: 'canonical' }, { name: 'phone', kind: 'phone' }]);
    await bed.open(form(inline(schema) + bare('snils', 'birth', 'sum', 'phone'), 'method="get"'));
    await known(bed, 'snils');
    await bed.fill('#snils', '112-233-445 95');
    await bed.fill('#birth', '5 марта 1990');
    await bed.fill('#sum', '1 500,5');
    await bed.fill('#phone', '+7 900 123-45-67');
    const gathered = await bed.run(() => Object.fromEntries(new FormData(document.querySelector('form'))));
    assert.deepEqual(gathered, { snils: '11223344595', birth: '1990-03-05', sum: '1500.50', phone: '+7 (900) 123-45-67' });
    assert.equal(await bed.value('#snils'), '112-233-445 95');
    await bed.send();
    await bed.landed('done');
    assert.equal(await bed.run(() => new URLSearchParams(location.search).get('snils')), '11223344595');
  }],
  ['send: given a value that is not whole, or a form that is let go, when it is gathered, then it goes as it was typed', async (bed) => {
    const schema = JSON_OF([{ name: 'snils', kind: 'snils', submit: 'canonical' }]);
    await bed.open(form(inline(schema) + bare('snils', 'note')));
    await known(bed, 'snils');
    const gathered = () => bed.run(() => new FormData(document.querySelector('form')).get('snils'));
    await bed.typeIn('#snils', '112-233');
    assert.equal(await gathered(), '112-233');
    await bed.type('-445 95');
    assert.equal(await gathered(), '11223344595');
    await bed.run(() => window.Podskazka.destroy());
    assert.equal(await gathered(), '112-233-445 95');
  }],
  ['steps: given a form of three steps, when the first is sent, then later ones are not asked for; at the end each is', async (bed) => {
    const steps = [{ id: 'who', title: 'Заявитель' }, { id: 'what', title: 'Услуга' }, { id: 'look', title: 'Проверка' }];
    const schema = JSON_OF([{ ...INN, required: true, step: 'who' }, { name: 'snils', kind: 'snils', label: 'СНИЛС', required: true, step: 'what' }], { steps });
    const part = (id, hidden, inner) => `<section id="${id}" ${hidden ? 'hidden' : ''}>${inner}</section>`;
    // A row of steps that can be pressed: hidden fields can be reached, and are still not asked for before their step.
    const nav = steps.map(({ id, title }) => `<button type="button" aria-controls="${id}">${title}</button>`).join('');
    await bed.open(`<main>${nav}${form(inline(schema) + part('who', false, bare('inn')) + part('what', true, bare('snils')) + part('look', true, '<p>Всё верно?</p>'))}</main>`);
    await known(bed, 'inn');
    await bed.run(() => {
      window.show = (id) => document.querySelectorAll('section').forEach((it) => (it.hidden = it.id !== id));
      document.querySelectorAll('[aria-controls]').forEach((it) => it.addEventListener('click', () => window.show(it.getAttribute('aria-controls'))));
      window.sent = 0;
      document.querySelector('form').addEventListener('submit', (event) => (event.preventDefault(), window.sent++));
    });
    await bed.failed();
    assert.deepEqual(await bed.run(() => [...document.querySelectorAll('.pdk-summary a')].map((it) => it.textContent)), ['Заполните поле «ИНН».']);
    await bed.typeIn('#inn', '7707083893');
    await bed.send();
    await bed.until(() => window.sent === 1);
    // The last step has no field: now all are asked for, and the link leads to the step.
    await bed.run(() => window.show('look'));
    await bed.send();
    await bed.until(() => document.querySelector('.pdk-summary a')?.textContent === 'Заполните поле «СНИЛС».');
    await bed.click('.pdk-summary a');
    await bed.until(() => !document.querySelector('#what').hidden && document.activeElement.id === 'snils');
  }],
  ['steps: given earlier steps that only the page itself can show, when something there is wrong at the end, then the page is asked for the step', async (bed) => {
    const steps = [{ id: 'who' }, { id: 'what' }];
    const schema = JSON_OF([{ ...INN, required: true, step: 'who' }, { name: 'note', step: 'what' }], { steps });
    await bed.open(`<main>${form(`${inline(schema)}<section id="who" hidden>${bare('inn')}</section><section id="what">${bare('note')}</section>`)}</main>`);
    await known(bed, 'inn');
    await bed.run(() => document.addEventListener('podskazka:step', ({ detail }) => {
      window.asked = [detail.step, detail.field];
      document.querySelectorAll('section').forEach((it) => (it.hidden = it.id !== detail.step));
    }));
    await bed.failed();
    assert.deepEqual(await bed.run(() => window.asked), ['who', 'inn']);
    await bed.click('.pdk-summary a');
    assert.equal(await bed.run(() => document.activeElement.id), 'inn');
  }],
  ['certain: given a field that its schema does not let pass, when the submit fails, then «Всё равно отправить» is not offered', async (bed) => {
    await bed.open(`<main>${form(inline(JSON_OF([{ ...INN, send_anyway: false }])) + bare('inn', 'note'))}</main>`);
    await known(bed, 'inn');
    await bed.fill('#inn', WRONG);
    await bed.failed();
    assert.equal(await bed.count('.pdk-override'), 0);
  }],
  ['schema: given a selector that is none, when the page loads, then it is told with its place, the form goes on, and the last good one stays', async (bed) => {
    const fields = (selector) => JSON.stringify({ version: 1, form: 'test', fields: [{ name: 'a', kind: 'inn' }, { name: 'q', selector, kind: 'kpp' }] });
    const body = `<main>${form(field('a', { kind: '', label: 'А' }) + field('snils', { label: 'СНИЛС', more: 'required' }))}</main>`;
    for (const [selector, inline] of [['#z[', true], ['#z:nothing', true], ['#z:nothing', false]]) {
      let attributes = '';
      let script = `<script type="application/json" data-podskazka-schema>${fields(selector)}</script>`;
      if (!inline) {
        const path = bed.serve(fields('#z'));
        script = '';
        attributes = `data-schema="${path}"`;
        await bed.open(body, { attributes });
        await come(bed, path);
        await bed.until(() => document.querySelector('#a').inputMode === 'numeric');
        bed.serve(fields(selector), path);
      }
      await bed.open(body.replace('</form>', `${script}</form>`), { attributes });
      if (!inline) await come(bed, attributes.match(/"(.*)"/)[1]);
      await bed.until(() => window.seen.events.some((it) => it.name === 'error'));
      const [{ code, path }] = await told(bed, 'error');
      assert.deepEqual([code, path], ['schema.selector', '/fields/1/selector']);
      if (!inline) await bed.until(() => document.querySelector('#a').inputMode === 'numeric');
      await bed.failed();
      assert.equal(await bed.errors(), 1, 'the form goes on');
    }
  }],
  ['condition: given a required field with its error, when another answer puts it away, then error and list go', async (bed) => {
    const schema = { version: 1, form: 'test', fields: [{ name: 'a' }, { name: 'inn', kind: 'inn', label: 'ИНН', required: true, visible_if: { field: 'a', is: ['yes'] } }] };
    const radios = ['yes', 'no'].map((it) => `<label><input type="radio" name="a" value="${it}"> ${it}</label>`).join('');
    await bed.open(`<main>${form(`<script type="application/json" data-podskazka-schema>${JSON.stringify(schema)}</script>${radios}${field('inn', { kind: '', label: 'ИНН' })}`)}</main>`);
    await bed.until(() => document.querySelector('#inn').inputMode === 'numeric');
    await bed.click('[value=yes]');
    await bed.failed();
    await bed.click('[value=no]');
    await bed.until(() => !document.querySelector('.pdk-error,.pdk-summary'));
    await bed.click('[value=yes]');
    await bed.failed();
    assert.equal(await bed.errors(), 1, 'and it is asked for again');
  }],
];

export const GUESS = [
  ['guess: given unmarked fields of a form that lets us guess, when one is left with a slip, then a doubt and no error, and the form goes', async (bed) => {
    const more = 'data-podskazka-guess';
    await bed.open(form(field('payerInn', { kind: '', label: 'ИНН плательщика' }) + field('q', { kind: '', label: 'Номер документа' }) + field('mail', { kind: '', label: 'Почта', more: 'autocomplete="email" aria-describedby="q"' }), more));
    await bed.until(() => window.seen.events.filter((it) => it.name === 'guess').length === 2);
    assert.deepEqual((await told(bed, 'guess')).map((it) => [it.field, it.kind]), [['payerInn', 'inn'], ['mail', 'email']]);
    await bed.fill('#payerInn', WRONG);
    await bed.until(() => document.querySelector('.pdk-warn'));
    assert.match(await bed.text('.pdk-warn'), /ИНН плательщика: цифры не сходятся.*Если в этом поле нужно другое, оставьте как есть\./);
    const { invalid, description } = await bed.ax('#payerInn');
    assert.equal(invalid, 'false');
    assert.match(description, /цифры не сходятся/);
    assert.equal(await bed.value('#payerInn'), WRONG, 'no mask, no repair');
    await bed.fill('#mail', 'anna');
    await bed.until(() => document.querySelectorAll('.pdk-warn').length === 2);
    await bed.typeIn('#mail', '@example.ru');
    await bed.until(() => document.querySelectorAll('.pdk-warn').length === 1);
    assert.equal(await bed.attribute('#mail', 'aria-describedby'), 'q');
    await bed.send();
    await bed.landed('done');
  }],
  ['guess: given a form that does not ask for it, when its fields are left, then nothing is said', async (bed) => {
    await bed.open(form(field('inn', { kind: '', label: 'ИНН' }) + field('snils', { label: 'СНИЛС' })));
    await bed.fill('#inn', WRONG);
    await bed.fill('#snils', '112-233-445 99');
    await has(bed, 'snils', 'snils.checksum');
    assert.equal(await bed.count('.pdk-warn'), 0);
  }],
];
