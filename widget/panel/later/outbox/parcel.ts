/** A letter on its way: what is sent, under which keys, and what has become of it. */

import type { Given } from "../part";
import { key, type Fault } from "../tickets/api";
import type { About } from "../tickets/own";

/** A file of a letter. Its name stays here: it may tell more than the file. */
export interface Slot {
  key: string;
  name: string;
  type: string;
  /** Bytes. */
  size?: number;
  /** The picture of the page. */
  picture?: boolean;
  /** The server has it. */
  token?: string;
}

export interface Parcel {
  /** The `Idempotency-Key`. */
  key: string;
  /** Milliseconds since 1970. */
  at: number;
  endpoint: string;
  site: string;
  /** Whose letter it is, signed by the portal; empty where it does not say. */
  identity: string;
  /** `tickets`, or `tickets/{number}/comments`. */
  path: string;
  /** Token of the ticket that is added to. */
  token?: string;
  /** What the letter is about, for the next one about the same. */
  about?: About;
  body: Record<string, unknown>;
  slots: Slot[];
  /** Names of files that the server did not take, while nobody was there to choose. */
  lost: string[];
  /** The server did not take it: it waits for its writer. */
  refused?: Fault[];
}

/** What becomes of a letter. */
export type State =
  | { at: "sending"; file: number; of: number; share: number }
  /** `kept`: it outlives the tab, without the files in `left`, which only this tab has; `full`: there was no room. */
  | { at: "waits"; kept: boolean; full: boolean; left: Slot[]; picture: boolean }
  | { at: "sent"; number: string; status: string; lost: string[] }
  | { at: "refused"; faults: Fault[]; message?: string }
  /** The server does not take this file, or it does not open any more (`gone`); its writer is there to choose. */
  | { at: "file"; slot: Slot; message: string; gone?: boolean };

export function make(given: Given, path: string, body: Record<string, unknown>, more: Partial<Parcel> = {}): Parcel {
  const { endpoint, site = "", identity } = given;
  return { key: key(), at: Date.now(), endpoint, site, identity: identity?.token ?? "", path, body, slots: [], lost: [], ...more };
}

const encoder = new TextEncoder();
export const write = (parcel: Parcel): Uint8Array<ArrayBuffer> => encoder.encode(JSON.stringify(parcel));
export const read = (bytes: ArrayBuffer): Parcel => JSON.parse(new TextDecoder().decode(bytes)) as Parcel;
