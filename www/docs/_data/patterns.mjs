/** `pattern` of a field: what is taken, each with texts that fit and that do not, and what is refused, with what to write instead. `tests/docs/reference.mjs` tries all of it. */

const taken = [
  { pattern: 'АБ-[0-9]{6}', fits: ['АБ-123456'], not: ['аб-123456', 'АБ-1234567'], ru: 'буквы, цифры и знаки сами за себя; всегда весь текст', en: 'letters, digits and signs for themselves; always the whole text' },
  { pattern: '[А-ЯЁ][а-яё]+', fits: ['Ёлкин'], not: ['елкин'], ru: 'один знак из перечисленных или из промежутка', en: 'one sign of those that stand there, or of a range' },
  { pattern: '[^,;]{1,50}', fits: ['ул. Садовая'], not: ['Садовая, 5'], ru: 'один знак, но не эти', en: 'one sign, but none of these' },
  { pattern: '(?:МП|ТМ)-[0-9]+', fits: ['ТМ-7'], not: ['МТ-7'], ru: 'одно из двух; группа пишется `(…)` или `(?:…)`', en: 'one of two; a group is written `(…)` or `(?:…)`' },
  { pattern: '№ ?[0-9]{2,4}(-к)?', fits: ['№12', '№ 1234-к'], not: ['№ 1'], ru: 'повторы `?`, `*`, `+`, `{2}`, `{2,}`, `{2,5}`, до 1000', en: 'repetitions `?`, `*`, `+`, `{2}`, `{2,}`, `{2,5}`, up to 1000' },
  { pattern: '\\([0-9]{3}\\) [0-9]+\\/[0-9]', fits: ['(495) 12/3'], not: ['495 12/3'], ru: 'знак, у которого есть своё значение, — после `\\`: `^ $ \\ . * + ? ( ) [ ] { } | /`', en: 'a sign with a meaning of its own stands behind a `\\`: `^ $ \\ . * + ? ( ) [ ] { } | /`' },
  { pattern: '[A-Z\\-]{3}', fits: ['A-B'], not: ['a-b'], ru: 'внутри `[…]` — ещё и `-`', en: 'in `[…]` so does `-`' },
];

const refused = [
  { pattern: '\\d{6}', instead: '[0-9]{6}', ru: 'в одних движках это и цифры других письменностей', en: 'in some engines also digits of other scripts' },
  { pattern: '\\w+', instead: '[A-Za-z0-9_]+', ru: 'русских букв в JavaScript там нет, а в других движках есть', en: 'has no Cyrillic letters in JavaScript, and has them elsewhere' },
  { pattern: 'А\\sБ', instead: 'А Б', ru: 'что считать пробелом, движки решают по-разному', en: 'engines differ in what a blank is' },
  { pattern: '\\p{Lu}+', instead: '[А-ЯЁ]+', ru: 'зависит от версии движка', en: 'depends on the version of the engine' },
  { pattern: 'А.Б', instead: 'А[^,]Б', ru: 'точка берёт разные знаки', en: 'the dot takes different signs' },
  { pattern: '^[0-9]+$', instead: '[0-9]+', ru: 'шаблон и так стоит за весь текст', en: 'the pattern stands for the whole text anyway' },
  { pattern: '(?=А)[А-Я]+', instead: 'А[А-Я]*', ru: 'просмотра вперёд и назад нет, имён у групп тоже', en: 'no look-around, no names of groups' },
  { pattern: '(АА|ББ)-\\1', instead: 'АА-АА|ББ-ББ', ru: 'ссылок назад нет', en: 'no back-references' },
  { pattern: '[0-9]+?', instead: '[0-9]+', ru: 'один повтор после другого', en: 'a repetition behind a repetition' },
  { pattern: '[(]', instead: '[\\(]', ru: 'внутри `[…]` перед `( ) [ { } / | -` стоит `\\`', en: 'in `[…]` a `\\` stands before `( ) [ { } / | -`' },
];

/** A field with a pattern, whole. */
const example = {
  version: 1,
  form: 'pass',
  fields: [{ name: 'pass', label: 'Номер пропуска', pattern: 'АБ-[0-9]{6}', example: 'АБ-123456', required: true }],
  messages: { 'form.pattern': 'Номер пропуска — буквы АБ, чёрточка и шесть цифр: АБ-123456.' },
};

export default { taken, refused, example: JSON.stringify(example, null, 2) };
