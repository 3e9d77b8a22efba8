/**
 * A field that is about to be left by the pointer: its text is put right while the focus is still there, so that it is one step of undo
 * and goes with a submit. What comes beside the field waits until the pointer is up: it would move what is being pressed.
 */

import { LEAVE } from "../src/whats.js";

/** Milliseconds between two looks at the pointer, enough for the click of a press. */
const LOOK_EVERY = 80;

/** The pointer, and whatever presses a button without one, such as a screen reader. */
const PRESSES = ["mousedown", "click"];

/** What has the focus, in whatever tree. */
export function focused() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** Looks after the presses of the document; what it returns ends it. */
export function presses({ act, fieldOf, hear, input }) {
  function down(event) {
    const field = fieldOf(focused());
    const [target] = event.composedPath();
    if (event.type === "click" && !target.closest("button,input")) return;
    // Nothing was typed since it was left before, or the press stays within it.
    if (!field?.used || field.chip || field.text === field.left || target === field.el) return;
    act(() => input(field));
    const { chip } = field;
    if (!chip) return;
    chip.hidden = true;
    const show = () => setTimeout(() => (document.querySelector(":active") ? show() : (chip.hidden = false)), LOOK_EVERY);
    show();
  }
  const heard = (what, form, field) => {
    if (what === LEAVE) field.left = field.text;
  };
  hear.add(heard);
  for (const name of PRESSES) document.addEventListener(name, down, true);
  return () => {
    hear.delete(heard);
    for (const name of PRESSES) document.removeEventListener(name, down, true);
  };
}
