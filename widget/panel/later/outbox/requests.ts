/** The requests of a letter: a file whole, or announced and sent in slices (docs: `/v1/docs`, "uploads"); its words. */

import type { Given } from "../part";
import type { Parcel, Slot } from "./parcel";
import { send, type Reply } from "./send";

export interface Bytes {
  blob: Blob;
  from: number;
  to: number;
}

type Told = (share: number) => void;

const headers = ({ site, identity, token }: Parcel): Record<string, string> => ({
  "X-Site-Key": site,
  "X-Identity": token ? "" : identity,
  Authorization: token ? `Bearer ${token}` : "",
});

const uploads = (parcel: Parcel) => `${parcel.endpoint}v1/uploads`;
const site = (parcel: Parcel) => ({ "X-Site-Key": parcel.site });

export const whole = (given: Given, parcel: Parcel, slot: Slot, body: Blob, progress: Told, signal: AbortSignal): Promise<Reply> =>
  send(given, { url: uploads(parcel), key: slot.key, headers: { ...site(parcel), "Content-Type": slot.type || "application/octet-stream" }, body, progress, signal }, "upload");

/** The answer tells how much of the file is there already, and where it goes on. */
export const begin = (given: Given, parcel: Parcel, slot: Slot, signal: AbortSignal): Promise<Reply> =>
  send(given, { url: uploads(parcel), key: slot.key, headers: { ...site(parcel), "Upload-Complete": "?0", "Upload-Length": `${slot.size}` }, signal }, "upload");

export function slice(given: Given, parcel: Parcel, slot: Slot, place: string, { blob, from, to }: Bytes, progress: Told, signal: AbortSignal): Promise<Reply> {
  const own = { ...site(parcel), "Content-Type": "application/partial-upload", "Upload-Offset": `${from}`, "Upload-Complete": to < blob.size ? "?0" : "?1" };
  const told: Told = (share) => progress((from + share * (to - from)) / blob.size);
  return send(given, { url: new URL(place, uploads(parcel)).href, method: "PATCH", key: slot.key, headers: own, body: blob.slice(from, to), progress: told, signal });
}

export function words(given: Given, parcel: Parcel, signal: AbortSignal): Promise<Reply> {
  const body = JSON.stringify({ ...parcel.body, uploads: parcel.slots.map((it) => it.token) });
  const own = { ...headers(parcel), "Content-Type": "application/json" };
  return send(given, { url: `${parcel.endpoint}v1/${parcel.path}`, key: parcel.key, headers: own, body, signal }, parcel.path === "tickets" ? "ticket" : undefined);
}

/** Places of files that the server does not know any more, a bit each. */
export const unknown = ({ faults }: Reply): number =>
  faults.filter((it) => it.code === "upload-unknown").reduce((bits, it) => bits | (1 << Number(it.pointer.split("/").at(-1))), 0);
