/**
 * A date in three boxes: a group marked with a kind of date (`<fieldset data-podskazka="birth_date">`) with three fields in it. For the
 * checks they are one field with the text of the date; what is said of it stands at the group, and only the boxes that are wrong are marked.
 *
 * Day, month and year stand in this order, unless `autocomplete` (`bday-day` …) says which is which. A month may be a list or a word.
 *
 * **Accessibility criteria**: the group MUST carry the description, a box MUST be invalid only where the mistake is in it, and the
 * summary MUST lead to the first such box.
 */

import { ADD, REMOVE, INPUT, LEAVE, SEND, OBSERVE, TOLD } from "../src/whats.js";

const SET = ":is(fieldset,[role=group])[data-podskazka]";
const BOXES = "input:not([type=hidden],[type=radio],[type=checkbox],[type=button],[type=submit]),select";
const NAMES = ["day", "month", "year"];
const INVALID = "aria-invalid";
export const WORDS = {
  ru: [["день", "месяц", "год"], "укажите {}.", " и "],
  en: [["the day", "the month", "the year"], "enter {}.", " and "],
};
/** How the names of the months begin. */
const MONTHS = ["янв|jan", "фев|feb", "мар|mar", "апр|apr", "ма[йя]|may", "июн|jun", "июл|jul", "авг|aug", "сен|sep", "окт|oct", "ноя|nov", "дек|dec"];
/** The number of a month by its number or name. */
const monthOf = (text) => Number(text) || MONTHS.findIndex((it) => RegExp(`^(${it})`, "i").test(text)) + 1;

/** Day, month and year of a whole date: `05.03.1990`, `05031990`, `5 марта 1990`, `1990-03-05`. */
function whole(text) {
  const found = /^(\d\d)(\d\d)(\d{4})$/.exec(text.trim())?.slice(1) ?? text.match(/\d+|\p{L}+/gu) ?? [];
  // While an ISO date is typed its day may have one more digit to come.
  if (found[0]?.length === 4 && found[2]?.length === 2) found.reverse();
  const [day, month, year, ...more] = found;
  const number = month && monthOf(month);
  const is = /^\d\d?$/.test(day) && day >= 1 && day <= 31 && number >= 1 && number <= 12 && /^\d{4}$/.test(year) && !/\d/.test(more);
  return is && [day, `${number}`.padStart(day.length, "0"), year];
}

