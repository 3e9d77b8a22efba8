/**
 * One question after the solution: 1 to 5, reasons, a few words. It can be skipped, and comes once.
 *
 * **Accessibility criteria**: a group of radio buttons with its question as legend; no choice is made beforehand; an empty answer
 * MUST say what to do at the question.
 */

import { numbers } from "../numbers";
import { button, make } from "../part";
import { key, later, post, type Ticket } from "./api";
import { see, seen, type Own } from "./own";
import type { Room } from "./view";

/** Codes of the core: `ticket::REASONS`. The first four are asked about a low score, the others about a high one. */
const LOW = ["slow", "unclear", "unsolved", "rude"];
const HIGH = ["fast", "clear", "solved", "kind"];

const over = (ticket: Ticket) => ticket.status === "resolved" || ticket.status === "closed";
const rated = (ticket: Ticket) => ticket.events.some((it) => it.action === "rate");

/** Whether the question is still to be put. */
export const due = (ticket: Ticket): boolean => over(ticket) && ticket.actions.includes("rate") && !rated(ticket) && !seen(ticket.number).skip;

export function rate(room: Room, own: Own, done: () => void): HTMLElement {
  const { given, words, panel } = room;
  /** What was sent last, under its key: other words are another rating to the server. */
  let [last, once] = ["", ""];
  const error = make("p", { class: "error", id: "pdk-rate-error" });
  const reasons = make("fieldset", { hidden: true });
  const text = make("textarea", { id: "pdk-rate-text", rows: 2, maxlength: 1_000 });
  const held = numbers(room, text);
  let score = 0;

  const choose = (value: number) => {
    score = value;
    error.textContent = "";
    const codes = value <= 3 ? LOW : HIGH;
    const box = (code: string) =>
      make("p", { class: "check" }, make("input", { type: "checkbox", id: `pdk-why-${code}`, value: code }), make("label", { for: `pdk-why-${code}` }, words.say(`rate.why.${code}`)));
    reasons.replaceChildren(make("legend", {}, words.say("rate.why")), ...codes.map(box));
    reasons.hidden = false;
  };
  const scores = [1, 2, 3, 4, 5].map((value) =>
    make(
      "p",
      { class: "check" },
      make("input", { type: "radio", name: "pdk-score", id: `pdk-score-${value}`, value, "aria-describedby": "pdk-rate-error", change: () => choose(value) }),
      make("label", { for: `pdk-score-${value}` }, words.say(`rate.${value}`)),
    ),
  );

  async function send(): Promise<void> {
    if (!score) {
      error.textContent = words.say("rate.empty");
      return place.querySelector("input")?.focus();
    }
    if (!held.pass()) return;
    const chosen = [...reasons.querySelectorAll<HTMLInputElement>("input:checked")].map((it) => it.value);
    const body = { score, reasons: chosen, text: text.value.trim() || undefined };
    if (JSON.stringify(body) !== last) [last, once] = [JSON.stringify(body), key()];
    const { status } = await post(given, `tickets/${own.number}/rating`, body, own, once);
    // 409: it was rated before, by a request whose answer was lost, or on another device.
    if (status !== 409 && (status < 200 || status > 299)) {
      error.textContent = words.say(later(status) ? "rate.later" : "rate.failed");
      return panel.say(error.textContent);
    }
    see(own.number, { skip: true });
    panel.say(words.say("rate.thanks"));
    document.dispatchEvent(new CustomEvent("podskazka:rated", { bubbles: true, composed: true, detail: { number: own.number, score } }));
    place.replaceChildren(make("p", { class: "note" }, words.say("rate.thanks")));
    done();
  }
  const skip = () => {
    see(own.number, { skip: true });
    place.remove();
    done();
  };

  const place = make(
    "form",
    {
      class: "rate",
      submit: (event: SubmitEvent) => {
        event.preventDefault();
        void send();
      },
    },
    make("fieldset", {}, make("legend", {}, make("strong", {}, words.say("rate"))), make("p", { class: "hint" }, words.say("rate.hint")), error, ...scores),
    reasons,
    make("div", { class: "field" }, make("label", { for: "pdk-rate-text" }, words.say("rate.text")), text, held.place),
    make("p", { class: "choice" }, button("main", words.say("rate.send"), () => void send()), button("quiet", words.say("rate.skip"), skip)),
  );
  return place;
}
