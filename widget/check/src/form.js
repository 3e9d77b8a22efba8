// A form: its schema and values go to the module, which reads them in the order of `tree.rs`; answers come back for each field.
import { dayOf } from './arguments.js';
import { COMPLETE, OTHER, verdict } from './check.js';
import { among, calls, count, grow, list, most, number, part, read, take, write } from './desk.js';

/** Deepest object that is read: a schema has seven levels. */
const MOST_DEPTH = 20;

export function checkForm(schema, values, context) {
  if (typeof schema !== 'object' || schema === null) throw new TypeError('schema: give an object, as in docs/schema/form.v1.json');
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new TypeError('values: give an object of names and texts, such as { inn: "7707083893" }');
  }
  const today = dayOf(typeof context === 'string' ? { today: context } : context);
  const pairs = [];
  for (const [name, text] of Object.entries(values)) {
    if (typeof text === 'string') pairs.push([name, text]);
    // Files are not judged here.
    else if (text !== undefined && typeof text !== 'object') throw new TypeError(`values.${name}: give a string, such as "7707083893"`);
  }
  return read(calls.form(today, ...lay(schema, pairs))) === OTHER ? refuse() : answers(values);
}

function answers(values) {
  const fields = list(() => {
    const name = take();
    const of = number();
    if (of === OTHER) return { name, verdict: 'empty' };
    const found = { name, ...verdict(of, values[name]) };
    const target = of === COMPLETE ? '' : take();
    return target ? { ...found, target } : found;
  });
  const findings = list(() => ({ code: take(), warning: number() === 1, fields: list(take) }));
  const fine = (it) => it.verdict === 'complete' || it.verdict === 'empty';
  return { valid: fields.every(fine) && findings.every((it) => it.warning), fields, findings };
}

/** A schema that cannot be used. */
function refuse() {
  const problems = list(() => ({ path: take(), code: take(), message: take() }));
  const [{ path, message }] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  throw Object.assign(new TypeError(`schema${path}: ${message}${more}`), { problems });
}

/** Puts a schema and pairs of names and texts on the desk; how many bytes and numbers they take. */
function lay(schema, pairs) {
  const texts = [];
  const numbers = [];
  node(schema, 0);
  numbers.push(pairs.length);
  texts.push(...pairs.flat());
  grow(texts.reduce((sum, it) => sum + most(it) + 1, 0), numbers.length);
  let at = 0;
  for (const text of texts) at = part(write(among(text), at));
  count(numbers);
  return [Math.max(at - 1, 0), numbers.length];

  /** What JSON does not have (functions, `undefined`) is read as `null`, as `JSON.stringify` does in arrays. */
  function node(value, depth) {
    if (typeof value === 'boolean') return numbers.push(value ? 2 : 1);
    if (typeof value === 'number') return numbers.push(3), texts.push(String(value));
    if (typeof value === 'string') return numbers.push(4), texts.push(value);
    if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return numbers.push(0);
    if (Array.isArray(value)) {
      numbers.push(5, value.length);
      for (const it of value) node(it, depth + 1);
      return;
    }
    const members = Object.entries(value);
    numbers.push(6, members.length);
    for (const [name, it] of members) {
      texts.push(name);
      node(it, depth + 1);
    }
  }
}
