/** How a text is changed: as a person would do it, so that the browser's own undo takes it back. */

import { act, fields, input, later, relearn } from "./core.js";

/** Most states of a text whose caret is kept. */
const MOST = 200;
const UNDO = "historyUndo";
const REDO = "historyRedo";

/** Has the field the focus, in its own tree? */
export const active = (el) => el.getRootNode().activeElement === el;

/** Replace a part of the text in one step of undo; where that cannot be done, by its own setter. */
export function replace(id, from, to, text, caret) {
  const field = fields[id];
  if (!field) return;
  if (field.put) return field.put(from, to, text);
  const { el, pressed } = field;
  // A button beside the field was pressed: back to the field. Nothing else may move the focus.
  if (pressed) el.focus();
  const before = el.value;
  const wanted = before.slice(0, from) + text + before.slice(to);
  if (cramped(field, () => wanted.length)) return;
  // The browser leaves the caret behind what it has written: to put it there once more costs a layout.
  let stands = false;
  if (wanted !== before) {
    note(field, UNDO, true);
    if (active(el)) {
      // Fields of mail have no places within: the whole text goes.
      const whole = !place(el, from, to);
      if (whole) el.select();
      const part = whole ? wanted : text;
      try {
        el.ownerDocument.execCommand(part ? "insertText" : "delete", false, part);
        stands = !whole && caret === from + text.length;
      } catch {
        // The setter does it.
      }
    }
    if (el.value !== wanted) {
      stands = false;
      // The setter of the prototype: frameworks shadow the one of the element.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(el), "value").set.call(el, wanted);
      el.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    }
  }
  if (active(el) && !stands) place(el, caret, caret);
  note(field, REDO);
  field.seen = el.value;
}

/** `maxlength` has no room for a text of ours (`length`): the field gets neither mask nor repair. */
export function cramped(field, length) {
  const most = field?.el.maxLength;
  if (most < 0 || !(most < length())) return false;
  field.pattern = "off";
  later.push(() => act(() => relearn(field)));
  return true;
}

/** Replace the whole text of a field, as a person would who goes there. */
export function write(id, text) {
  const field = fields[id];
  field.el.focus();
  // Heard of only when it stands: a repair within the event of this change could not be undone.
  act(() => replace(id, 0, field.text.length, text, text.length));
  act(() => input(field));
  field.el.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Select a part of the text; false where the field has no places. */
function place(el, from, to) {
  try {
    el.setSelectionRange(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Keep where the caret is with this text: an undo that comes back to it has to find it again. */
export function note({ el, carets, never }, when, once) {
  if (never || !("selectionStart" in el)) return;
  const known = carets.get(el.value) ?? {};
  if (once && known[when]) return;
  known[when] = [el.selectionStart, el.selectionEnd];
  carets.delete(el.value);
  carets.set(el.value, known);
  if (carets.size > MOST) carets.delete(carets.keys().next().value);
}

/** A key is about to change the text, or has changed it. */
export const noteBefore = (field) => note(field, UNDO);
export const noteAfter = (field) => note(field, REDO);

/** The text has come back by undo or redo: so does the caret. */
export function restoreCaret({ el, carets }, intent) {
  const at = carets.get(el.value)?.[intent];
  if (at?.[0] != null) place(el, ...at);
}
