/**
 * How much room is left in a field: `data-podskazka-count="200"`, in signs as a person counts them. Nothing is cut: a text that is too
 * long stays, and the field is refused until it is shorter (`maxlength` would drop the end of a paste in silence).
 *
 * **Accessibility criteria**: the number that is seen MUST change with each key and MUST be hidden from screen readers; the number
 * that is heard MUST come only after a pause, in one polite region that is there from the start; the limit MUST be part of the field's description.
 */

import { ADD, REMOVE, DROP, INPUT, RESET, OBSERVE } from "../src/whats.js";

/** Milliseconds without a key, after which the number is read out: as GOV.UK found by trying. */
const PAUSE = 1000;
const DESCRIBED = "aria-describedby";

export const WORDS = {
  ru: {
    most: { one: "Помещается {n} знак.", few: "Помещается {n} знака.", many: "Помещается {n} знаков." },
    left: { one: "Остался {n} знак", few: "Осталось {n} знака", many: "Осталось {n} знаков" },
    over: { one: "Лишний {n} знак", few: "Лишних {n} знака", many: "Лишних {n} знаков" },
    error: "{}: текст длиннее, чем здесь помещается. Сократите его.",
  },
  en: {
    most: { one: "There is room for {n} character.", other: "There is room for {n} characters." },
    left: { one: "{n} character left", other: "{n} characters left" },
    over: { one: "{n} character too many", other: "{n} characters too many" },
    error: "{}: the text is longer than fits here. Make it shorter.",
  },
};

export function start({ attribute, config, fields, hear, make, restore }) {
  const language = WORDS[config.lang] ? config.lang : "ru";
  const say = WORDS[language];
  const form = new Intl.PluralRules(language);
  const counted = (key, n) => (say[key][form.select(n)] ?? say[key].other ?? say[key].many).replace("{n}", n);
  const bound = new Map();

  function bind(field) {
    const { el, id } = field;
    const most = Number(attribute(el, "data-podskazka-count"));
    if (!(most > 0) || bound.has(field) || typeof el.value !== "string") return;
    const limit = make("span", "pdk-hidden", counted("most", most), { id: `pdk-n-${id}` });
    const seen = make("p", "pdk-hint", "", { "aria-hidden": "true" });
    const heard = make("span", "pdk-hidden", "", { role: "status", "aria-live": "polite" });
    const parts = [limit, seen, heard];
    (el.closest("label") ?? el).after(...parts);
    const before = attribute(el, DESCRIBED);
    el.setAttribute(DESCRIBED, `${before ?? ""} ${limit.id}`.trim());

    let timer;
    const left = () => most - [...el.value].length;
    const text = () => (left() < 0 ? counted("over", -left()) : counted("left", left()));
    const error = say.error.replace("{}", () => field.label);
    function update() {
      seen.textContent = text();
      // As a rule of the page's own: the checks show it when the field is left, and take it away with the key that mends it.
      if (left() < 0) el.setCustomValidity(error);
      else if (el.validationMessage === error) el.setCustomValidity("");
    }
    function typed() {
      update();
      clearTimeout(timer);
      timer = setTimeout(() => (heard.textContent = text()), PAUSE);
    }
    // Before the checks look at the field: theirs is a listener of the document.
    el.addEventListener("input", typed);
    update();
    bound.set(field, {
      update,
      end() {
        clearTimeout(timer);
        if (el.validationMessage === error) el.setCustomValidity("");
        el.removeEventListener("input", typed);
        parts.forEach((it) => it.remove());
        const rest = (attribute(el, DESCRIBED) ?? "").split(/\s+/).filter((it) => it && it !== limit.id);
        restore(el, DESCRIBED, rest.join(" ") === (before ?? "").trim().replace(/\s+/g, " ") ? before : rest.join(" "));
      },
    });
  }

  function release(field) {
    bound.get(field)?.end();
    bound.delete(field);
  }
  function told(what, form, field) {
    if (what === ADD) bind(field);
    else if (what === REMOVE) release(field);
    else if (what === DROP) form.fields.forEach(release);
    else if (what === INPUT || what === OBSERVE || what === RESET) for (const it of field ? [field] : form.fields) bound.get(it)?.update();
  }
  hear.add(told);
  Object.values(fields).forEach(bind);
  return {
    end() {
      hear.delete(told);
      [...bound.keys()].forEach(release);
    },
  };
}
