/** Events of a field that only what is here can answer; the others stand in `page.js`. */

import { BEFORE } from "../src/whats.js";
import { fieldOf, input, later, locate, told } from "./core.js";
import { actions } from "./make.js";
import { noteBefore } from "./mend.js";
import { part } from "./parts.js";

/** A paste that may be for several fields: two pieces or more, and longer than most values. */
const BLOCK = /^(?=.{16,2000}$)\S.*[\s,;].*\S$/s;

export function beforeinput(el, event) {
  const field = locate(el);
  if (!field || event.isComposing) return;
  const { inputType: intent, data, dataTransfer, cancelable, timeStamp } = event;
  if (/^history/.test(intent)) return;
  noteBefore(field);
  if (!cancelable || /Composition|Replacement|Drop/.test(intent)) return;
  Object.assign(field, { intent, data: data ?? dataTransfer?.getData("text/plain"), now: Math.round(timeStamp) });
  if (intent === "insertFromPaste") offerBlock(field, field.data, field.text);
  if (!told(BEFORE, field)) return;
  event.preventDefault();
  field.used = true;
}

export function keydown(el, event) {
  // The last moment when a repair can be one step of undo, and go with a submit: after it the field has no focus.
  const field = /^(Tab|Enter)$/.test(event.key) && fieldOf(el);
  if (field?.used && !field.chip) input(field);
}

export function click(el, event) {
  const action = actions.get(el.closest("a,button"));
  if (!action) return;
  event.preventDefault();
  later.push(action);
}

/** Was a block pasted over `before`? Its part says whether it is one, and offers to distribute it. */
export function offerBlock(field, text, before) {
  if (BLOCK.test(text) && field.form.fields[1]) part("paste.js").then((it) => it?.offer(field, text, before));
}
