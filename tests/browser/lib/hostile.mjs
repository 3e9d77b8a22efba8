/**
 * A page that says something personal in every place a page can: `hostile(0)` and `hostile(1)` differ in those things alone, and
 * they have the same shape. All of them are made up.
 */

/** Place, and what stands there. Two where the words of a page decide what is a name: then both have to be names. */
const PLACES = {
  input: 'Ярополкова',
  textarea: 'Пропал договор семь тысяч',
  select: 'Заречное',
  editable: 'Тридевятый переулок',
  password: 'Qwlanterna',
  shown: 'lampadario',
  card: '2200 0000 0000 0004',
  code: '731942',
  hidden: 'tokkaramzin',
  placeholder: 'Онуфриевич',
  title: 'Белозерская',
  spoken: 'Мстиславна',
  alt: 'Подберёзкин',
  data: 'Златоустовск',
  href: 'vasnetsov',
  heading: ['Громыхалова', 'Калачникова'],
  greeting: ['Агриппина', 'Прасковья'],
  labelled: ['Дормидонтова', 'Пантелеймона'],
  legend: ['Кондратьева', 'Терентьевой'],
  button: ['Ростислав', 'Владислав'],
  alert: '8412-9037',
  hint: ['Тархановский', 'Болтановский'],
  head: ['Свиридовым', 'Лавриковым'],
  nav: ['Светлана', 'Виктория'],
  tab: ['Екатерина', 'Анастасия'],
  summary: ['Евстигнеева', 'Каллиникова'],
  dialog: ['Селиверстов', 'Колокольцев'],
  shadowhead: ['Калинниковой', 'Смородиновой'],
  caption: ['Афанасьевым', 'Пантелеевым'],
  shout: ['КУЗНЕЦОВА МАРИЯ', 'ДМИТРИЕВА ИРИНА'],
  symbols: 'Мандрагорова',
  start: '4512',
  unused: 'Эдельвейсов',
  cell: 'Мелентьевский',
  details: 'Никодимовна',
  svg: 'Горицветова',
  svgtitle: 'Примулова',
  canvas: 'Ландышева',
  frame: 'Одуванчик',
  framed: 'Незабудкина',
  shadow: 'Черемухина',
  closed: 'Можжевельникова',
  slotted: 'Боярышников',
  before: 'Шиповникова',
  attr: 'Крыжовников',
  counter: '918273',
  custom: 'Жасминова',
  inline: 'Сиренева',
  drawing: 'Ромашкина',
  background: 'Тюльпанов',
  marker: 'Резедова',
  output: '64 518,37',
  date: ['1974-08-23', '1968-11-09'],
  email: 'klavdiaq@pochta.example',
  number: '584731',
  radio: 'Инвалидность вторая',
  option: 'Нотариальная',
  choices: 'Брусничная',
  sticky: 'Серафимович',
  figure: 'Голубикина',
  home: 'Клюквенная',
  digits: '112-233-445 95',
  mail: 'marfa@dom.example',
  textbox: 'Голицынское',
  private: 'Чемоданова',
  vendor: 'Портфельник',
  deep: 'Шкатулкина',
  status: 'Самоварщик',
  comment: 'Валериановна',
  noscript: 'Пустырникова',
  template: 'Зверобоева',
  progress: 'Тысячелистник',
  scrolled: 'Подорожникова',
  pre: 'Календулина',
  cells: '730518',
};

const SMALL = 'абвгдежзиклмнопрстуфхцчшэюя';
/** The same shape: letters and figures moved on. */
const moved = (text) =>
  [...text]
    .map((c) => {
      const at = SMALL.indexOf(c.toLowerCase());
      if (at >= 0) return c === c.toLowerCase() ? SMALL[(at + 5) % SMALL.length] : SMALL[(at + 5) % SMALL.length].toUpperCase();
      if (/\d/.test(c)) return String((Number(c) + 3) % 10);
      return /[a-y]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 1) : c;
    })
    .join('');

/** All that is personal on a page. */
export const secrets = (which) =>
  Object.fromEntries(
    Object.entries(PLACES).map(([place, it]) => [place, Array.isArray(it) ? it[which] : which ? moved(it) : it]),
  );

/** Words that must stay legible: a picture without them helps nobody. */
export const LEGIBLE = ['Заявление', 'Ошибка', 'Проверьте', 'Дата', 'Отправить', 'Номер', 'Вложение'];

