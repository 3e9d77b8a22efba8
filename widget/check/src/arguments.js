// Arguments of the calls: read strictly. A call that makes no sense is refused with the name of the argument and the fix.
import { calls, grow, most, names, places, write } from './desk.js';

export const kinds = () => [...names];

/** The place of a kind in the registry. */
export function placeOf(kind) {
  const place = places.get(kind);
  return place === undefined ? alias(kind) : place;
}

/** A name that is none in the registry: an alias of one, or a mistake. */
function alias(name) {
  if (typeof name !== 'string') throw new TypeError('kind: give a string, such as "inn"');
  grow(most(name), 0);
  const place = calls.place(write(name, 0));
  if (place < 0) throw new TypeError(`kind: "${name}" is not known; take one of ${names.join(', ')}`);
  places.set(name, place);
  return place;
}

/** `context.bik`, for an account. */
export function bikOf(context) {
  const bik = context?.bik ?? undefined;
  if (bik !== undefined && typeof bik !== 'string') throw new TypeError('context.bik: give a string, such as "044525225"');
  return bik;
}

let known = { text: undefined, day: 0 };

/** `context.today` as the number YYYYMMDD; without one the day of the clock. */
export function dayOf(context) {
  if (context !== undefined && context !== null && typeof context !== 'object') {
    throw new TypeError('context: give an object, such as { today: "2026-03-31" }');
  }
  const text = context?.today ?? undefined;
  if (text === undefined) {
    const now = new Date();
    return now.getFullYear() * 10_000 + (now.getMonth() + 1) * 100 + now.getDate();
  }
  if (text !== known.text) known = { text, day: read(text) };
  return known.day;
}

function read(text) {
  const parts = typeof text === 'string' && /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (parts && parts[1] > 0 && parts[2] > 0 && parts[2] < 13 && parts[3] > 0 && parts[3] < 32) return Number(parts.slice(1).join(''));
  throw new TypeError('context.today: give a day as YYYY-MM-DD, such as "2026-03-31"');
}
