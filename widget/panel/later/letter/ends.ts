/**
 * What has become of the letter: number and state, or that it waits for the link.
 *
 * **Accessibility criteria**: the heading, «Обращение принято» or «Обращение ждёт сети», MUST take the focus; the number MUST be text
 * that can be selected at once.
 */

import { button, make } from "../part";
import type { State } from "../outbox";
import type { Room } from "./desk";

const ways = ({ words, panel }: Room) =>
  make("p", { class: "choice" }, button("main", words.say("home"), () => panel.go("help")), button("quiet", words.say("mine"), () => panel.go("status")));

export function sent(room: Room, { number, status, lost }: Extract<State, { at: "sent" }>, picture: string): Node[] {
  const { words } = room;
  return [
    make(
      "dl",
      {},
      make("dt", {}, words.say("sent.number")),
      make("dd", { class: "number" }, number),
      make("dt", {}, words.say("sent.state")),
      make("dd", {}, words.say(`state.${status}`) || status),
    ),
    ...lost.map((name) => make("p", { class: "note" }, name === picture ? words.say("sent.bare") : words.say("sent.lost", { name }))),
    make("p", {}, words.say("sent.note")),
    ways(room),
  ];
}

export function waits(room: Room, { kept, picture }: Extract<State, { at: "waits" }>, bare: () => void): Node[] {
  const { words } = room;
  return [
    make("p", { class: "note" }, words.say(kept ? "waits.kept" : "waits.tab")),
    ...(picture ? [make("p", {}, words.say("waits.picture")), make("p", {}, button("quiet", words.say("waits.bare"), bare))] : []),
    ways(room),
  ];
}
