/**
 * What the portal says of its own error codes, for a page with no form too: option `errors`, an object by code or the address of one. A
 * schema of a form says the same of its form (`widget/fields/later/schema/errors.js`), and goes before it.
 */

import { fire, sleep } from "./browser.js";

/** Milliseconds that an opening waits for an address: help without the portal's word is better than none. */
const PATIENCE = 1500;
/** What has come, by address. */
const maps = new Map();

async function fetched(url) {
  try {
    const answer = await fetch(new URL(url, document.baseURI), { credentials: "same-origin", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const map = await answer.json();
    if (typeof map !== "object" || !map || Array.isArray(map)) throw new Error('write { "E42": { "article": "…", "topic": "…" } }');
    return map;
  } catch ({ message }) {
    // The next opening tries again.
    maps.delete(url);
    fire("error", { code: "errors.load", message: `${url}: ${message}`, path: "errors" });
    return {};
  }
}

/** Lays what is known of the code of an opening beside it; what it says itself stays. */
function lay(given, map) {
  const code = `${given.code}`.replace(/^site\./, "");
  const { article, field, message, topic } = (Object.hasOwn(map, code) && map[code]) || {};
  for (const [name, value] of Object.entries({ article, field, text: message, topic })) given[name] ??= value;
}

/** Explains the code of an opening in place, or promises to. */
export function explain(given) {
  const { code, errors } = given;
  if (!code || !errors) return;
  if (typeof errors === "object") return lay(given, errors);
  if (!maps.has(errors)) maps.set(errors, fetched(errors));
  return Promise.race([maps.get(errors), sleep(PATIENCE)]).then((map) => lay(given, map ?? {}));
}
