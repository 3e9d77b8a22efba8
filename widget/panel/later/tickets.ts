/** «Мои обращения»: the list, one ticket, finding by mail. `at`: nothing, a number, or `mail`. */

import type { Finder } from "./numbers";
import { button, dress, make, panel as panelOf, Words, type Show } from "./part";
import { card } from "./tickets/card";
import { find } from "./tickets/find";
import { list } from "./tickets/list";
import { fromLink } from "./tickets/own";
import type { Room } from "./tickets/view";

const CSS = `
.card .fresh { color: var(--main); font-weight: 600; }
.line { display: flex; flex-wrap: wrap; gap: .25em .5em; padding: 0; list-style: none; }
.line li { flex: 1 0 auto; margin: 0; padding-top: .25em; border-top: 4px solid var(--line); color: var(--soft); }
.line .past { border-color: var(--main); color: var(--ink); }
.line [aria-current] { font-weight: 600; }
.entry { padding: .5em .75em; margin-bottom: .5em; border-inline-start: 4px solid var(--line); }
.entry.operator { border-color: var(--main); background: var(--tint); }
.entry p { margin: 0 0 .25em; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.field > .note { margin: .75em 0 0; }
.note .hint { margin-bottom: .5em; }
fieldset { margin: 0 0 .75em; padding: 0; border: 0; }
legend { padding: 0; }
input[type="file"] { max-width: 100%; margin-top: .25em; font: inherit; }
dialog[data-look~="larger"] .line li { flex-basis: 40%; }
@media (max-width: 360px) { .line li { flex-basis: 40%; } }
@media (forced-colors: active) { .line .past { border-color: Highlight; } }`;

/** Said when the next view stands: a change of view takes back what was said before. */
let told = "";

export const show: Show = (place, given, act, at) => {
  const panel = panelOf(act);
  const undress = dress(place, CSS);
  const life = new AbortController();
  const closed = () => life.abort();
  document.addEventListener("podskazka:close", closed);

  (async () => {
    const [text, core] = await Promise.all([given.load<string>(`tickets.${given.lang}.txt`), given.load<Finder>("panel")]);
    const words = new Words(text, given.lang);
    if (life.signal.aborted) return;
    const room: Room = { given, words, panel, core, signal: life.signal };
    const number = at || fromLink();
    if (number && number !== "mail") return card(room, place, number);
    if (number) {
      panel.title(words.say("find"));
      return find(room, place, (text) => {
        told = text;
        panel.go("status");
      });
    }
    if (told) panel.say(told);
    told = "";
    const rows = make("div");
    place.replaceChildren(rows, make("p", {}, button("quiet", words.say("find"), () => panel.go("status", "mail"))));
    await list(room, rows, (number) => panel.go("status", number));
  })().catch(() => act("failed"));

  return () => {
    document.removeEventListener("podskazka:close", closed);
    life.abort();
    undress();
    place.replaceChildren();
  };
};
