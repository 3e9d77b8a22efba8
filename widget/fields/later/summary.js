/**
 * After a submit that failed: the list of errors above the form, the title of the page while there are any, the way to each field
 * and the way past them. Loaded when a person comes into a form, so that it is there before the first submit.
 *
 * **Accessibility criteria**: the summary MUST be heard once, take the focus once, and lead to each field; what it says MUST be
 * what stands beside the field.
 */

import { first, reacher } from "./reach.js";

export function start(kit) {
  const { actions, attribute, button, complain, config, fire, forms, make, NOVALIDATE, put, REFUSED, restore, say, tell, TOLD } = kit;
  const goTo = reacher(kit);

  /** Bring the list of a form up to what `form.errors` says. A submit puts up a fresh one, which takes the focus. */
  function show(form, fresh) {
    const { head, list } = form.errors ?? {};
    if (!form.el) return;
    if (!head || fresh) takeDown(form);
    if (!head) return;
    mark(form, true);
    if (attribute(form.el, "data-podskazka-summary") === "off") {
      if (fresh) goTo(first(list.map(([field]) => field)).el);
      return;
    }
    if (!fresh && !form.summary) return;
    if (fresh) build(form);
    fill(form, head, list, fresh);
    if (!fresh) return;
    (form.el.closest("dialog,[role=dialog],main,[role=main]") ?? form.el).prepend(form.summary);
    form.summary.focus({ preventScroll: true });
    form.summary.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function build(form) {
    const box = (form.summary = make("div", "pdk-summary", "", { tabindex: -1 }));
    // The role is not on the box that takes the focus, or it is read twice.
    const inner = put(box, "div", "", "", { role: "alert" });
    put(inner, "h2");
    put(inner, "ul");
    if (config.override !== false) button(box, "pdk-override", say(2), () => override(form));
  }

  function fill({ summary }, head, list, fresh) {
    const inner = summary.firstChild;
    // What is mended is said at its field; the list changes in silence.
    if (!fresh) inner.removeAttribute("role");
    const [title, lines] = inner.children;
    title.textContent = head;
    lines.textContent = "";
    const later = (a, b) => a.el.compareDocumentPosition(b.el) & Node.DOCUMENT_POSITION_FOLLOWING;
    for (const [{ id, el }, text] of list.sort(([a], [b]) => (later(a, b) ? -1 : 1))) {
      const link = put(put(lines, "li"), "a", "", text, { href: `#${attribute(el, "id") || `pdk-e-${id}`}` });
      actions.set(link, () => goTo(el));
    }
  }

  function takeDown(form) {
    form.summary?.remove();
    form.summary = undefined;
    mark(form, false);
  }

  /** The title of the page says that there are errors, once for all forms. A prefix that the page has brought is its own. */
  let titled = false;
  function mark(form, on) {
    form.marked = on;
    const prefix = `${say(0)} `;
    const wanted = forms.some((it) => it.marked);
    const has = document.title.startsWith(prefix);
    if (wanted && !has) {
      document.title = prefix + document.title;
      titled = true;
    } else if (!wanted && titled) {
      titled = false;
      if (has) document.title = document.title.slice(prefix.length);
    }
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
    for (const field of ours) if (field.code) complain(field, field.words);
  }

  /** What the server has found (RFC 9457 with `errors: [{ pointer, code, message }]`), beside its fields until they change. */
  function merge(form, problem) {
    for (const { pointer, code, message } of problem?.errors ?? []) {
      const name = decodeURIComponent(`${pointer}`.split("/").at(-1)).replaceAll("~1", "/").replaceAll("~0", "~");
      const field = form.fields.find((it) => it.name === name);
      if (!field || !message) continue;
      field.toldCode = `${code}`.replace(/^[^.]+$/, "site.$&");
      field.toldText = message;
      tell(TOLD, form, field);
    }
    tell(REFUSED, form);
  }

  /** The page tells of an answer by `podskazka:problem`, or has it in the form when it is loaded. */
  const onProblem = ({ target, detail }) => {
    const form = forms.find(({ el }) => el && (el === target || el.contains(target)));
    if (form) merge(form, detail);
  };
  function read(form) {
    const script = form.el?.querySelector("script[type='application/problem+json']");
    if (!script || form.merged) return;
    form.merged = true;
    try {
      merge(form, JSON.parse(script.textContent));
    } catch (error) {
      fire(form.el, "error", { code: "problem.json", message: `${error}`, path: "" });
    }
  }

  document.addEventListener("podskazka:problem", onProblem);
  // Once this part is known to those who show.
  queueMicrotask(() => forms.forEach(read));

  function end() {
    document.removeEventListener("podskazka:problem", onProblem);
    forms.forEach(takeDown);
  }

  return { show, goTo, end, takeDown };
}
