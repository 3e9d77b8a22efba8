/**
 * Drafts: what was typed survives a reload, a crash and a submit that failed.
 *
 * `data-podskazka-draft="local|session"` on a form says how long, the same on a field (or `never`) says otherwise for it.
 * Passwords, cards, codes and files are never kept. Everything is encrypted with a key that cannot be read out of the browser;
 * `local` drafts end after `data-podskazka-draft-days`, the `draft_hours` of the schema, or 7 days, `session` drafts with the tab. A draft never overwrites what the page
 * has brought by itself.
 *
 * **Accessibility criteria**: the offer MUST be a group with a name, its buttons native, and it MUST NOT take the focus; the switch MUST be a button that tells its state.
 */

import { ADD, DROP, INPUT, SUBMIT, RESET } from "../src/whats.js";
import { forget, forgetAll, load, save, shut, sweep } from "./draft-store.js";
import { ago, WORDS } from "./draft-words.js";

export { WORDS };

/** Milliseconds after the last key until a draft is written. */
const PAUSE = 400;
const DAYS = 7;
/** «Чужой компьютер»: nothing is kept in this tab. */
const STRANGER = "podskazka.stranger";

export function start(kit) {
  const { attribute, button, config, forms, hear, make, part, put } = kit;
  const [title, left, ask, restore, discard, stranger] = WORDS[config.lang] ?? WORDS.ru;
  const records = new Map();

  /** Forms without a name go by their place among themselves; the first one has none. */
  const keyOf = (form) => `${(form.place ??= form.name || [...document.querySelectorAll("[data-podskazka-form='']")].indexOf(form.el) || "")}@${location.pathname}`;
  const isStranger = () => {
    try {
      return sessionStorage[STRANGER] === "1";
    } catch {
      return true;
    }
  };

  /** Where a schema is to come, it alone knows what is never kept. */
  const known = async (form) => !(config.schema || form.el.querySelector("[data-podskazka-schema]")) || (await part("schema.js"))?.known(form);

  /** `never`, `session` or `local`. */
  function classOf({ draft, el, kind, never, form }) {
    if (never || /^(password|file)$/.test(el.type) || /^(card|sms_code)$/.test(kind)) return "never";
    const marked = attribute(el, "data-podskazka-draft") ?? attribute(form.el, "data-podskazka-draft") ?? "never";
    // A schema chooses among what the page has switched on.
    return (marked !== "never" && draft) || marked;
  }

  const isBox = ({ type }) => /box|radio/.test(type);
  const boxes = ({ el, group, parts }) => parts ?? (group.length ? group : [el]);
  /** What is kept of a field; `undefined` for what is as the page brought it. */
  function valueOf(field) {
    const all = boxes(field);
    const box = isBox(field.el);
    const changed = all.some((it) => (box ? it.checked !== it.defaultChecked : it.value && (field.used || it.value !== it.defaultValue)));
    if (changed) return all.filter((it) => !box || it.checked).map((it) => it.value);
  }

  /** What is to be kept of a form in these places; `undefined` for nothing. */
  function collect(form, kinds) {
    let out;
    for (const field of form.fields) {
      const value = field.name && kinds.includes(classOf(field)) && valueOf(field);
      if (value) (out ??= {})[field.name] = value;
    }
    return out;
  }

  /** One form: its timer, its offer, its switch. */
  function recordOf(form) {
    if (!form.el?.matches("[data-podskazka-draft]") && !form.el?.querySelector("[data-podskazka-draft]")) return;
    let record = records.get(form);
    if (!record) {
      record = { form };
      records.set(form, record);
      record.note = put(form.el, "div", "pdk-hint");
      // A button and no box to tick: a page dresses its boxes for its own labels.
      record.toggle = button(record.note, "pdk-override", stranger, () => setStranger(!isStranger()));
      renew();
      if (!isStranger()) offer(record);
    }
    return record;
  }

  function setStranger(on) {
    try {
      if (on) sessionStorage[STRANGER] = "1";
      else delete sessionStorage[STRANGER];
    } catch {
      // No storage: nothing is kept anyway.
    }
    renew(on);
  }

  /** The switches as the tab has it; `wiped`: nothing of before is kept, offered or written any more. */
  function renew(wiped) {
    if (wiped) forgetAll();
    for (const [form, record] of records) {
      record.toggle.setAttribute("aria-pressed", isStranger());
      if (!wiped) continue;
      quiet(record);
      // What is still being looked up for the old one is offered no more.
      records.set(form, { ...record });
    }
  }

  function later(record) {
    rest(record);
    if (!isStranger()) record.timer = setTimeout(() => write(record), PAUSE);
  }

  /** Write both classes of a form. */
  function write(record) {
    rest(record);
    record.writing = keep(record);
  }

  async function keep(record) {
    const { form } = record;
    // An offer that is not answered keeps its draft: it is not overwritten by the first key. Waiting, the form may have gone or logged out.
    if (!(await known(form)) || record.box || isStranger() || records.get(form) !== record) return;
    const days = Number(attribute(form.el, "data-podskazka-draft-days")) || form.schema?.draftHours / 24 || DAYS;
    // Both at once: what stands in the form after a log-out is not of this draft.
    await Promise.all(
      ["local", "session"].map((kind) => {
        const values = collect(form, [kind]);
        return values ? save(kind, keyOf(form), values, days) : forget(kind, keyOf(form));
      }),
    );
  }

  async function offer(record) {
    const { form } = record;
    const drafts = await Promise.all(["sent", "local", "session"].map((kind) => load(kind, keyOf(form))));
    const values = Object.assign({}, ...drafts.map((it) => it?.values));
    const at = Math.max(...drafts.map((it) => it?.at ?? 0));
    const open = form.fields.filter((field) => values[field.name] && isOpen(field));
    if (!open[0] || records.get(form) !== record) return;
    record.box?.remove();
    const box = (record.box = make("div", "pdk-warn pdk-draft", "", { role: "group", "aria-label": title }));
    put(box, "div", "", `${left} ${ago(at, config.lang)}. ${ask}`);
    button(box, "pdk-override", restore, () => {
      for (const field of open) if (isOpen(field)) fill(field, values[field.name]);
      quiet(record);
      open[0].el.focus();
      later(record);
    });
    button(box, "pdk-override", discard, () => {
      open[0].el.focus();
      erase(form, true);
    });
    form.el.prepend(box);
  }

  /** Nothing of the page's own, and nothing typed, stands in the field. */
  function isOpen(field) {
    if (isBox(field.el)) return boxes(field).every((it) => it.checked === it.defaultChecked);
    return boxes(field).every((it) => (it.localName === "select" ? it.value === firstOf(it) : !it.value));
  }
  const firstOf = (select) => ([...select.options].find((it) => it.defaultSelected) ?? select.options[0])?.value;

  function fill(field, value) {
    // An earlier draft has a text of one field as it is.
    const values = [value].flat();
    for (const it of boxes(field)) {
      if (isBox(it)) {
        if (it.checked !== values.includes(it.value)) it.click();
        continue;
      }
      // The setter of the prototype: frameworks shadow the one of the element.
      Reflect.set(Object.getPrototypeOf(it), "value", values.shift(), it);
      for (const name of ["input", "change"]) it.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
    }
  }

  /** Nothing more to be written, not at the end of the page either. */
  function rest(record) {
    record.timer = clearTimeout(record.timer);
  }

  function quiet(record) {
    rest(record);
    record.box = record.box?.remove();
  }

  function drop(record) {
    record.note.remove();
    quiet(record);
    records.delete(record.form);
  }

  function erase(form, all) {
    const record = records.get(form);
    if (record) (all ? quiet : rest)(record);
    if (all) forget("sent", keyOf(form));
    const gone = () => Promise.all(["local", "session"].map((kind) => forget(kind, keyOf(form))));
    // At once, for the page may be left now; and again after what is being written.
    record?.writing?.then(gone);
    return gone();
  }

  /** The form goes: its draft is not kept, unless the page itself holds the submit back to send it in its own way. */
  async function sent(form) {
    erase(form);
    const values = (await known(form)) && !isStranger() && collect(form, ["local", "session"]);
    if (values) save("sent", keyOf(form), values, 1);
  }

  function heard(what, form, field, stopped) {
    const record = [ADD, INPUT, RESET].includes(what) ? recordOf(form) : records.get(form);
    if (!record) return;
    if (what === INPUT) later(record);
    // A date in three boxes has become one field.
    if (what === ADD && field.parts && !isStranger()) offer(record);
    if (what === RESET) erase(form);
    if (what === SUBMIT && !stopped) {
      quiet(record);
      form.el.addEventListener("submit", (event) => queueMicrotask(() => event.defaultPrevented || sent(form)), { once: true });
    }
    if (what === DROP) drop(record);
  }

  /** The page tells that its own way of sending has worked; of a shadow tree the target here is the host. */
  const onSent = (event) => {
    const [target] = event.composedPath();
    const form = forms.find((it) => it.el?.contains(target));
    if (form) erase(form, true);
  };
  const onHide = () => {
    records.forEach((record) => document.hidden && record.timer && write(record));
  };

  // A log-out, in this tab or another: www/loader/wipe.ts.
  const channel = new BroadcastChannel("podskazka-outbox");
  channel.onmessage = ({ data }) => renew(data === "wipe");

  // What a log-out runs: here before the network goes.
  config.load("wipe.js").catch(() => {});
  hear.add(heard);
  document.addEventListener("podskazka:sent", onSent);
  document.addEventListener("visibilitychange", onHide);
  sweep();
  forms.forEach(recordOf);

  return {
    end() {
      hear.delete(heard);
      channel.close();
      shut();
      document.removeEventListener("podskazka:sent", onSent);
      document.removeEventListener("visibilitychange", onHide);
      records.forEach(drop);
    },
  };
}
