/**
 * The page as the checks see it: forms and fields by number, what stands beside them, and the events that concern them.
 *
 * What is said and when is decided behind `checks` (the exports of the module); here it is read from the page and put on it.
 * While the checks run, an event of our own making is passed over; what wakes the page's code comes after them.
 */

const FIELDS = "input:not([type=hidden],[type=submit],[type=button],[type=reset],[type=image]),select,textarea";
const FORM = "form[data-podskazka-form]";
const DESCRIBED = "aria-describedby";
const INVALID = "aria-invalid";
const CODE = "data-podskazka-code";
const NOVALIDATE = "novalidate";
/** Events of the document and whether they are caught on the way down. */
const EVENTS = {
  input: false, focusout: false, reset: false,
  submit: true, click: true, pointerdown: true, pointerup: true, pointercancel: true,
};
/** What the checks can be told, in the order of their `What`. */
const [ADD, REMOVE, DROP, INPUT, LEAVE, SEND, SUBMIT, RESET, OBSERVE, STATE] = Array(10).keys();
/** Milliseconds between the end of a press and its click, with room to spare. */
const AFTER_PRESS = 80;
/** Most characters of a label or a title. */
const MOST = 120;

let checks, config, sheet, say, busy, bypass, pressed, timer, active, number, states;
let forms = [];
let later = [];
let pending = [];
let offers = [];
let items = [];
/** Fields by number. */
let fields = {};
/** What our buttons and links do. */
const actions = new WeakMap();

// The life of the module

export function open(given, exports, css) {
  checks = exports;
  config = given ?? {};
  say = [];
  number = 0;
  try {
    const ours = new CSSStyleSheet();
    ours.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, ours];
    sheet = ours;
  } catch {
    // The words stand without their looks.
  }
}

export const words = () => `${config.words ?? ""}`;

