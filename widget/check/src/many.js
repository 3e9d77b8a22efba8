// A column of values: laid on the desk as many at a time as it has room for.
import { bikOf, dayOf, placeOf } from './arguments.js';
import { ROOM, calls, grow, most, part, raw, write } from './desk.js';

export function checkMany(kind, texts, context) {
  const place = placeOf(kind);
  if (!Array.isArray(texts)) throw new TypeError('texts: give an array of strings');
  const bik = bikOf(context);
  const today = dayOf(context);
  const behind = bik === undefined ? 0 : most(bik);
  const classes = new Uint8Array(texts.length);
  let [at, done] = [0, 0];
  for (const text of texts) {
    if (typeof text !== 'string') throw new TypeError('texts: give an array of strings');
    const needed = most(text) + 1 + behind;
    if (at + needed > ROOM && at > 0) flush();
    if (needed > ROOM) grow(needed, 0);
    at = part(write(text, at));
  }
  if (at > 0) flush();
  return classes;

  function flush() {
    const length = at - 1;
    const end = bik === undefined ? -1 : write(bik, length) - length;
    const found = raw(calls.column(place, today, length, end) >>> 2);
    classes.set(found, done);
    done += found.length;
    at = 0;
  }
}
