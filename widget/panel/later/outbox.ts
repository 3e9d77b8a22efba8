/**
 * The outbox: letters, words added to them and their files go exactly once, whatever becomes of the network, the tab and the server.
 * What goes next, when, and what an answer means decides the core (`src/outbox.rs`); here is the page's side: storage, keys, requests,
 * and telling. Loaded by whoever writes or has written; one for a page, so that parts share what it knows.
 */

import { told, type Action, type Core, type HAPPENED } from "./outbox/machine";
import { read, write, type Parcel, type Slot, type State } from "./outbox/parcel";
import { begin, slice, unknown, whole, words } from "./outbox/requests";
import type { Reply } from "./outbox/send";
import { fetchKept, forget, keep, names, owed } from "./outbox/store";
import { fire, type Given } from "./part";
import { REFUSED } from "./tickets/api";
import { remember } from "./tickets/own";

export { make } from "./outbox/parcel";
export { fetchKept, forget, keep } from "./outbox/store";
export type { Parcel, Slot, State } from "./outbox/parcel";

/** Tells the panel: `waits` a number, `sent` number and state, `refused`. */
type Tell = (name: string, value?: unknown) => void;
/** Other tabs: what has gone, and that everything is to be forgotten (www/loader/wipe.ts). */
type News = { key: string; state: State } | "wipe";

const NAME = "podskazka-outbox";
/** Letters that are being written lie under this and the moment of their first word (letter/kept.ts), a day at most. */
export const DESK = "desk";
/** Names before this one are too old. */
export const stale = (): string => `${DESK}/${Date.now() - 86_400_000}`;

let given: Given | undefined;
let core: Core | undefined;
let tell: Tell = () => {};
/** By the number under which the core knows them. */
const parcels = new Map<number, Parcel>();
const ids: string[] = [];
/** What only this tab has of a letter: all of it, or files by their keys; `full` where there was no room. */
interface Loose {
  whole: boolean;
  full: boolean;
  left: string[];
}
/** By the key of the letter. */
const loose = new Map<string, Loose>();
/** Bytes of the files that were chosen here. */
const bytes = new Map<string, Blob>();
/** The file that is going, so that it is opened once for all its slices. */
let going: { key: string; blob: Blob } | undefined;
/** Where files that were begun go on, by their keys. */
const places = new Map<string, string>();
const watchers = new Map<string, Set<(state: State) => void>>();
const states = new Map<string, State>();
let last: Reply | undefined;
let leave = () => {};
let timer: ReturnType<typeof setTimeout> | undefined;
/** Ends with a log-out. */
let life = new AbortController();

const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(NAME);

function idOf(key: string): number {
  const at = ids.indexOf(key);
  return at < 0 ? ids.push(key) - 1 : at;
}

function say(key: string, state: State): void {
  states.set(key, state);
  for (const run of watchers.get(key) ?? []) run(state);
}

/** What is to be done is done one after the other. */
let work: Promise<void> = Promise.resolve();
function happened(...it: [event: keyof typeof HAPPENED, id?: number, a?: number, b?: number, wait?: number, code?: string]): void {
  if (!core) return;
  for (const action of told(core, ...it)) work = work.then(() => act(action)).catch(() => {});
}

function tellCore(parcel: Parcel): void {
  const id = idOf(parcel.key);
  parcels.set(id, parcel);
  happened("letter", id, parcel.at, parcel.refused ? 1 : 0);
  for (const { size = 0, token, picture } of parcel.slots) happened("file", id, size, (token ? 1 : 0) | (picture ? 2 : 0));
}

function drop(key: string): void {
  parcels.delete(idOf(key));
  loose.delete(key);
  guard();
}

/** The tab asks before it is left while it has what is nowhere else. */
function guard(): void {
  if (loose.size && ears) addEventListener("beforeunload", hold);
  else removeEventListener("beforeunload", hold);
}
function hold(event: BeforeUnloadEvent): void {
  event.preventDefault();
  // Chromium before 119 asks for this.
  event.returnValue = true;
}

function wipe(): void {
  life.abort();
  life = new AbortController();
  going = last = undefined;
  for (const all of [parcels, loose, bytes, places, states]) all.clear();
  guard();
  happened("wipe");
}

if (channel) {
  channel.onmessage = ({ data }: MessageEvent<News>) => {
    if (data === "wipe") return wipe();
    if (data.state.at !== "sent") return;
    // Another tab has sent it.
    drop(data.key);
    happened("gone", idOf(data.key));
    tell("sent", `${data.state.number}/${data.state.status}`);
    say(data.key, data.state);
  };
}

