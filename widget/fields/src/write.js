/** Writes into a field as a person would: the browser's own undo stack takes it as one step. */

/** Replace the whole text of a field in one native undo step; where that cannot be done, by its own setter. */
export function write(el, value) {
  el.focus();
  el.select?.();
  try {
    el.ownerDocument.execCommand("insertText", false, value);
  } catch {
    // Its own setter does it.
  }
  if (el.value === value) return;
  // The setter of the prototype: frameworks shadow the one of the element.
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(el), "value")?.set;
  if (setter) setter.call(el, value);
  else el.value = value;
  el.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}
