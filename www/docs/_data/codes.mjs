import { readFileSync } from 'node:fs';

/** `: вместо «О» нужна цифра.` → `Вместо «О» нужна цифра.` */
const sentence = (text) => text.replace(/^: /, '').replace(/^./, (letter) => letter.toUpperCase());

/** What must be seen in an example: a space, a tab, a sign without a shape. */
const visible = (value) => value?.replace(/[\p{Z}\p{C}]/gu, (it) => (it === ' ' ? ' ' : '␣'));

/** What is no kind of a field. */
const TITLES = {
  form: { ru: 'Границы и правила формы', en: 'Bounds and rules of a form' },
  file: { ru: 'Приложенные файлы', en: 'Attached files' },
};

const all = JSON.parse(readFileSync('target/docs/codes.json', 'utf8'));
const kinds = {};
for (const it of all) {
  (kinds[it.kind] ??= { kind: it.kind, title: TITLES[it.kind], faults: [], doubts: [] })[it.doubt ? 'doubts' : 'faults'].push({
    code: it.code,
    value: visible(it.value),
    ru: it.ru && sentence(it.ru),
    en: it.en && sentence(it.en),
  });
}
/** A name may be a fault and a doubt of one kind: the fault has the place on the page. */
for (const { faults, doubts } of Object.values(kinds)) for (const it of doubts) it.twice = faults.some((fault) => fault.code === it.code);

export default Object.values(kinds);
