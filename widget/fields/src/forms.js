/** The forms and fields under our care, and how a field is read. Each has a number, by which the checks know it. */

import { tell as told } from "./fields_bg.js";
import { attribute, cut, restore, squeeze } from "./dom.js";
import { hand, use } from "./hand.js";
import { withdraw } from "./suggest.js";
import { ADD, REMOVE } from "./whats.js";

export const NOVALIDATE = "novalidate";
const DESCRIBED = "aria-describedby";
const FIELDS = "input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),select,textarea";
export const FORM = "form[data-podskazka-form]";
export const ANY = `form,${FIELDS}`;
/** What in a form asks for a part of its own: `parts.js`. */
const ASKS =
  "[data-podskazka-draft],[data-podskazka-stats],[data-podskazka-guess],[data-podskazka-ask],[data-podskazka-count],[data-podskazka-review],:is(fieldset,[role=group])[data-podskazka],input[type=file],script";

/** Types whose text is what a person types. */
const PLAIN = /^(text|tel|search|url|password|textarea)$/;

/** All controls of a form, those elsewhere too; a field named `elements` hides the property. */
const elementsOf = Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, "elements").get;

/** The form that was used last comes first. */
export const forms = [];
/** Fields by number. */
export const fields = {};
/** What wakes the page's own code waits here until the checks are through. */
export const later = [];
/** Those who hear what the checks are told: what, form, field, and whether a submit was stopped. */
export const hear = new Set();
/** What the checks read of the page itself. */
export const page = {};
export let config, known;
/** @type {number} */
let number;

/** Take a configuration, or none when everything ends. */
export function configure(given) {
  config = given;
  number = 0;
  known = new WeakMap();
}

/** True where a submit has to stop. */
export function tell(what, form, field) {
  const stop = told(what, form.number, field?.id ?? 0);
  for (const it of hear) it(what, form, field, stop);
  return stop;
}

export const owns = (field, el) => field.el === el || field.group.includes(el);
const eligible = (el) => el.matches(FIELDS) && !el.closest("[data-podskazka-ignore]");
const nameOf = (el) => attribute(el, "name") || attribute(el, "id") || "";
/** The marked form of an element; `null` stands for all the marked fields outside. */
const home = (el) => (el.form?.matches(FORM) ? el.form : null);

/** The form of an element; `null` holds the marked fields outside of every marked form. */
export function formOf(el) {
  let form = forms.find((it) => it.el === el);
  if (!form) {
    form = { el, fields: [], number: ++number, name: attribute(el, "data-podskazka-form") ?? "", novalidate: attribute(el, NOVALIDATE) };
    el?.setAttribute(NOVALIDATE, "");
    form.live = place(el ?? document.body);
    forms.push(form);
    rescan(form);
  }
  return form;
}

/** An empty place for words that only a screen reader says, there before the first of them. */
function place(parent) {
  const live = document.createElement("div");
  live.className = "pdk-hidden";
  // No place in a row or a grid, our looks or not.
  live.style.position = "absolute";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");
  parent.append(live);
  return live;
}

/** The field of an element; new ones are taken in. */
export function locate(el) {
  if (!eligible(el)) return;
  const form = home(el);
  if (form || el.hasAttribute("data-podskazka")) return takeIn(formOf(form), el);
}

/** The field of an element, if it is under our care. */
export const fieldOf = (el) => known.get(el);

/** Take in new fields, let go of those that have left the page or the form. */
export function rescan(form) {
  for (const field of [...form.fields]) if (!field.el.isConnected || home(field.el) !== form.el) forget(field);
  if (form.el) for (const el of elementsOf.call(form.el)) if (eligible(el)) takeIn(form, el);
  if (hand) hand.want(form);
  else if (form.el && (config.schema || form.el.matches(ASKS) || form.el.querySelector(ASKS))) use();
}

/** Let go of a field. */
export function forget(field) {
  drop(field);
  tell(REMOVE, field.form, field);
}

function takeIn(form, el) {
  let field = known.get(el);
  if (field?.form === form) return field;
  if (field) forget(field);
  const twin = el.type === "radio" && form.fields.find((it) => it.el.type === "radio" && it.name === nameOf(el));
  if (twin) {
    twin.group.push(el);
    known.set(el, twin);
    return twin;
  }
  field = new Field(form, el);
  form.fields.push(field);
  fields[field.id] = field;
  known.set(el, field);
  tell(ADD, form, field);
  return field;
}

