/**
 * The page as the checks see it: when they start and end, and the events that concern them.
 *
 * What is said and when is decided in the checks (`checks.rs`). While they run, an event of our own making is passed over.
 */

import { FORM, formOf, locate, own, owns, release, rescan, tell, use } from "./forms.js";
import { DROP, INPUT, LEAVE, OBSERVE, RESET, SEND, STATE, SUBMIT } from "./forms.js";
import { actions, attribute, config, configure, cut, forms, later, squeeze } from "./show.js";

/** Events of the document and whether they are caught on the way down. */
const EVENTS = {
  input: false, focusout: false, reset: false,
  submit: true, click: true, pointerdown: true, pointerup: true, pointercancel: true,
};
/** Milliseconds between the end of a press and its click, with room to spare. */
const AFTER_PRESS = 80;

let sheet, busy, pressed, timer, active, states;
let pending = [];

export function open(given, checks, css) {
  use(checks);
  configure(given ?? {});
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
  const given = /^(\d{1,4})-(\d\d?)-(\d\d?)/.exec(config.today);
  const [, year, month, day] = given ?? [0, now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return year * 1e4 + month * 100 + +day;
}

export function listen() {
  for (const name in EVENTS) document.addEventListener(name, onEvent, EVENTS[name]);
  act(scan);
}

/** Take everything of ours off the page. */
export function close() {
  if (busy) return void later.push(close);
  for (const name in EVENTS) document.removeEventListener(name, onEvent, EVENTS[name]);
  clearTimeout(timer);
  for (const form of forms.splice(0)) release(form);
  pending = [];
  if (sheet) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
  active = pressed = sheet = undefined;
  configure();
}

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

/** Take care of everything marked; let go of forms that have left the page. */
function scan() {
  for (const form of forms.filter((it) => it.el && !it.el.isConnected)) {
    release(form);
    forms.splice(forms.indexOf(form), 1);
    tell(DROP, form);
  }
  if (!forms.includes(active)) active = undefined;
  document.querySelectorAll(FORM).forEach(formOf);
  document.querySelectorAll("[data-podskazka]").forEach(locate);
  active ??= forms[0];
}

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
    if (!el.matches(FORM) || submitter?.formNoValidate) return;
    const form = formOf(el);
    if (form.bypass) return;
    active = form;
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