/** What an earlier page or another tab has left; what they have sent meanwhile is gone. Whoever has the turn takes over how far they are. */
async function look(turn: boolean): Promise<void> {
  const kept = await names();
  if (!kept) return;
  for (const [id, { key }] of parcels) {
    if (loose.get(key)?.whole || kept.includes(key)) continue;
    parcels.delete(id);
    happened("gone", id);
  }
  for (const name of kept) {
    if (name.includes("/") || (!turn && parcels.has(idOf(name)))) continue;
    const it = await fetchKept(name).catch(() => "later" as const);
    if (it === "later") continue;
    if (it) tellCore(read(it));
    // Of another key, or of another version: nobody can read it any more.
    else await forget(name);
  }
}

/** Keeps how far a letter is; where there is no room for that, what was kept at first holds. */
async function save(parcel: Parcel): Promise<void> {
  if (loose.get(parcel.key)?.whole) return;
  const { signal } = life;
  await keep([[parcel.key, write(parcel)]]);
  // A log-out came while it was written.
  if (signal.aborted) await forget(parcel.key);
}

/** What of a letter outlives the tab; a file that the server has does by itself. */
function stands({ key, slots }: Parcel): Pick<Extract<State, { at: "waits" }>, "kept" | "full" | "left"> {
  const it = loose.get(key);
  return { kept: !it?.whole, full: !!it?.full, left: slots.filter((slot) => !slot.token && it?.left.includes(slot.key)) };
}

async function bytesOf(parcel: Parcel, slot: Slot): Promise<Blob | undefined> {
  if (going?.key === slot.key) return going.blob;
  const blob = bytes.get(slot.key) ?? (await fetchKept(`${parcel.key}/${slot.key}`).then((it) => it && new Blob([it], { type: slot.type })));
  going = blob && { key: slot.key, blob };
  return blob;
}

/** Tabs take turns. */
function take(): void {
  const round = async () => {
    const end = new Promise<void>((done) => (leave = done));
    await look(true).catch(() => {});
    happened("turn");
    await end;
  };
  void (navigator.locks ? navigator.locks.request(NAME, round) : round());
}

async function request(parcel: Parcel, { what, slot: at, from, to }: Action): Promise<void> {
  const { signal } = life;
  if (!given) return;
  const slot = parcel.slots[at];
  let reply: Reply;
  if (what === "words") reply = await words(given, parcel, signal);
  else {
    const blob = await bytesOf(parcel, slot);
    if (!blob) return signal.aborted ? undefined : happened("noBytes");
    const progress = (share: number) => say(parcel.key, { at: "sending", file: at + 1, of: parcel.slots.length, share });
    progress(from / blob.size || 0);
    if (what === "whole") reply = await whole(given, parcel, slot, blob, progress, signal);
    else if (what === "begin") {
      reply = await begin(given, parcel, slot, signal);
      places.set(slot.key, reply.place);
    } else reply = await slice(given, parcel, slot, places.get(slot.key) ?? "", { blob, from, to }, progress, signal);
  }
  // After a log-out an answer is nobody's.
  if (signal.aborted) return;
  last = reply;
  // The portal's setup: the person can do nothing about it, its developer can.
  if (reply.status === 403) fire("error", { code: reply.code, message: `${location.origin}: ${reply.body?.title ?? ""}`, path: "" });
  happened("reply", reply.status, reply.offset, unknown(reply) | (reply.body?.token ? 1 << 31 : 0), reply.wait, reply.code);
}

/** A letter is out of the way: nothing of it stays. */
async function gone(parcel: Parcel, state: State): Promise<void> {
  for (const slot of parcel.slots) bytes.delete(slot.key);
  going = undefined;
  drop(parcel.key);
  await forget(parcel.key);
  if (state.at === "sent") {
    fire("submitted", { number: state.number });
    tell("sent", `${state.number}/${state.status}`);
    channel?.postMessage({ key: parcel.key, state } satisfies News);
  } else fire("senderror", { code: "refused" });
  say(parcel.key, state);
}

async function act(action: Action): Promise<void> {
  const { what, id, slot: at } = action;
  if (what === "take") return take();
  if (what === "leave") return leave();
  if (what === "count") return tell("waits", at);
  if (what === "still" || what === "timer") {
    clearTimeout(timer);
    if (what === "timer") timer = setTimeout(() => happened("wake"), at);
    return;
  }
  const parcel = parcels.get(id);
  if (!parcel) return;
  const { key, slots } = parcel;
  const slot = slots[at];
  const faults = last?.faults ?? [];
  switch (what) {
    case "whole":
    case "begin":
    case "slice":
    case "words":
      void request(parcel, action).catch(() => happened("reply"));
      return;
    case "there":
      slot.token = `${last?.body?.token}`;
      going = undefined;
      return;
    case "lose":
      slots.splice(at, 1);
      parcel.lost.push(slot.name);
      return;
    case "anew":
      slot.token = undefined;
      return;
    case "save":
      return save(parcel);
    case "waits":
      fire("queued", { code: "network" });
      return say(key, { at: "waits", ...stands(parcel), picture: slots.some((it) => it.picture && !it.token) });
    case "sent": {
      const adds = parcel.path !== "tickets";
      const number = adds ? parcel.path.split("/")[1] : `${last?.body?.number}`;
      if (!adds) {
        remember([{ number, token: `${last?.body?.token}`, about: parcel.about }]);
        fire("ticket", { number });
        if (last?.body?.identity_refused) fire("error", REFUSED);
      }
      return gone(parcel, { at: "sent", number, status: `${last?.body?.status ?? ""}`, lost: parcel.lost });
    }
    case "returned":
      return gone(parcel, { at: "refused", faults, message: `${last?.body?.title ?? ""}` });
    case "refused":
      return gone(parcel, { at: "file", slot, message: `${last?.body?.title ?? ""}` });
    case "kept":
      fire("senderror", { code: "refused" });
      parcel.refused = faults;
      await save(parcel);
      tell("refused");
      say(key, { at: "refused", faults });
  }
}

