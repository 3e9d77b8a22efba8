// The page `/check`: takes a policy, says what the widget lacks under it, and how to write it.
import { inPage, read } from './paste.js';
import { judge, misspelt } from './policy.js';
import { WORDS } from './words.js';

const by = (id) => document.getElementById(id);
const words = WORDS[document.documentElement.lang];

by('page').value = location.origin;
by('address').value = '/';

/** An element with text; with `code`, the text stands as code. */
function element(name, text, className) {
  const it = document.createElement(name);
  it.textContent = text;
  if (className) it.className = className;
  return it;
}

function row({ id, state, fix, advice = [] }) {
  const item = element('li', '', state);
  item.append(element('strong', `${words[state]}: ${words.needs[id]}`));
  const mend = ['lack', 'may'].includes(state);
  if (mend) item.append(element('span', words.write), element('code', fix));
  if (mend && words.instead[id]) item.append(element('p', words.instead[id], 'said'));
  if (state === 'nonce') item.append(element('span', words.same));
  if (advice.length) item.append(element('p', advice.map((it) => words.advice[it]).join(' '), 'said'));
  return item;
}

/** A word that browsers pass over, and the one that was meant. */
function slip({ what, name, likely }) {
  const item = document.createElement('li');
  item.append(element('code', name), element('span', ` — ${words.slips[what]}${likely ? words.likely : '.'}`));
  if (likely) item.append(element('code', likely));
  return item;
}

/** Marks a field whose text cannot be used; takes the mark back without one. */
function complain(id, text = '') {
  const field = by(id);
  const old = by(`${id}-error`);
  old?.remove();
  field.removeAttribute('aria-invalid');
  field.setAttribute('aria-describedby', `${id}-hint`);
  if (!text) return;
  const error = element('p', text, 'wrong');
  error.id = `${id}-error`;
  field.before(error);
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', `${id}-hint ${error.id}`);
}

function addressOf(id, base, example) {
  complain(id);
  try {
    const url = new URL(by(id).value.trim(), base);
    if (/^https?:$/.test(url.protocol)) return url.href;
  } catch {
    // Said below.
  }
  complain(id, words.address + example);
  return null;
}

/** What the widget would lack if policies that only report were to hold. */
function reporting(policies, given) {
  const lacking = judge(policies, given).rows.filter((it) => it.state !== 'ok');
  by('report-part').hidden = !policies.length;
  by('report-then').textContent = lacking.length ? words.then : words.fine;
  by('report-rows').replaceChildren(...lacking.map(row));
}

function answer(event) {
  event.preventDefault();
  const page = addressOf('page', undefined, 'https://uslugi.example.ru');
  const files = page && addressOf('files', page, '/podskazka/');
  const server = page && addressOf('server', page, '/');
  const text = by('policy').value;
  const pasted = read(text);
  complain('policy', pasted.length ? '' : words.empty);
  const wrong = document.querySelector('#ask [aria-invalid=true]');
  by('answer').hidden = !!wrong;
  if (wrong) return wrong.focus();

  const build = new FormData(by('ask')).get('build');
  const given = { page, files, server, build };
  const policies = pasted.filter((it) => !it.report).map((it) => it.policy);
  const { rows, notes, mended, works } = judge(policies, given);
  const lacking = rows.filter((it) => it.state === 'lack').length;
  by('answer-title').textContent = works ? words.works : words.hinders + lacking;
  by('rows').replaceChildren(...rows.map(row));
  by('mended-part').hidden = works;
  by('mended').value = mended;
  reporting(pasted.filter((it) => it.report).map((it) => it.policy), given);
  const passed = new Set(pasted.flatMap((it) => it.passed));
  by('meta-part').hidden = !pasted.some((it) => it.meta);
  by('meta-passed').hidden = !passed.size;
  by('meta-names').textContent = [...passed].join(', ');
  const strange = misspelt(pasted.map((it) => it.policy));
  by('strange-part').hidden = !strange.length;
  by('strange').replaceChildren(...strange.map(slip));
  by('notes-part').hidden = !notes.length;
  by('notes').replaceChildren(
    ...notes.map(({ id, source }) => {
      const item = document.createElement('li');
      item.append(element('code', source), element('span', ` ${words.loose[id]}`));
      return item;
    }),
  );
  by('answer').focus();
}

async function fetchPolicy() {
  const said = by('read-said');
  said.textContent = '';
  const url = new URL(by('address').value, location.href);
  if (url.origin !== location.origin) {
    said.textContent = words.foreign;
    return;
  }
  try {
    const response = await fetch(url, { cache: 'no-store' });
    const headers = ['Content-Security-Policy', 'Content-Security-Policy-Report-Only'].filter((name) => response.headers.has(name));
    const found = [...headers.map((name) => `${name}: ${response.headers.get(name)}`), ...inPage(await response.text())];
    by('policy').value = found.join('\n');
    said.textContent = found.length ? words.taken : words.free;
  } catch {
    said.textContent = words.closed;
  }
}

by('ask').addEventListener('submit', answer);
by('read').addEventListener('click', () => void fetchPolicy());
