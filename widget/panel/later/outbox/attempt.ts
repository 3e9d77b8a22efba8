/** One try to send a letter: its files that are not there yet, then its words. */

import type { Given } from "../part";
import { key } from "../tickets/api";
import { remember } from "../tickets/own";
import type { Parcel, Slot, State } from "./parcel";
import { isLater, send, type Reply } from "./send";

interface Means {
  /** Ends at a log-out: what comes back then is nobody's. */
  signal: AbortSignal;
  bytes: (slot: Slot) => Promise<Blob | undefined>;
  /** Keeps how far the letter is: a repeated try has the same body under the same key. */
  save: () => Promise<boolean>;
  /** Its writer is there to choose what becomes of a file that is refused. */
  ask: boolean;
  told: (state: State) => void;
}

export type Outcome = { at: "waits"; wait: number } | Exclude<State, { at: "waits" | "sending" }>;

const headers = ({ site, identity, token }: Parcel): Record<string, string> => ({
  "X-Site-Key": site,
  "X-Identity": token ? "" : identity,
  Authorization: token ? `Bearer ${token}` : "",
});

/** The files that the server does not have yet; nothing when all are there. */
async function files(given: Given, parcel: Parcel, means: Means): Promise<Outcome | undefined> {
  for (const slot of [...parcel.slots]) {
    if (slot.token) continue;
    const file = parcel.slots.indexOf(slot) + 1;
    const lose = async () => {
      parcel.slots = parcel.slots.filter((it) => it !== slot);
      parcel.lost.push(slot.name);
      await means.save();
    };
    const body = await means.bytes(slot);
    if (!body) {
      await lose();
      continue;
    }
    const progress = (share: number) => means.told({ at: "sending", file, of: parcel.slots.length, share });
    progress(0);
    const own = { "X-Site-Key": parcel.site, "Content-Type": slot.type || "application/octet-stream" };
    const reply = await send(given, { url: `${parcel.endpoint}v1/uploads`, key: slot.key, headers: own, body, progress, signal: means.signal }, "upload");
    if (reply.status === 201) {
      slot.token = `${reply.body?.token}`;
      await means.save();
    } else if (isLater(reply)) return { at: "waits", wait: reply.wait };
    else if (means.ask) return { at: "file", slot, message: `${reply.body?.title ?? ""}` };
    // The words matter more than a file.
    else await lose();
  }
}

/** A file that waited too long at the server has to go anew, under a new key. */
function lostAtServer(parcel: Parcel, reply: Reply): boolean {
  const places = reply.faults.filter((it) => it.code === "upload-unknown").map((it) => Number(it.pointer.split("/").at(-1)));
  for (const place of places) {
    const slot = parcel.slots[place];
    if (slot) [slot.key, slot.token] = [slot.key, undefined];
  }
  return places.length > 0;
}

export async function attempt(given: Given, parcel: Parcel, means: Means): Promise<Outcome> {
  for (let round = 0; ; round++) {
    const early = await files(given, parcel, means);
    if (early) return early;
    const body = JSON.stringify({ ...parcel.body, uploads: parcel.slots.map((it) => it.token) });
    const own = { ...headers(parcel), "Content-Type": "application/json" };
    const adds = parcel.path !== "tickets";
    const action = adds ? undefined : "ticket";
    const reply = await send(given, { url: `${parcel.endpoint}v1/${parcel.path}`, key: parcel.key, headers: own, body, signal: means.signal }, action);
    if (reply.status === 201) {
      const number = adds ? parcel.path.split("/")[1] : `${reply.body?.number}`;
      if (!adds && !means.signal.aborted) remember([{ number, token: `${reply.body?.token}`, about: parcel.about }]);
      return { at: "sent", number, status: `${reply.body?.status ?? ""}`, lost: parcel.lost };
    }
    if (isLater(reply)) return { at: "waits", wait: reply.wait };
    if (round > 0 || !lostAtServer(parcel, reply)) return { at: "refused", faults: reply.faults };
    await means.save();
  }
}
