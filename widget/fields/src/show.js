/**
 * What we put beside a field: hints and errors, and the events that tell of them.
 *
 * Forms and fields are the records that `forms.js` keeps here. What wakes the page's own code is put off (`later`)
 * until the checks are through.
 */

import { attribute, button, fire, make, put, restore, say, squeeze, word, write } from "./dom.js";

export const DESCRIBED = "aria-describedby";
export const NOVALIDATE = "novalidate";
const INVALID = "aria-invalid";
const CODE = "data-podskazka-code";

/** The form that was used last comes first. */
export const forms = [];
/** Fields by number. */
export const fields = {};
export const later = [];
export let config;
let offers = [];

/** Take a configuration, or none when everything ends. */
export function configure(given) {
  config = given;
  word(null);
}

/** Take hint and error away. */
export function clear(field) {
  clearHint(field);
  clearError(field);
}

export function hint(id, text) {
  const field = fields[id];
  if (!field) return;
  if (!text) return clearHint(field);
  field.hint ??= beside(field, "p", "h", "pdk-hint");
  field.hint.textContent = text;
}

function clearHint(field) {
  if (!field.hint) return;
  field.hint.remove();
  field.hint = null;
  describe(field, "h");
}

/** A repair on offer for the error that comes next. */
export const offer = (label, value) => offers.push([label, value]);

/** Show an error, or take it away for an empty code. */
export function error(id, code, text) {
  const field = fields[id];
  if (!field) return;
  const { el, code: before = "" } = field;
  if (code) showError(field, code, text);
  else clearError(field);
  later.push(() => fire(el, code ? "invalid" : "valid", detail(field, code || before)));
}

function showError(field, code, text) {
  const { el, holder } = field;
  if (!field.error) {
    field.invalid = attribute(el, INVALID);
    field.errorCode = attribute(el, CODE);
    field.error = beside(field, "div", "e", "pdk-error");
  }
  const box = field.error;
  box.textContent = "";
  const line = put(box, "span", "pdk-text", "");
  put(line, "span", "pdk-hidden", `${say(0)} `);
  put(line, "span", "", text);
  const old = field.never ? "" : field.text;
  for (const [label, value] of offers.splice(0)) {
    const fix = button(box, "pdk-fix", label, () => {
      write(el, value);
      fire(el, "fix", detail(field, code));
    });
    const next = label.endsWith(value) ? "" : `, ${say(4).replace("{}", () => value)}`;
    if (old) put(fix, "span", "pdk-hidden", ` (${say(3).replace("{}", () => old)}${next})`);
  }
  button(box, "pdk-why", say(1), () => fire(el, "why", detail(field, code)));
  el.setAttribute(INVALID, "true");
  for (const it of [box, el]) it.setAttribute(CODE, code);
  field.code = code;
  complain(field, text);
}

function clearError(field) {
  if (!field.error) return;
  field.error.remove();
  field.error = field.code = undefined;
  describe(field, "e");
  restore(field.el, INVALID, field.invalid);
  restore(field.el, CODE, field.errorCode);
  complain(field, "");
}

/** Tell the browser, for the page's own `:invalid` and `checkValidity()`; a complaint of the page's own is left alone. */
export function complain(field, text) {
  const { el } = field;
  if (el.validity.customError && el.validationMessage !== field.said) return;
  el.setCustomValidity(text);
  field.said = text;
}

/** A new element after the field, or after what belongs to it: its label, the last button of a group, a row of things. */
function beside(field, tag, mark, name) {
  const el = field.group.at(-1) ?? field.el;
  const node = make(tag, name, "", { id: `pdk-${mark}-${field.id}` });
  anchor(el).after(node);
  describe(field, mark, node.id);
  return node;
}

function anchor(el) {
  const label = el.labels?.[0];
  // The words of a box stand after it.
  const follows = label?.parentNode === el.parentNode && label.previousElementSibling === el;
  let at = el.closest("label") ?? (follows ? label : el);
  // A row such as a field with a button would take our words for a part of it.
  for (let row = at.parentElement; row && /^(inline-)?flex$/.test(getComputedStyle(row).display); row = row.parentElement) {
    if (getComputedStyle(row).flexDirection.startsWith("column") || row.querySelectorAll("input,select,textarea").length > 1) break;
    at = row;
  }
  return at;
}

/** Add our id to the list of descriptions or take it away; the host's own text comes back letter by letter. */
function describe({ holder, id, described }, mark, added = "") {
  const others = squeeze(attribute(holder, DESCRIBED) ?? "").split(" ").filter((it) => it !== `pdk-${mark}-${id}`);
  const list = squeeze([...others, added].join(" "));
  restore(holder, DESCRIBED, list === squeeze(described ?? "") ? described : list);
}

export function announce(at, text) {
  const live = forms.find((it) => it.number === at)?.live;
  if (!live) return;
  const again = live.textContent === text;
  live.textContent = again ? "" : text;
  // The same words are heard again only after a pause.
  if (again) setTimeout(() => (live.textContent = text), 100);
}

const detail = (field, code) => ({ form: field.form.name, field: field.name, code });
