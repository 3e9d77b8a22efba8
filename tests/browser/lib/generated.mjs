/**
 * Forms that nobody has drawn: made from a number, with something personal in every place a form has. All of it is made up, and all
 * of it carries one of four marks, so that one search finds whatever gets out.
 */

/** Letters, Latin letters, figures and a date that stand nowhere else. */
export const MARKS = ['ъйцхщ', 'qzxwvk', '74619358', '19360417', '17041936'];

/** The marks that stand in a text, in whatever spelling. */
export function found(text) {
  let plain = text;
  try {
    plain += decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not an address.
  }
  const small = plain.toLowerCase();
  const joined = small.replace(/[\s().,/+\u00a0-]/g, '');
  return MARKS.filter((it) => small.includes(it) || joined.includes(it));
}

/** Runs in the page: draws the form of a number, fills it in, says what was planted. */
export function draw(seed) {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0;
  const random = (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % most;
  };
  const pick = (list) => list[random(list.length)];
  const digits = (count) => Array.from({ length: count }, () => random(10)).join('');
  const luhn = (body) => {
    const sum = [...body].reverse().reduce((sum, it, at) => sum + (at % 2 ? +it : +it * 2 > 9 ? +it * 2 - 9 : +it * 2), 0);
    return body + ((10 - (sum % 10)) % 10);
  };
  const snils = () => {
    const body = `74619358${digits(1)}`;
    const sum = [...body].reduce((sum, it, at) => sum + it * (9 - at), 0) % 101;
    const check = String(sum === 100 ? 0 : sum).padStart(2, '0');
    return `${body.slice(0, 3)}-${body.slice(3, 6)}-${body.slice(6)} ${check}`;
  };
  const inn = () => {
    const body = `74619358${digits(2)}`;
    const sum = (text, weights) => (weights.reduce((sum, it, at) => sum + it * text[at], 0) % 11) % 10;
    const first = sum(body, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
    return `${body}${first}${sum(body + first, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])}`;
  };
  /** What the rules know of a person wherever it stands. */
  const known = [
    snils,
    inn,
    () => `+7 746 193-58-${digits(2)}`,
    () => `8 (746) 193-58-${digits(2)}`,
    () => `qzxwvk${digits(3)}@pochta-kraya.example`,
    () => luhn(`22007461935${digits(4)}`).replace('22007461935', '220074619358').slice(0, 16),
    () => `паспорт 7461 9358${digits(2)}`,
    () => 'дата рождения 17.04.1936',
  ];
  /** What a person types: anything. */
  const typed = [...known, () => `Ъйцхщова ${pick(['Мария', 'Анна'])}`, () => `ул. Ъйцхщинская, д. ${digits(2)}`, () => `слово ъйцхщ${digits(2)}`, () => `пароль-qzxwvk${digits(4)}`];
  const planted = [];
  const plant = (list) => {
    const text = pick(list)();
    planted.push(text);
    return text;
  };

  const kinds = ['', 'inn', 'snils', 'phone', 'email', 'passport', 'full_name', 'date', 'address', 'card', 'amount', 'bik', 'ogrn', 'oms', 'postcode'];
  const words = ['Телефон', 'Номер документа', 'Кто обращается', 'Адрес', 'Дата рождения', 'Комментарий', 'Почта', 'Получатель'];
  const make = (name, attributes = {}, ...inside) => {
    const it = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    it.append(...inside);
    return it;
  };
  let number = 0;
  function field() {
    const name = `f${number++}`;
    const odd = random(12) === 0 ? `${name}_${plant(known)}` : name;
    const type = pick(['text', 'text', 'text', 'tel', 'email', 'search', 'url', 'password', 'textarea', 'select', 'radio', 'checkbox', 'number', 'date', 'hidden', 'editable', 'combobox', 'file', 'range']);
    const kind = pick(kinds);
    const label = random(3) ? pick(words) : `${pick(words)} (${plant(known)})`;
    const own = { name: odd, id: name, ...(kind && { 'data-podskazka': kind }) };
    if (random(3) === 0) own.placeholder = plant(known);
    if (random(4) === 0) own.title = plant(typed);
    if (random(4) === 0) own['data-user'] = plant(typed);
    if (random(5) === 0) own['aria-label'] = `${pick(words)} ${plant(known)}`;
    if (random(6) === 0) own.autocomplete = pick(['name', 'tel', 'email', 'street-address', 'cc-number', 'one-time-code']);
    let it;
    if (type === 'textarea') {
      it = make('textarea', own);
      it.value = `${plant(typed)}\n${plant(typed)}`;
    } else if (type === 'select') {
      it = make('select', own, ...[1, 2].map(() => make('option', {}, plant(typed))));
      it.selectedIndex = 1;
    } else if (type === 'editable' || type === 'combobox') {
      it = make('div', { ...own, ...(type === 'editable' ? { contenteditable: 'true' } : { role: 'combobox', tabindex: 0, 'aria-expanded': 'false' }) }, plant(typed));
    } else {
      it = make('input', { ...own, type });
      if (type === 'radio' || type === 'checkbox') {
        it.value = plant(typed);
        it.checked = true;
      } else if (type === 'file') {
        const data = new DataTransfer();
        data.items.add(new File(['x'], `${plant(typed)}.pdf`));
        it.files = data.files;
      } else if (type === 'number') it.value = inn();
      else if (type === 'date') it.value = '1936-04-17';
      else if (type !== 'range') it.value = plant(typed);
    }
    const hint = random(4) ? [] : [make('p', { id: `${name}-hint` }, `Например: ${plant(known)}`)];
    if (hint.length) it.setAttribute('aria-describedby', `${name}-hint`);
    return make('div', {}, make('label', { for: name }, label), it, ...hint);
  }

  document.querySelector('main')?.remove();
  const form = make('form', { 'data-podskazka-form': random(4) ? `form-${random(50)}` : 'zayavlenie', action: `/done?who=${encodeURIComponent(plant(typed))}` });
  if (random(2)) form.setAttribute('aria-label', `Заявление, ${plant(known)}`);
  const fields = Array.from({ length: 3 + random(12) }, field);
  if (random(3) === 0) form.append(make('fieldset', {}, make('legend', {}, `Данные: ${plant(known)}`), ...fields));
  else form.append(...fields);
  const main = make('main', {}, make('h1', {}, random(2) ? 'Заявление' : `Заявление от ${plant(known)}`), form);
  if (random(2)) main.append(make('a', { href: `/lk/${plant(typed)}?token=${plant(typed)}` }, 'Кабинет'));
  if (random(3) === 0) main.append(make('p', { role: 'alert', 'data-error-code': `E-${random(900)}` }, `Ошибка: ${plant(known)} уже есть.`));
  if (random(3) === 0) {
    const host = make('div');
    const root = host.attachShadow({ mode: 'open' });
    root.append(make('form', { 'data-podskazka-form': 'inner' }, field(), make('p', {}, plant(typed))));
    main.append(host);
  }
  document.body.prepend(main);
  document.title = random(2) ? `Кабинет: ${plant(typed)}` : 'Кабинет';
  history.replaceState(null, '', `/forms.html?snils=${encodeURIComponent(plant(known))}#${encodeURIComponent(plant(typed))}`);
  console.log(`page: ${plant(typed)}`);
  for (const it of main.querySelectorAll('input,textarea')) {
    it.dispatchEvent(new Event('input', { bubbles: true }));
    it.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  }
  return planted;
}