const drawn = (text) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="40"><rect width="240" height="40" fill="#def"/><text x="8" y="28" font-size="22">${text}</text></svg>`;

/** Choices that a page draws by itself: another one is made on each page, and told by class, attribute, icon and rule. */
const choices = (which) =>
  ['Первый', 'Второй']
    .map((name, i) => {
      const made = i === which;
      const icon = made ? '<svg width="20" height="20"><rect width="20" height="20"/></svg>' : '';
      return `<div role="radio" aria-checked="${made}" class="choice${made ? ' choice--checked' : ''}" tabindex="0">${icon}${name}</div>
<button type="button" aria-pressed="${made}" class="${made ? 'jss17' : 'jss18'}">${name}</button>
<span class="box${made ? ' is-checked' : ''}" data-state="${made ? 'checked' : 'unchecked'}"><label class="label${made ? ' label_active' : ''}"><input type="radio" name="own"${made ? ' checked' : ''}>${icon}${name}</label></span>`;
    })
    .join('');

/** Files of the page by name. `css` and `js` are files of their own, as a strict policy wants. */
export function hostile(which) {
  const it = secrets(which);
  const css = `
    body { font: 18px/1.4 "DejaVu Sans", sans-serif; margin: 0 16px; }
    header { position: sticky; top: 0; background: #eef; }
    .row { display: flex; gap: 16px; flex-wrap: wrap; align-items: center; margin: 6px 0; }
    input, select, textarea, button { font: inherit; }
    .bad input, :user-invalid { border: 2px solid #b00; }
    .before::before { content: "${it.before}"; }
    .attr::after { content: attr(data-name); }
    .counter { counter-reset: sum ${it.counter}; }
    .counter::after { content: counter(sum); }
    .custom { --shown: "${it.custom}"; }
    .custom::before { content: "» " var(--shown); }
    .inline::before { content: var(--name); }
    .drawing, .background { width: 240px; height: 40px; }
    .drawing { background: url('data:image/svg+xml,${encodeURIComponent(drawn(it.drawing))}'); }
    .background { background-image: url("name.svg"); }
    .marker { list-style-type: "${it.marker} "; margin-left: 200px; }
    @counter-style own { system: cyclic; symbols: "${it.symbols}"; suffix: " "; }
    .own { list-style: own; margin-left: 200px; }
    .scroll { height: 60px; width: 300px; overflow: auto; border: 1px solid; }
    .scroll div { height: 50px; }
    .choice--checked, .is-checked, .label_active, .jss17 { border: 4px solid green; font-weight: bold; }
    [aria-checked="true"], [data-state="checked"] { background: yellow; padding: 9px; }
    :checked + svg { outline: 3px solid; }
    .cells { display: flex; }
    x-closed { display: block; width: 300px; height: 60px; }
    dialog { top: 40px; }`;
  const js = `
    const data = ${JSON.stringify({ canvas: it.canvas, shadow: it.shadow, closed: it.closed, head: it.shadowhead, deep: it.deep, inline: it.inline, unused: it.unused, code: it.code, editable: it.editable })};
    const pen = document.querySelector('canvas').getContext('2d');
    pen.font = '22px DejaVu Sans';
    pen.fillText(data.canvas, 4, 28);
    const add = (into, name, text) => into.appendChild(Object.assign(document.createElement(name), { textContent: text }));
    const root = document.querySelector('x-card').attachShadow({ mode: 'open' });
    add(root, 'h3', 'Выдано ' + data.head);
    add(root, 'p', data.shadow);
    root.append(document.createElement('slot'));
    customElements.define('x-closed', class extends HTMLElement {
      constructor() {
        super();
        add(this.attachShadow({ mode: 'closed' }), 'h3', data.closed);
      }
    });
    const inner = add(root, 'x-inner', '').attachShadow({ mode: 'open' });
    add(inner, 'span', data.deep);
    document.querySelector('.inline').style.setProperty('--name', '"' + data.inline + '"');
    document.querySelector('.inline').style.setProperty('--unused', "'" + data.unused + "'");
    document.querySelector('.scroll').scrollTop = 100;
    const shown = document.querySelector('[name=shown]');
    shown.type = 'password';
    document.querySelector('[name=swap]').addEventListener('click', () => (shown.type = 'text'));
    document.querySelector('dialog').show();`;
  const html = `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>${it.title}</title><link rel="stylesheet" href="hostile.css"></head>
<body data-user="${it.data}">
<header><nav><a href="/">Номер</a> <a href="/lk?u=${it.href}">${it.nav}</a></nav><span>${it.sticky}</span></header>
<h1>Заявление: ${it.heading}</h1>
<h3>${it.shout}</h3><h3>Принято: ${it.framed}</h3>
<h2>Здравствуйте, ${it.greeting}!</h2>
<div role="alert">Ошибка: номер ${it.alert} не найден. Проверьте поле.</div>
<form><div class="row">
<label>Номер <input name="surname" value="${it.input}" aria-describedby="hint"></label><span id="hint">Как в паспорте: ${it.hint}</span>
<label>Документ ${it.labelled} <input name="x" placeholder="${it.placeholder}" title="${it.title}" aria-label="${it.spoken}"></label>
<textarea name="t" cols="30">${it.textarea}</textarea></div><div class="row">
<select name="s"><option>Выберите</option><option selected>${it.select}</option><option>${it.option}</option></select>
<div contenteditable="true">${it.editable}</div><div role="textbox">${it.textbox}</div>
<input type="password" name="p" value="${it.password}"><input name="shown" value="${it.shown}"><button type="button" name="swap">Показать</button>
</div><div class="row">
<input name="card" value="${it.card}"><input autocomplete="one-time-code" value="${it.code}"><input type="hidden" value="${it.hidden}">
<label>Дата <input type="date" value="${it.date}"></label><input type="email" value="${it.email}"><input type="number" value="${it.number}">
</div>
<fieldset><legend>Выбор</legend>
<div role="radiogroup">${choices(which)}</div></fieldset>
<fieldset><legend>Для ${it.legend}</legend><label><input type="radio" name="r" checked> <span data-private>${it.radio}</span></label>
<input list="l"><datalist id="l"><option value="${it.choices}"></datalist><output>${it.output}</output></fieldset>
<button type="button">${it.button}</button> <button type="button">Отправить</button> <span role="tab">${it.tab}</span></form>
<table><caption>Выдано ${it.caption}</caption><tr><th>Принято ${it.head}</th><td>${it.cell}</td></tr></table>
<details open><summary>Сведения, ${it.summary}</summary><p>${it.details}</p></details>
<dialog><h2>Подтвердите, ${it.dialog}</h2></dialog>
<div class="row"><svg width="240" height="40"><title>${it.svgtitle}</title><text x="4" y="28">${it.svg}</text></svg>
<canvas width="240" height="40"></canvas><img src="name.svg" alt="${it.alt}"><iframe src="frame.html" width="300" height="150"></iframe>
<x-card>${it.slotted}</x-card><x-closed></x-closed></div>
<div class="row"><p class="before"></p><p class="attr" data-name="${it.attr}"></p><p class="counter"></p><p class="custom"></p><p class="inline"></p></div>
<div class="row"><div class="drawing"></div><div class="background"></div><ul><li class="marker">пункт</li><li class="own">пункт</li></ul><ol start="${it.start}"><li>пункт</li></ol></div>
<figure><figcaption>${it.figure}</figcaption></figure><address>${it.home}</address><p>${it.digits} <a href="mailto:${it.mail}">${it.mail}</a></p>
<div data-podskazka-mask>${it.private}</div><div class="fs-mask">${it.vendor}</div><div role="status">${it.status}</div>
<progress value="0.3" title="${it.progress}">${it.progress}</progress><!-- ${it.comment} --><noscript>${it.noscript}</noscript><template>${it.template}</template>
<div class="scroll"><div>первая</div><div>вторая</div><div>${it.scrolled}</div><div>последняя</div></div><pre>${it.pre}
вторая строка</pre>
<script src="hostile.js"></script><h3 class="cells">Код ${[...it.cells].map((c) => `<span>${c}</span>`).join('')}</h3>
</body></html>`;
  const frame = `<!doctype html><meta charset="utf-8"><h2>Вложение</h2><label>Кто <input value="${it.framed}"></label><p>${it.frame}</p>`;
  return { 'hostile.html': html, 'hostile.css': css, 'hostile.js': js, 'frame.html': frame, 'name.svg': drawn(it.background) };
}
