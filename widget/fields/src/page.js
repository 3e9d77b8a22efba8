/**
 * The page as the checks see it: when they start and end, and the events that concern them.
 *
 * What is said and when is decided in the checks (`checks.rs`). While they run, an event of our own making is passed over.
 */

import { word } from "./dom.js";
import { ANY, config, configure, fieldOf, fields, FORM, forget, formOf, forms, hear, later, locate, owns, page, release, relearn, rescan, tell } from "./forms.js";
import { hand, letGo, use } from "./hand.js";
import { within } from "./reach.js";
import { equip, inside, leave as leaveRoots, look, roots, watch } from "./roots.js";
import { DROP, INPUT, LEAVE, OBSERVE, RESET, SEND, SUBMIT, TOLD, UNDONE } from "./whats.js";

/** Events of a tree and whether they are caught on the way down. */
const events = {
  beforeinput: false, input: false, change: false, compositionstart: false, compositionend: false, focusin: false, focusout: false, reset: false,
  submit: true, keydown: true, click: true, pointerdown: true, pointerup: true, pointercancel: true, load: true,
  "podskazka:problem": false,
};
/** Milliseconds between the end of a press and its click, with room to spare. */
const AFTER_PRESS = 80;
/** Dictation and some autofills send no event: a field that has the focus is looked at this often, in milliseconds. */
const LOOK_EVERY = 1000;

let busy, composing, entered, pressed, timer, looking;
let pending = [];
/** Fields with a text that nobody could hear of yet. */
const behind = new Set();

export function open(given) {
  word(null);
  configure(given ?? {});
  page.speech = config.words;
  page.today = today();
  equip({ events, onEvent, onChange, begin: onBegin });
}

/** The day as the number 20261231: the one given, or that of the clock. Swedish writes days as 2026-12-31. */
export function today() {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(config.today) ?? [new Date().toLocaleDateString("sv")];
  return +day.replaceAll("-", "");
}

function onBegin() {
  addEventListener("pageshow", onShow);
  act(scan);
}

/** Take everything of ours off the page. */
export function close() {
  if (busy) return void later.push(close);
  removeEventListener("pageshow", onShow);
  leaveRoots(true);
  clearTimeout(timer);
  clearInterval(looking);
  for (const form of [...forms]) release(form);
  forms.length = 0;
  letGo();
  hear.clear();
  pending = [];
  behind.clear();
  entered = pressed = undefined;
  configure();
}

/** Fields that showed an error before a new start show it again. Nobody has sent the form: no list comes up, and the focus stays. */
export function again(wrong) {
  act(() => {
    for (const { el, toldCode, toldText } of wrong) {
      const field = locate(el);
      if (field) for (const what of [TOLD, SEND, SUBMIT]) tell(what, field.form, Object.assign(field, { toldCode, toldText }));
    }
  });
}

