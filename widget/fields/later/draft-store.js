/**
 * Where drafts lie: ciphertext in IndexedDB (`local`), in the tab's own storage (`session`), or, once a form has gone, with its page
 * in the history of the tab (`sent`), where only the way back leads. The key is the browser's; no script can read it out. Where there is no such key or no storage, nothing is kept and nothing fails.
 */

const BASE = "podskazka-drafts";
const PREFIX = "podskazka.draft.";
const DAY = 864e5;

/** Runs a request on a store; its result. */
async function use(store, mode, act) {
  const base = await open();
  return new Promise((done, failed) => {
    const work = base.transaction(store, mode);
    const request = act(work.objectStore(store));
    work.oncomplete = () => done(request.result);
    work.onerror = work.onabort = () => failed(work.error);
  }).finally(() => base.close());
}

function open() {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => ["keys", "drafts"].forEach((it) => opening.result.createObjectStore(it));
    opening.onsuccess = () => done(opening.result);
    opening.onerror = opening.onblocked = () => failed(opening.error);
  });
}

/** The base is not made by a look. */
const exists = async () => (await indexedDB.databases?.())?.some((it) => it.name === BASE) ?? true;

let opened;
/** The key of this browser; made with the first draft. */
function key() {
  opened ??= use("keys", "readonly", (it) => it.get("key")).then(async (known) => {
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await use("keys", "readwrite", (it) => it.put(made, "key"));
    return made;
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const bytes = (text) => Uint8Array.from(atob(text), (it) => it.charCodeAt(0));

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
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(values));
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) }, await key(), text));
  const record = { at, until: at + days * DAY, iv, data };
  // A log-out may have taken the key away since.
  const ours = await key();
  await use("keys", "readwrite", (it) => it.put(ours, "key"));
  if (kind === "local") await use("drafts", "readwrite", (it) => it.put(record, name));
  else if (kind === "sent") history.replaceState({ ...history.state, [PREFIX + name]: record }, "");
  else sessionStorage.setItem(PREFIX + name, JSON.stringify({ ...record, iv: base64(iv), data: base64(data) }));
});

/** `{at, values}`, or `undefined` where there is none that holds. */
export const load = quietly(async (kind, name) => {
  let record;
  if (kind === "local") {
    if (!(await exists())) return;
    record = await use("drafts", "readonly", (it) => it.get(name));
  } else if (kind === "sent") record = history.state?.[PREFIX + name];
  else {
    const kept = JSON.parse(sessionStorage.getItem(PREFIX + name));
    record = kept && { ...kept, iv: bytes(kept.iv), data: bytes(kept.data) };
  }
  if (!record || record.until < Date.now()) return;
  const additionalData = new TextEncoder().encode(name);
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv, additionalData }, await key(), record.data);
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

/** Everything, the key too. */
export const forgetAll = quietly(async () => {
  opened = undefined;
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  indexedDB.deleteDatabase(BASE);
});

/** Drafts whose time is over. */
export const sweep = quietly(async () => {
  if (!(await exists())) return;
  const names = await use("drafts", "readonly", (it) => it.getAllKeys());
  for (const name of names) {
    const record = await use("drafts", "readonly", (it) => it.get(name));
    if (record.until < Date.now()) await use("drafts", "readwrite", (it) => it.delete(name));
  }
});
