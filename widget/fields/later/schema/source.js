/**
 * Where the schema of a form comes from: the form itself (`<script type="application/json" data-podskazka-schema>`), or `config.schema`: an
 * object, a list of them, or an address where `{form}` is the form's name, which is asked once somebody is there (`first.js`).
 *
 * The last good one from an address is kept for the day when a new one is broken or does not come: in `localStorage`, where
 * `shutdown()` wipes it. It holds what everybody may read, and nothing of a person.
 */

import { first } from "./first.js";

const INLINE = "script[data-podskazka-schema]";
const KEPT = "podskazka.schema.";

/** What is kept, where there is no storage too. */
const kept = new Map();

function recall(url) {
  try {
    return kept.get(url) ?? localStorage.getItem(KEPT + url);
  } catch {
    // Storage is blocked here.
  }
}

export function source({ schema: given, trouble }, forms) {
  /** Addresses for which nothing had been kept before us. */
  const fresh = new Set();
  const life = new AbortController();
  const { come, waiting } = first(life.signal, trouble);

  function keep(url, text) {
    const before = recall(url);
    kept.set(url, text);
    if (before === text) return;
    try {
      if (localStorage.getItem(KEPT + url) === null) fresh.add(url);
      localStorage.setItem(KEPT + url, text);
    } catch {
      // Storage is blocked or full: it is kept for this page.
    }
  }

  function forget(url) {
    kept.delete(url);
    try {
      localStorage.removeItem(KEPT + url);
    } catch {
      // Nothing was kept.
    }
  }

  /** A text as JSON, or what is wrong with it. */
  function parsed(text, keep) {
    try {
      return { document: JSON.parse(text), keep };
    } catch ({ message }) {
      return { code: "schema.json", message };
    }
  }

  /** The documents of a form in the order in which they are to be tried: `{ document, keep? }`, or `{ code, message }`. */
  async function* documents({ el, fields, name }) {
    const inline = el.querySelector(INLINE);
    if (inline) return void (yield parsed(inline.textContent));
    if (!given) return;
    /** The one of several that is about this form; a single one is read on a page with a single form, be it to name its slip. */
    const own = (it) => [it].flat().find((one) => one?.form === name) ?? (!Array.isArray(it) && forms.filter((one) => one.el).length < 2 ? it : undefined);
    if (typeof given !== "string") {
      const document = own(given);
      if (document) yield { document };
      return;
    }
    await come({ el, fields });
    const url = new URL(given.replace("{form}", () => encodeURIComponent(name)), document.baseURI).href;
    try {
      const answer = await fetch(url, { credentials: "same-origin", referrerPolicy: "no-referrer" });
      // The portal has none for this form.
      if (answer.status === 404) return forget(url);
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const text = await answer.text();
      const it = parsed(text, () => keep(url, text));
      // An address for the whole page may be about other forms.
      if (!given.includes("{form}") && it.keep && !(it.document = own(it.document))) return;
      yield it;
    } catch ({ message }) {
      yield { code: "schema.load", message: `${url}: ${message}` };
    }
    const last = recall(url);
    const it = last && parsed(last);
    if (it?.document) yield { document: given.includes("{form}") ? it.document : own(it.document) };
  }

  /** What was kept before stays; the rest goes with us. */
  function end() {
    life.abort();
    for (const url of fresh) {
      try {
        localStorage.removeItem(KEPT + url);
      } catch {
        // Nothing was kept.
      }
    }
  }
  return { documents, end, waiting };
}
