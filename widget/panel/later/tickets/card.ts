/**
 * One ticket: where it stands, until when, what was said, what can be done. It stays true while it is open.
 *
 * **Accessibility criteria**
 * - Where the ticket stands MUST be an ordered list with `aria-current`, and a sentence.
 * - News MUST be announced and MUST NOT move the focus nor take away what is being typed.
 */

import { button, make } from "../part";
import { actions } from "./actions";
import { page, type Ticket } from "./api";
import { composer } from "./composer";
import { history } from "./history";
import { follow, pause } from "./live";
import { own, see, seen, type Own } from "./own";
import { due, rate } from "./rate";
import { device, letters } from "./share";
import { redrawn, type Room } from "./view";

const STEPS = ["new", "work", "answer", "closed"];
const AT: Record<string, number> = { new: 0, open: 1, in_progress: 1, waiting_citizen: 1, waiting_external: 1, resolved: 2, closed: 3, rejected: 3, erased: 3 };

/** The line of the states, the state and the deadline in words. */
export function standing({ words }: Room, ticket: Ticket): HTMLElement[] {
  const at = AT[ticket.status] ?? 0;
  const step = (name: string, place: number) =>
    make("li", { class: place <= at ? "past" : "", "aria-current": place === at && "step" }, words.say(`step.${name}`), place < at && make("span", { class: "unseen" }, `, ${words.say("step.done")}`));
  const { first_response, resolution, paused } = ticket.deadlines;
  const answered = ticket.events.some((it) => it.actor === "operator" && it.text);
  const when = (iso: string) => ({ when: words.time(iso) });
  const term = paused ? words.say("term.paused") : at >= 2 ? "" : answered ? resolution && words.say("term.whole", when(resolution)) : words.say("term.first", when(first_response));
  return [
    make("ol", { class: "line", "aria-label": words.say("steps") }, ...STEPS.map(step)),
    make("dl", {}, make("dt", {}, words.say("state")), make("dd", {}, words.say(`state.${ticket.status}`)), ...(term ? [make("dt", {}, words.say("term")), make("dd", {}, term)] : [])),
  ];
}

/** Milliseconds until a ticket that could not be read is asked for again. */
const AGAIN = 5_000;

export async function card(room: Room, place: HTMLElement, number: string): Promise<void> {
  const { given, words, panel, signal } = room;
  const it: Own = own().find((it) => it.number === number) ?? { number };
  const note = make("p", { class: "note" }, words.say("loading"));
  const [stand, talk, rating, steps] = [make("div"), make("section", { "aria-labelledby": "pdk-history" }), make("div"), make("div")];
  place.replaceChildren(note);

  const refresh = (): void => void load();
  const drawStanding = redrawn<Ticket>(stand, (ticket) => standing(room, ticket), ({ status, deadlines, events }) => [status, deadlines, events.length]);
  const drawTalk = redrawn<Ticket>(
    talk,
    (ticket) => [make("h3", { id: "pdk-history" }, words.say("history")), history(room, it, ticket.events)],
    ({ events }) => events,
  );
  const drawRating = redrawn<Ticket>(rating, (ticket) => (due(ticket) ? [rate(room, it, refresh)] : []), due);
  const drawSteps = redrawn<Ticket>(steps, (ticket) => actions(room, it, ticket, refresh), ({ actions }) => actions);
  const write = composer(room, it, refresh);
  let shown = false;
  let waits = false;
  let last = 0;

  async function load(): Promise<void> {
    const { status, body } = await page(given, it);
    if (signal.aborted) return;
    if (!body) {
      note.hidden = false;
      const gone = [401, 403, 404].includes(status);
      note.textContent = words.say(gone ? "gone" : "offline");
      // The way that the note names; once, a button that has the focus would lose it.
      if (gone && !shown && !place.querySelector("button")) place.replaceChildren(note, make("p", {}, button("quiet", words.say("find"), () => panel.go("status", "mail"))));
      // The stream may have come through with the news all the same, and will not tell them twice.
      if (!gone && !waits) {
        waits = true;
        await pause(AGAIN, signal);
        waits = false;
        if (!signal.aborted) await load();
      }
      return;
    }
    note.hidden = true;
    drawStanding(body);
    drawTalk(body);
    drawRating(body);
    drawSteps(body);
    write.place.hidden = !body.actions.includes("comment");
    write.name(words.say(body.status === "waiting_citizen" ? "answer" : "add"));
    const top = Math.max(0, ...body.events.map((it) => it.seq));
    const news = body.events.filter((it) => it.seq > last && it.actor !== "citizen");
    if (shown && news.length) {
      const { action, kind, rating } = news[news.length - 1];
      panel.say(words.say("news", { what: words.say(`did.${action ?? kind}`, { score: rating?.score ?? "" }) }));
    }
    last = Math.max(last, top);
    see(number, { seq: Math.max(top, seen(number).seq) });
    if (!shown) {
      shown = true;
      place.replaceChildren(note, stand, rating, talk, steps, write.place, ...[device(room, it), letters(room, it)].filter((drawer) => !!drawer));
    }
  }

  panel.title(words.say("title", { number }));
  await load();
  if (!signal.aborted) void follow(given, it, last, refresh, signal);
}
