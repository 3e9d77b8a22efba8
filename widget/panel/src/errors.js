/**
 * What the portal says of its own error codes, for a page with no form too: option `errors`, an object by code or the address of one. A
 * schema of a form says the same of its form (`widget/fields/later/schema/errors.js`), and goes before it. And an article that is not there.
 */

import { fire, painted, sleep } from "./browser.js";

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

const bare = (code) => `${code}`.replace(/^site\./, "");

/** What the page has set up wrong is told its developer once the panel is seen: later/around/prove.ts. */
const tell = (given, what, ...of) => painted().then(() => given.load("around.js")).then((it) => it[what](...of)).catch(() => {});

/** Lays what is known of the code of an opening beside it; what it says itself stays. `mapped`: the article that comes from here. */
function lay(given, map) {
  tell(given, "prove", { ...given }, map);
  const code = bare(given.code);
  const { article, field, message, topic } = (map && Object.hasOwn(map, code) && map[code]) || {};
  given.mapped = article;
  for (const [name, value] of Object.entries({ article, field, text: message, topic })) given[name] ??= value;
}

/** Tells of an article that is not there, and where its id comes from. */
export const absent = (given, id, ids) => tell(given, "absent", given.mapped === id ? `errors/${bare(given.code)}/article` : "article", id, ids);

/** Explains the code of an opening in place, or promises to. */
export function explain(given) {
  const { code, errors } = given;
  if (!errors || typeof errors === "object") return lay(given, errors);
  if (!code) return void tell(given, "prove", { ...given });
  if (!maps.has(errors)) maps.set(errors, fetched(errors));
  return Promise.race([maps.get(errors), sleep(PATIENCE)]).then((map) => lay(given, map ?? {}));
}
