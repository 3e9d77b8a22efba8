/**
 * A letter that is being written outlives a reload: its lines lie encrypted beside what waits (outbox/store.ts), for a day at most.
 * Only its own tab finds them again: whoever comes to this computer next is not shown them. Files are chosen anew.
 */

import { key } from "../tickets/api";
import { desk } from "./desk";

type Outbox = typeof import("../outbox");

/** In `sessionStorage`: the name under which the letter of this tab lies. */
const NAME = "podskazka.desk";
/** «Чужой компьютер»: nothing is kept in this tab (widget/fields/later/drafts.js). */
const STRANGER = "podskazka.stranger";
/** Milliseconds after the last key. */
const PAUSE = 400;

let looked = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Puts on the desk what the tab has kept, once a page; what lies there already stays. */
export async function restore(outbox: Outbox): Promise<void> {
  if (looked) return;
  looked = true;
  try {
    const name = sessionStorage.getItem(NAME);
    if (!name || name < outbox.stale()) return;
    const bytes = await outbox.fetchKept(name);
    if (bytes && !desk.draft.text) desk.draft = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // No storage here: nothing was kept.
  }
}

/** The letter has changed. */
export function note(outbox: Outbox): void {
  clearTimeout(timer);
  timer = setTimeout(() => void save(outbox), PAUSE);
}

/** The tab may be left now. */
export const flush = (outbox: Outbox): void => void (timer && save(outbox));

async function save(outbox: Outbox): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const { draft, sending } = desk;
  if (sending) return;
  if (!draft.text.trim()) return erase(outbox);
  try {
    if (sessionStorage.getItem(STRANGER) === "1") return;
    const name = sessionStorage.getItem(NAME) ?? `${outbox.DESK}/${Date.now()}-${key()}`;
    sessionStorage.setItem(NAME, name);
    await outbox.keep([[name, new TextEncoder().encode(JSON.stringify(draft))]]);
    // It was sent, or somebody has logged out, while it was written.
    if (desk.draft !== draft || sessionStorage.getItem(NAME) !== name) await outbox.forget(name);
  } catch {
    // No storage here: it is kept until the page is left.
  }
}

export async function erase(outbox: Outbox): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  try {
    const name = sessionStorage.getItem(NAME);
    sessionStorage.removeItem(NAME);
    if (name) await outbox.forget(name);
  } catch {
    // No storage here: nothing was kept.
  }
}
