/**
 * What the portal's own codes mean, where option `errors` is an address: asked for when an answer of the server is to be shown, so that
 * its sentence stands beside a field as that of an object does (`summary.js`). Without it the answer is shown in its own words, and the
 * next one asks again. The panel asks for itself: widget/panel/src/errors.js.
 */

/** Milliseconds that an answer waits: the person has sent the form and looks at it. */
const PATIENCE = 1500;
/** What has come, by address: a further start does not ask again. */
const maps = new Map();

async function fetched(url) {
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(new URL(url, document.baseURI), { credentials: "same-origin", referrerPolicy: "no-referrer", signal });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const map = await answer.json();
  if (typeof map !== "object" || !map || Array.isArray(map)) throw new Error('write { "E42": { "message": "…", "field": "…" } }');
  maps.set(url, map);
}

/** It is there when `config.errors` holds what it says. */
export async function start({ config, fire }) {
  const url = config.errors;
  try {
    if (!maps.has(url)) await fetched(url);
  } catch (error) {
    fire(document, "error", { code: "errors.load", message: `${url}: ${error.message}`, path: "errors" });
    throw error;
  }
  config.errors = maps.get(url);
  return { end() {} };
}
