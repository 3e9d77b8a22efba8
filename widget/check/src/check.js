// One value, and verdicts as plain objects with the names of the core: numbers and parts of the text are taken in the order of
// `answer.rs`.
import { bikOf, dayOf, placeOf } from './arguments.js';
import { calls, fixed, grow, list, most, number, read, take, write } from './desk.js';

/** Classes of an answer, see `answer.rs`. */
export const [COMPLETE, PARTIAL, FAULT, OTHER] = [0, 1, 2, 3];

export const check = (kind, text, context) => verdict(judge(kind, text, context), text);

export const format = (kind, text, context) => (judge(kind, text, context) === COMPLETE ? complete(text).display : null);

/** Begins the answer on a text; its class. */
function judge(kind, text, context) {
  const place = placeOf(kind);
  if (typeof text !== 'string') throw new TypeError('text: give a string, such as "7707083893"');
  const bik = bikOf(context);
  const today = dayOf(context);
  grow(most(text) + (bik === undefined ? 0 : most(bik)), 0);
  const length = write(text, 0);
  const behind = bik === undefined ? -1 : write(bik, length) - length;
  return read(calls.judge(place, today, length, behind));
}

/** The next verdict, which is of this class, on a text. */
export const verdict = (of, text) => (of === COMPLETE ? complete(text) : of === PARTIAL ? partial() : fault());

function complete(text) {
  const canonical = number() ? text : take();
  const display = number() ? canonical : take();
  const facts = {};
  for (let left = number(); left > 0; left--) {
    const name = fixed();
    facts[name] = fixed() ?? take();
  }
  return { verdict: 'complete', canonical, display, facts, warnings: list(warning) };
}

const warning = () => ({ code: take() });

const partial = () => ({ verdict: 'partial', missing: number(), lengths: list(number), fixes: list(fix) });

function fault() {
  const code = take();
  const span = { start: number(), end: number() };
  return { verdict: 'fault', code, span, expected: take(), found: take(), fixes: list(fix) };
}

const fix = () => ({ reason: fixed(), value: take(), edits: list(edit) });

const edit = () => ({ start: number(), end: number(), text: take() });
