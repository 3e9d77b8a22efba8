/**
 * What we put on the page: hints and errors beside their fields, the summary of a form, and the events that tell of them.
 *
 * Forms and fields are the records that `forms.js` keeps here. What wakes the page's own code is put off (`later`)
 * until the checks are through.
 */

export const DESCRIBED = "aria-describedby";
export const NOVALIDATE = "novalidate";
const INVALID = "aria-invalid";
const CODE = "data-podskazka-code";

export const forms = [];
/** Fields by number. */
export const fields = {};
export const later = [];
/** What our buttons and links do. */
export const actions = new WeakMap();
export let config;
let say;
let offers = [];
let items = [];

/** Take a configuration, or none when everything ends. */
export function configure(given) {
  config = given;
  say = [];
}

/** The fixed words of the page, in the order of `UI`. */
export const word = (text) => say.push(text);

/** Take hint and error away. */
export function clear(field) {
  clearHint(field);
  clearError(field);
}

export function hint(id, text) {
  const field = fields[id];
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
  const { el, code: before = "" } = field;
  if (code) showError(field, code, text);
  else clearError(field);
  later.push(() => fire(el, code ? "invalid" : "valid", detail(field, code || before)));
}

function showError(field, code, text) {
  const { el } = field;
  if (!field.error) {
    field.invalid = attribute(el, INVALID);
    field.errorCode = attribute(el, CODE);
    field.error = beside(field, "div", "e", "pdk-error");
  }
  const box = field.error;
  box.textContent = "";
  const [prefix, why, , now, then] = say;
  const line = put(box, "span", "pdk-text", "");
  put(line, "span", "pdk-hidden", `${prefix} `);
  put(line, "span", "", text);
  const old = field.never ? "" : field.text;
  for (const [label, value] of offers.splice(0)) {
    const fix = button(box, "pdk-fix", label, () => {
      write(el, value);
      fire(el, "fix", detail(field, code));
    });
    const next = label.endsWith(value) ? "" : `, ${then.replace("{}", () => value)}`;
    if (old) put(fix, "span", "pdk-hidden", ` (${now.replace("{}", () => old)}${next})`);
  }
  button(box, "pdk-why", why, () => fire(el, "why", { ...detail(field, code), text }));
  el.setAttribute(INVALID, "true");
  for (const it of [box, el]) it.setAttribute(CODE, code);
  field.code = code;
}

function clearError(field) {
  if (!field.error) return;
  field.error.remove();
  field.error = field.code = undefined;
  describe(field, "e");
  restore(field.el, INVALID, field.invalid);
  restore(field.el, CODE, field.errorCode);
}

/** A new element after the field, or after the label that holds it; after the last button of a group. */
function beside(field, tag, mark, name) {
  const el = field.group.at(-1) ?? field.el;
  const node = make(tag, name, "", { id: `pdk-${mark}-${field.id}` });
  (el.closest("label") ?? el).after(node);
  describe(field, mark, node.id);
  return node;
}

/** Add our id to the list of descriptions or take it away; the host's own text comes back letter by letter. */
function describe({ el, id, described }, mark, added = "") {
  const others = squeeze(attribute(el, DESCRIBED) ?? "").split(" ").filter((it) => it !== `pdk-${mark}-${id}`);
  const list = squeeze([...others, added].join(" "));
  restore(el, DESCRIBED, list === squeeze(described ?? "") ? described : list);
}

/** An error for the summary that comes next. */
export const item = (id, text) => items.push([fields[id], text]);

/** Show the summary with its head, or take it away for an empty one. A submit puts up a fresh one, which takes the focus. */
export function summary(at, head, fresh) {
  const form = forms.find((it) => it.number === at);
  const list = items.splice(0);
  if (!head || fresh) {
    form.summary?.remove();
    form.summary = null;
  }
  if (!head || !form.el || !(fresh || form.summary)) return;
  if (fresh) {
    // A fresh node is what makes `role=alert` heard.
    const box = (form.summary = make("div", "pdk-summary", "", { role: "alert", tabindex: -1 }));
    put(box, "h2");
    put(box, "ul");
    if (config.override !== false) button(box, "pdk-override", say[2], () => override(form));
    later.push(() => box.focus());
  } else form.summary.setAttribute("role", "group");
  const [title, lines] = form.summary.children;
  title.textContent = head;
  lines.textContent = "";
  for (const [{ id, el }, text] of list) {
    const link = put(put(lines, "li"), "a", "", text, { href: `#${attribute(el, "id") || `pdk-e-${id}`}` });
    actions.set(link, () => el.focus());
  }
  if (fresh) form.el.prepend(form.summary);
}

export function announce(at, text) {
  forms.find((it) => it.number === at).live.textContent = text;
}

/** Give the form to the browser without our check; the page's own rules stay in force. */
function override(form) {
  const { el, submitter, novalidate } = form;
  const codes = Object.values(fields).flatMap((it) => (it.form === form && it.code) || []);
  fire(el, "override", { form: form.name, codes });
  restore(el, NOVALIDATE, novalidate);
  form.bypass = true;
  try {
    el.requestSubmit(submitter?.form === el ? submitter : null);
  } finally {
    form.bypass = false;
  }
  if (forms.includes(form)) el.setAttribute(NOVALIDATE, "");
}

/** A new element. */
function make(tag, name = "", text = "", attributes = {}) {
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

/** A button that sends nothing. */
function button(parent, name, text, action) {
  const el = put(parent, "button", name, text, { type: "button" });
  actions.set(el, action);
  return el;
}

export const attribute = (el, name) => el?.getAttribute(name) ?? null;
export const restore = (el, name, value) => (value === null ? el.removeAttribute(name) : el.setAttribute(name, value));
/** The text with single spaces. */
export const squeeze = (text) => text.split(/\s+/).filter(Boolean).join(" ");
/** The start of a text that is a label or a title. */
export const cut = (text) => [...text].slice(0, 120).join("");
const detail = (field, code) => ({ form: field.form.name, field: field.name, code });

/** Fire an event that bubbles and leaves shadow trees. */
function fire(target, name, detail) {
  target.dispatchEvent(new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, detail }));
}

/** Replace the whole text of a field in one native undo step; where that cannot be done, by its own setter. */
function write(el, value) {
  el.focus();
  el.select?.();
  try {
    document.execCommand("insertText", false, value);
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
