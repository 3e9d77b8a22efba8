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

/** XMLHttpRequest: `fetch` tells nothing of how much has gone. */
function once(it: Ask, more: Record<string, string>): Promise<Reply> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const nothing = () => done({ status: 0, faults: [], wait: 0 });
    request.open("POST", it.url);
    const headers = { "Idempotency-Key": it.key, ...it.headers, ...more };
    for (const [name, value] of Object.entries(headers)) if (value) request.setRequestHeader(name, value);
    if (it.progress) request.upload.onprogress = ({ loaded, total }) => it.progress?.(total ? loaded / total : 0);
    request.onload = () => {
      let body: Record<string, unknown> | undefined;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // An answer that is no JSON comes from somebody on the way.
        if (request.status < 300) return nothing();
      }
      const wait = Math.min(3_600, Number(request.getResponseHeader("Retry-After")) || 0);
      done({ status: request.status, body, code: body?.code as string, faults: (body?.errors as Fault[]) ?? [], wait });
    };
    request.onerror = request.onabort = request.ontimeout = nothing;
    it.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(it.body);
  });
}

/** Work that was shown is good for one request, so each has its own. */
async function proof(given: Given, it: Ask, action: "ticket" | "upload"): Promise<string> {
  const headers = { "Content-Type": "application/json", "X-Site-Key": it.headers["X-Site-Key"] ?? "" };
  const url = new URL("../challenges", `${it.url}/`).href;
  const { body } = await once({ url, key: "", headers, body: JSON.stringify({ action }) }, {});
  const { solve } = await given.load<typeof import("../proof")>("proof.js");
  return body ? solve(body as never, it.signal) : "";
}

/** Sends; where the server asks for work, shows it and sends again. */
export async function send(given: Given, it: Ask, action?: "ticket" | "upload"): Promise<Reply> {
  const reply = await once(it, {});
  if (reply.status !== 428 || !action) return reply;
  try {
    return await once(it, { "X-Altcha": await proof(given, it, action) });
  } catch {
    return { status: 0, faults: [], wait: 0 };
  }
}

/** It goes by itself later. 409: an earlier try is still being worked on, or work was shown twice; 428, `captcha-invalid`: it came too late. */
export const isLater = ({ status, code }: Reply): boolean =>
  status === 0 || status === 408 || status === 409 || status === 425 || status === 428 || status === 429 || status >= 500 || code === "captcha-invalid";
