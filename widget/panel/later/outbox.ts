/**
 * The outbox: letters, words added to them and their files go exactly once, whatever becomes of the network, the tab and the server.
 * Loaded by whoever writes or has written; one for a page, so that parts share what it knows.
 */

import { attempt } from "./outbox/attempt";
import { isOld, pause, read, write, type Parcel, type State } from "./outbox/parcel";
import { fetchKept, forget, keep, names } from "./outbox/store";
import type { Given } from "./part";
import type { Fault } from "./tickets/api";

export { make } from "./outbox/parcel";
export type { Parcel, Slot, State } from "./outbox/parcel";

/** Tells the panel: `waits` a number, `sent` number and state, `refused`. */
type Tell = (name: string, value?: unknown) => void;
/** Other tabs: what has gone, and that everything is to be forgotten (www/loader/wipe.ts). */
type News = { key: string; state: State } | "wipe";

const NAME = "podskazka-outbox";

let given: Given | undefined;
let tell: Tell = () => {};
let parcels: Parcel[] = [];
/** Keys of letters that this browser could not keep, and bytes of their files. */
const loose = new Set<string>();
const bytes = new Map<string, Blob>();
/** Letters whose writer is still there. */
const watched = new Set<string>();
const watchers = new Map<string, Set<(state: State) => void>>();
const states = new Map<string, State>();
let busy = false;
let again = false;
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** By the clock of the page, which nobody sets: until then the server asks to wait. */
let notBefore = 0;

/** Ends with a log-out. */
let life = new AbortController();

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(NAME);
const fire = (name: string, detail: object) => document.dispatchEvent(new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, detail }));
const open = () => parcels.filter((it) => !it.refused);

function say(key: string, state: State): void {
  states.set(key, state);
  for (const run of watchers.get(key) ?? []) run(state);
}

const count = () => tell("waits", open().length);

function drop(key: string): void {
  parcels = parcels.filter((it) => it.key !== key);
  loose.delete(key);
  watched.delete(key);
}

if (channel) {
  channel.onmessage = ({ data }: MessageEvent<News>) => {
    if (data === "wipe") {
      life.abort();
      life = new AbortController();
      parcels = [];
      for (const all of [loose, bytes, watched, states]) all.clear();
      clearTimeout(timer);
    } else if (data.state.at === "sent") {
      // Another tab has sent it.
      drop(data.key);
      tell("sent", `${data.state.number}/${data.state.status}`);
      say(data.key, data.state);
    }
    count();
  };
}

/** What an earlier page or another tab has left; what they have sent meanwhile is gone. */
async function look(): Promise<void> {
  const kept = await names();
  if (!kept) return;
  parcels = parcels.filter((it) => loose.has(it.key) || kept.includes(it.key));
  for (const name of kept) {
    if (name.includes("/") || parcels.some((it) => it.key === name)) continue;
    const it = await fetchKept(name);
    if (it) parcels.push(read(it));
    // Of another key, or of another version: nobody can read it any more.
    else await forget(name);
  }
}

async function save(parcel: Parcel): Promise<boolean> {
  // A log-out has come since.
  if (!parcels.includes(parcel)) return false;
  const done = await keep([[parcel.key, write(parcel)]]);
  if (!done) loose.add(parcel.key);
  return done;
}

async function refuse(parcel: Parcel, faults: Fault[]): Promise<void> {
  fire("senderror", { code: "refused" });
  if (watched.has(parcel.key)) {
    drop(parcel.key);
    await forget(parcel.key);
  } else {
    // Nothing that was written is lost: it goes back into its form when that is opened.
    parcel.refused = faults;
    await save(parcel);
    tell("refused");
  }
  say(parcel.key, { at: "refused", faults });
}

/** One letter; `true` when it is out of the way. */
async function go(parcel: Parcel): Promise<boolean> {
  if (!given) return false;
  if (isOld(parcel)) {
    await refuse(parcel, []);
    return true;
  }
  const { key } = parcel;
  const { signal } = life;
  const outcome = await attempt(given, parcel, {
    signal,
    bytes: async (slot) => bytes.get(slot.key) ?? (await fetchKept(`${key}/${slot.key}`).then((it) => it && new Blob([it], { type: slot.type }))),
    save: () => save(parcel),
    ask: watched.has(key),
    told: (state) => say(key, state),
  });
  if (signal.aborted) return false;
  if (outcome.at === "waits") {
    fire("queued", { code: "network" });
    watched.delete(key);
    notBefore = performance.now() + outcome.wait * 1_000;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), pause(tries++, outcome.wait));
    count();
    say(key, { at: "waits", kept: !loose.has(key), picture: parcel.slots.some((it) => it.picture && !it.token) });
    return false;
  }
  if (outcome.at === "refused") await refuse(parcel, outcome.faults);
  else {
    tries = 0;
    for (const slot of parcel.slots) bytes.delete(slot.key);
    drop(key);
    await forget(key);
    if (outcome.at === "sent") {
      fire("submitted", { number: outcome.number });
      tell("sent", `${outcome.number}/${outcome.status}`);
      channel?.postMessage({ key, state: outcome } satisfies News);
    } else fire("senderror", { code: "refused" });
    say(key, outcome);
  }
  count();
  return true;
}

