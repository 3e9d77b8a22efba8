/** Log-out: forgets what this browser keeps for a person. Loaded when it is asked for. */

import { OUTBOX, outbox } from "./outbox";

const PREFIX = "podskazka.";

/** Tickets, drafts, settings. */
export async function wipe(): Promise<void> {
  try {
    for (const store of [localStorage, sessionStorage]) {
      for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
    }
    indexedDB.deleteDatabase("podskazka-drafts");
    await outbox("readwrite", (store) => store.clear());
    // What this page and other tabs still hold of it.
    const channel = new BroadcastChannel(OUTBOX);
    channel.postMessage("wipe");
    channel.close();
  } catch {
    // Storage is blocked here: nothing was kept.
  }
}
