/** Keyboard, autofill and spelling of a field, where the page has said nothing. */

import { attribute } from "./dom.js";
import { fields } from "./forms.js";

const KEYBOARDS = { money: "decimal", percent: "decimal", phone: "tel", email: "email" };
const FILLED = {
  full_name: "name",
  last_name: "family-name",
  first_name: "given-name",
  patronymic: "additional-name",
  birth_date: "bday",
  phone: "tel",
  email: "email",
  postcode: "postal-code",
  address: "street-address",
  sms_code: "one-time-code",
  card: "cc-number",
};
/** Written in words: the browser may look after the spelling. */
const PROSE = /^(text|address|birth_place)$/;

/** Sets what is missing on a field; `digits`: a number pad serves it where it is not empty. What was set is kept in the field. */
export function suggest(id, digits) {
  const { el, kind, suggested } = fields[id] ?? {};
  if (!kind || !/^(text|tel|search|email|textarea)$/.test(el.type)) return;
  const wanted = {
    inputmode: digits ? "numeric" : KEYBOARDS[kind],
    // A form that wants no autofill gets none.
    autocomplete: attribute(el.form, "autocomplete") === "off" ? "" : FILLED[kind],
    spellcheck: PROSE.test(kind) ? "" : "false",
  };
  for (const name in wanted) {
    if (!wanted[name] || el.hasAttribute(name)) continue;
    el.setAttribute(name, wanted[name]);
    suggested[name] = wanted[name];
  }
}

/** Take back what has not been changed since. */
export function withdraw({ el, suggested }) {
  for (const name in suggested) if (attribute(el, name) === suggested[name]) el.removeAttribute(name);
}
