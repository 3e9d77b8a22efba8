/**
 * A field that is about to be left by the pointer: its text is put right while the focus is still there, so that it is one step of undo
 * and goes with a submit. What comes beside the field waits until the pointer is up: it would move what is being pressed.
 */

/** Milliseconds between two looks at the pointer, enough for the click of a press. */
const LOOK_EVERY = 80;

/** What has the focus, in whatever tree. */
export function focused() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

/** Looks after the presses of the document; what it returns ends it. */
export function presses({ act, fieldOf, hear, input, LEAVE }) {
  function down(event) {
    const field = fieldOf(focused());
    // Nothing was typed since it was left before, or the press stays within it.
    if (!field?.used || field.chip || field.text === field.left || event.composedPath()[0] === field.el) return;
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
  document.addEventListener("mousedown", down, true);
  return () => {
    hear.delete(heard);
    document.removeEventListener("mousedown", down, true);
  };
}
