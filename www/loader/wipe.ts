/** Log-out: forgets what this browser keeps for a person. Loaded when it is asked for, and by whoever finds something of ours here. */

const PREFIX = "podskazka.";
const OUTBOX = "podskazka-outbox";
/**
 * `"wipe"` while a log-out is not done: then nothing of the outbox is sent, and the next page goes on with it. The loader looks here
 * for letters that wait, so it costs no further look; who reads it: widget/panel/later/outbox/store.ts.
 */
const WAITS = "podskazka.waits";

/** A base goes with its keys; one that is not there is not made by this. */
const erase = (name: string): Promise<unknown> =>
  new Promise((done, failed) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = done;
    request.onerror = request.onblocked = failed;
  });

/** Tickets, drafts, settings. */
export async function wipe(): Promise<void> {
  try {
    for (const store of [localStorage, sessionStorage]) {
      for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
    }
    localStorage[WAITS] = "wipe";
  } catch {
    // Storage is blocked here: nothing was kept.
  }
  // What this page and other tabs still hold of it.
  const channel = new BroadcastChannel(OUTBOX);
  channel.postMessage("wipe");
  channel.close();
  try {
    await Promise.all([OUTBOX, "podskazka-drafts"].map(erase));
    localStorage.removeItem(WAITS);
  } catch {
    // The next page goes on.
  }
}
