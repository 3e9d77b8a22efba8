/**
 * Questions that take time: a field with `data-podskazka-ask` whose value is right in itself is put to the page when it is left, by the
 * event `podskazka:ask`. The page answers with a promise of `{ code, message }`, or of nothing where all is well:
 *
 *     form.addEventListener("podskazka:ask", ({ target, detail }) => detail.answer(lookUp(target.value, detail.signal)));
 *
 * An answer to a text that no longer stands there is dropped, and its `signal` is aborted; one that fails says nothing. A submit waits for
 * none: the server asks again.
 *
 * **Accessibility criteria**: the field MUST be `aria-busy` while it waits, and nothing else may change until the answer is there.
 */

import { REMOVE, DROP, INPUT, LEAVE, RESET, TOLD } from "../src/whats.js";

const BUSY = "aria-busy";

export function start({ announce, attribute, fields, fire, hear, later, restore, tell }) {
  /** Questions that wait, by field. */
  const asked = new Map();

  function ask(field) {
    const { el, form, name, text } = field;
    if (!el.hasAttribute("data-podskazka-ask") || !text || field.code || asked.get(field)?.text === text) return;
    drop(field);
    const question = { text, busy: attribute(el, BUSY), stop: new AbortController() };
    const answer = async (coming) => {
      if (question.waits || asked.get(field) !== question) return;
      question.waits = true;
      el.setAttribute(BUSY, "true");
      let found;
      try {
        found = await coming;
      } catch {
        // No answer is no fault of the person.
      }
      if (asked.get(field) !== question) return;
      ready(field, question);
      if (field.text !== text || !fields[field.id]) return;
      field.toldCode = found?.code ? `${found.code}`.replace(/^[^.]+$/, "site.$&") : "";
      field.toldText = `${found?.message ?? ""}`;
      tell(TOLD, form, field);
      if (field.error) announce(form.number, field.words);
    };
    asked.set(field, question);
    fire(el, "ask", { form: form.name, field: name, signal: question.stop.signal, answer });
  }

  /** Waits no longer. */
  function ready({ el }, question) {
    if (question.waits) restore(el, BUSY, question.busy);
    question.waits = false;
  }

  function drop(field) {
    const question = asked.get(field);
    if (!question) return;
    asked.delete(field);
    ready(field, question);
    question.stop.abort();
  }

  function heard(what, form, field) {
    if (what === LEAVE) later.push(() => ask(field));
    else if (what === REMOVE || (what === INPUT && asked.get(field)?.text !== field.text)) drop(field);
    else if (what === DROP || what === RESET) form.fields.forEach(drop);
  }
  hear.add(heard);
  return {
    end() {
      hear.delete(heard);
      [...asked.keys()].forEach(drop);
    },
  };
}
