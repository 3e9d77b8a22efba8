/** What the page tells of itself: shapes of its fields. */

import { attribute, cut, squeeze } from "./dom.js";
import { fields, forms, tell } from "./forms.js";
import { act, observe, scan } from "./page.js";
import { STATE } from "./whats.js";

let states;
/** Kind and class of length of the field that comes next. */
let next;

/** Shapes of the fields of the form that was used last, as `wire::Snapshot`, with the code of the error that was mended last; or `null`. */
export function snapshot() {
  const form = act(() => {
    scan();
    states = [];
    const [form] = forms;
    form?.fields.forEach(observe);
    if (form) tell(STATE, form);
    return form;
  });
  if (!form) return null;
  const { el } = form;
  const title =
    attribute(el, "data-podskazka-title") ?? attribute(el, "aria-label") ??
    el?.querySelector("legend,h1,h2:not(.pdk-summary h2),h3")?.textContent ?? "";
  return { form: form.name, form_title: cut(squeeze(title)), page: location.origin + location.pathname, fields: states, mended: form.mended };
}

export const measure = (_, kind, length_class) => (next = { kind, length_class });

/** One field of the snapshot. */
export function state(id, code, shape) {
  const { capture, group, label, name, never, text } = fields[id];
  const value = capture === "value" && !never && cut(group.find((it) => it.checked)?.value ?? text);
  states.push({ name, label, valid: !code, ...(code && { code }), ...next, shape, ...(value && { value }) });
}