async function ready(by: Given): Promise<void> {
  given = by;
  core ??= await by.load<Core>("panel");
}

let ears: AbortController | undefined;
/** Begins: what waits goes, and the panel hears of it. Without a panel nothing listens: the loader comes again. */
export async function start(by: Given, hear?: Tell): Promise<void> {
  // A log-out has to forget all of this without a network, too.
  const wiping = by.load<typeof import("../../../www/loader/wipe")>("wipe.js").catch(() => undefined);
  if (hear) {
    tell = hear;
    ears ??= new AbortController();
    const { signal } = ears;
    addEventListener("online", () => happened("wake"), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && happened("wake"), { signal });
  }
  guard();
  if (owed()) await (await wiping)?.wipe();
  const kept = await names();
  if (kept?.length) await forget(DESK, stale());
  // Nothing to send: whoever only began a letter needs no machine.
  if (!hear && kept?.every((it) => it.includes("/"))) return;
  await ready(by);
  await look(false);
  tell("waits", waiting().length);
  if ([...parcels.values()].some((it) => it.refused)) tell("refused");
  happened("wake");
}

/** The panel has gone, or the page is left: nobody is told any more, and nothing of ours stays on the page. */
export function stop(): void {
  tell = () => {};
  happened("stop");
  clearTimeout(timer);
  ears?.abort();
  ears = undefined;
  guard();
}

/** Takes a letter with the bytes of its files, keeps it and sends it at once. `run` hears what becomes of it. */
export async function post(by: Given, parcel: Parcel, files: Blob[], run: (state: State) => void): Promise<() => void> {
  const unwatch = watch(parcel.key, run);
  const all: [string, ArrayBuffer][] = [];
  for (const [at, slot] of parcel.slots.entries()) {
    slot.size = files[at].size;
    try {
      all.push([`${parcel.key}/${slot.key}`, await files[at].arrayBuffer()]);
    } catch {
      // It has gone from the disk since it was chosen.
      say(parcel.key, { at: "file", slot, message: "", gone: true });
      return unwatch;
    }
  }
  parcel.slots.forEach((slot, at) => bytes.set(slot.key, files[at]));
  const { signal } = life;
  const { kept, full } = await keep([...all, [parcel.key, write(parcel)]]);
  if (signal.aborted) {
    await forget(parcel.key);
    return unwatch;
  }
  const left = parcel.slots.filter((_, at) => !kept.includes(all[at][0])).map((it) => it.key);
  if (left.length || !kept.length) loose.set(parcel.key, { whole: !kept.length, full, left });
  guard();
  await ready(by);
  tellCore(parcel);
  happened("press", idOf(parcel.key));
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

/** The letter that waits goes at once. */
export const again = (key: string): void => happened("press", idOf(key));

/** The same, without its picture. */
export const bare = (key: string): void => happened("bare", idOf(key));

/** Letters that are on their way; on one path. */
export const waiting = (path?: string): Parcel[] => [...parcels.values()].filter((it) => !it.refused && (!path || it.path === path));

/** Takes back a letter that was refused while nobody was there; with the bytes of its files. */
export async function takeBack(path: string): Promise<{ parcel: Parcel; files: Blob[] } | undefined> {
  await look(false);
  const parcel = [...parcels.values()].find((it) => it.refused && it.path === path);
  if (!parcel) return;
  const files: Blob[] = [];
  for (const slot of parcel.slots) {
    const it = bytes.get(slot.key) ?? (await fetchKept(`${parcel.key}/${slot.key}`).catch(() => "later" as const));
    // It stays where it is, whole.
    if (it === "later") return;
    files.push(it instanceof Blob ? it : new Blob(it ? [it] : [], { type: slot.type }));
  }
  drop(parcel.key);
  happened("gone", idOf(parcel.key));
  await forget(parcel.key);
  return { parcel, files };
}
