/** Requests about tickets: shapes of `src/wire/page.rs`. */

import { fire, type Given } from "../part";
import type { Own } from "./own";

export interface File {
  id: number;
  media_type: string;
  size: number;
  state: "quarantined" | "clean" | "rejected";
}
export interface Event {
  seq: number;
  at: string;
  kind: "created" | "comment" | "action";
  actor: "citizen" | "operator" | "system";
  action?: string;
  status?: string;
  text?: string;
  rating?: { score: number; reasons?: string[] };
  files?: File[];
}
export interface Ticket {
  number: string;
  status: string;
  topic: string;
  created_at: string;
  deadlines: { first_response: string; resolution?: string; paused: boolean };
  actions: string[];
  events: Event[];
}
export interface Fault {
  pointer: string;
  code: string;
  message: string;
}

/** `status` 0: nothing came back. */
export interface Answer<T> {
  status: number;
  body?: T;
  faults: Fault[];
}

/** The server took the portal's token for nobody's: its developer hears of it by the event `error`. */
export const REFUSED = {
  code: "identity.refused",
  message: "identify(): no such token is taken. Sign it on your server: HS256, identity_key, sub, exp within a day",
  path: "identify",
};

/** 128 random bits in hexadecimal. */
export const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((it) => it.toString(16).padStart(2, "0")).join("");

export function headers(given: Given, own?: Own): Record<string, string> {
  const of: Record<string, string> = {};
  if (given.site) of["X-Site-Key"] = given.site;
  if (own?.token) of.Authorization = `Bearer ${own.token}`;
  else if (given.identity?.token) of["X-Identity"] = given.identity.token;
  return of;
}

/** The address of the page stays on the page: its query may name a person, and a browser would send it along. */
export async function ask<T>(given: Given, path: string, own?: Own, more: RequestInit & { key?: string } = {}): Promise<Answer<T>> {
  const of = headers(given, own);
  if (more.key) of["Idempotency-Key"] = more.key;
  if (typeof more.body === "string") of["Content-Type"] = "application/json";
  try {
    const answer = await fetch(`${given.endpoint}v1/${path}`, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", ...more, headers: of });
    const { ok, status } = answer;
    const body = status === 204 ? undefined : await answer.json().catch(() => undefined);
    if (status === 401 && of["X-Identity"]) fire("error", REFUSED);
    // A key or a page that the server does not know: `outbox.ts` tells the same of a letter.
    if (status === 403 && body) fire("error", { code: body.code, message: body.title, path: "" });
    return ok ? { status, body, faults: [] } : { status, faults: body?.errors ?? [] };
  } catch {
    return { status: 0, faults: [] };
  }
}

export const post = <T>(given: Given, path: string, body: unknown, own?: Own, once?: string) =>
  ask<T>(given, path, own, { method: "POST", body: JSON.stringify(body), key: once });

export const page = (given: Given, own: Own) => ask<Ticket>(given, `tickets/${own.number}`, own);

/** Words of others that have not been read; a step without words is no answer. */
export const fresh = (ticket: Ticket, seq: number) => ticket.events.filter((it) => it.actor !== "citizen" && it.text && it.seq > seq).length;

/** It goes by itself later: nothing came back, or the server asks to wait. */
export const later = (status: number) => status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
