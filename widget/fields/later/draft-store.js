/**
 * Where drafts lie: ciphertext in IndexedDB (`local`), in the tab's own storage (`session`), or, once a form has gone, with its page
 * in the history of the tab (`sent`), where only the way back leads. The key is the browser's; no script can read it out. Where there is no such key or no storage, nothing is kept and nothing fails.
 */

const BASE = "podskazka-drafts";
const PREFIX = "podskazka.draft.";
const DAY = 864e5;

/** Counts how often all was forgotten: what was begun before that writes nothing any more. */
let era = 0;

/** The open base: a page that is leaving has no time to open one before it erases. */
let held;

/** Lets the base go, as a log-out in another tab asks. */
export function shut() {
  held?.then((base) => base.close());
  held = undefined;
}

/** Runs a request on a store; its result. */
async function use(store, mode, act, begun = era) {
  if (begun !== era) throw begun;
  const base = await (held ??= open());
  return new Promise((done, failed) => {
    const work = base.transaction(store, mode);
    const request = act(work.objectStore(store));
    // Nor to wait for what a transaction does by itself: what is not committed goes with the page.
    work.commit();
    work.oncomplete = () => done(request.result);
    work.onabort = failed;
  });
}

function open() {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => ["keys", "drafts"].forEach((it) => opening.result.createObjectStore(it));
    opening.onsuccess = () => {
      opening.result.onversionchange = shut;
      done(opening.result);
    };
    opening.onerror = (error) => {
      held = undefined;
      failed(error);
    };
  });
}

/** The base is not made by a look. */
const exists = async () => held || ((await indexedDB.databases?.())?.some((it) => it.name === BASE) ?? true);

let opened;
/** The key of this browser; made for the first draft, which keeps it. */
function key() {
  opened ??= use("keys", "readonly", (it) => it.get("key")).then(
    (known) => known ?? crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
  );
  opened.catch(() => (opened = undefined));
  return opened;
}

const utf8 = (text) => new TextEncoder().encode(text);

/** A fault of storage or of the key is no fault of the form. */
const quietly = (run) => async (...given) => {
  try {
    return await run(...given);
  } catch {
    return undefined;
  }
};

export const save = quietly(async (kind, name, values, days) => {
  const at = Date.now();
  const begun = era;
  const ours = await key();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(name) }, ours, utf8(JSON.stringify(values)));
  const record = { at, until: at + days * DAY, iv: [...iv], data: [...new Uint8Array(cipher)] };
  // It is new, or another tab has taken it away since.
  await use("keys", "readwrite", (it) => it.put(ours, "key"), begun);
  if (kind === "local") await use("drafts", "readwrite", (it) => it.put(record, name), begun);
  else if (begun !== era) return;
  else if (kind === "sent") history.replaceState({ ...history.state, [PREFIX + name]: record }, "");
  else sessionStorage.setItem(PREFIX + name, JSON.stringify(record));
});

/** `{at, values}`, or `undefined` where there is none that holds. */
export const load = quietly(async (kind, name) => {
  let record;
  if (kind === "local") record = (await exists()) && (await use("drafts", "readonly", (it) => it.get(name)));
  else if (kind === "sent") record = history.state?.[PREFIX + name];
  else record = JSON.parse(sessionStorage.getItem(PREFIX + name));
  if (!(record?.until >= Date.now())) return;
  const [iv, data] = [record.iv, record.data].map((it) => new Uint8Array(it));
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: utf8(name) }, await key(), data);
  return { at: record.at, values: JSON.parse(new TextDecoder().decode(text)) };
});

export const forget = quietly(async (kind, name) => {
  if (kind === "session") sessionStorage.removeItem(PREFIX + name);
  else if (kind === "sent") {
    const { [PREFIX + name]: gone, ...rest } = history.state ?? {};
    if (gone) history.replaceState(rest, "");
  }
  else if (await exists()) await use("drafts", "readwrite", (it) => it.delete(name));
});

/** Everything, the key too; at once, for a draft of the next person may follow. */
export const forgetAll = quietly(async () => {
  era++;
  opened = undefined;
  shut();
  indexedDB.deleteDatabase(BASE);
  for (const name of Object.keys({ ...sessionStorage, ...history.state })) {
    if (name.startsWith(PREFIX)) for (const kind of ["session", "sent"]) forget(kind, name.slice(PREFIX.length));
  }
});

/** Drafts whose time is over, or that no key opens any more. */
export const sweep = quietly(async () => {
  if (!(await exists())) return;
  for (const name of await use("drafts", "readonly", (it) => it.getAllKeys())) {
    if (!(await load("local", name))) forget("local", name);
  }
});
