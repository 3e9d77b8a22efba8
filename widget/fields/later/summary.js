/**
 * After a submit that failed: the list of errors above the form, the title of the page while there are any, the way to each field
 * and the way past them. Loaded when a person comes into a form, so that it is there before the first submit.
 *
 * **Accessibility criteria**: the summary MUST be heard once, take the focus once, and lead to each field; what it says MUST be
 * what stands beside the field.
 */

import { INPUT, REFUSED, RESET, SUBMIT, TOLD } from "../src/whats.js";
import { focused, presses } from "./press.js";
import { first, reacher } from "./reach.js";
import looks from "looks/later/summary.css";

/** Uncaught errors of the page since this part is here, by name. Their messages may hold anything: they are not read. */
const uncaught = {};
const WATCHED = ["error", "unhandledrejection"];
/** @param {any} event */
function count({ error, reason = error }) {
  const name = `${reason?.name ?? ""}`;
  const known = /^[a-z]{1,40}$/i.test(name) ? name : "Error";
  uncaught[known] = (uncaught[known] ?? 0) + 1;
}

/** The head over what concerns the form as a whole. */
export const WORDS = { ru: ["Портал не принял форму"], en: ["The portal did not take the form"] };

export function start(kit) {
  const { actions, attribute, button, complain, config, css, dress, fire, forms, hear, make, NOVALIDATE, part, put, restore, say, tell, tongue } = kit;
  const reach = reacher(kit);
  dress(css + looks);

  /** Bring a person to a field: to its step first. */
  function goTo(el) {
    const field = forms.flatMap((it) => it.fields).find((it) => it.el === el);
    field?.form.schema?.reach(field);
    reach(field?.aim ?? el);
  }

  /** Bring the list of a form up to what `form.errors` says. A submit puts up a fresh one, which takes the focus. */
  function show(form, fresh) {
    const { list } = form.errors || { list: [] };
    const head = form.errors?.head || (form.troubles?.length ? (WORDS[config.lang] ?? WORDS.ru)[0] : "");
    if (!form.el) return;
    if (!head || fresh) takeDown(form);
    if (!head) return;
    mark(form, true);
    if (attribute(form.el, "data-podskazka-summary") === "off") {
      if (fresh && list.length) goTo(first(list.map(([field]) => field)).el);
      return;
    }
    if (!fresh && !form.summary) return;
    if (fresh) build(form);
    fill(form, head, list, fresh);
    if (!fresh) return;
    (form.el.closest("dialog,[role=dialog],main,[role=main]") ?? form.el).prepend(form.summary);
    // Not from under the hands of a person who has gone on typing while the answer was on its way.
    if (form.typing && focused() === form.typing.el) return;
    form.summary.focus({ preventScroll: true });
    form.summary.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function build(form) {
    const box = (form.summary = make("div", "pdk-summary", "", { tabindex: -1, ...tongue(form) }));
    box.addEventListener("blur", () => box.removeAttribute("tabindex"));
    // The role is not on the box that takes the focus, or it is read twice.
    const inner = put(box, "div", "", "", { role: "alert" });
    put(inner, "h2");
    put(inner, "ul");
    const certain = form.errors?.list?.some(([field]) => field.mustMend);
    if (config.override !== false && !certain) button(box, "pdk-override", say(2), () => override(form));
  }

  function fill({ el, name, summary, troubles = [] }, head, list, fresh) {
    const inner = summary.firstChild;
    // What is mended is said at its field; the list changes in silence.
    if (!fresh) inner.removeAttribute("role");
    const [title, lines] = inner.children;
    title.textContent = head;
    lines.textContent = "";
    // 4: the other one follows.
    const later = (a, b) => a.el.compareDocumentPosition(b.el) & 4;
    for (const { code, text } of troubles) {
      const line = put(lines, "li");
      put(line, "span", "pdk-text", text);
      button(line, "pdk-why", say(1), () => fire(el, "why", { form: name, code, text }));
    }
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

  /**
   * What the server has found (RFC 9457 with `errors: [{ pointer, code, message }]`), beside its fields until they change; what has no
   * field stands in the list until the form is sent again.
   */
  function merge(form, problem) {
    form.troubles = [];
    let beside, told;
    for (const { pointer, code, message, field: named } of explain(form, problem)) {
      const field = [...namesOf(pointer), named].flatMap((name) => form.fields.filter((it) => it.name === name))[0];
      const full = `${code}`.replace(/^[^.]+$/, "site.$&");
      if (!message) continue;
      told ??= { code: full, field: field?.name, form: form.name, text: message, told: true };
      if (!field) form.troubles.push({ code: full, text: message });
      else {
        beside = true;
        Object.assign(field, { toldCode: full, toldText: message });
        tell(TOLD, form, field);
      }
    }
    tell(REFUSED, form);
    if (!beside) show(form, true);
    // Help that is opened from elsewhere is about it, too.
    if (told) report(told);
  }

  /** What the portal has told of itself, until the form is sent again. */
  let reported;
  function report(error = null) {
    if (error || reported) window.Podskazka?.reportError(error);
    reported = error;
  }

  /** The errors of an answer: its list, or its own code; in the words of the form's schema or of option `errors`, else in its own. */
  function explain({ schema }, problem) {
    // An answer is another's: it may be anything.
    const list = Array.isArray(problem?.errors) ? problem.errors : [];
    return (list[0] || !problem?.code ? list : [problem]).flatMap((it) => (it ? { message: it.detail ?? it.title ?? it.code, ...it, ...(schema?.explain(it) ?? config.errors?.[`${it.code}`.replace(/^site\./, "")]) } : []));
  }

  /** What the field of a JSON Pointer may be called: `items[0][sum]`, `items[0].sum`, `items.0.sum`, or by its last member. */
  function namesOf(pointer) {
    try {
      const path = decodeURIComponent(`${pointer}`).replace(/^#?\//, "").split("/").map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"));
      const [first, ...rest] = path;
      return [first + rest.map((it) => `[${it}]`).join(""), path.join(".").replace(/\.(\d+)(?=\.|$)/g, "[$1]"), path.join("."), path.at(-1)];
    } catch {
      return [];
    }
  }

  /** Id by which the portal finds its last answer. */
  let trace;

  /** What concerns the form as a whole goes with the next submit. */
  function heard(what, form, field) {
    if (what === INPUT) form.typing = field;
    if (what === SUBMIT) report((form.typing = trace = undefined));
    if ((what !== SUBMIT && what !== RESET) || !form.troubles?.length) return;
    form.troubles = [];
    takeDown(form);
  }

  /** An answer is shown in the words of the form's schema and of the portal's map of codes: those that are files come first. */
  async function take(form, problem) {
    trace = problem?.request_id ?? problem?.trace_id ?? problem?.traceparent;
    if (!form) return;
    if (config.schema || form.el.querySelector("script[data-podskazka-schema]")) await part("schema.js");
    if (typeof config.errors === "string") await part("codes.js");
    if (forms.includes(form)) merge(form, problem);
  }

  /** The page tells of an answer by `podskazka:problem`, or has it in the form when it is loaded. */
  const onProblem = ({ target, detail }) => take(forms.find(({ el }) => el && (el === target || el.contains(target))), detail);
  function read(form) {
    const script = form.el?.querySelector("script[type='application/problem+json']");
    if (!script || form.merged) return;
    form.merged = true;
    try {
      take(form, JSON.parse(script.textContent));
    } catch (error) {
      fire(form.el, "error", { code: "problem.json", message: `${error}`, path: "" });
    }
  }

  /** A letter asks what is known here: widget/panel/later/letter/told.ts. */
  function onGather({ detail }) {
    detail.trace ??= trace;
    for (const name in uncaught) detail.errors[name] = Math.max(detail.errors[name] ?? 0, uncaught[name]);
  }

  part("trail.js");
  const unpress = presses(kit);
  hear.add(heard);
  document.addEventListener("podskazka:problem", onProblem);
  document.addEventListener("podskazka:gather", onGather);
  for (const name of WATCHED) addEventListener(name, count);
  // Once this part is known to those who show.
  queueMicrotask(() => {
    forms.forEach(read);
    if (config.told) onProblem(config.told);
  });

  function end() {
    unpress();
    hear.delete(heard);
    document.removeEventListener("podskazka:problem", onProblem);
    document.removeEventListener("podskazka:gather", onGather);
    for (const name of WATCHED) removeEventListener(name, count);
    forms.forEach(takeDown);
  }

  return { show, goTo, end, takeDown, merge };
}
