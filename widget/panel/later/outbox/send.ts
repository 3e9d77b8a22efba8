/** One request of the outbox: its keys, its progress, work that the server asks to be shown, and when to come again. */

import type { Given } from "../part";
import type { Fault } from "../tickets/api";

export interface Reply {
  /** 0: nothing came back. */
  status: number;
  body?: Record<string, unknown>;
  code?: string;
  faults: Fault[];
  /** Seconds that the server asks to wait. */
  wait: number;
}

export interface Ask {
  url: string;
  key: string;
  headers: Record<string, string>;
  body: string | Blob;
  /** Share of the body that has gone, 0 to 1. */
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

const NOTHING: Reply = { status: 0, faults: [], wait: 0 };

function read(status: number, text: string, after: string | null): Reply {
  let body: Record<string, unknown> | undefined;
  try {
    body = JSON.parse(text);
  } catch {
    // An answer that is no JSON comes from somebody on the way.
    if (status < 300) return NOTHING;
  }
  const wait = Math.min(3_600, Number(after) || 0);
  return { status, body, code: body?.code as string, faults: (body?.errors as Fault[]) ?? [], wait };
}

const all = (it: Ask, more: Record<string, string>) => Object.entries({ "Idempotency-Key": it.key, ...it.headers, ...more }).filter(([, value]) => value);

async function plain(it: Ask, more: Record<string, string>): Promise<Reply> {
  try {
    const { body, signal } = it;
    const headers = Object.fromEntries(all(it, more));
    const answer = await fetch(it.url, { method: "POST", headers, body, signal, credentials: "omit", referrerPolicy: "no-referrer" });
    return read(answer.status, await answer.text(), answer.headers.get("Retry-After"));
  } catch {
    return NOTHING;
  }
}

/** XMLHttpRequest: `fetch` tells nothing of how much has gone. */
function watched(it: Ask, more: Record<string, string>): Promise<Reply> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", it.url);
    for (const [name, value] of all(it, more)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => it.progress?.(total ? loaded / total : 0);
    request.onload = () => done(read(request.status, request.responseText, request.getResponseHeader("Retry-After")));
    request.onerror = request.onabort = request.ontimeout = () => done(NOTHING);
    it.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(it.body);
  });
}

/** XMLHttpRequest sends the page's address along. It may, where that names nobody: the core has left it as it is. */
const harmless = ({ snapshot }: Given) => !location.search && snapshot?.page === location.origin + location.pathname;

/** Work that was shown is good for one request, so each has its own. */
async function proof(given: Given, it: Ask, action: "ticket" | "upload"): Promise<string> {
  const headers = { "Content-Type": "application/json", "X-Site-Key": it.headers["X-Site-Key"] ?? "" };
  const url = new URL("../challenges", `${it.url}/`).href;
  const { body } = await plain({ url, key: "", headers, body: JSON.stringify({ action }) }, {});
  const { solve } = await given.load<typeof import("../proof")>("proof.js");
  return body ? solve(body as never, it.signal) : "";
}

/** Sends; where the server asks for work, shows it and sends again. */
export async function send(given: Given, it: Ask, action?: "ticket" | "upload"): Promise<Reply> {
  const once = it.progress && harmless(given) ? watched : plain;
  const reply = await once(it, {});
  if (reply.status !== 428 || !action) return reply;
  try {
    return await once(it, { "X-Altcha": await proof(given, it, action) });
  } catch {
    return NOTHING;
  }
}

/** It goes by itself later. 409: an earlier try is still being worked on, or work was shown twice; 428, `captcha-invalid`: it came too late. */
export const isLater = ({ status, code }: Reply): boolean =>
  status === 0 || status === 408 || status === 409 || status === 425 || status === 428 || status === 429 || status >= 500 || code === "captcha-invalid";
