/**
 * A question to the support is no appeal under the law 59-FZ: that one goes to its own channel, with the text carried over by the
 * person's own hand. In an address it would stand in logs of others.
 */

import { button, make } from "../part";
import { copy } from "./copy";
import { desk, type Room } from "./desk";

export function official({ words, panel, config }: Room): HTMLElement | undefined {
  const channel = config.official;
  if (!channel) return;
  const { title, url } = channel;
  const text = make("textarea", { id: "pdk-official", rows: 4, readonly: true });
  const link = make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, title, make("span", { class: "unseen" }, ` ${words.say("new.tab")}`));
  const go = async () => {
    panel.say(words.say((await copy(text)) ? "copied" : "copied.not"));
    open(url, "_blank", "noopener,noreferrer");
  };
  const inside = make("div", {});
  const draw = () => {
    text.value = desk.draft.text.trim();
    inside.replaceChildren(
      ...(text.value
        ? [
            make("p", {}, words.say("official.how", { title })),
            make("div", { class: "field" }, make("label", { for: "pdk-official" }, words.say("official.text")), text),
            make("p", { class: "choice" }, button("quiet", words.say("official.copy"), () => void go())),
          ]
        : [make("p", {}, words.say("official.empty"))]),
      make("p", {}, link),
    );
  };
  const drawer: HTMLDetailsElement = make("details", { toggle: () => void (drawer.open && draw()) }, make("summary", {}, words.say("official.go")), inside);
  return make("div", { class: "note" }, make("p", {}, make("strong", {}, words.say("official")), ". ", words.say("official.hint", { title })), drawer);
}
