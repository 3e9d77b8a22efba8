/**
 * Which fields cost people time: counters of field and code, never a value, never a person.
 *
 * Only where a form names an address: `data-podskazka-stats="/v1/stats"`. One message of at most 1 KB when the page is left, by
 * `sendBeacon`, without cookies of another origin. Silent under Do Not Track, Global Privacy Control, or with
 * `localStorage["podskazka.stats"] = "off"`.
 */

const MOST_BYTES = 1024;

export function start({ attribute, forms, hear }) {
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
    if (field) last = field;
    if (what === SUBMIT && !stopped) last = undefined;
  }

  /** The whole message; the rarest counters give way to the limit. */
  function message() {
    const rows = [...counters.values()].sort((a, b) => b.times - a.times);
    for (;;) {
      const text = JSON.stringify({ counters: rows, abandoned: last && { form: last.form.name, field: last.name } });
      if (new TextEncoder().encode(text).length <= MOST_BYTES || !rows.pop()) return text;
    }
  }

  function send() {
    if (sent || document.visibilityState !== "hidden" || !counters.size || refused()) return;
    const form = forms.find((it) => attribute(it.el, "data-podskazka-stats"));
    const url = form && new URL(attribute(form.el, "data-podskazka-stats"), document.baseURI).href;
    // A type that needs no question to the server first.
    sent = url && navigator.sendBeacon(url, new Blob([message()], { type: "text/plain" }));
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

/** What the checks tell of a submit, in the order of `forms.js`. */
const SUBMIT = 6;