export function start({ act, attribute, config, fieldOf, forget, forms, hear, known, relearn, restore, squeeze, tell, told }) {
  const [names, ask, and] = WORDS[config.lang] ?? WORDS.ru;
  const bound = new Map();

  /** Day, month and year among the boxes of a group. */
  function partsOf(set) {
    const boxes = [...set.querySelectorAll(BOXES)];
    const named = NAMES.map((name) => boxes.find((it) => attribute(it, "autocomplete")?.endsWith(`-${name}`)));
    if (boxes.length === 3) return named.every(Boolean) ? named : boxes;
  }

  /** What stands in a box. A list has the words of its choice where its value is no number. */
  function typed(el) {
    const text = el.value.trim();
    return el.localName === "select" && text && !/^\d+$/.test(text) ? el.selectedOptions[0].text.trim() : text;
  }

  const empty = (parts) => parts.filter((it) => !typed(it));
  /** Something is missing before what is there. */
  const gapped = (parts) => parts.some((it, at) => !typed(it) && parts.slice(at + 1).some(typed));

  function textOf(parts) {
    if (gapped(parts)) return "";
    const texts = parts.map(typed).filter(Boolean);
    return texts.join(/\p{L}/u.test(texts[1]) ? " " : ".");
  }

  /** A number that is no day or no month; the name of a month is none of these. */
  const outside = (el, most) => /^\d+$/.test(typed(el)) && !(typed(el) >= 1 && typed(el) <= most);

  /** The boxes with the mistake: all of them where it is in none alone. */
  function wrong({ code, parts }) {
    const [day, month, year] = parts;
    const missing = empty(parts);
    if (missing.length) return missing;
    const fault = code?.replace(/^.*\./, "");
    if (fault === "range") return [year];
    if (fault === "calendar") {
      const noMonth = outside(month, 12);
      return noMonth ? [outside(day, 31) && day, month].filter(Boolean) : [day];
    }
    const odd = fault === "chars" ? [day, year].filter((it) => /\D/.test(typed(it))) : [];
    return odd.length ? odd : parts;
  }

  /** Marks the boxes as they are now; `aria-invalid` of the page comes back as it was. */
  function mark(field) {
    const { invalid } = bound.get(field);
    const bad = field.error ? wrong(field) : [];
    field.aim = bad[0];
    for (const [at, it] of field.parts.entries()) {
      const wanted = bad.includes(it) ? "true" : invalid[at];
      if (attribute(it, INVALID) !== wanted) restore(it, INVALID, wanted);
    }
  }

  /** A whole date that was pressed for, or put into one box: each box gets its own; true where it is one. */
  function spread(field, text) {
    const { parts, pressed } = field;
    const found = whole(text);
    if (pressed) parts[0].focus();
    if (!found) return false;
    const used = parts.find((it) => it.getRootNode().activeElement === it);
    for (const [at, it] of parts.entries()) {
      const wanted = found[at];
      const same = (text) => (at === 1 ? monthOf(text) : Number(text)) === Number(wanted);
      const value = it.localName === "select" ? [...it.options].find((option) => same(option.value) || same(option.text))?.value : wanted;
      if (value === undefined || value === it.value) continue;
      // As a person would type it, so that it can be undone; the focus comes back.
      if (used && it.localName === "input") {
        it.focus();
        it.select();
        it.ownerDocument.execCommand("insertText", false, value);
      }
      if (it.value === value) continue;
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(it), "value").set.call(it, value);
      for (const name of ["input", "change"]) it.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
    }
    used?.focus();
    field.seen = field.text;
    return true;
  }

  /** A whole date in one box, with nothing in the others. */
  function gather(field, text = field.parts.map(typed).join("")) {
    if (spread(field, text)) told(INPUT, field);
  }
  const alone = (parts, el) => parts.every((it) => it === el || !typed(it));

  function bind(set) {
    const parts = partsOf(set);
    const [field, ...others] = parts?.map(fieldOf) ?? [];
    if (!field || field.parts || others.some((it) => it?.form !== field.form)) return;
    others.forEach(forget);
    take(field, set, parts);
  }

  /** The field of the first box stands for all three. */
  function take(field, set, parts) {
    const { learn } = field;
    const given = [];
    // Before a box cuts it off.
    const onPaste = (event) => {
      const text = event.clipboardData?.getData("text") ?? "";
      if (!alone(parts, event.target) || !whole(text)) return;
      event.preventDefault();
      act(() => gather(field, text));
    };
    set.addEventListener("paste", onPaste);
    bound.set(field, { invalid: parts.map((it) => attribute(it, INVALID)), given, unbind: () => set.removeEventListener("paste", onPaste) });
    if (attribute(set, "data-podskazka") === "birth_date") {
      for (const [at, it] of parts.entries()) suggest(given, it, "autocomplete", `bday-${NAMES[at]}`);
    }
    for (const it of parts) if (it.localName === "input") suggest(given, it, "inputmode", "numeric");
    // Words go under the boxes, or under the group where its boxes stand in a row.
    const end = /flex|grid/.test(getComputedStyle(set).display) ? set : set.lastElementChild;
    Object.assign(field, { parts, group: [...parts, end], holder: set, described: attribute(set, "aria-describedby") });
    Object.defineProperties(field, {
      text: { get: () => textOf(parts) },
      mask: { value: "off" },
      complaint: { get: () => complaintOf(field) },
    });
    field.put = (from, to, text) => {
      const before = field.text;
      spread(field, before.slice(0, from) + text + before.slice(to));
    };
    field.learn = () => {
      learn.call(field);
      field.label = labelOf(set) || field.label;
      field.kind = attribute(set, "data-podskazka");
      field.name = attribute(set, "name") || attribute(set, "id") || field.name;
      field.required ||= attribute(set, "aria-required") === "true";
      field.form.schema?.describe(field);
    };
    for (const it of parts) known.set(it, field);
    // Not as of a field in use: its form does not become the one that was used last.
    relearn(field);
    tell(OBSERVE, field.form, field);
    field.seen = field.text;
  }

  function labelOf(set) {
    const named = attribute(set, "aria-labelledby")?.split(" ").map((id) => set.getRootNode().getElementById(id)?.textContent).join(" ");
    const label = attribute(set, "data-podskazka-label") ?? set.querySelector("legend")?.textContent ?? attribute(set, "aria-label") ?? named ?? "";
    return squeeze(label).replace(/[*: ]+$/, "").slice(0, 120);
  }

  /** What the page's own rules say of a box; a form that had switched them off keeps them off. */
  function complaintOf({ el, form, label, parts, said }) {
    const text = ({ validationMessage }, at) => (parts[at] === el && validationMessage === said ? "" : validationMessage);
    const found = form.novalidate === null && parts.map(text).find(Boolean);
    return found ? `${label}: ${found}` : "";
  }

  function suggest(given, el, name, value) {
    if (el.hasAttribute(name)) return;
    el.setAttribute(name, value);
    given.push([el, name, value]);
  }

  function leave(field) {
    const { given, invalid, unbind } = bound.get(field) ?? { given: [], invalid: [] };
    unbind?.();
    for (const [el, name, value] of given) if (attribute(el, name) === value) el.removeAttribute(name);
    for (const [at, was] of invalid.entries()) restore(field.parts[at], INVALID, was);
    bound.delete(field);
  }

  function heard(what, form, field) {
    if (what === ADD) queueMicrotask(() => look(form));
    if (!field?.parts) {
      for (const it of bound.keys()) if (it.form === form) mark(it);
      return;
    }
    if (what === REMOVE) return leave(field);
    if ((what === INPUT || what === LEAVE) && empty(field.parts).length === 2) gather(field);
    if ((what === LEAVE || what === SEND) && gapped(field.parts)) {
      const missing = empty(field.parts).map((it) => names[field.parts.indexOf(it)]);
      Object.assign(field, { toldCode: `${field.kind}.length`, toldText: `${field.label}: ${ask.replace("{}", missing.join(and))}` });
      told(TOLD, field);
    }
    mark(field);
  }

  function look({ el }) {
    for (const set of el?.querySelectorAll(SET) ?? []) bind(set);
  }

  hear.add(heard);
  forms.forEach(look);
  return {
    end() {
      hear.delete(heard);
      for (const field of [...bound.keys()]) leave(field);
    },
  };
}