async function round(): Promise<void> {
  await look();
  for (const parcel of open()) if (!(await go(parcel))) return;
}

/** Sends what waits, one after the other, until the link fails. Tabs take turns. */
export async function flush(): Promise<void> {
  if (busy) {
    again = true;
    return;
  }
  if (performance.now() < notBefore) return;
  busy = true;
  try {
    await (navigator.locks ? navigator.locks.request(NAME, round) : round());
  } finally {
    busy = false;
  }
  if (again) {
    again = false;
    await flush();
  }
}

let ears: AbortController | undefined;
/** Begins: what waits goes, and the panel hears of it. Without a panel nothing listens: the loader comes again. */
export async function start(by: Given, hear?: Tell): Promise<void> {
  given = by;
  if (hear) {
    tell = hear;
    ears ??= new AbortController();
    const { signal } = ears;
    // A log-out has to forget all of this without a network, too.
    void by.load("wipe.js").catch(() => {});
    addEventListener("online", () => void flush(), { signal });
    document.addEventListener("visibilitychange", () => void (document.visibilityState === "visible" && flush()), { signal });
  }
  await look();
  count();
  if (parcels.some((it) => it.refused)) tell("refused");
  await flush();
}

/** The panel has gone: nobody is told any more, and nothing of ours stays on the page. */
export function stop(): void {
  tell = () => {};
  clearTimeout(timer);
  ears?.abort();
  ears = undefined;
}

/** Takes a letter with the bytes of its files, keeps it and sends it at once. `run` hears what becomes of it. */
export async function post(by: Given, parcel: Parcel, files: Blob[], run: (state: State) => void): Promise<() => void> {
  given ??= by;
  watched.add(parcel.key);
  const unwatch = watch(parcel.key, run);
  const all: [string, BufferSource][] = [[parcel.key, write(parcel)]];
  for (const [at, slot] of parcel.slots.entries()) {
    bytes.set(slot.key, files[at]);
    all.push([`${parcel.key}/${slot.key}`, await files[at].arrayBuffer()]);
  }
  if (!(await keep(all))) loose.add(parcel.key);
  // The letter just written goes before those that wait.
  parcels.unshift(parcel);
  notBefore = 0;
  count();
  void flush();
  return unwatch;
}

/** Hears what becomes of a letter, from what is known now on; the answer ends it. */
export function watch(key: string, run: (state: State) => void): () => void {
  const all = watchers.get(key) ?? new Set();
  watchers.set(key, all.add(run));
  const now = states.get(key);
  if (now) run(now);
  return () => void all.delete(run);
}

/** The letter that waits goes at once, without its picture. */
export async function bare(key: string): Promise<void> {
  const parcel = parcels.find((it) => it.key === key);
  if (!parcel) return;
  parcel.slots = parcel.slots.filter((it) => !it.picture || it.token);
  if (!loose.has(key)) await save(parcel);
  notBefore = 0;
  await flush();
}

/** Letters on one path that are on their way. */
export const waiting = (path: string): Parcel[] => open().filter((it) => it.path === path);

/** Takes back a letter that was refused while nobody was there; with the bytes of its files. */
export async function takeBack(path: string): Promise<{ parcel: Parcel; files: Blob[] } | undefined> {
  await look();
  const parcel = parcels.find((it) => it.refused && it.path === path);
  if (!parcel) return;
  const files: Blob[] = [];
  for (const slot of parcel.slots) {
    const it = bytes.get(slot.key) ?? (await fetchKept(`${parcel.key}/${slot.key}`));
    files.push(it instanceof Blob ? it : new Blob(it ? [it] : [], { type: slot.type }));
  }
  drop(parcel.key);
  await forget(parcel.key);
  return { parcel, files };
}
