/** Another device, and letters: two drawers under a ticket. */

import { button, make } from "../part";
import { ask, post } from "./api";
import { link, type Own } from "./own";
import type { Room } from "./view";

/** The link to the ticket; without a token there is none. */
export function device(room: Room, own: Own): HTMLElement | undefined {
  const { given, words, panel } = room;
  if (!own.token) return;
  const href = link(given, own);
  const field = make("input", { type: "text", id: "pdk-link", readonly: true, value: href, "aria-describedby": "pdk-link-hint" });
  const copy = async () => {
    field.select();
    await navigator.clipboard?.writeText(href).catch(() => document.execCommand("copy"));
    panel.say(words.say("device.copied"));
  };
  return make(
    "details",
    {},
    make("summary", {}, words.say("device")),
    make("p", { class: "hint", id: "pdk-link-hint" }, words.say("device.hint")),
    make("div", { class: "field" }, make("label", { for: "pdk-link" }, words.say("device")), field),
    make("p", {}, button("quiet", words.say("device.copy"), () => void copy())),
  );
}

interface Letters {
  state: "on" | "asked" | "off" | "stopped" | "none";
}

/** Whether letters come, and the switch; nothing where the portal sends none. */
export function letters(room: Room, own: Own): HTMLElement {
  const { given, words, panel } = room;
  const said = make("p", {});
  const turn = make("p", {});
  const place = make("details", { hidden: true }, make("summary", {}, words.say("mail")), said, turn);
  const path = `tickets/${own.number}/letters`;
  const draw = ({ state }: Letters) => {
    place.hidden = false;
    said.textContent = words.say(`mail.${state}`);
    const on = state === "off";
    const may = on || state === "on" || state === "asked";
    turn.replaceChildren(...(may ? [button("quiet", words.say(on ? "mail.turn.on" : "mail.turn.off"), () => void set(on))] : []));
  };
  async function set(on: boolean): Promise<void> {
    const { body } = await post<Letters>(given, path, { on }, own);
    if (body) draw(body);
    panel.say(body ? (said.textContent ?? "") : words.say("find.network"));
    turn.querySelector("button")?.focus();
  }
  void ask<Letters>(given, path, own).then(({ body }) => body && draw(body));
  return place;
}
