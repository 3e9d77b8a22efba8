/**
 * What we put beside a field: hints and errors, and the events that tell of them.
 *
 * Forms and fields are the records of `forms.js`. What wakes the page's own code is put off (`later`) until the checks are
 * through.
 */

import { PRESS } from "../src/whats.js";
import { act, attribute, config, fields, forms, later, restore, say, squeeze, told } from "./core.js";
import { button, fire, make, put, tongue } from "./make.js";

const DESCRIBED = "aria-describedby";
const INVALID = "aria-invalid";
const CODE = "data-podskazka-code";

let offers = [];

/** What stands beside a field, by its mark: the schema's line, hint, error, doubt, chip, and how the value reads. */
const LOOKS = { a: "about", h: "hint", e: "error", w: "warn", c: "chip", o: "echo" };

/** Take everything away that stands beside a field. */
export function clear(field) {
  clearError(field);
  for (const mark in LOOKS) remove(field, mark);
}

function remove(field, mark) {
  const name = LOOKS[mark];
  if (!field[name]) return;
  field[name].remove();
  field[name] = undefined;
  describe(field, mark);
}

/** Words beside a field; no words take them away. */
function line(id, mark, text) {
  const field = fields[id];
  if (!field) return;
  if (!text) return remove(field, mark);
  // The text that stands there gets other words: whoever watches the page for new elements is not woken.
  (field[LOOKS[mark]]?.firstChild ?? beside(field, mark, "p")).textContent = text;
}

/** What a schema says of a field: it stands before anything is typed, and stays. */
export function about(field, text) {
  if (field.about?.textContent !== text) line(field.id, "a", text);
}

/** Hints come with the next frame: the step of undo that a mask makes at the next key would have to lay the page out for them. */
const hints = new Map();
export function hint(id, text) {
  if (!hints.size) requestAnimationFrame(() => {
    hints.forEach((text, id) => line(id, "h", text));
    hints.clear();
  });
  hints.set(id, text);
}

/** How a value reads: a sentence, or a day (`1990-03-05`) to spell out: «5 марта 1990 г., понедельник». */
export function echo(id, text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00`);
  const spell = (how) => day.toLocaleDateString(config.lang ?? "ru", how);
  line(id, "o", day ? `${spell({ dateStyle: "long" })}, ${spell({ weekday: "long" })}` : text);
}

/** A button beside a field has been pressed: an offer, counted from 1, or `chip`. */
function press(field, place) {
  act(() => {
    field.pressed = place;
    told(PRESS, field);
    field.pressed = "";
  });
}

/** A repair on offer for the error or doubt that comes next. */
export const offer = (_, label, value) => offers.push([label, value]);

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
  const { el, id } = field;
  // No count of what is missing beside an error, be it one that the next frame would bring or take away.
  hints.delete(id);
  remove(field, "h");
  if (!field.error) {
    field.invalid = attribute(el, INVALID);
    field.errorCode = attribute(el, CODE);
  }
  const box = beside(field, "e", "div");
  const words = put(box, "span", "pdk-text", "");
  put(words, "span", "pdk-hidden", `${say(0)} `);
  put(words, "span", "", text);
  fixes(field, box, code);
  button(box, "pdk-why", say(1), () => fire(el, "why", { ...detail(field, code), text }));
  el.setAttribute(INVALID, "true");
  box.setAttribute(CODE, code);
  el.setAttribute(CODE, code);
  field.code = code;
  field.words = text;
  complain(field, text);
}

/** Buttons for what is on offer: each names the old value and the new one. */
function fixes(field, box, code) {
  const old = field.never ? "" : field.text;
  for (const [place, [label, value]] of offers.splice(0).entries()) {
    const fix = button(box, "pdk-fix", label, () => {
      press(field, place + 1);
      fire(field.el, "fix", detail(field, code));
    });
    const next = !value || label.endsWith(value) ? "" : `, ${say(4).replace("{}", () => value)}`;
    if (old) put(fix, "span", "pdk-hidden", ` (${say(3).replace("{}", () => old)}${next})`);
  }
}

/** A doubt that stops nothing. */
export function warn(id, code, text) {
  const field = fields[id];
  if (!field || !text) {
    offers = [];
    return line(id, "w", "");
  }
  const box = beside(field, "w", "div");
  put(box, "span", "pdk-text", text);
  fixes(field, box, code);
}

/** The way back from a repair. */
export function chip(id, label, spoken) {
  const field = fields[id];
  if (!field || !label) return line(id, "c", "");
  button(beside(field, "c", "div"), "pdk-fix", label, () => press(field, "chip")).setAttribute("aria-label", spoken);
}

function clearError(field) {
  if (!field.error) return;
  remove(field, "e");
  field.form.mended = field.code;
  field.code = undefined;
  restore(field.el, INVALID, field.invalid);
  restore(field.el, CODE, field.errorCode);
  complain(field, "");
}

/** Tell the browser, for the page's own `:invalid` and `checkValidity()`; a complaint of the page's own is left alone. */
export function complain(field, text) {
  const { el, form } = field;
  // A form that is not ours has no summary with a way past it: the browser must not stop it.
  if (!form.el || (el.validity.customError && el.validationMessage !== field.said)) return;
  el.setCustomValidity(text);
  field.said = text;
}

/** An empty element after the field, or after what belongs to it: its label, the last button of a group, a row of things. */
function beside(field, mark, tag) {
  const name = LOOKS[mark];
  const row = field.id;
  let node = field[name];
  if (node) node.textContent = "";
  else {
    node = field[name] = make(tag, `pdk-${name}`, "", { id: `pdk-${mark}-${row}`, ...tongue(field.form) });
    let at = anchor(field.group.at(-1) ?? field.el);
    // Two fields of one row: their words stand in the order of the fields.
    node.row = row;
    for (let it; (it = at.nextElementSibling)?.row < row; ) at = it;
    at.after(node);
    // A chip is a button to find, no part of what the field is.
    if (mark !== "c") describe(field, mark, node.id);
  }
  return node;
}

function anchor(el) {
  const label = el.labels?.[0];
  // The words of a box stand after it.
  const follows = label?.previousElementSibling === el;
  let at = el.closest("label") ?? (follows ? label : el);
  // A row such as a field with a button, or two fields, would take our words for a part of it; one that wraps gives them a line.
  for (let row = at.parentElement; row; row = row.parentElement) {
    const { display, flexDirection, flexWrap } = getComputedStyle(row);
    const many = flexWrap !== "nowrap" && row.querySelectorAll("input,select,textarea").length > 1;
    if (!/^(inline-)?flex$/.test(display) || flexDirection.startsWith("column") || many || row.matches("form,fieldset,body")) break;
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
