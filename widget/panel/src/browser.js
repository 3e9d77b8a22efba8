/**
 * The page and the dialog on it, as the panel needs them: a script, since each call of the browser from the module weighs there.
 *
 * **Accessibility criteria**
 * - Over the page the dialog MUST be modal: Tab stays inside, Esc closes wherever the focus is, which returns to where it was.
 * - Beside the page it MUST let Tab out; Esc inside it closes. Under a dialog or a popover of the page it MUST come over all when asked for.
 */

import css from "looks/panel.css";

/** Narrower than this there is no room beside the page: twice the panel, in CSS pixels. */
const ROOM = 832;
/** Number and token of the tickets sent from this browser. */
const TICKETS = "podskazka.tickets";
/** Sizes that the person gave the panel: `widget/panel/later/around/size.ts`. */
const SIZE = "podskazka.size";

/** What stood open when a page was left, and the steps that were ticked off: in this tab alone. */
const STAY = "podskazka.stay";
/** Milliseconds that it is worth going on with. */
const FRESH = 1_800_000;

/** The query of the page's address may name a person: no request carries it. */
const QUIET = "no-referrer";

/** Milliseconds that an answer of the server about its articles may take to begin: those of the widget's folder are better than none. */
const PATIENCE = 1500;
/** As many for one that the browser has kept. */
const MEMORY = 250;
/** Milliseconds for the whole article file, on a line that stalls. */
const LONGEST = 15000;

let host;
let dialog;
/** Where the focus goes back to. */
let opener;
let online;
/** It was opened, and that it was closed is still to be told. */
let shown;
/** Called when the panel was closed. */
let left;

/** Uncaught errors of the page since the panel is on it, by name. Their messages may hold anything: they are not read. */
const uncaught = {};
let watch;

function count({ error, reason = error }) {
  const name = `${reason?.name ?? ""}`;
  const known = /^[A-Za-z]{1,40}$/.test(name) ? name : "Error";
  uncaught[known] = (uncaught[known] ?? 0) + 1;
}

/** The letter asks what is known here: widget/panel/later/letter/told.ts. */
function gather({ detail: { errors } }) {
  for (const name in uncaught) errors[name] = Math.max(errors[name] ?? 0, uncaught[name]);
}

const modal = () => dialog.matches(":modal");

/** What this browser keeps under a name; nothing where storage is blocked. */
export function kept(name) {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {}
}

/** Keeps a text in this browser, or forgets it. */
export function keep(name, text) {
  try {
    if (text === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {}
}

/** Keeps what stands open for the next page of this tab; a panel that was closed leaves the steps alone. */
export function stay(view, steps) {
  try {
    if (steps || dialog.open) sessionStorage[STAY] = [Date.now(), steps, dialog.open ? view : ""].join("\n");
    else sessionStorage.removeItem(STAY);
  } catch {}
}

/** What an earlier page of this tab has left: steps, then the view and the question; nothing where that was long ago. */
export function stayed() {
  try {
    const [at, steps, view, question] = sessionStorage[STAY].split("\n");
    // A letter that has gone is not begun anew; one that is being written lies there: later/letter/kept.ts.
    const gone = view === "ticket" && !sessionStorage["podskazka.desk"];
    if (Date.now() - at < FRESH) return [steps, gone || !view ? "" : `${view}\n${question ?? ""}`].join("\n");
  } catch {}
}

/** Tickets of this browser, the newest first. */
export function own() {
  try {
    return JSON.parse(kept(TICKETS));
  } catch {}
}

/** Fires `podskazka:name`; whether the page let it pass. */
export const fire = (name, detail, cancelable) =>
  document.dispatchEvent(new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, cancelable, detail }));

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits until what has been drawn is seen. */
export const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** Status and JSON of an answer. */
export async function ask(url, of) {
  try {
    new Request(url, of);
  } catch {
    // A token that can stand in no header: the same try would fail for ever.
    return [400];
  }
  const answer = await fetch(url, { ...of, referrerPolicy: QUIET });
  return [answer.status, await answer.json().catch(() => undefined)];
}

export async function bytes(url) {
  const answer = await fetch(url, { referrerPolicy: QUIET });
  return new Uint8Array(await answer.arrayBuffer());
}

/** An answer that begins in time; once it has begun a slow line may take longer. */
async function soon(url, cache, ms) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ms);
  try {
    return await fetch(url, { cache, signal: stop.signal, credentials: "omit", referrerPolicy: QUIET });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The articles of the server at `place`: the bytes, what its pointer says, the address of the file, and what is wrong with it. Nothing
 * where the server has none, cannot be reached or takes too long: then the last pointer that the browser has kept leads to the file
 * that it has kept.
 */
export async function served(place) {
  for (const [cache, ms] of [["default", PATIENCE], ["force-cache", MEMORY]]) {
    let said, url;
    try {
      const answer = await soon(place, cache, ms);
      if (answer.status < 500 && !answer.ok) return;
      said = await answer.json();
      if (!/^[\w-]+\.pdk$/.test(said.file)) return;
      url = `${place}/${said.file}`;
    } catch {
      continue;
    }
    try {
      const answer = await soon(url, "default", PATIENCE);
      if (!answer.ok) return [, said, url, `HTTP ${answer.status}`];
      const body = await Promise.race([answer.arrayBuffer(), sleep(LONGEST)]);
      if (body) return [new Uint8Array(body), said, url];
    } catch {}
  }
}

/** Puts the dialog on the page; the place where the panel draws. The sizes that are kept must stand in the first frame. */
export function mount() {
  host = document.createElement("podskazka-panel");
  host.lang = "ru";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  const size = kept(SIZE) ?? "";
  sheet.replaceSync(`${css}dialog{${/^[\w:;%-]*$/.test(size) ? size : ""}}`);
  root.adoptedStyleSheets = [sheet];
  dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "pdk-title");
  dialog.setAttribute("part", "dialog");
  dialog.onclose = closed;
  dialog.onkeydown = key;
  document.addEventListener("keydown", astray);
  watch = new AbortController();
  const { signal } = watch;
  for (const name of ["error", "unhandledrejection"]) addEventListener(name, count, { signal });
  document.addEventListener("podskazka:gather", gather, { signal });
  const place = document.createElement("div");
  place.className = "panel";
  dialog.append(place);
  root.append(dialog);
  return place;
}

