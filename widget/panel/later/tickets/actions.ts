/**
 * Confirm, reopen, withdraw: the steps that the server allows now.
 *
 * **Accessibility criteria**: a step that cannot be taken back MUST ask first; its question takes the focus, «Отмена» gives it back.
 */

import { numbers } from "../numbers";
import { button, make } from "../part";
import { key, post, type Event, type Ticket } from "./api";
import type { Own } from "./own";
import type { Room } from "./view";

export function actions(room: Room, own: Own, ticket: Ticket, done: () => void): HTMLElement[] {
  const { given, words, panel } = room;
  const place = make("div");
  /** One key a press: a second try after a lost answer is the same step. */
  const keys: Record<string, string> = {};

  async function step(action: string, text?: string): Promise<void> {
    keys[action] ??= key();
    const { status, faults } = await post<Event>(given, `tickets/${own.number}/actions`, { action, text }, own, keys[action]);
    if (status) delete keys[action];
    panel.say(status === 201 ? words.say("done") : status === 409 ? words.say("late") : faults[0]?.message || words.say("find.network"));
    if (status === 201 || status === 409) done();
  }

  /** The question before a step, with words where the step needs them. */
  function question(action: "reopen" | "withdraw", back: HTMLElement): void {
    const error = make("p", { class: "error", id: "pdk-act-error" });
    const text = make("textarea", { id: "pdk-act", rows: 3, maxlength: 4_000, "aria-describedby": "pdk-act-error" });
    const held = numbers(room, text);
    const head = make("p", { tabindex: -1, id: "pdk-act-head" }, words.say(`${action}.ask`));
    const go = () => {
      if (action === "reopen" && !text.value.trim()) {
        error.textContent = words.say("reopen.ask");
        text.setAttribute("aria-invalid", "true");
        return text.focus();
      }
      if (action === "reopen" && !held.pass()) return;
      void step(action, action === "reopen" ? text.value.trim() : undefined);
    };
    const cancel = () => {
      asked.replaceWith(place);
      back.focus();
    };
    const asked = make(
      "div",
      { class: "note", role: "group", "aria-labelledby": "pdk-act-head" },
      head,
      action === "reopen" && make("div", { class: "field" }, make("label", { for: "pdk-act" }, words.say("reopen.text")), text, error, held.place),
      make("p", { class: "choice" }, button("main", words.say(`${action}.send`), go), button("quiet", words.say("cancel"), cancel)),
    );
    place.replaceWith(asked);
    head.focus();
  }

  const may = (action: string) => ticket.actions.includes(action);
  const buttons: HTMLElement[] = [];
  if (may("confirm")) buttons.push(button("main", words.say("confirm"), () => void step("confirm")));
  for (const action of ["reopen", "withdraw"] as const) {
    if (!may(action)) continue;
    const it: HTMLElement = button("quiet", words.say(action), () => question(action, it));
    buttons.push(it);
  }
  place.append(make("p", { class: "choice" }, ...buttons));
  return buttons.length ? [place] : [];
}
