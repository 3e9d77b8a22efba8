/** Elements and events in the fewest letters. */

import { config } from "./core.js";

/** What our buttons and links do. */
export const actions = new WeakMap();

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

/** Our words on a page of another language. */
export const tongue = ({ schema }) => ({ lang: schema?.language ?? config.lang, dir: "auto" });

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
