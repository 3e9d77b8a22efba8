/** What the checks change in a field, and what they show beside it besides errors. */

import { fields, hint, taken } from "./show.js";

/** Kinds of inputs whose text is written as a person types it. */
const PLAIN = /^(text|tel|search|url|password|textarea)$/;

/** Replace a part of the text as one step of the browser's own undo; where that cannot be done, by its own setter. */
export function replace(id, from, to, text, caret) {
  const { el } = fields[id];
  if (!PLAIN.test(el.type)) return;
  const wanted = el.value.slice(0, from) + text + el.value.slice(to);
  if (wanted !== el.value && document.activeElement === el) {
    el.setSelectionRange(from, to);
    document.execCommand(text ? "insertText" : "delete", false, text);
  }
  if (el.value !== wanted) {
    // The setter of the prototype: frameworks shadow the one of the element.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(el), "value").set.call(el, wanted);
    el.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }
  if (document.activeElement === el) el.setSelectionRange(caret, caret);
}

/** A doubt that stops nothing. */
export function warn(id, code, text) {
  taken();
  hint(id, text);
}

export function chip() {}

/** How a value reads: a sentence, or a day to spell out. */
export function echo() {}
