/** Attributes, texts and our own words in the fewest letters. */

const words = [];

/** The fixed words of the page, in the order of `UI`; `null` forgets them. */
export const word = (text) => (text === null ? words.splice(0) : words.push(text));
export const say = (place) => words[place] ?? "";

/** The attribute itself: a field named `id` or `name` hides the property of its form. */
export const attribute = (el, name) => el?.getAttribute(name) ?? null;
export const restore = (el, name, value) => (value === null ? el.removeAttribute(name) : el.setAttribute(name, value));

/** The text with single spaces. */
export const squeeze = (text) => text.split(/\s+/).filter(Boolean).join(" ");
/** The start of a text that is a label or a title. */
export const cut = (text) => [...text].slice(0, 120).join("");
