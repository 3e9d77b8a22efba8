/** Probes of the network. A page sees success, failure and time, and the phases of a connection where the browser shows them. */

import type { Given } from "../part";
import { known, within, type Measure, type Probes } from "./measure";

/** Milliseconds for one small request; later than that it counts as lost. */
const PATIENCE = 1_000;
/** Small requests in a row, and rows beside each other. */
const ROW = 4;
const ROWS = 2;
/** Milliseconds of the download. */
const LOAD = 700;
/** Two events that come closer together than this were held back on the way: the server sends them 400 ms apart. */
const HELD = 150;
/** A refusal faster than any network: something in the browser did it. */
const AT_ONCE = 30;
/** Milliseconds within which a refusal is worth a second look. */
const SOON = 500;

/** Nothing is kept, and nobody learns who asks, or from where. */
const QUIET: RequestInit = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };

const NOTHING: Measure = { value: NaN };

interface Notice {
  title?: string;
  text?: string;
}

interface First {
  value: number;
  ms: number;
  /** Seconds that the device is ahead. */
  skew: number;
  proxy: number;
  notices: Notice[];
  phases?: PerformanceResourceTiming;
}

/** The state of the service: whether somebody answers, what time it is there, what is broken. */
async function first(url: string, signal: AbortSignal): Promise<First> {
  const from = performance.now();
  const none = (value: number): First => ({ value, ms: performance.now() - from, skew: NaN, proxy: NaN, notices: [] });
  try {
    const answer = await fetch(url, { ...QUIET, signal: within(2_300, signal) });
    const ms = performance.now() - from;
    const date = Date.parse(answer.headers.get("date") ?? "");
    // The header counts whole seconds: half of one is right on the average.
    const skew = (Date.now() - ms / 2 - date) / 1_000 - 0.5;
    const body = await answer.json().catch(() => undefined);
    if (!answer.ok) return none(answer.status >= 500 ? 0 : 2);
    if (!Array.isArray(body?.notices)) return none(2);
    // The browser notes a request a task after its end.
    await new Promise((done) => setTimeout(done));
    const phases = performance.getEntriesByName(url).at(-1) as PerformanceResourceTiming | undefined;
    return { value: 1, ms, skew, proxy: answer.headers.has("via") ? 1 : 0, notices: body.notices, phases };
  } catch {
    const out = none(0);
    // A busy device is late with a refusal: the quickest of three tells who it was.
    for (let more = 0; more < 2 && out.ms < SOON && !signal.aborted; more++) {
      const again = performance.now();
      await fetch(url, { method: "HEAD", ...QUIET, signal }).catch(() => {
        out.ms = Math.min(out.ms, performance.now() - again);
      });
    }
    return out;
  }
}

/** Times of small requests; a lost one has no number, one that the end of the check cut off is left out. */
async function pings(url: string, signal: AbortSignal): Promise<number[]> {
  const one = async () => {
    const from = performance.now();
    try {
      const answer = await fetch(url, { ...QUIET, signal: within(PATIENCE, signal) });
      await answer.arrayBuffer();
      return performance.now() - from;
    } catch {
      return NaN;
    }
  };
  const row = async () => {
    const times: number[] = [];
    for (let sent = 0; sent < ROW && !signal.aborted; sent++) {
      const ms = await one();
      if (!signal.aborted || !isNaN(ms)) times.push(ms);
    }
    return times;
  };
  return (await Promise.all(Array.from({ length: ROWS }, row))).flat();
}

/** Kilobits a second of a file of ours, for a while or to its end. */
async function speed(url: string, signal: AbortSignal): Promise<Measure> {
  let bytes = 0;
  let ms = 0;
  try {
    const answer = await fetch(url, { ...QUIET, signal: within(LOAD * 2, signal) });
    const reader = answer.body?.getReader();
    if (!answer.ok || !reader) return NOTHING;
    const from = performance.now();
    while (ms < LOAD) {
      const { done, value } = await reader.read();
      ms = Math.max(1, performance.now() - from);
      if (done) break;
      bytes += value.length;
    }
    reader.cancel().catch(() => {});
  } catch {
    // Cut off: what has come so far counts, if the end of the check did not come first.
    if (signal.aborted && !bytes) return NOTHING;
  }
  const value = Math.round((bytes * 8) / (ms || LOAD));
  return { value, n: value };
}

