// What is cheaper on the side of JavaScript: properties of arguments are read here, so that numbers cross the border where
// they can; an answer comes over as one text, its parts with U+0000 between them, and becomes an object here.
const kinds = new Map();
let known = { text: undefined, day: 0 };

/** Makes the place of a kind in the registry known. */
export const learn = (name, place) => void kinds.set(name, place);
/** The place of a kind; −1 for a name that is none, or none yet. */
export const place = (name) => kinds.get(name) ?? -1;

/** `context.today` as the number YYYYMMDD; 0 where there is none, −1 where it is no day, −2 where the context is no object. */
export function day(context) {
  if (context === undefined || context === null) return 0;
  if (typeof context !== 'object') return -2;
  const text = context.today;
  if (text === undefined || text === null) return 0;
  if (text !== known.text) known = { text, day: read(text) };
  return known.day;
}

function read(text) {
  const parts = typeof text === 'string' && /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return parts && parts[1] > 0 && parts[2] > 0 && parts[2] < 13 && parts[3] > 0 && parts[3] < 32 ? Number(parts.slice(1).join('')) : -1;
}

/** The day of the clock as the number YYYYMMDD. */
export function now() {
  const day = new Date();
  return day.getFullYear() * 10_000 + (day.getMonth() + 1) * 100 + day.getDate();
}

/** `context.bik`. */
export const bik = (context) => context?.bik ?? undefined;

/** A column as one text; `undefined` where it is no array of strings. */
export function column(texts) {
  if (!Array.isArray(texts)) return undefined;
  for (const it of texts) if (typeof it !== 'string') return undefined;
  return texts.join('\0');
}

/** A complete verdict; `packed` is canonical, display (empty: the same), number of facts, facts, codes of warnings. */
export function complete(packed) {
  const parts = packed.split('\0');
  const facts = {};
  let at = 3;
  for (const last = at + parts[2] * 2; at < last; at += 2) facts[parts[at]] = parts[at + 1];
  const warnings = [];
  for (; at < parts.length; at++) warnings.push({ code: parts[at] });
  return { verdict: 'complete', canonical: parts[0], display: parts[1] || parts[0], facts, warnings };
}

/** A verdict on an unfinished text. */
export const partial = (missing, lengths) => ({ verdict: 'partial', missing, lengths: lengths ? lengths.split(', ').map(Number) : [] });

/** A fault; `packed` is code, expected, found, then of each fix reason, value, number of edits, start, end and text of each. */
export function fault(packed, start, end) {
  const parts = packed.split('\0');
  const [code, expected, found] = parts;
  const fixes = [];
  for (let at = 3; at < parts.length; ) {
    const [reason, value, count] = parts.slice(at, (at += 3));
    const edits = [];
    for (const last = at + count * 3; at < last; at += 3) {
      edits.push({ start: Number(parts[at]), end: Number(parts[at + 1]), text: parts[at + 2] });
    }
    fixes.push({ reason, value, edits });
  }
  return { verdict: 'fault', code, span: { start, end }, expected, found, fixes };
}

/** The answer for a field without a text. */
export function empty(required) {
  if (!required) return { verdict: 'empty' };
  return { verdict: 'fault', code: 'form.required', span: { start: 0, end: 0 }, expected: '', found: '', fixes: [] };
}
