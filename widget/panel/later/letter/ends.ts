/**
 * What has become of the letter: number and state, or that it waits for the link. A letter that this tab alone has shows its text,
 * which can be copied and sent by hand.
 *
 * **Accessibility criteria**: the heading, «Обращение принято» or «Обращение ждёт сети», MUST take the focus; the number MUST be text
 * that can be selected at once; the text MUST have a visible label.
 */

import { button, make } from "../part";
import type { State } from "../outbox";
import { copy } from "./copy";
import { desk, type Room } from "./desk";

type Waits = Extract<State, { at: "waits" }>;

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
    make("p", {}, words.say(desk.draft.contact.trim() ? "sent.note" : "sent.alone")),
    ways(room),
  ];
}

/** Where the letter lies, and what this tab alone has of it. */
export function hangs({ words }: Room, { kept, full, left }: Waits, picture: string): string[] {
  if (!kept) return [words.say(full ? "waits.full" : "waits.tab")];
  const files = left.map(({ name }) => (name === picture ? words.say("waits.left.picture") : `«${name}»`)).join(", ");
  return [words.say("waits.kept"), ...(files ? [words.say("waits.left", { files })] : [])];
}

export function waits(room: Room, state: Waits, picture: string, act: { bare: () => void; again: () => void }): Node[] {
  const { words, panel } = room;
  const text = make("textarea", { id: "pdk-kept", rows: 5, readonly: true });
  text.value = desk.draft.text;
  const copied = async () => panel.say(words.say((await copy(text)) ? "copied" : "copied.not"));
  const own = [
    make("div", { class: "field" }, make("label", { for: "pdk-kept" }, words.say("waits.text")), text),
    make("p", { class: "choice" }, button("quiet", words.say("waits.copy"), () => void copied()), button("quiet", words.say("waits.again"), act.again)),
  ];
  return [
    ...hangs(room, state, picture).map((it) => make("p", { class: "note" }, it)),
    ...(state.kept ? [] : own),
    ...(state.picture ? [make("p", {}, words.say("waits.picture")), make("p", {}, button("quiet", words.say("waits.bare"), act.bare))] : []),
    ways(room),
  ];
}
