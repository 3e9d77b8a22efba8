/**
 * What the checks call: how a field is read and what is shown. The other side is `page.rs`. Texts are put into the memory of the module
 * and taken from it here: the way of wasm-bindgen for texts weighs half a kilobyte.
 */

import { word } from "./dom.js";
import { fields, page } from "./forms.js";
import { call, hand } from "./hand.js";
import { measure, state } from "./state.js";
import { suggest } from "./suggest.js";

const decoder = new TextDecoder();

/** Texts and numbers of a field, in the order of `Of`; from `turn` on they are the page's own. */
const READS = [
  "text", "data", "intent", "complaint", "toldCode", "toldText", "kind", "label", "mask", "words",
  "from", "to", "now", "pressed", "required", "never", "hinted", "late",
  "turn", "start", "end", "caret", "put", "speech", "today",
];

const of = (id, what) => (id ? fields[id] : page)?.[READS[what]] || "";

/** Writes the units of a text, as many as there is room for; how many there are. */
export function read(id, what, into) {
  const text = `${of(id, what)}`;
  // What stands outside of the room is passed over.
  for (let at = text.length; at--; ) into[at] = text.charCodeAt(at);
  return text.length;
}

export const number = (id, what) => of(id, what) >>> 0;

/** What can be shown, in the order of `Shown`. */
const SHOWS = [
  (_, text) => word(text),
  measure,
  state,
  suggest,
  (id, mask, tidy) => {
    const { text, from, to, data, intent } = fields[id];
    const line = hand?.turn(mask, text, from, to, (!tidy && data) || "", (!tidy && intent) || "", id) ?? "";
    page.turn = line.charCodeAt();
    [, page.start, page.end, page.caret, page.put] = /^.?(?:(\d+) (\d+) (\d+) )?(.*)/s.exec(line);
  },
  ...["hint", "offer", "error", "warn", "chip", "echo", "item", "summary", "announce"].map(call),
];

export const show = (what, id, ...texts) => SHOWS[what](id, ...texts.map((it) => (it[0] ? decoder.decode(it) : "")));

const put = call("replace");
export const replace = (id, from, to, caret, text) => put(id, from, to, decoder.decode(text), caret);
