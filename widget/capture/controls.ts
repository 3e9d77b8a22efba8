/** Copies of fields: looks like the field, holds no value. */

import type { Cover } from "./cover";
import { OPEN } from "./open";
import { NOT_TYPED } from "./page";
import { STYLE } from "./svg";

const TICK = /^(checkbox|radio)$/;
/** As large as the system draws them, or as a pattern is: whatever the value. */
const FIXED = /^(checkbox|radio|date|month|week|time)/;
const PRESS = /^(button|submit|reset)$/;

/** What the core judges a field by: its kind, its automatic completion, its names. */
export function description(field: Element): string {
  const names = ["type", "autocomplete", "name", "id", "data-podskazka", "inputmode"];
  const once = remembered.has(field) ? "password" : "";
  return [once, ...names.map((it) => field.getAttribute(it) ?? "")].join(" ");
}

/** Fields that were passwords once: a page may show what it has hidden. `secrets` are the names of those that the fields have seen. */
const remembered = new WeakSet<Element>();
export function remember(root: ParentNode, secrets: string[]): void {
  for (const it of root.querySelectorAll("input")) if (it.type === "password" || secrets.includes(it.name || it.id)) remembered.add(it);
}

function attributes(from: Element, to: Element, names: string): void {
  for (const name of names.split(" ")) {
    const value = from.getAttribute(name);
    if (value !== null) to.setAttribute(name, value);
  }
}

function placeholder(from: HTMLInputElement | HTMLTextAreaElement, to: Element, cover: Cover): void {
  if (from.placeholder && !from.value) cover.text(from.placeholder, (text) => to.setAttribute("placeholder", text));
}

/** A picture draws a field without the looks of the system, and so higher or lower: all that stands below would move. */
function measure(from: HTMLElement, to: Element, more: string): void {
  to.setAttribute(STYLE, `box-sizing:border-box;height:${from.offsetHeight}px;${more}`);
}

function input(from: HTMLInputElement, to: Element, cover: Cover): void {
  const { type } = from;
  attributes(from, to, "size disabled readonly");
  if (FIXED.test(type)) measure(from, to, `width:${from.offsetWidth}px;${TICK.test(type) ? "padding:0" : ""}`);
  if (OPEN) {
    to.setAttribute("type", type);
    if (type !== "file") to.setAttribute("value", from.value);
    if (from.checked) to.setAttribute("checked", "");
    attributes(from, to, "min max step placeholder");
    return;
  }
  // What is typed is a line of text: a copy of a date field would not take a shape for its value. A picture or a colour looks
  // like a button.
  const kind = !NOT_TYPED.test(type) ? "text" : /^(image|color)$/.test(type) ? "button" : type;
  to.setAttribute("type", kind);
  if (TICK.test(type)) {
    // Which choice was made is data. A dash stands for either.
    to.classList.add("pdk-tick");
  } else if (PRESS.test(type)) {
    cover.words(cover.group(), from.value, (text) => to.setAttribute("value", text));
  } else if (kind === "text") {
    if (from.value) cover.value(description(from), from.value, (text) => to.setAttribute("value", text));
    placeholder(from, to, cover);
  }
}

function select(from: HTMLSelectElement, to: Element, cover: Cover, make: (name: string) => Element): void {
  attributes(from, to, "size multiple disabled");
  const chosen = new Set(from.selectedOptions);
  const list = from.multiple || from.size > 1;
  // Not its width: a page may let that follow the choice.
  if (!list) measure(from, to, "");
  // A closed list shows one line and is as wide as its longest.
  for (const option of [...from.options].slice(0, 200)) {
    const own = make("option");
    if (OPEN ? chosen.has(option) : chosen.has(option) && !list) own.setAttribute("selected", "");
    if (OPEN) own.textContent = option.label;
    else if (option.label) cover.text(option.label, (text) => (own.textContent = text));
    to.append(own);
  }
}

/** Fills in the copy of a field; true when nothing below it is to be copied. */
export function control(from: Element, to: Element, cover: Cover, make: (name: string) => Element): boolean {
  if (from instanceof HTMLInputElement) {
    input(from, to, cover);
  } else if (from instanceof HTMLTextAreaElement) {
    attributes(from, to, "rows cols disabled wrap");
    if (OPEN) to.textContent = from.value;
    else if (from.value) cover.value(description(from), from.value, (text) => (to.textContent = text));
    placeholder(from, to, cover);
  } else if (from instanceof HTMLSelectElement) {
    select(from, to, cover, make);
  } else if (from.localName === "progress" || from.localName === "meter") {
    to.setAttribute("value", OPEN ? `${(from as HTMLProgressElement).value}` : "0.5");
    if (OPEN) to.setAttribute("max", `${(from as HTMLProgressElement).max}`);
  } else {
    if (OPEN) return false;
    const text = from.textContent ?? "";
    if (text) cover.value(description(from), text, (it) => (to.textContent = it));
  }
  return true;
}