/** The day as the number 20261231: the one given, or that of the clock. */
export function today() {
  const now = new Date();
  const [, year, month, day] = /^(\d{1,4})-(\d\d?)-(\d\d?)/.exec(config.today) ?? [0, now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return year * 1e4 + month * 100 + +day;
}

/** The fixed words of the page, in the order of `UI`. */
export const word = (text) => say.push(text);

export function listen() {
  for (const name in EVENTS) document.addEventListener(name, onEvent, EVENTS[name]);
  act(scan);
}

/** Take everything of ours off the page. */
export function close() {
  if (busy) return void later.push(close);
  for (const name in EVENTS) document.removeEventListener(name, onEvent, EVENTS[name]);
  clearTimeout(timer);
  forms.forEach(release);
  forms = [];
  pending = [];
  fields = {};
  if (sheet) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
  active = pressed = sheet = config = undefined;
}

/** True where a submit has to stop. */
const tell = (what, form, field) => checks.tell(what, form.number, field?.id ?? 0);

/** Run what calls the checks, then what wakes the page's own code. */
function act(run) {
  if (busy || !config) return;
  busy = true;
  try {
    return run();
  } finally {
    busy = false;
    for (const it of later.splice(0)) it();
  }
}

// Events

function onEvent(event) {
  if (event.target.matches) act(() => HANDLERS[event.type](event.target, event));
}

const HANDLERS = {
  input(el) {
    const field = locate(el);
    if (!field) return;
    active = field.form;
    tell(INPUT, active, field);
  },
  focusout(el, event) {
    const field = locate(el);
    // The window lost the focus, not the field; or it went to the next button of the same group.
    if (!field || document.activeElement === el || owns(field, event.relatedTarget)) return;
    // A message now would move the button from under the pointer.
    if (pressed) pending.push(el);
    else leave(el);
  },
  submit(el, event) {
    const submitter = event.submitter;
    if (bypass || !el.matches(FORM) || submitter?.formNoValidate) return;
    const form = (active = formOf(el));
    pending = [];
    rescan(form);
    form.submitter = submitter;
    for (const field of own(form)) if (!field.el.matches(":disabled")) tell(SEND, form, field);
    if (tell(SUBMIT, form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  },
  reset(el) {
    const form = forms.find((it) => it.el === el);
    if (form) tell(RESET, form);
  },
  click(el, event) {
    const action = actions.get(el.closest("a,button"));
    if (!action) return;
    event.preventDefault();
    later.push(action);
  },
  pointerdown() {
    pressed = true;
  },
  pointerup() {
    clearTimeout(timer);
    timer = setTimeout(() => act(released), AFTER_PRESS);
  },
};
HANDLERS.pointercancel = HANDLERS.pointerup;

/** The pointer is up and its click has been delivered. */
function released() {
  pressed = false;
  for (const el of pending.splice(0)) if (el !== document.activeElement && el.isConnected) leave(el);
}

function leave(el) {
  const field = locate(el);
  if (field) tell(LEAVE, field.form, field);
}

// Forms and fields

/** Take care of everything marked; let go of forms that have left the page. */
function scan() {
  for (const form of forms.filter((it) => it.el && !it.el.isConnected)) {
    release(form);
    forms.splice(forms.indexOf(form), 1);
    for (const { id } of own(form)) delete fields[id];
    tell(DROP, form);
  }
  if (!forms.includes(active)) active = forms[0];
  document.querySelectorAll(FORM).forEach(formOf);
  document.querySelectorAll("[data-podskazka]").forEach(locate);
}

const own = (form) => Object.values(fields).filter((it) => it.form === form);
const owns = (field, el) => field.el === el || field.group.includes(el);
const eligible = (el) => el.matches(FIELDS) && !el.closest("[data-podskazka-ignore]");
const attribute = (el, name) => el?.getAttribute(name) ?? null;
const restore = (el, name, value) => (value === null ? el.removeAttribute(name) : el.setAttribute(name, value));
const squeeze = (text) => text.split(/\s+/).filter(Boolean).join(" ");
const cut = (text) => [...text].slice(0, MOST).join("");
const nameOf = (el) => attribute(el, "name") || attribute(el, "id") || "";

/** The form of an element; `null` holds the marked fields outside of every marked form. */
function formOf(el) {
  let form = forms.find((it) => it.el === el);
  if (!form) {
    form = { el, number: ++number, name: attribute(el, "data-podskazka-form") ?? "", novalidate: attribute(el, NOVALIDATE) };
    el?.setAttribute(NOVALIDATE, "");
    // An empty place for words that only a screen reader says.
    form.live = put(el ?? document.body, "div", "pdk-hidden", "", { role: "status", "aria-live": "polite" });
    forms.push(form);
    active ??= form;
    rescan(form);
  }
  return form;
}

/** The field of an element; new ones are taken in. */
function locate(el) {
  if (!eligible(el)) return;
  const form = el.form?.matches(FORM) ? el.form : null;
  if (form || el.hasAttribute("data-podskazka")) return takeIn(formOf(form), el);
}

/** Take in new fields, let go of those that have left the page. */
function rescan(form) {
  for (const field of own(form)) {
    if (!field.el.isConnected) {
      clear(field);
      delete fields[field.id];
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
    const on = group.length ? group.some((it) => it.checked) : el.type === "checkbox" ? el.checked : el.type === "file" ? el.value : null;
    return on === null ? el.value : on ? "1" : "";
  }

  /** What the page's own rules say. A form that had switched them off keeps them off. */
  get complaint() {
    return this.form.el && this.form.novalidate === null ? this.el.validationMessage : "";
  }
}

/** A property of a field as a text; empty for what is not there. */
export const read = (id, what) => `${fields[id]?.[what] || ""}`;

/** Leave a form as it was found. */
function release(form) {
  own(form).forEach(clear);
  form.summary?.remove();
  form.live.remove();
  if (form.el) restore(form.el, NOVALIDATE, form.novalidate);
}

function clear(field) {
  clearHint(field);
  clearError(field);
}

// What stands beside a field

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
  button(box, "pdk-why", why, () => fire(el, "why", detail(field, code)));
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

// What stands in a form

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
  fire(el, "override", { form: form.name, codes: own(form).flatMap((it) => it.code ?? []) });
  restore(el, NOVALIDATE, novalidate);
  bypass = true;
  try {
    el.requestSubmit(submitter?.form === el ? submitter : null);
  } finally {
    bypass = false;
  }
  if (forms.includes(form)) el.setAttribute(NOVALIDATE, "");
}

/** Shapes of the fields of the form that was used last, as `wire::Snapshot`, or `null`. */
export function snapshot() {
  const form = act(() => {
    scan();
    states = [];
    if (active) {
      rescan(active);
      for (const field of own(active)) tell(OBSERVE, active, field);
      tell(STATE, active);
    }
    return active;
  });
  if (!form) return null;
  const { el } = form;
  const title =
    attribute(el, "data-podskazka-title") ?? attribute(el, "aria-label") ??
    el?.querySelector("legend,h1,h2:not(.pdk-summary h2),h3")?.textContent ?? document.title;
  return { form: form.name, form_title: cut(squeeze(title)), page: location.origin + location.pathname, fields: states };
}

/** One field of the snapshot. */
export function state(name, label, kind, code, length_class, shape) {
  states.push({ name, label, kind, valid: !code, ...(code && { code }), length_class, shape });
}

/** Put the focus on a field by name, first in the form that was used last; false where there is none. */
export function reveal(name) {
  const field = [active, ...forms].flatMap(own).find((it) => it.name === name);
  field?.el.focus();
  return !!field;
}

// Small helpers

function make(tag, name = "", text = "", attributes = {}) {
  const el = document.createElement(tag);
  if (name) el.className = name;
  el.textContent = text;
  for (const key in attributes) el.setAttribute(key, attributes[key]);
  return el;
}

function put(parent, ...rest) {
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