/** Run what calls the checks, then what wakes the page's own code. */
export function act(run) {
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
export function scan() {
  leaveRoots();
  for (const form of forms.filter(({ el }) => el && !(el.isConnected && el.matches(FORM)))) {
    release(form);
    forms.splice(forms.indexOf(form), 1);
    tell(DROP, form);
  }
  forms.forEach(rescan);
  for (const root of roots()) {
    root.querySelectorAll(FORM).forEach(formOf);
    root.querySelectorAll("[data-podskazka]").forEach(locate);
  }
}

/** The page has changed: forms and fields that came, went or were renamed; fields that are hidden now. */
function onChange(records) {
  act(() => {
    let anew, moved;
    for (const { target, type, attributeName, addedNodes, removedNodes } of records) {
      if (type === "childList") {
        for (const node of addedNodes) if (node.nodeType === 1 && look(node)) anew = true;
        anew ||= [...addedNodes, ...removedNodes].some((it) => it.nodeType === 1 && (it.matches(ANY) || it.querySelector(ANY)));
      } else if (/^(data-|name|type|re|aria)/.test(attributeName)) {
        const field = fieldOf(target);
        if (field) relearn(field);
        anew ||= attributeName.startsWith("data-");
      } else moved = true;
    }
    if (anew) scan();
    // To ask what can be seen costs a layout: not for every word of our own.
    if (anew || moved) for (const id in fields) if (fields[id].error && !within(fields[id].el)) forget(fields[id]);
  });
}

/** Back from the browser's memory, or filled in by it. */
function onShow() {
  act(() => {
    for (const id in fields) {
      const field = fields[id];
      if (field.seen === field.text) continue;
      if (field.error || field.hint) input(field);
      else observe(field);
    }
  });
}

function onEvent(event) {
  const { target, type } = event;
  if (target.matches) act(() => (HANDLERS[type] ?? hand?.[type])?.(target, event));
}

/** The rest of them stand in `widget/fields/use/events.js`. */
const HANDLERS = {
  beforeinput(el, event) {
    if (hand) return hand.beforeinput(el, event);
    const field = event.inputType === "insertFromPaste" && locate(el);
    if (field) field.pasted = [event.data ?? event.dataTransfer?.getData("text/plain"), field.text];
  },
  input(el, event) {
    const field = locate(el);
    // While a word is being composed the text is not the person's yet.
    if (!field || event.isComposing) return;
    const { inputType: intent = "" } = event;
    if (hand && /^history/.test(intent)) {
      hand.restoreCaret(field, intent);
      told(UNDONE, field);
    } else input(field, intent);
  },
  change(el) {
    sync(locate(el));
  },
  focusin(el) {
    clearInterval(looking);
    const field = locate(el);
    if (field) {
      looking = setInterval(() => act(() => sync(field)), LOOK_EVERY);
      entered = true;
      use();
      // At once, and not after what asks for it.
      config.load("mask").catch(() => {});
      hand?.enter();
    }
    // A tree that has come with no sign, as of a component that was defined late.
    else if (el.shadowRoot && look(el)) scan();
  },
  focusout(el, event) {
    const field = locate(el);
    // The window lost the focus, not the field; or it went to the next button of the same group.
    if (!field || el.getRootNode().activeElement === el || owns(field, event.relatedTarget)) return;
    clearInterval(looking);
    // A message now would move the button from under the pointer.
    if (pressed || !hand) pending.push(el);
    else leave(el);
  },
  submit(el, event) {
    const submitter = event.submitter;
    if (!el.matches(FORM) || submitter?.formNoValidate) return;
    const form = formOf(el);
    if (form.bypass) return;
    lead(form);
    pending = [];
    rescan(form);
    form.submitter = submitter;
    form.schema?.judge(true, tell);
    for (const field of form.fields) {
      // What the browser itself leaves out: disabled, read-only; what its schema does not ask for now; what nobody can see or open.
      if (!field.el.willValidate || field.off || !within(field.el)) continue;
      field.seen = field.text;
      tell(SEND, form, field);
    }
    if (tell(SUBMIT, form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  },
  reset(el, event) {
    const form = forms.find((it) => it.el === el);
    if (!form || event.defaultPrevented) return;
    tell(RESET, form);
    // The browser empties the fields after this event.
    setTimeout(() => act(() => form.fields.forEach(observe)));
  },
  // A form that the browser has filled in is answered before anybody has come into a field: the answer waits for `summary.js`.
  "podskazka:problem"(el, event) {
    config.told = event;
    entered = true;
    use();
    hand?.enter();
  },
  pointerdown() {
    pressed = true;
  },
  pointerup() {
    clearTimeout(timer);
    timer = setTimeout(() => act(released), AFTER_PRESS);
  },
  load(el) {
    if (el.localName === "iframe") {
      watch(inside(el));
      scan();
    }
  },
};
HANDLERS.compositionstart = () => (composing = true);
HANDLERS.compositionend = (el) => {
  composing = false;
  sync(locate(el));
};
HANDLERS.pointercancel = HANDLERS.pointerup;

/** The pointer is up and its click has been delivered. */
function released() {
  pressed = false;
  if (!hand) return;
  for (const field of behind) {
    if (!fields[field.id]) continue;
    sync(field);
    if (field.pasted) hand.offerBlock(field, ...field.pasted);
  }
  behind.clear();
  for (const el of pending.splice(0)) if (el !== el.getRootNode().activeElement && el.isConnected) leave(el);
}

/** The form that was used last comes first. */
function lead(form) {
  if (forms[0] !== form) forms.unshift(...forms.splice(forms.indexOf(form), 1));
}

/** Tell of a field that is in use. */
export function told(what, field) {
  lead(field.form);
  const stop = tell(what, field.form, field);
  field.seen = field.text;
  return stop;
}

/** The text has changed; `intent` is the browser's word for how, if it has one. */
export function input(field, intent = "") {
  // Whatever asks for it: a word that is being composed is not touched.
  if (composing) return;
  if (!hand) {
    behind.add(field);
    return use();
  }
  field.intent = intent;
  field.used = true;
  if (intent) hand.noteAfter(field);
  told(INPUT, field);
}

/** What shows and mends is here: it hears of what was typed and left before, but not while the pointer is down. */
export function catchUp() {
  if (entered) hand.enter();
  if (!pressed) act(released);
}

/** The text may have changed with no event. */
function sync(field) {
  if (field && field.seen !== field.text) input(field);
}

export function observe(field) {
  tell(OBSERVE, field.form, field);
  field.seen = field.text;
}

function leave(el) {
  const field = locate(el);
  if (!field) return;
  sync(field);
  tell(LEAVE, field.form, field);
}
