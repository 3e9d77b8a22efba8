/**
 * The start of a page for somebody for whom this browser keeps something: letters that wait go, answers that were not read are counted
 * on the «Помощь» button, which stands where it was put, and a panel beside the page goes on with what an earlier page of this tab has
 * left open. Without anything kept a page asks for nothing.
 *
 * **Accessibility criteria**: the count MUST be part of the button's name in words, not a bare number.
 */

import type { Given } from "./part";
import { fresh, page } from "./tickets/api";
import { own, seen } from "./tickets/own";

/** Milliseconds between questions about the same tickets, over all pages of the site. */
const PAUSE = 120_000;
/** Tickets that are asked for; older ones are closed as a rule. */
const MOST = 5;
const ASKED = "podskazka.asked";
/** Letters that wait, tickets: outbox/store.ts, tickets/own.ts. */
const KEPT = ["podskazka.waits", "podskazka.tickets"];
/** As in widget/panel/src/browser.js. */
const ROOM = 832;
const FRESH = 1_800_000;

export const WORDS: Record<string, { unread: string }> = {
  ru: { unread: "новых ответов: {}" },
  en: { unread: "new answers: {}" },
};

/** Answers of others that were not read, in the tickets written last. */
export async function unread(given: Given): Promise<number> {
  const counts = own()
    .slice(0, MOST)
    .map(async (it) => {
      const { body } = await page(given, it);
      return body ? fresh(body, seen(it.number).seq) : 0;
    });
  return (await Promise.all(counts)).reduce((sum, it) => sum + it, 0);
}

/** The count on the button, or none. */
export function badge(count: number, lang: string): void {
  const button = document.querySelector<HTMLElement>(".pdk-launcher");
  if (!button) return;
  button.querySelector("span")?.remove();
  if (!count) return;
  const text = (WORDS[lang] ?? WORDS.ru).unread.replace("{}", count > 9 ? "9+" : `${count}`);
  const mark = document.createElement("span");
  mark.textContent = ` · ${text}`;
  button.append(mark);
}

/** The panel stood beside an earlier page of this tab; what was open, and since when: widget/panel/src/browser.js. */
function beside(): boolean {
  const docked = /"docked":true/.test(localStorage["podskazka.settings"] ?? "") && innerWidth >= ROOM;
  const [at, , view] = `${sessionStorage["podskazka.stay"] ?? ""}`.split("\n");
  return docked && !!view && Date.now() - Number(at) < FRESH;
}

/** What the loader adds to what a part is given. */
interface Start extends Given {
  /** Ends with the widget: nothing of ours stays on the page then, no timer either. */
  signal: AbortSignal;
  open: (view: string, ask: object) => void;
}

export async function wake(given: Start): Promise<void> {
  const { signal } = given;
  if (localStorage["podskazka.place"]) {
    const { place } = await given.load<typeof import("../../../www/loader/place")>("place.js");
    place(signal, () => given.load("panel"));
  }
  if (beside()) given.open("help", { quiet: true });
  if (!KEPT.some((name) => localStorage[name])) return;
  const hear = ((event: CustomEvent<{ count: number }>) => badge(event.detail.count, given.lang)) as EventListener;
  document.addEventListener("podskazka:unread", hear, { signal });
  // A log-out has to forget letters and tickets without a network, too.
  void given.load("wipe.js").catch(() => {});
  // The flag: outbox/store.ts.
  if (localStorage["podskazka.waits"]) {
    const { start, stop } = await given.load<typeof import("./outbox")>("outbox.js");
    if (signal.aborted) return;
    signal.addEventListener("abort", stop);
    void start(given).then(() => signal.aborted && stop(), () => {});
    // A log-out is still to be done: nobody's tickets are asked for.
    if (localStorage["podskazka.waits"] === "wipe") return;
  }
  if (!own().length || Date.now() - Number(localStorage[ASKED] ?? 0) < PAUSE) return;
  localStorage[ASKED] = Date.now();
  const count = await unread(given);
  if (count && !signal.aborted) document.dispatchEvent(new CustomEvent("podskazka:unread", { bubbles: true, composed: true, detail: { count } }));
}
