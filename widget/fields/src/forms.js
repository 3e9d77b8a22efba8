/** The forms and fields under our care, and how a field is read. Each has a number, by which the checks know it. */

import { attribute, clear, cut, DESCRIBED, fields, forms, NOVALIDATE, put, restore, squeeze } from "./show.js";

const FIELDS = "input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),select,textarea";
export const FORM = "form[data-podskazka-form]";

/** What the checks can be told, in the order of their `WHATS`. */
export const [ADD, REMOVE, DROP, INPUT, LEAVE, SEND, SUBMIT, RESET, OBSERVE, STATE] = Array(10).keys();

let checks;
let number;

/** The exports of the module, for calls that pass numbers alone. */
export function use(exports) {
  checks = exports;
  number = 0;
}

/** True where a submit has to stop. */
export const tell = (what, form, field) => checks.tell(what, form.number, field?.id ?? 0);

export const own = (form) => Object.values(fields).filter((it) => it.form === form);
export const owns = (field, el) => field.el === el || field.group.includes(el);
const eligible = (el) => el.matches(FIELDS) && !el.closest("[data-podskazka-ignore]");
const nameOf = (el) => attribute(el, "name") || attribute(el, "id") || "";

/** The form of an element; `null` holds the marked fields outside of every marked form. */
export function formOf(el) {
  let form = forms.find((it) => it.el === el);
  if (!form) {
    form = { el, number: ++number, name: attribute(el, "data-podskazka-form") ?? "", novalidate: attribute(el, NOVALIDATE) };
    el?.setAttribute(NOVALIDATE, "");
    // An empty place for words that only a screen reader says.
    form.live = put(el ?? document.body, "div", "pdk-hidden", "", { role: "status", "aria-live": "polite" });
    forms.push(form);
    rescan(form);
  }
  return form;
}

/** The field of an element; new ones are taken in. */
export function locate(el) {
  if (!eligible(el)) return;
  const form = el.form?.matches(FORM) ? el.form : null;
  if (form || el.hasAttribute("data-podskazka")) return takeIn(formOf(form), el);
}

/** Take in new fields, let go of those that have left the page. */
export function rescan(form) {
  for (const field of own(form)) {
    if (!field.el.isConnected) {
      drop(field);
      tell(REMOVE, form, field);
    }
  }
  if (!form.el) return;
  const id = attribute(form.el, "id");
  // Fields elsewhere name the form in their `form` attribute.
  const outside = id ? [...document.querySelectorAll("[form]")].filter((it) => attribute(it, "form") === id) : [];
  for (const el of [...form.el.querySelectorAll(FIELDS), ...outside]) if (eligible(el)) takeIn(form, el);
}

function takeIn(form, el) {
  let field = own(form).find((it) => owns(it, el));
  if (!field) {
    field = new Field(form, el);
    fields[field.id] = field;
    tell(ADD, form, field);
  }
  return field;
}

class Field {
  constructor(form, el) {
    this.form = form;
    this.el = el;
    this.id = ++number;
    this.name = nameOf(el);
    const radio = el.type === "radio";
    const twins = radio ? [...(form.el ?? document).querySelectorAll("input[type=radio]")] : [];
    /** Radio buttons of the same name. */
    this.group = twins.filter((it) => nameOf(it) === this.name);
    this.never =
      el.type === "password" ||
      /(^|\s)(cc-\S*|one-time-code|\S*-password)(\s|$)/.test(attribute(el, "autocomplete")) ||
      !!el.closest("[data-podskazka-capture=never],[data-podskazka-mask]");
    this.required = el.hasAttribute("required") || attribute(el, "aria-required") === "true";
    this.kind = attribute(el, "data-podskazka");
    const legend = radio && el.closest("fieldset")?.querySelector("legend");
    const label =
      attribute(el, "data-podskazka-label") ?? attribute(el, "aria-label") ??
      (legend || el.labels?.[0])?.textContent ?? attribute(el, "placeholder") ?? "";
    this.label = cut(squeeze(label).replace(/[*: ]+$/, "")) || this.name;
    this.described = attribute(el, DESCRIBED);
  }

  /** The text a check sees; a mark where a box is ticked or a file is chosen. */
  get text() {
    const { el, group } = this;
    if (group.length) return group.some((it) => it.checked) ? "1" : "";
    if (el.type === "checkbox") return el.checked ? "1" : "";
    if (el.type === "file") return el.value ? "1" : "";
    return el.value;
  }

  /** What the page's own rules say. A form that had switched them off keeps them off. */
  get complaint() {
    return this.form.el && this.form.novalidate === null ? this.el.validationMessage : "";
  }
}

/** A property of a field as a text; empty for what is not there. */
export const read = (id, what) => `${fields[id]?.[what] || ""}`;

/** Leave a form as it was found. */
export function release(form) {
  own(form).forEach(drop);
  form.summary?.remove();
  form.live.remove();
  if (form.el) restore(form.el, NOVALIDATE, form.novalidate);
}

function drop(field) {
  clear(field);
  delete fields[field.id];
}
