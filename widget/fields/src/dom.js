/** Elements, attributes, events and our own words in the fewest letters. */

const words = [];

/** The fixed words of the page, in the order of `UI`; `null` forgets them. */
export const word = (text) => (text === null ? words.splice(0) : words.push(text));
export const say = (place) => words[place] ?? "";

/** The attribute itself: a field named `id` or `name` hides the property of its form. */
export const attribute = (el, name) => el?.getAttribute(name) ?? null;
export const restore = (el, name, value) => (value === null ? el.removeAttribute(name) : el.setAttribute(name, value));

/** A new element. */
export function make(tag, name = "", text = "", attributes = {}) {
  const el = document.createElement(tag);
  if (name) el.className = name;
  el.textContent = text;
  for (const key in attributes) el.setAttribute(key, attributes[key]);
  return el;
}

/** A new element at the end of `parent`. */
export function put(parent, ...rest) {
  const el = make(...rest);
  parent.append(el);
  return el;
}

/** What our buttons and links do. */
export const actions = new WeakMap();

/** A button that sends nothing. */
export function button(parent, name, text, action) {
  const el = put(parent, "button", name, text, { type: "button" });
  actions.set(el, action);
  return el;
}

/** Fire an event that bubbles and leaves shadow trees. */
export function fire(target, name, detail) {
  target.dispatchEvent(new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, detail }));
}

/** The text with single spaces. */
export const squeeze = (text) => text.split(/\s+/).filter(Boolean).join(" ");
/** The start of a text that is a label or a title. */
export const cut = (text) => [...text].slice(0, 120).join("");
