/** Probes that need no network: the browser, what it may keep, what the person has set. */

import type { Given } from "../part";
import { known, type Measure, type Probes } from "./measure";

/** Longest wait for an extension or a portal's hook, in milliseconds. */
const ANSWER = 1_200;

/** Engine and version; browsers on Chromium count by its version. */
function browser(): Measure {
  const agent = navigator.userAgent;
  for (const [probe, pattern] of [
    ["firefox", /Firefox\/(\d+)/],
    ["chromium", /Chrom(?:e|ium)\/(\d+)/],
    ["safari", /Version\/(\d+(?:\.\d+)?).*Safari/],
  ] as const) {
    const found = pattern.exec(agent);
    if (found) return { probe, value: Number(found[1]), n: Number(found[1]) };
  }
  return { probe: "chromium", value: NaN };
}

/** What the portal and the help need of a browser, by the names that an operator knows. */
function features(): Measure {
  const needed: Record<string, boolean> = {
    dialog: "HTMLDialogElement" in window,
    "adoptedStyleSheets": "adoptedStyleSheets" in Document.prototype,
    ":has()": !!window.CSS?.supports("selector(:has(a))"),
    streams: "ReadableStream" in window,
    indexedDB: "indexedDB" in window,
    "Intl.PluralRules": "PluralRules" in Intl,
    AbortController: "AbortController" in window,
    WebSocket: "WebSocket" in window,
  };
  const missing = Object.keys(needed).filter((name) => !needed[name]);
  return { value: missing.length, found: missing.join(", ") };
}

/** Whether cookies may be kept: where the browser bars them, it bars all that a site keeps by the same switch. */
function cookies(): Measure {
  try {
    return known(navigator.cookieEnabled && window.localStorage);
  } catch {
    return known(false);
  }
}

/** Whether something may be kept here: written, and taken out again. */
function storage(): Measure {
  try {
    localStorage.setItem("podskazka.try", "1");
    localStorage.removeItem("podskazka.try");
    return known(true);
  } catch {
    return known(false);
  }
}

async function room(): Promise<Measure> {
  const { quota = NaN, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const left = (quota - usage) / 1e6;
  return { value: left, n: Math.round(left) };
}

async function crypto(): Promise<Measure> {
  return known(await window.crypto?.subtle?.digest("SHA-256", new Uint8Array(1)).then(() => true, () => false));
}

/** The extension of КриптоПро answers a message of its own page script; a page that has loaded that script shows it too. */
function signature(signal: AbortSignal): Promise<Measure> {
  return new Promise((done) => {
    const end = (on: boolean) => {
      clearTimeout(timer);
      removeEventListener("message", hear);
      done(known(on));
    };
    const hear = (event: MessageEvent) => {
      if (event.source === window && typeof event.data === "string" && /^cadesplugin_loaded/.test(event.data)) end(true);
    };
    const timer = setTimeout(() => end("cadesplugin" in window), ANSWER);
    signal.addEventListener("abort", () => end("cadesplugin" in window), { once: true });
    addEventListener("message", hear);
    if (/^http/.test(location.origin)) postMessage("cadesplugin_echo_request", location.origin);
  });
}

const ACCOUNT: Record<string, number> = { out: 0, ok: 1, blocked: 2, expired: 3 };

/** What the portal says of the citizen's account: `out`, `ok`, `blocked` or `expired`. */
async function account(ask: () => unknown): Promise<Measure> {
  const wait = new Promise((done) => setTimeout(done, ANSWER));
  const told = await Promise.race([Promise.resolve().then(ask), wait]);
  return { value: ACCOUNT[`${told}`] ?? NaN };
}

/** Of the window; a phone's pinch counts too. */
function zoom(): Measure {
  const wide = outerWidth > 0 && matchMedia("(pointer: fine)").matches ? outerWidth / innerWidth : 1;
  const value = Math.round(100 * Math.max(wide, visualViewport?.scale ?? 1));
  return { value, n: value };
}

export function device(given: Given, signal: AbortSignal): Probes {
  const now = (measure: Measure) => Promise.resolve(measure);
  const probes: Probes = {
    online: now(known(navigator.onLine)),
    secure: now(known(isSecureContext)),
    browser: now(browser()),
    features: now(features()),
    cookies: now(cookies()),
    storage: now(storage()),
    room: room(),
    crypto: crypto(),
    // The loader has tried it, or the page said so: a second try would be one more violation of a strict policy.
    wasm: now(known(given.build === "wasm")),
    signature: signature(signal),
    zoom: now(zoom()),
    contrast: now(known(matchMedia("(forced-colors: active)").matches || matchMedia("(prefers-contrast: more)").matches)),
  };
  if (typeof given.account === "function") probes.account = account(given.account);
  return probes;
}
