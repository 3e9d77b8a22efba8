/**
 * Attributes of a page that the widget reads, apart from those of its own script tag, and the type of a script that it reads: where each stands, what it does, an example.
 * `tests/docs/reference.mjs` holds the list to the sources.
 */

const FIELD = { ru: 'на поле', en: 'on a field' };
const FORM = { ru: 'на форме', en: 'on a form' };
const ANY = { ru: 'на любом элементе', en: 'on any element' };
const AROUND = { ru: 'на поле или на элементе вокруг него', en: 'on a field, or on an element around it' };
const FILES = { ru: 'на поле файла', en: 'on a field of files' };
const BOTH = { ru: 'на форме или на поле', en: 'on a form, or on a field' };

const field = (attributes, label = 'ИНН', name = 'inn') => `<label for="${name}">${label}</label>\n<input id="${name}" name="${name}" ${attributes}>`;
const form = (attributes, name = 'refund') => `<form data-podskazka-form="${name}"${attributes}>\n  <label for="inn">ИНН</label>\n  <input id="inn" name="inn" data-podskazka="inn">\n  <button type="submit">Отправить</button>\n</form>`;

export default [
  {
    group: { id: 'what', ru: 'Что это за форма и поле', en: 'What a form and a field are' },
    all: [
      {
        name: 'data-podskazka-form', where: FORM,
        ru: 'Имя формы. Форма с ним становится нашей: её поля проверяются, при отправке ошибки собираются в список.',
        en: 'Name of the form. A form that has it is looked after: its fields are checked, and a submit gathers the errors in a list.',
        example: form(''),
      },
      {
        name: 'data-podskazka', where: { ru: 'на поле; вид даты ещё и на `fieldset` или `role="group"` с тремя полями', en: 'on a field; a kind of date also on a `fieldset` or `role="group"` with three fields' },
        ru: 'Вид поля. День, месяц и год в трёх полях проверяются как одна дата: сообщение стоит у группы, неверным отмечено только то поле, где ошибка. Порядок — день, месяц, год, если `autocomplete` не говорит другого. Форма отправляет три значения как есть.',
        en: 'Kind of the field. Day, month and year in three fields are checked as one date: what is said stands at the group, only the wrong box is invalid. The order is day, month, year, unless `autocomplete` says another. The form sends the three values as they are.',
        example: '<fieldset id="born" data-podskazka="birth_date">\n  <legend>Дата рождения</legend>\n  <input name="day" aria-label="День">\n  <input name="month" aria-label="Месяц">\n  <input name="year" aria-label="Год">\n</fieldset>',
      },
      {
        name: 'data-podskazka-label', where: { ru: 'на поле или на группе даты', en: 'on a field, or on the group of a date' }, initial: { ru: '`aria-label`, подпись `<label>`, `<legend>` или `placeholder`', en: '`aria-label`, the `<label>`, the `<legend>`, or the `placeholder`' },
        ru: 'Как поле называют сообщения и список ошибок.',
        en: 'What messages and the list of errors call the field.',
        example: field('data-podskazka="inn" data-podskazka-label="ИНН заявителя"'),
      },
      {
        name: 'data-podskazka-title', where: FORM, initial: { ru: '`aria-label`, первый заголовок формы или название страницы', en: '`aria-label`, the first heading in the form, or the title of the page' },
        ru: 'Как форму называет обращение.',
        en: 'What a letter calls the form.',
        example: form(' data-podskazka-title="Возврат пошлины"'),
      },
      {
        name: 'data-podskazka-schema', where: { ru: 'на `<script type="application/json">` внутри формы', en: 'on a `<script type="application/json">` inside the form' },
        ru: 'Схема этой формы. Она важнее адреса из `data-schema`.',
        en: 'The schema of this form. It goes before the address in `data-schema`.',
        example: '<form data-podskazka-form="refund">\n  <script type="application/json" data-podskazka-schema>{"version": 1, "form": "refund", "fields": [{"name": "inn", "kind": "inn", "required": true}]}</script>\n  <label for="inn">ИНН</label>\n  <input id="inn" name="inn">\n</form>',
      },
      {
        name: 'data-podskazka-mask-pattern', where: FIELD, initial: { ru: 'маска вида', en: 'the mask of the kind' },
        ru: 'Маска поля: `0` — цифра, `A` — латинская буква, `C` — русская, `X` — цифра или латинская буква, остальное — знаки между ними. `off` — без маски.',
        en: 'Mask of the field: `0` is a digit, `A` a Latin letter, `C` a Cyrillic one, `X` a digit or a Latin letter, all else signs between them. `off`: no mask.',
        example: field('data-podskazka-mask-pattern="000-000"', 'Код', 'code'),
      },
      {
        name: 'data-podskazka-ignore', where: ANY,
        ru: 'Поля внутри подсказка не трогает и на снимке закрывает.',
        en: 'Fields inside are left alone, and covered in the picture.',
        example: '<div data-podskazka-ignore>\n  <label for="note">Заметка</label>\n  <input id="note" name="note">\n</div>',
      },
      {
        name: 'data-podskazka-guess', where: FORM, initial: { ru: 'неразмеченные поля не проверяются', en: 'unmarked fields are not checked' },
        ru: 'Неразмеченные поля, вид которых ясен по `autocomplete` или подписи, при опечатке получают сомнение и никогда не ошибку. Событие `podskazka:guess` называет вид.',
        en: 'Unmarked fields whose `autocomplete` or label leaves no doubt get a doubt beside a slip, never an error. The event `podskazka:guess` names the kind.',
        example: '<form data-podskazka-form="refund" data-podskazka-guess>\n  <label for="inn">ИНН</label>\n  <input id="inn" name="inn">\n</form>',
      },
    ],
  },
  {
    group: { id: 'says', ru: 'Что и когда говорит форма', en: 'What a form says, and when' },
    all: [
      {
        name: 'data-podskazka-errors', where: FORM, initial: { ru: 'ошибка видна, когда человек вышел из поля', en: 'an error shows when its field has been left' },
        ru: '`submit`: ошибки видны только после отправки. Подсказки, исправления и сомнения остаются.',
        en: '`submit`: errors show only after a submit. Hints, repairs and doubts stay as they are.',
        example: form(' data-podskazka-errors="submit"'),
      },
      {
        name: 'data-podskazka-summary', where: FORM, initial: { ru: 'список ошибок над формой', en: 'a list of errors above the form' },
        ru: '`off`: после неудачной отправки списка нет, фокус встаёт в первое неверное поле.',
        en: '`off`: no list after a submit that failed; the focus goes to the first wrong field.',
        example: form(' data-podskazka-summary="off"'),
      },
      {
        name: 'data-podskazka-count', where: { ru: 'на текстовом поле', en: 'on a text field' }, initial: { ru: 'счётчика нет', en: 'no counter' },
        ru: 'Сколько знаков помещается. Подсказка говорит, сколько осталось. Длинный текст не обрезается, а не принимается; пишите вместо `maxlength`.',
        en: 'How many characters fit. What is left is told; a text that is too long is kept and refused, never cut. Use it in place of `maxlength`.',
        example: '<label for="reason">Причина</label>\n<textarea id="reason" name="reason" data-podskazka="text" data-podskazka-count="200"></textarea>',
      },
      {
        name: 'data-podskazka-ask', where: FIELD, initial: { ru: 'страницу не спрашивают', en: 'the page is not asked' },
        ru: 'Верное само по себе значение приходит вашей странице в событии `podskazka:ask`. Ответьте обещанием `{ code, message }` или пустым.',
        en: 'A value that is right in itself is put to your page by the event `podskazka:ask`; answer with a promise of `{ code, message }`, or of nothing.',
        example: field('data-podskazka="ogrn" data-podskazka-ask', 'ОГРН', 'ogrn'),
      },
      {
        name: 'data-podskazka-review', where: FORM, initial: { ru: 'форма отправляется сразу', en: 'the form goes at once' },
        ru: 'Перед отправкой ответы показаны ещё раз, от каждого можно вернуться к полю.',
        en: 'Before the form goes, the answers are shown once more, each with a way back.',
        example: form(' data-podskazka-review'),
      },
      {
        name: 'data-error-code', where: ANY,
        ru: 'Код ошибки, которую показал портал. Пока элемент виден, помощь открывается об этой ошибке.',
        en: 'Code of an error that the portal shows. While the element can be seen, help opens on this error.',
        example: '<p role="alert" data-error-code="E42">В реестре нет такого адреса. Проверьте номер дома.</p>',
      },
      {
        name: 'application/problem+json', fault: 'problem.json', where: { ru: '`type` у `<script>` внутри формы', en: 'the `type` of a `<script>` inside the form' },
        ru: 'Что нашёл сервер, который рисует страницы (PHP, 1С-Битрикс): ответ RFC 9457 в самой форме. Читается, когда страница загрузилась: ошибки стоят у полей и в списке, как после события `podskazka:problem`. Поле называет `field` или `pointer`. Когда печатаете JSON, замените в нём `<` на `\\u003C` (в PHP это делает `JSON_HEX_TAG`).',
        en: 'What a server that renders pages (PHP, 1C-Bitrix) has found: an answer by RFC 9457 in the form itself. Read when the page is loaded: the errors stand at the fields and in the list, as after the event `podskazka:problem`. `field` or `pointer` names the field. Where you print the JSON, write `<` in it as `\\u003C` (in PHP `JSON_HEX_TAG` does so).',
        example: '<form data-podskazka-form="refund">\n  <script type="application/problem+json">{"errors": [{"field": "inn", "code": "E42", "message": "Такого ИНН нет в реестре."}]}</script>\n  <label for="inn">ИНН</label>\n  <input id="inn" name="inn" data-podskazka="inn">\n</form>',
      },
    ],
  },
  {
    group: { id: 'files', ru: 'Файлы', en: 'Files' },
    all: [
      {
        name: 'data-podskazka-max-size', where: FILES, initial: { ru: 'любой размер', en: 'any size' },
        ru: 'Самый большой файл, в байтах. Типы берутся из `accept`.',
        en: 'The largest file, in bytes. Types come from `accept`.',
        example: field('type="file" accept=".pdf,.jpg" data-podskazka-max-size="5242880"', 'Скан', 'scan'),
      },
      {
        name: 'data-podskazka-max-files', where: FILES, initial: { ru: 'один; с `multiple` сколько угодно', en: 'one; with `multiple` any number' },
        ru: 'Сколько файлов можно приложить.',
        en: 'How many files may be attached.',
        example: field('type="file" multiple data-podskazka-max-files="3"', 'Документы', 'papers'),
      },
    ],
  },
  {
    group: { id: 'drafts', ru: 'Черновик', en: 'Drafts' },
    all: [
      {
        name: 'data-podskazka-draft', where: BOTH, initial: { ru: '`never`', en: '`never`' },
        ru: '`session`: введённое хранится, пока открыта вкладка; `local`: несколько дней; `never` на поле: не хранится. Пароли, карты, коды и файлы не хранятся никогда, остальное зашифровано. Обычная отправка формы стирает черновик. Если страница отправляет форму сама (`fetch`), скажите форме об успехе событием: `form.dispatchEvent(new CustomEvent("podskazka:sent", { bubbles: true, composed: true }))`. Без него черновик остаётся до своего срока. `draft` в схеме меняет это для поля, но сам черновик не включает. Пока схема, от которой это зависит, не пришла, ничего не хранится; если её нельзя прочитать и годной прежней нет, не хранится вовсе.',
        en: '`session`: what was typed is kept as long as the tab; `local`: some days; `never` on a field: not at all. Passwords, cards, codes and files are never kept; the rest is encrypted. A plain submit erases the draft. Where your page sends the form by itself (`fetch`), tell the form when that has worked: `form.dispatchEvent(new CustomEvent("podskazka:sent", { bubbles: true, composed: true }))`. Without it the draft stays until its time is over. `draft` of a schema changes this for a field, but switches no drafts on by itself. Until the schema that decides it has come, nothing is kept; where it cannot be read and there is no good earlier one, nothing is kept at all.',
        example: form(' data-podskazka-draft="session"'),
      },
      {
        name: 'data-podskazka-draft-days', where: FORM, initial: { ru: '`draft_hours` схемы (72 часа), без схемы 7', en: '`draft_hours` of the schema (72 hours); 7 without a schema' },
        ru: 'Сколько дней живёт черновик `local`.',
        en: 'Days that a `local` draft lives.',
        example: form(' data-podskazka-draft="local" data-podskazka-draft-days="3"'),
      },
    ],
  },
  {
    group: { id: 'privacy', ru: 'Что уходит со страницы', en: 'What leaves the page' },
    all: [
      {
        name: 'data-podskazka-capture', where: AROUND, initial: { ru: '`shape`', en: '`shape`' },
        ru: 'Что о поле уходит с обращением: `shape` — только вид записи, `value` — первые 120 знаков, обращение показывает их до отправки; `never` — ничего. Секреты не уходят никогда.',
        en: 'What of a field goes with a letter: `shape` is only how it is written, `value` its first 120 characters, which the letter shows before it goes, `never` nothing. Secrets never go.',
        example: field('data-podskazka="kbk" data-podskazka-capture="value"', 'КБК', 'kbk'),
      },
      {
        name: 'data-podskazka-mask', where: ANY,
        ru: 'На снимке вместо элемента чёрная полоса, значения полей внутри не уходят.',
        en: 'A bar in the picture; values of fields inside do not go.',
        example: '<p data-podskazka-mask>Остаток на счёте: 100 ₽</p>',
      },
      {
        name: 'data-podskazka-public', where: ANY, initial: { ru: 'на снимке читаются только подписи, заголовки, кнопки и ошибки', en: 'only labels, headings, buttons and errors can be read in the picture' },
        ru: 'Слова внутри на снимке можно прочитать; имена, номера и адреса в них всё равно закрыты.',
        en: 'The words inside can be read in the picture; names, numbers and addresses among them stay covered.',
        example: '<p data-podskazka-public>Пошлину возвращают на счёт, с которого её платили.</p>',
      },
      {
        name: 'data-podskazka-stats', where: FORM, initial: { ru: 'ничего не считается', en: 'nothing is counted' },
        ru: 'Адрес, куда при уходе со страницы идут счётчики: какие поля и коды стоили времени, какие статьи помогли. Без значений и без человека; молчит, если браузер просит не следить.',
        en: 'Address of counters that go when the page is left: which fields and codes cost time, which articles helped. No value, no person; silent where the browser asks not to be tracked.',
        example: form(' data-podskazka-stats="/v1/stats"'),
      },
    ],
  },
];