/** Whether events come as they happen: the server sends two with a pause between them. */
async function live(url: string, signal: AbortSignal): Promise<Measure> {
  try {
    const answer = await fetch(url, { ...QUIET, signal: within(2_300, signal) });
    const reader = answer.body?.getReader();
    if (!answer.ok || !reader || !/event-stream/.test(answer.headers.get("content-type") ?? "")) return known(false);
    const came: number[] = [];
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
      while (came.length < text.split("\n\n").length - 1) came.push(performance.now());
    }
    if (came.length < 2) return known(false);
    return { value: came[1] - came[0] < HELD ? 2 : 1 };
  } catch {
    return known(false);
  }
}

/** A socket is open once the other side says so, whatever stands on the way; nothing is said over it. */
function opens(url: string, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const socket = new WebSocket(url);
    const end = (then: () => void) => () => (socket.close(), then());
    socket.onopen = end(done);
    socket.onerror = end(fail);
    signal.addEventListener("abort", end(fail), { once: true });
  });
}

/** Addresses that do not answer, of those the page, its help and the portal's list name; of sockets too (`wss:`). */
async function endpoints(given: Given, signal: AbortSignal): Promise<Measure> {
  const urls = new Map([[location.origin, location.pathname]]);
  for (const url of [given.base, given.endpoint, ...(given.probes ?? [])]) {
    try {
      const { origin, pathname } = new URL(url, document.baseURI);
      if (!urls.has(origin)) urls.set(origin, pathname);
    } catch {
      // No address: the portal's list is not ours to mend here.
    }
  }
  const dead: string[] = [];
  const ask = async ([origin, path]: [string, string]) => {
    const request = { method: "HEAD", mode: "no-cors", ...QUIET, signal: within(2_000, signal) } as const;
    const socket = /^wss?:/.test(origin);
    if (!socket && !/^http/.test(origin)) return;
    await (socket ? opens(origin + path, request.signal) : fetch(origin + path, request)).catch(() => dead.push(socket ? origin : new URL(origin).host));
  };
  await Promise.all([...urls].map(ask));
  return { value: dead.length, found: dead.join(", ") };
}

/** A box that every list of advertisements names: taken out of sight where a blocker works. */
async function hidden(): Promise<boolean> {
  const bait = document.createElement("div");
  bait.className = "adsbox ad-banner ads banner_ad";
  bait.setAttribute("aria-hidden", "true");
  for (const [name, value] of [["position", "absolute"], ["inset", "-9px auto auto -9px"], ["width", "1px"], ["height", "1px"]]) {
    bait.style.setProperty(name, value);
  }
  document.body.append(bait);
  await new Promise((done) => setTimeout(done, 100));
  const gone = !bait.isConnected || getComputedStyle(bait).display === "none" || bait.offsetHeight === 0;
  bait.remove();
  return gone;
}

export function network(given: Given, signal: AbortSignal): Probes {
  const url = `${given.endpoint}v1/status`;
  const start = first(url, signal);
  const times = start.then(async (it) => [it.value === 1 ? it.ms : NaN, ...(await pings(url, signal))]);
  const good = times.then((all) => all.filter((it) => !isNaN(it)).sort((a, b) => a - b));
  const phase = (pick: (it: PerformanceResourceTiming) => number) =>
    start.then(({ phases }): Measure => {
      // Another origin hides its phases unless it allows them to be seen.
      if (!phases?.requestStart) return NOTHING;
      const value = Math.round(pick(phases));
      return { value, n: value };
    });
  const reach = endpoints(given, signal);
  return {
    server: start.then(({ value }) => ({ value })),
    service: start.then(({ value, notices }): Measure => {
      const found = notices.map((it) => [it.title, it.text].filter(Boolean).join(". ")).join(" ");
      return value === 1 ? { value: notices.length, found } : NOTHING;
    }),
    endpoints: reach,
    link: good.then((all) => {
      const value = all.length ? all[all.length >> 1] : Infinity;
      return { value, n: Math.round(value) };
    }),
    loss: Promise.all([times, good]).then(([all, came]) => {
      const value = came.length ? Math.round((100 * (all.length - came.length)) / all.length) : 100;
      return { value, n: value };
    }),
    speed: times.then(() => speed(`${given.base}faq.pdk`, signal)),
    names: phase((it) => it.domainLookupEnd - it.domainLookupStart),
    tls: phase((it) => (it.secureConnectionStart ? it.connectEnd - it.secureConnectionStart : 0)),
    clock: start.then(({ skew }) => ({ value: skew })),
    blocker: Promise.all([hidden(), start, reach]).then(([bait, { value, ms }, { found = "" }]) =>
      // The page's own address answers, ours is refused before any network could have done it.
      known(bait || (navigator.onLine && value === 0 && ms < AT_ONCE && !found.includes(location.host))),
    ),
    proxy: start.then(({ proxy }) => ({ value: proxy })),
    live: live(`${url}/events`, signal),
  };
}
