/** What the page tells of itself: shapes of its fields. */

import { tell as told } from "./fields_bg.js";
import { attribute, cut, squeeze } from "./dom.js";
import { Field, fields, FORM, formOf, forms, tell } from "./forms.js";
import { act, observe, scan } from "./page.js";
import { roots } from "./roots.js";
import { withdraw } from "./suggest.js";
import { ADD, REMOVE, STATE } from "./whats.js";

/** Editors of text that a page uses as fields: what names nothing is a part of one. */
const EDITORS =
  "[contenteditable]:not([contenteditable=false i]):is([role=textbox],[name],[id],[aria-label],[aria-labelledby],[data-podskazka],[data-podskazka-label])";

let states, places;
/** Kind and class of length of the field that comes next. */
let next;

/** Shapes of the fields of the form that was used last, as `wire::Snapshot`, with the code of the error that was mended last; or `null`. */
export function snapshot() {
  const form = act(() => {
    scan();
    states = [];
    places = new Map();
    const editors = [...roots()].flatMap((it) => [...it.querySelectorAll(EDITORS)]);
    const of = (form) => editors.filter((el) => isOf(form, el));
    const form = forms[0] ?? (of({})[0] && formOf(null));
    if (!form) return;
    form.fields.forEach(observe);
    const own = of(form).map((el) => come(form, el));
    tell(STATE, form);
    own.forEach(go);
    // As they stand on the page.
    if (own[0]) states.sort((a, b) => (places.get(a).compareDocumentPosition(places.get(b)) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1));
    return form;
  });
  if (!form) return null;
  const { el } = form;
  const title =
    attribute(el, "data-podskazka-title") ?? attribute(el, "aria-label") ??
    el?.querySelector("legend,h1,h2:not(.pdk-summary h2),h3")?.textContent ?? "";
  return { form: form.name, form_title: cut(squeeze(title)), page: location.origin + location.pathname, fields: states, mended: form.mended };
}

/** In the form; outside of every form where it is marked. An editor within an editor is a part of it. */
function isOf(form, el) {
  const home = el.closest(FORM);
  if (el.closest("[data-podskazka-ignore]") || el.parentElement?.closest(EDITORS)) return false;
  return home ? home === form.el : !form.el && el.hasAttribute("data-podskazka");
}

/** An editor is a field for as long as its state is told, and to nobody else: what is typed there is the page's own. */
function come(form, el) {
  const field = new Field(form, el);
  // Its text is no line that a schema could let go.
  field.capture = "";
  fields[field.id] = field;
  told(ADD, form.number, field.id);
  return field;
}

function go(field) {
  told(REMOVE, field.form.number, field.id);
  withdraw(field);
  delete fields[field.id];
}

export const measure = (_, kind, length_class) => (next = { kind, length_class });

/** One field of the snapshot. */
export function state(id, code, shape) {
  const { capture, el, group, label, name, never, text } = fields[id];
  const value = capture === "value" && !never && cut(group.find((it) => it.checked)?.value ?? text);
  const it = { name, label, valid: !code, ...(code && { code }), ...next, shape, ...(value && { value }) };
  states.push(it);
  places.set(it, el);
}
