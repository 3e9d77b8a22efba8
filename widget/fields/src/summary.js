/** The list of errors above a form, the title of the page while there are any, and the way past them. */

import { actions, attribute, button, fire, make, put, restore, say } from "./dom.js";
import { first, goTo } from "./reach.js";
import { complain, config, fields, forms, later, NOVALIDATE } from "./show.js";

let items = [];

/** An error for the summary that comes next. */
export const item = (id, text) => fields[id] && items.push([fields[id], text]);

/** Show the summary with its head, or take it away for an empty one. A submit puts up a fresh one, which takes the focus. */
export function summary(at, head, fresh) {
  const form = forms.find((it) => it.number === at);
  const list = items.splice(0).sort(([a], [b]) => (a.el.compareDocumentPosition(b.el) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  if (!form?.el) return;
  if (!head || fresh) takeDown(form);
  if (!head) return;
  mark(form, true);
  if (attribute(form.el, "data-podskazka-summary") === "off") {
    if (fresh) later.push(() => goTo(first(list.map(([field]) => field)).el));
    return;
  }
  if (fresh) {
    // A fresh node is what makes `role=alert` heard; the role is not on the box that takes the focus, or it is read twice.
    const box = (form.summary = make("div", "pdk-summary", "", { tabindex: -1 }));
    const inner = put(box, "div", "", "", { role: "alert" });
    put(inner, "h2");
    put(inner, "ul");
    if (config.override !== false) button(box, "pdk-override", say(2), () => override(form));
    later.push(() => {
      box.focus({ preventScroll: true });
      box.scrollIntoView({ block: "nearest", behavior: "instant" });
    });
  } else if (!form.summary) return;
  const inner = form.summary.firstChild;
  if (!fresh) inner.removeAttribute("role");
  const [title, lines] = inner.children;
  title.textContent = head;
  lines.textContent = "";
  for (const [{ id, el }, text] of list) {
    const link = put(put(lines, "li"), "a", "", text, { href: `#${attribute(el, "id") || `pdk-e-${id}`}` });
    actions.set(link, () => goTo(el));
  }
  if (fresh) (form.el.closest("dialog,[role=dialog],main,[role=main]") ?? form.el).prepend(form.summary);
}

/** Take summary and title mark of a form away. */
export function takeDown(form) {
  form.summary?.remove();
  form.summary = null;
  mark(form, false);
}

/** The title of the page says that there are errors, once for all forms. */
function mark(form, on) {
  form.marked = on;
  const prefix = `${say(0)} `;
  const bare = document.title.startsWith(prefix) ? document.title.slice(prefix.length) : document.title;
  const wanted = forms.some((it) => it.marked) ? prefix + bare : bare;
  if (document.title !== wanted) document.title = wanted;
}

/** Give the form to the browser without our check; the page's own rules stay in force. */
function override(form) {
  const { el, submitter, novalidate } = form;
  const ours = form.fields.filter((it) => it.code);
  fire(el, "override", { form: form.name, codes: ours.map((it) => it.code) });
  restore(el, NOVALIDATE, novalidate);
  for (const field of ours) complain(field, "");
  form.bypass = true;
  try {
    el.requestSubmit(submitter?.form === el ? submitter : null);
  } finally {
    form.bypass = false;
  }
  if (!forms.includes(form)) return;
  el.setAttribute(NOVALIDATE, "");
  for (const field of ours) if (field.code) complain(field, field.said);
}