/** Whether something of the page lies over the panel and its backdrop (a popover), or keeps it out of reach (a modal dialog). */
const under = () => document.elementFromPoint(innerWidth - 99, innerHeight / 2) !== host;

/** Over the page, or beside it where the person wants that, there is room, and it is within reach there. */
function stand(docked) {
  shown = true;
  if (docked && innerWidth >= ROOM) {
    dialog.show();
    if (!under()) return;
    dialog.close();
  }
  dialog.showModal();
}

/** `quiet`: it comes by itself, and leaves the focus where it is. Whether it stood open out of reach and is over the page now, as it was. */
export function show(look, docked, quiet) {
  dialog.dataset.look = look;
  if (!host.isConnected) document.body.append(host);
  const open = dialog.open;
  if (open && !under()) return false;
  opener = document.activeElement;
  if (open) {
    dialog.close();
    dialog.showModal();
    dialog.querySelector("h2")?.focus();
    return true;
  }
  // The view that was shown last is not the one that comes.
  delete dialog.dataset.view;
  stand(docked);
  if (quiet) {
    host.blur();
    opener?.focus();
  }
  return false;
}

/** For a step in the history of the browser: opens what was closed. */
export function again(view, docked) {
  dialog.dataset.view = view;
  if (!dialog.open) stand(docked);
}

/** Settings take effect: the look at once; the place by opening anew, which must not count as closing. */
export function apply(look, docked) {
  dialog.dataset.look = look;
  if (!dialog.open || modal() !== (docked && innerWidth >= ROOM)) return;
  const held = dialog.getRootNode().activeElement;
  dialog.close();
  stand(docked);
  held?.focus();
}

export const element = () => dialog;
/** Names the view that is shown, for the parts that stand around it. */
export const name = (view) => void (dialog.dataset.view = view);
/** The language that is spoken, for screen readers. */
export const speak = (lang) => void (dialog.lang = lang);
/** Somebody is typing a question: widget/panel/later/around/rest.ts. */
export const typing = () => dialog.hasAttribute("data-typing");
/** Shows a fresh view from its top. */
export const top = () => void (dialog.scrollTop = 0);

export function close() {
  const open = !!dialog?.open;
  // The browser tells of it a little later: another view may stand open by then.
  if (open) {
    dialog.close();
    closed();
  }
  return open;
}

/** Calls `run` when the panel was closed. */
export const leave = (run) => void (left = run);

export const linked = () => navigator.onLine;

/** Calls `run` whenever the link is back. */
export const back = (run) => addEventListener("online", (online = run));

export function destroy() {
  removeEventListener("online", online);
  document.removeEventListener("keydown", astray);
  watch.abort();
  try {
    sessionStorage.removeItem(STAY);
  } catch {}
  host.remove();
  opener?.focus();
  host = dialog = opener = online = left = undefined;
}

/** Closes a panel that covers the page and brings the field into view, with the focus on it. */
export function reveal(name, by) {
  if (modal()) {
    opener = undefined;
    dialog.close();
  }
  if (by) return void by(name);
  const [field] = document.getElementsByName(name);
  field?.scrollIntoView();
  field?.focus();
}

/** The dialog has no Esc of its own; a modal one lets Tab out into the browser, and with no page left behind it the focus would be lost there. */
function key(event) {
  if (event.key === "Escape" && !event.isComposing) {
    event.preventDefault();
    dialog.close();
  } else if (event.key === "Tab" && modal()) {
    // What Tab visits, in its order; what is not shown is left out.
    const all = dialog.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex="0"]');
    const order = [...all].filter((it) => it.getClientRects().length);
    const [edge, other] = event.shiftKey ? [order[0], order.at(-1)] : [order.at(-1), order[0]];
    if (!edge || dialog.getRootNode().activeElement !== edge) return;
    event.preventDefault();
    other.focus();
  }
}

/** Esc between two views: the control that had the focus is gone, the next heading has not taken it yet, and the key is the body's. */
function astray(event) {
  if (event.target === document.body && event.key === "Escape" && dialog.open && modal()) key(event);
}

/** Esc, the button and `close` all end here: the focus goes back to where it was. */
function closed() {
  // The place was changed, and the dialog stands open again; or this was told already.
  if (!shown || dialog?.open) return;
  shown = false;
  left?.();
  opener?.focus();
  opener = undefined;
  fire("close", { view: (dialog?.dataset.view ?? "").split("/")[0] });
}
