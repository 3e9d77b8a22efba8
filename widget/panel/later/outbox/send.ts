/** One request of the outbox: its key, its progress, and work that the server asks to be shown. What an answer means, the core knows. */

import type { Given } from "../part";
import type { Fault } from "../tickets/api";

export interface Reply {
  /** 0: nothing came back. */
  status: number;
  body?: Record<string, unknown>;
  faults: Fault[];
  /** Bytes of the file that the server has; less than 0 where it does not say. */
  offset: number;
  /** Where a file that was begun goes on. */
  place: string;
  code: string;
  /** Seconds that the server asks to wait. */
  wait: number;
}

export interface Ask {
  url: string;
  method?: "PATCH";
  key: string;
  headers: Record<string, string>;
  body?: string | Blob;
  /** Share of the body that has gone, 0 to 1. */
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

const NOTHING: Reply = { status: 0, faults: [], offset: -1, place: "", code: "", wait: 0 };

function read(status: number, text: string, of: Header): Reply {
  let body: Record<string, unknown> | undefined;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    // An answer that is no JSON comes from somebody on the way.
    if (status < 300) return NOTHING;
  }
  return { status, body, faults: (body?.errors as Fault[]) ?? [], offset: Number(of("Upload-Offset") ?? -1), place: of("Location") ?? "", code: `${body?.code ?? ""}`, wait: asked(of) };
}

type Header = (name: string) => string | null;

/** `Retry-After`, in seconds or as a date, which counts from the server's own: the clock here may be wrong; and when a spent rate comes back. */
function asked(of: Header): number {
  const after = of("Retry-After") ?? "";
  const seconds = Number(after) || (Date.parse(after) - Date.parse(of("Date") ?? "")) / 1_000 || 0;
  const rate = of("RateLimit") ?? `r=${of("RateLimit-Remaining")};t=${of("RateLimit-Reset")}`;
  const spent = rate.split(",").map((it) => Number(/\br=0\b.*\bt=(\d+)/.exec(it)?.[1] ?? 0));
  return Math.max(seconds, ...spent);
}

const all = (it: Ask, more: Record<string, string>) => Object.entries({ "Idempotency-Key": it.key, ...it.headers, ...more }).filter(([, value]) => value);

async function plain(it: Ask, more: Record<string, string>): Promise<Reply> {
  try {
    const { body, signal, method = "POST" } = it;
    const headers = Object.fromEntries(all(it, more));
    const answer = await fetch(it.url, { method, headers, body, signal, credentials: "omit", referrerPolicy: "no-referrer" });
    return read(answer.status, await answer.text(), (name) => answer.headers.get(name));
  } catch {
    return NOTHING;
  }
}

/** XMLHttpRequest: `fetch` tells nothing of how much has gone. */
function watched(it: Ask, more: Record<string, string>): Promise<Reply> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open(it.method ?? "POST", it.url);
    for (const [name, value] of all(it, more)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => it.progress?.(total ? loaded / total : 0);
    // A header that a foreign origin does not show is asked for by nobody: the browser would complain on the console.
    const shown = new Map<string, string>();
    request.onload = () => {
      for (const line of request.getAllResponseHeaders().split("\r\n")) {
        const at = line.indexOf(":");
        shown.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim());
      }
      done(read(request.status, request.responseText, (name) => shown.get(name.toLowerCase()) ?? null));
    };
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
