// The border to the module. Texts are written straight into its memory and read from there: a string that crosses by itself is
// allocated and copied on the way, an object is built property by property.

/** Bytes that lie ready; a longer text makes the desk grow. */
const ROOM = 1 << 16;
/** Texts up to this length are copied sign by sign, which is faster than the encoder's start. */
const SHORT = 40;
/** The same for an answer. */
const TINY = 16;
/** Places of addresses on the desk, see `desk.rs`. */
const [TEXT, NUMBERS, ANSWER, ANSWER_NUMBERS] = Array(4).keys();

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** The names of the kinds, and the places of names and aliases in the registry. */
export let names;
export const places = new Map();
/** Fixed texts of the module by their addresses. */
const texts = new Map();
/** The calls of the module. */
export let calls;
let head, memory, bytes, words, size, numbers;

/** Called by the module when it starts. */
export function open(exports, list) {
  ({ memory } = calls = exports);
  names = list.split(' ');
  names.forEach((name, place) => places.set(name, place));
  size = numbers = 0;
  grow(ROOM, 0);
}

/** Makes room for so many bytes and numbers. */
export function grow(needed, count) {
  if (needed <= size && count <= numbers) return;
  size = Math.max(size, needed);
  numbers = Math.max(numbers, count);
  head = calls.room(size, numbers) >>> 2;
}

/** Views of the memory; a memory that grows has new ones. */
function look() {
  if (bytes?.buffer === memory.buffer) return;
  bytes = new Uint8Array(memory.buffer);
  words = new Uint32Array(memory.buffer);
}

/** Bytes that a text may take. */
export const most = (text) => 3 * text.length;

/** A text that lies among others, with U+0000 between them: it has U+0001 for its own. Both are control characters to every check. */
export const among = (text) => (text.includes('\0') ? text.replaceAll('\0', '\u0001') : text);

/** Writes a text `at` bytes from the start of the desk, which has room for it; where it ends. */
export function write(text, at) {
  look();
  const start = words[head + TEXT] + at;
  const { length } = text;
  let done = length > SHORT ? length + 1 : 0;
  for (; done < length; done++) {
    const code = text.charCodeAt(done);
    if (code > 127) break;
    bytes[start + done] = code;
  }
  return done === length ? at + length : encode(text, at);
}

/** The same by the encoder, which is faster for long texts. */
export function encode(text, at) {
  look();
  return at + encoder.encodeInto(text, bytes.subarray(words[head + TEXT] + at)).written;
}

/** Writes U+0000 there; where the next text begins. */
export function part(at) {
  bytes[words[head + TEXT] + at] = 0;
  return at + 1;
}

/** Writes numbers. */
export function count(list) {
  look();
  words.set(list, words[head + NUMBERS] >>> 2);
}

let text, from, next;

/** Begins to read an answer; its class. */
export function read(answer) {
  look();
  text = decode(answer >>> 2);
  from = 0;
  next = words[head + ANSWER_NUMBERS] >>> 2;
  return answer & 3;
}

function decode(length) {
  let text = '';
  if (length > TINY) return decoder.decode(raw(length));
  const start = words[head + ANSWER];
  for (let at = start; at < start + length; at++) {
    if (bytes[at] > 127) return decoder.decode(raw(length));
    text += String.fromCharCode(bytes[at]);
  }
  return text;
}

/** The bytes of an answer. */
export function raw(length) {
  look();
  const start = words[head + ANSWER];
  return bytes.subarray(start, start + length);
}

/** The next number of the answer. */
export const number = () => words[next++];

/** The next part of its text. */
export function take() {
  const length = words[next++];
  return length ? text.slice(from, (from += length)) : '';
}

/** The next fixed text of the module, or `undefined` where a part follows. */
export function fixed() {
  const address = words[next++];
  if (address === 0) return undefined;
  const length = words[next++];
  const text = texts.get(address);
  return text?.length === length ? text : learn(address, length);
}

function learn(address, length) {
  const text = decoder.decode(bytes.subarray(address, address + length));
  texts.set(address, text);
  return text;
}

/** As many items as the next number says. */
export function list(item) {
  const items = [];
  for (let left = number(); left > 0; left--) items.push(item());
  return items;
}