/** The texts of the elements that an attribute names. */
const named = (el, ids) => (ids ?? "").split(" ").map((id) => el.getRootNode().getElementById?.(id)?.textContent ?? "").join(" ");

export class Field {
  constructor(form, el) {
    this.form = form;
    this.el = el;
    this.id = ++number;
    /** Radio buttons of the same name. */
    this.group = el.type === "radio" ? [el] : [];
    /** What carries the description: a group is described as a whole. */
    this.holder = (this.group.length && el.closest("fieldset,[role=radiogroup]")) || el;
    this.described = attribute(this.holder, DESCRIBED);
    this.suggested = {};
    /** Where the caret was, by text. */
    this.carets = new Map();
    this.learn();
    // Whoever has begun before us is heard too.
    this.seen = el.getRootNode().activeElement === el ? (el.defaultValue ?? "") : this.text;
  }

  /** What the page says of the field. */
  learn() {
    const { el } = this;
    this.name = nameOf(el);
    // A password that the page has made readable is one still.
    // @ts-ignore a schema may have said it before: later/schema/lay.js
    this.never ||=
      el.type === "password" ||
      /(^|\s)(cc-\S*|one-time-code|\S*-password)(\s|$)/.test(attribute(el, "autocomplete")) ||
      !!el.closest("[data-podskazka-capture=never],[data-podskazka-mask]");
    this.capture = attribute(el.closest("[data-podskazka-capture]"), "data-podskazka-capture");
    this.required = el.hasAttribute("required") || attribute(el, "aria-required") === "true";
    this.late = attribute(this.form.el, "data-podskazka-errors") === "submit";
    this.kind = attribute(el, "data-podskazka");
    const legend = this.group.length && el.closest("fieldset")?.querySelector("legend");
    const label =
      attribute(el, "data-podskazka-label") ?? attribute(el, "aria-label") ??
      (legend || el.labels?.[0])?.textContent ?? (named(el, attribute(el, "aria-labelledby")).trim() || attribute(el, "placeholder")) ?? "";
    this.label = cut(squeeze(label).replace(/[*: ]+$/, "")) || this.name;
    // An example in the page's own hint: ours need none.
    this.hinted = /пример|exam/i.test(named(el, this.described));
    // What a schema says goes before what the page shows.
    this.form.schema?.describe(this);
  }

  /** The text a check sees; a mark where a box is ticked or a file is chosen; what is read of an editor, which has no value. */
  get text() {
    const { el, group } = this;
    if (group.length) return group.some((it) => it.checked) ? "1" : "";
    if (el.type === "checkbox") return el.checked ? "1" : "";
    if (el.type === "file") return el.value ? "1" : "";
    return el.value ?? squeeze(el.innerText ?? "");
  }

  get from() {
    return this.el.selectionStart;
  }

  get to() {
    return this.el.selectionEnd;
  }

  /** How the text is to be written: as the kind is, as a pattern, or as the person likes. */
  get mask() {
    // @ts-ignore a schema says it: later/schema/lay.js
    return PLAIN.test(this.el.type) ? (this.pattern ?? attribute(this.el, "data-podskazka-mask-pattern")) : "off";
  }

  /** What the page's own rules say. A form that had switched them off keeps them off. */
  get complaint() {
    // @ts-ignore what we have told the browser: use/show.js
    const { el, form, label, said } = this;
    if (!form.el || form.novalidate !== null) return "";
    const ours = said && el.validationMessage === said;
    if (ours) el.setCustomValidity("");
    let own = el.validationMessage;
    // The browser speaks its own language and names no field; what the page wants stands in the title.
    if (own && !el.validity.customError) own = `${label}: ${el.title || own}`;
    if (ours) el.setCustomValidity(said);
    return own;
  }
}

/** The page has changed what it says of a field. */
export function relearn(field) {
  field.learn();
  tell(ADD, field.form, field);
}

/** Leave a form as it was found. */
export function release(form) {
  [...form.fields].forEach(drop);
  hand?.takeDown(form);
  form.live.remove();
  if (form.el) restore(form.el, NOVALIDATE, form.novalidate);
}

function drop(field) {
  hand?.clear(field);
  withdraw(field);
  delete fields[field.id];
  for (const el of [field.el, ...field.group]) known.delete(el);
  field.form.fields.splice(field.form.fields.indexOf(field), 1);
}
