/**
 * Numbers of papers, accounts and cards in words that a person writes: the core finds them, the person is shown what kind they are,
 * and hides them or leaves them in. A card's number is hidden when the words go, unless it is left in.
 *
 * **Accessibility criteria**
 * - While a person types nothing MUST be said or moved: a kind is announced once, after a pause. The number itself is never announced.
 * - Words with a number that was not shown yet MUST NOT go: the question takes the focus, and the next press sends.
 * - Whatever is pressed, the focus MUST be on the button that takes it back; the browser's own undo takes a hidden number back too.
 */

import { button, make, type Panel, type Words } from "./part";
import { redrawn } from "./tickets/view";

/** A number: places in units of UTF-16, and what stands for it once it is hidden. */
interface Found {
  kind: string;
  start: number;
  end: number;
  shape: string;
}

/** The panel's own module: src/page.rs. */
export interface Finder {
  numbers: (text: string) => Found[];
}

interface Room {
  words: Words;
  panel: Panel;
  core: Finder;
  signal: AbortSignal;
}

/** Numbers of one kind and what becomes of them. */
interface Row {
  kind: string;
  state: "found" | "left" | "hidden";
  /** How they begin. */
  starts: string[];
  found: Found[];
}

/** Milliseconds after the last key; answers to the text have been announced by then (letter/offers.ts). */
const PAUSE = 1_600;
/** Signs by which a person knows a number again; never more than a third of it. */
const START = 4;
/** Numbers of one kind that are named. */
const NAMED = 3;
/** Hidden unless the person leaves it in: whoever has it can pay with it, and no answer needs it. */
const CARD = "card";

export interface Numbers {
  place: HTMLElement;
  /** Looks at the text anew, after a script has changed it. */
  look: () => void;
  /** Whether the words may go now; hides what goes hidden. */
  pass: () => boolean;
}

/** `left`: numbers that were left in, where they outlive the view. */
export function numbers({ words, panel, core, signal }: Room, text: HTMLTextAreaElement, left = new Set<string>()): Numbers {
  let gone: { kind: string; start: number; was: string; shape: string }[] = [];
  const told = new Set<string>();
  const said = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const value = ({ start, end }: Found) => text.value.slice(start, end);
  const what = (kinds: string[]) => kinds.map((kind) => words.say(`number.${kind}`)).join(", ");
  const start = (it: string) => `${it.slice(0, Math.min(START, it.length / 3))}…`;

  const stop = make("p", { hidden: true }, make("strong"));
  const list = make("div");
  const place = make("div", { class: "note", role: "group", tabindex: -1, hidden: true }, stop, list);
  const draw = redrawn<Row[]>(list, (rows) => rows.flatMap(row), (rows) => rows.map(({ kind, state, starts }) => [kind, state, starts]));

  function rows(): Row[] {
    const found = core.numbers(text.value);
    gone = gone.filter((it) => text.value.includes(it.shape));
    const kinds = [...new Set([...found, ...gone].map((it) => it.kind))];
    const of = (kind: string, state: Row["state"], found: Found[], starts: string[]): Row[] => (starts.length ? [{ kind, state, found, starts: starts.map(start) }] : []);
    return kinds.flatMap((kind) => {
      const all = found.filter((it) => it.kind === kind);
      const [kept, open] = [all.filter((it) => left.has(value(it))), all.filter((it) => !left.has(value(it)))];
      const hidden = gone.filter((it) => it.kind === kind).map((it) => it.was);
      return [...of(kind, "found", open, open.map(value)), ...of(kind, "left", kept, kept.map(value)), ...of(kind, "hidden", [], hidden)];
    });
  }

  function row({ kind, state, starts, found }: Row): HTMLElement[] {
    const name = what([kind]);
    const press = (key: string, does: () => void) => button("quiet", words.say(`number.${key}`), does, { "data-kind": kind, "aria-label": `${words.say(`number.${key}`)}: ${name}` });
    const hides = press("hide", () => turn(kind, () => hide(found), "hidden"));
    const leaves = press("leave", () => turn(kind, () => found.forEach((it) => left.add(value(it))), "left"));
    const backs = press("back", () => turn(kind, () => restore(kind), "left"));
    if (state !== "found") return [make("p", {}, words.say(`number.${state}`, { what: name })), make("p", { class: "choice" }, state === "left" ? hides : backs)];
    const which = starts.slice(0, NAMED).join(", ");
    return [
      make("p", {}, make("strong", {}, words.say("number.found", { n: starts.length, what: name, starts: which }))),
      make("p", { class: "hint" }, words.say(kind === CARD ? "number.hint.card" : "number.hint")),
      make("p", { class: "choice" }, hides, leaves),
    ];
  }

  /** What a person decides of a kind; what takes it back has the focus then. */
  function turn(kind: string, decide: () => void, said: string): void {
    decide();
    show(rows());
    list.querySelector<HTMLElement>(`[data-kind="${kind}"]`)?.focus();
    panel.say(words.say(`number.${said}`, { what: what([kind]) }));
  }

  /** Into the browser's own undo, where it lets a script: the text has to have the focus then. */
  function write(from: number, to: number, it: string, own: boolean): void {
    const wanted = text.value.slice(0, from) + it + text.value.slice(to);
    if (own) {
      text.focus({ preventScroll: true });
      text.setSelectionRange(from, to);
      document.execCommand("insertText", false, it);
    }
    if (text.value === wanted) return;
    text.value = wanted;
    text.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }

  /** A shape is as long as its number, so the places of the others stay. */
  function hide(found: Found[], own = true): void {
    for (const it of found) {
      gone.push({ kind: it.kind, start: it.start, was: value(it), shape: it.shape });
      write(it.start, it.end, it.shape, own);
    }
  }

  function restore(kind: string): void {
    for (const { start, was, shape } of gone.filter((it) => it.kind === kind)) {
      const at = text.value.startsWith(shape, start) ? start : text.value.indexOf(shape);
      if (at >= 0) write(at, at + shape.length, was, true);
      left.add(was);
    }
    gone = gone.filter((it) => it.kind !== kind);
  }

  const open = (all: Row[]) => all.filter((it) => it.state === "found");

  function show(all: Row[]): void {
    for (const it of open(all).flatMap((row) => row.found)) told.add(value(it));
    stop.hidden ||= !open(all).length;
    draw(all);
    place.hidden = !all.length;
  }

  /** After a pause; not while a button is held down, which would move away under it. */
  function look(): void {
    if ((text.getRootNode() as ShadowRoot).querySelector("button:active")) return typed();
    const all = rows();
    const kinds = open(all).map((it) => it.kind).filter((kind) => !said.has(kind));
    show(all);
    if (!kinds.length) return;
    for (const kind of kinds) said.add(kind);
    panel.say(words.say("number.said", { what: what(kinds) }));
  }

  function typed(): void {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  }

  function pass(): boolean {
    clearTimeout(timer);
    const all = rows();
    const found = open(all).flatMap((it) => it.found);
    if (found.every((it) => told.has(value(it)))) {
      hide(found.filter((it) => it.kind === CARD), false);
      show(rows());
      return true;
    }
    const kinds = open(all).map((it) => it.kind);
    for (const kind of kinds) said.add(kind);
    const sentence = words.say("number.stop", { what: what(kinds) });
    stop.firstElementChild!.textContent = sentence;
    stop.hidden = false;
    place.setAttribute("aria-label", sentence);
    show(all);
    place.focus();
    return false;
  }

  text.addEventListener("input", typed);
  signal.addEventListener("abort", () => clearTimeout(timer));
  if (text.value) typed();
  return { place, look: () => show(rows()), pass };
}
