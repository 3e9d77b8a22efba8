/**
 * What may save the letter: answers while it is typed, and an own ticket about the same that is still open.
 *
 * **Accessibility criteria**: both MUST come without moving the focus; answers are announced once when there are some at last, and
 * MUST NOT come with every key.
 */

import { button, make } from "../part";
import { page } from "../tickets/api";
import { own, type About } from "../tickets/own";
import { desk, type Room } from "./desk";

/** Milliseconds after the last key: a thought is over. Under it each word would bring other answers. */
const PAUSE = 900;
/** Fewer letters ask nothing. */
const LEAST = 12;
/** Own tickets that are asked for. */
const MOST = 3;
const OVER = ["resolved", "closed", "rejected", "erased"];

/** `stop` at a press of «Отправить»: what is said of the letter then is not talked over. */
export function answers({ words, panel, core, signal }: Room): { place: HTMLElement; typed: () => void; stop: () => void } {
  const place = make("section", { "aria-labelledby": "pdk-offers", hidden: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look(): void {
    const text = desk.draft.text.trim();
    const hits = text.length < LEAST ? [] : core.search(text);
    if (hits.length && place.hidden) panel.say(words.say("offers.said", { n: hits.length }));
    place.hidden = !hits.length;
    const entry = ({ id, title }: { id: string; title: string }) => make("li", {}, button("link", title, () => panel.go("article", id)));
    place.replaceChildren(make("h3", { id: "pdk-offers" }, words.say("offers")), make("ul", { class: "plain" }, ...hits.map(entry)));
    // What they push down stays in sight for whoever is there.
    (place.getRootNode() as ShadowRoot).activeElement?.scrollIntoView({ block: "nearest" });
  }
  const stop = () => clearTimeout(timer);
  signal.addEventListener("abort", stop);
  const typed = () => {
    stop();
    timer = setTimeout(look, PAUSE);
  };
  if (desk.draft.text) typed();
  return { place, typed, stop };
}

/** The same error of the same field, or the same field where there is no error. */
const same = (one: About | undefined, two: About) => !!one && (!!two.code || !!two.field) && one.code === two.code && one.field === two.field && one.form === two.form;

/** A note on an own ticket about the same; it comes when the server has told that the ticket is open. */
export function twin({ given, words, panel, signal }: Room): HTMLElement {
  const place = make("div", { class: "note", hidden: true });
  const about: About = { code: given.code, field: given.field, form: given.snapshot.form || undefined };
  void (async () => {
    for (const it of own().filter((it) => same(it.about, about)).slice(0, MOST)) {
      const { body } = await page(given, it);
      if (signal.aborted) return;
      if (!body || OVER.includes(body.status)) continue;
      const { number } = it;
      place.append(
        make("p", {}, make("strong", {}, words.say("twin", { number })), " ", words.say("twin.hint")),
        make("p", {}, button("quiet", words.say("twin.open", { number }), () => panel.go("status", number))),
      );
      place.hidden = false;
      panel.say(words.say("twin", { number }));
      return;
    }
  })();
  return place;
}
