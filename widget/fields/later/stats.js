/**
 * Which fields cost people time: counters of field and code, never a value, never a person.
 *
 * Only where a form names an address: `data-podskazka-stats="/v1/stats"`. One message of at most 1 KB when the page is left,
 * without cookies and without the address of the page. Silent under Do Not Track, Global Privacy Control, or with
 * `localStorage["podskazka.stats"] = "off"`.
 */

import { INPUT, LEAVE, SUBMIT } from "../src/whats.js";

const MOST_BYTES = 1024;
const MOST_COUNT = 1000;
/** What the server takes for a name: ASCII, and no more than four digits in a row. */
const NAME = /^(?!.*\d{5})[\w\-.:[\]]{1,100}$/;

export function start({ attribute, config, forms, hear }) {
  const now = () => performance.now();
  /** Counters by form, field and code. */
  const counters = new Map();
  /** Code that stands beside a field, and since when. */
  const shown = new Map();
  let last;
  let sent;

  function refused() {
    try {
      return navigator.doNotTrack === "1" || navigator.globalPrivacyControl || localStorage.getItem("podskazka.stats") === "off";
    } catch {
      return true;
    }
  }

  function counter({ form, name }, code) {
    const key = JSON.stringify([form.name, name, code]);
    if (!counters.has(key)) counters.set(key, { form: form.name, field: name, code, times: 0, mended: 0, seconds: 0 });
    return counters.get(key);
  }

  function look(field) {
    const before = shown.get(field);
    if (before?.code === field.code) return;
    if (before) {
      const it = counter(field, before.code);
      it.mended++;
      it.seconds += Math.round((now() - before.at) / 1000);
      shown.delete(field);
    }
    if (field.code) {
      counter(field, field.code).times++;
      shown.set(field, { code: field.code, at: now() });
    }
  }

  function heard(what, form, field, stopped) {
    if (!form.el?.hasAttribute("data-podskazka-stats")) return;
    // Whatever is shown is put up before those who hear are told.
    for (const it of field ? [field] : form.fields) look(it);
    // A field that is only looked at, or has just come, is not where the person was.
    if (what === INPUT || what === LEAVE) last = field;
    if (what === SUBMIT && !stopped) last = undefined;
  }

  /** Rows of one form, as `src/wire/stats.rs` has them. A field whose name could hold a value is left out. */
  function rowsOf(name) {
    const rows = [];
    const put = (kind, field, code, count) => {
      if (count && NAME.test(field)) rows.push({ kind, field, code, count: Math.min(count, MOST_COUNT) });
    };
    if (last && last.form.name === name) put("abandoned", last.name, "", 1);
    for (const { form, field, code, times, mended, seconds } of [...counters.values()].sort((a, b) => b.times - a.times)) {
      if (form !== name) continue;
      put("shown", field, code, times);
      put("mended", field, code, mended);
      put("seconds", field, code, seconds);
    }
    return rows;
  }

  /** The whole message; the rarest counters give way to the limit. */
  function message(form) {
    const rows = rowsOf(form);
    for (;;) {
      const text = JSON.stringify({ form, rows });
      if (new TextEncoder().encode(text).length <= MOST_BYTES || !rows.pop()) return rows.length ? text : undefined;
    }
  }

  function send() {
    if (sent || document.visibilityState !== "hidden" || !counters.size || refused()) return;
    // One message a page: of the form that has cost most.
    const of = [...counters.values()].reduce((most, it) => (it.times > most.times ? it : most)).form;
    const form = forms.find((it) => it.name === of && attribute(it.el, "data-podskazka-stats"));
    const body = form && NAME.test(of) && message(of);
    if (!body) return;
    sent = true;
    const { site } = config;
    const headers = { "Content-Type": "application/json", ...(site && { "X-Site-Key": site }) };
    // No beacon: it would take the address of the page along, whose query may name a person.
    /** @type {RequestInit} */
    const how = { method: "POST", keepalive: true, credentials: "omit", referrerPolicy: "no-referrer", headers, body };
    fetch(new URL(attribute(form.el, "data-podskazka-stats"), document.baseURI), how).catch(() => {});
  }

  hear.add(heard);
  document.addEventListener("visibilitychange", send);
  return {
    end() {
      hear.delete(heard);
      document.removeEventListener("visibilitychange", send);
    },
  };
}
