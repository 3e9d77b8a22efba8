/**
 * The tickets of this browser and, where the portal names its citizen, of the person.
 *
 * **Accessibility criteria**: each ticket MUST be one list item with a button: number, state and «новый ответ» in words.
 */

import { make } from "../part";
import { ask, fresh, page, type Ticket } from "./api";
import { own, remember, seen, type Own } from "./own";
import { replace, type Room } from "./view";

interface Row extends Own {
  status?: string;
  created_at?: string;
  fresh: number;
}

/** Of the many, these are asked for one by one. */
const MOST = 10;

/** The list as elements; `open` gets a number. */
export function rows(room: Room, all: Row[], open: (number: string) => void): HTMLElement {
  const { words } = room;
  const row = (it: Row) =>
    make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "card", click: () => open(it.number) },
        make("strong", {}, it.number),
        it.status ? make("span", {}, words.say(`state.${it.status}`)) : null,
        it.fresh > 0 && make("span", { class: "fresh" }, `● ${words.say("new")}`),
      ),
    );
  return make("ul", { class: "cards" }, ...all.map(row));
}

export async function list(room: Room, place: HTMLElement, open: (number: string) => void): Promise<void> {
  const { given, words, signal } = room;
  if (given.identity?.token) {
    const mine = await ask<{ items: { number: string }[] }>(given, "tickets");
    remember((mine.body?.items ?? []).map(({ number }) => ({ number })));
  }
  const all: Row[] = own().map((it) => ({ ...it, fresh: 0 }));
  if (signal.aborted) return;
  if (!all.length) return place.replaceChildren(make("p", {}, words.say("none")));
  const draw = () => replace(place, rows(room, all, open), make("p", { class: "hint" }, words.say("here")));
  draw();
  let unread = 0;
  let away = false;
  await Promise.all(
    all.slice(0, MOST).map(async (it) => {
      const { status, body } = await page(given, it);
      away ||= status === 0;
      if (!body) return;
      it.status = body.status;
      it.fresh = fresh(body as Ticket, seen(it.number).seq);
      unread += it.fresh;
    }),
  );
  if (signal.aborted) return;
  draw();
  if (away) place.append(make("p", { class: "note" }, words.say("offline")));
  document.dispatchEvent(new CustomEvent("podskazka:unread", { bubbles: true, composed: true, detail: { count: unread } }));
}
