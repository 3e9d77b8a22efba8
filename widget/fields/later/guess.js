/**
 * A form whose fields nobody has marked: what they seem to be, by `autocomplete`, name and label. Only where the form says
 * `data-podskazka-guess`.
 *
 * The developer hears of each guess by `podskazka:guess` (`{ form, field, kind }`) and in the console; `data-podskazka` on the field makes it so.
 * A citizen gets a doubt when such a field is left and its text would be wrong for the kind: no mask, no error, nothing that stops the form.
 *
 * **Accessibility criteria**: the doubt MUST be part of the field's description and announced once; it MUST NOT make the field invalid.
 */

import { ADD, REMOVE, DROP, INPUT, LEAVE, RESET } from "../src/whats.js";

const FORM = "[data-podskazka-guess]";
const DESCRIBED = "aria-describedby";

export async function start({ announce, attribute, config, fire, forms, hear, later, make, restore, today }) {
  const [assist, more] = await Promise.all([config.load("assist"), config.load(`form.${config.lang ?? "ru"}.txt`)]);
  const words = `${config.words}\n${more}`;
  /** Kind that a field seems to have; empty for none. */
  const guessed = new Map();
  /** What stands beside a field, and its description before. */
  const doubts = new Map();

  function look(field) {
    const { el, form, kind, label, name, never } = field;
    if (guessed.has(field) || kind || never || !form.el?.matches(FORM) || !/^(text|tel|email|search)$/.test(el.type)) return;
    const seems = assist.guess(attribute(el, "autocomplete") ?? "", name, label);
    guessed.set(field, seems ?? "");
    if (!seems) return;
    console.info(`Подсказка: in the form "${form.name}" the field "${name}" seems to be data-podskazka="${seems}"`);
    fire(el, "guess", { form: form.name, field: name, kind: seems });
  }

  function judge(field) {
    const { el, form, group, id, kind, label, text } = field;
    const seems = !kind && text.trim() && guessed.get(field);
    const said = seems && assist.doubtOf(seems, label, text, words, today());
    const before = doubts.get(field);
    if (before?.box.textContent === (said || undefined)) return;
    takeAway(field);
    // An error of the page's own or a rule says more.
    if (!said || field.error) return;
    const box = make("p", "pdk-warn", said, { id: `pdk-g-${id}` });
    (el.closest("label") ?? group.at(-1) ?? el).after(box);
    const described = attribute(el, DESCRIBED);
    el.setAttribute(DESCRIBED, [described, box.id].filter(Boolean).join(" "));
    doubts.set(field, { box, described });
    announce(form.number, said);
  }

  function takeAway(field) {
    const it = doubts.get(field);
    if (!it) return;
    doubts.delete(field);
    it.box.remove();
    const rest = (attribute(field.el, DESCRIBED) ?? "").split(" ").filter((id) => id !== it.box.id).join(" ");
    restore(field.el, DESCRIBED, rest || it.described);
  }

  function heard(what, form, field) {
    if (what === ADD) later.push(() => look(field));
    else if (what === LEAVE) later.push(() => judge(field));
    // What is typed on is judged when the field is left again.
    else if (what === INPUT || what === REMOVE) takeAway(field);
    else if (what === RESET || what === DROP) form.fields.forEach(takeAway);
  }
  hear.add(heard);
  for (const form of forms) form.fields.forEach(look);
  return {
    end() {
      hear.delete(heard);
      [...doubts.keys()].forEach(takeAway);
    },
  };
}
