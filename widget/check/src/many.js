// A column of values: a thousand at a time cross as one text.
import { bikOf, dayOf, placeOf } from './arguments.js';
import { among, calls, encode, grow, most, raw, write } from './desk.js';

const AT_A_TIME = 1_024;

export function checkMany(kind, texts, context) {
  const place = placeOf(kind);
  if (!Array.isArray(texts)) throw new TypeError('texts: give an array of strings');
  const bik = bikOf(context);
  const today = dayOf(context);
  const classes = new Uint8Array(texts.length);
  for (let from = 0; from < texts.length; from += AT_A_TIME) {
    const some = texts.slice(from, from + AT_A_TIME);
    for (const text of some) if (typeof text !== 'string') throw new TypeError('texts: give an array of strings');
    let found = column(some.join('\0'));
    // A text that holds U+0000 itself counts as two.
    if (found.length !== some.length) found = column(some.map(among).join('\0'));
    classes.set(found, from);
  }
  return classes;

  function column(whole) {
    grow(most(whole) + most(bik ?? ''), 0);
    const length = encode(whole, 0);
    const behind = bik === undefined ? -1 : write(bik, length) - length;
    return raw(calls.column(place, today, length, behind) >>> 2);
  }
}
