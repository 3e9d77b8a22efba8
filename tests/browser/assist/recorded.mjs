/**
 * Plays recorded mask cases in Chromium against our masks and counts those that hold.
 *
 * `MASK_CASES=cases.jsonl NPM=.tools/npm node tests/browser/assist/recorded.mjs [portable|all]`: one JSON a line, with `mask`,
 * `initial`, `actions`, `expected_value`, `expected_caret`, `expected_digits`, `digits_before_caret`. A case holds when its digits
 * and the digits before the caret are as recorded; exactly, when value and caret are. The cases are no part of this repository.
 */
import { readFileSync } from 'node:fs';

import { openBed, field, form, POLICY } from './bed.mjs';
import { startServer } from '../lib/server.mjs';

const all = process.argv[2] === 'all';
const cases = readFileSync(process.env.MASK_CASES, 'utf8').trim().split('\n').map((it) => JSON.parse(it)).filter((it) => all || it.portable);
const digits = (text) => text.replace(/\D/g, '');

/** The field that a mask asks for; `undefined` where we have nothing like it. */
function fieldFor({ mask, kind }) {
  if (mask.type === 'pattern') return { kind: 'text', more: `data-podskazka-mask-pattern="${mask.pattern}"` };
  if (mask.type === 'date' && mask.mode === 'dd/mm/yyyy') return { kind: 'date' };
  if (mask.type === 'phone' && mask.country === 'RU') return { kind: 'phone' };
  return undefined;
}

const ACTIONS = {
  type: (bed, text) => bed.type(text),
  insert: (bed, text) => bed.cdp.send('Input.insertText', { text }),
  async key(bed, text) {
    const [key, times = 1] = text.split('*');
    await bed.keys(key.replace(/^(cmd|mod)\+?/, 'Control+').replace(/\+$/, ''), Number(times));
  },
  select: (bed) => bed.run(() => document.querySelector('#it').select()),
  caret: (bed, text) => bed.run((from, to) => document.querySelector('#it').setSelectionRange(from, to), ...(([from, to = from]) => [+from, +to])(text.split('-'))),
  async paste(bed, text) {
    await bed.copy(text);
    await bed.keys('Control+v');
  },
  set: (bed, text) => bed.run(set, text, true),
  autofill: (bed, text) => bed.run(set, text, true),
  setNoEvent: (bed, text) => bed.run(set, text, false),
  clear: async (bed) => {
    await bed.run(() => document.querySelector('#it').select());
    await bed.keys('Delete');
  },
  focus: (bed) => bed.focus('#it'),
  blur: (bed) => bed.focus('#next'),
  async ime(bed, text) {
    for (const step of text.split(';')[0].split(',')) {
      await bed.cdp.send('Input.imeSetComposition', { text: step, selectionStart: step.length, selectionEnd: step.length });
    }
  },
  commit: (bed, text) => bed.cdp.send('Input.insertText', { text }),
  undo: (bed) => bed.keys('Control+z'),
  redo: (bed) => bed.keys('Control+Shift+z'),
  formReset: (bed) => bed.run(() => document.querySelector('form').reset()),
  trigger: (bed, text) => {
    const at = text.indexOf(':');
    const [name, init] = at < 0 ? [text, '{}'] : [text.slice(0, at), text.slice(at + 1)];
    return bed.run((name, init) => {
      const made = new InputEvent(name, { bubbles: true, cancelable: true, composed: true, ...JSON.parse(init) });
      document.querySelector('#it').dispatchEvent(made);
    }, name, init);
  },
};

function set(text, tell) {
  const el = document.querySelector('#it');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(el, text);
  if (tell) el.dispatchEvent(new Event('input', { bubbles: true }));
}

const server = await startServer({ policy: POLICY });
const bed = await openBed(server);
let [held, exact, left] = [0, 0, 0];
const failed = [];
for (const it of cases) {
  const given = fieldFor(it);
  const unknown = it.actions.find((action) => !ACTIONS[action.split(':')[0]]);
  if (!given || unknown) {
    left++;
    continue;
  }
  const markup = field('it', { label: 'Поле', ...given, value: it.initial });
  await bed.open(form(markup + field('next', { kind: '' })));
  await bed.focus('#it');
  await bed.masks();
  await bed.keys('End');
  for (const action of it.actions) {
    const at = action.indexOf(':');
    await (at < 0 ? ACTIONS[action](bed, '') : ACTIONS[action.slice(0, at)](bed, action.slice(at + 1)));
  }
  const [value, caret] = await bed.run(() => [document.querySelector('#it').value, document.querySelector('#it').selectionStart]);
  const before = digits(value.slice(0, caret)).length;
  const same = digits(value) === digits(it.expected_digits ?? it.expected_value);
  const place = it.digits_before_caret === null || it.digits_before_caret === before;
  const precise = value === it.expected_value && (it.expected_caret === null || it.expected_caret === caret);
  if (precise) exact++;
  if (precise || (same && place)) held++;
  else failed.push(`${it.id} ${JSON.stringify(it.mask.pattern ?? it.mask.type)} ${JSON.stringify(it.initial)} ${it.actions.join(' ')}: ${value}|${caret} instead of ${it.expected_value}|${it.expected_caret}`);
}
console.log(failed.join('\n'));
console.log(`${held} of ${cases.length} hold (${exact} to the letter), ${failed.length} differ, ${left} ask for what we have not`);
await bed.close();
await server.stop();
