/**
 * «Найти по почте»: a code comes to the address of the tickets, and opens them here.
 *
 * **Accessibility criteria**: each step MUST put the focus on its own field; an error MUST be tied to the field, in the server's words.
 */

import { button, make } from "../part";
import { post, type Answer } from "./api";
import { remember, type Own } from "./own";
import type { Room } from "./view";

interface Line {
  place: HTMLElement;
  input: HTMLInputElement;
  fail: (message: string) => void;
}

function line(room: Room, id: string, of: Record<string, unknown>): Line {
  const error = make("p", { class: "error", id: `${id}-error` });
  const input = make("input", { id, "aria-describedby": `${id}-error ${id}-hint`, ...of });
  const name = id === "pdk-find-mail" ? "find.mail" : "find.code";
  const fail = (message: string) => {
    error.textContent = message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (message) input.focus();
  };
  const { words } = room;
  const place = make("div", { class: "field" }, make("label", { for: id }, words.say(name)), make("p", { class: "hint", id: `${id}-hint` }, words.say(`${name}.hint`)), input, error);
  return { place, input, fail };
}

/** `done` when tickets were opened, with what is to be said. */
export function find(room: Room, place: HTMLElement, done: (told: string) => void): void {
  const { given, words, panel } = room;
  const mail = line(room, "pdk-find-mail", { type: "text", inputmode: "email", autocomplete: "email", spellcheck: "false" });
  const code = line(room, "pdk-find-code", { type: "text", inputmode: "numeric", autocomplete: "one-time-code", maxlength: 20 });
  let busy = false;

  const why = ({ status, faults }: Answer<unknown>) =>
    faults[0]?.message || words.say(status === 404 ? "find.off" : status === 429 ? "find.often" : "find.network");

  const step = (head: string, at: Line, label: string, go: () => Promise<void>, ...more: HTMLElement[]) => {
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      at.fail("");
      void go().finally(() => (busy = false));
    };
    const form = make("form", { novalidate: true, submit }, make("p", {}, head), at.place, make("p", { class: "choice" }, make("button", { type: "submit", class: "main" }, label), ...more));
    place.replaceChildren(form);
  };

  function ask(): void {
    step(words.say("find.hint"), mail, words.say("find.send"), async () => {
      const answer = await post(given, "recover", { contact: mail.input.value.trim() });
      if (answer.status !== 202) return mail.fail(why(answer));
      enter();
      panel.say(words.say("find.sent"));
      code.input.focus();
    });
  }

  function enter(): void {
    const again = button("quiet", words.say("find.again"), () => {
      ask();
      mail.input.focus();
    });
    const go = async () => {
      const answer = await post<{ items: Own[] }>(given, "recover/verify", { contact: mail.input.value.trim(), code: code.input.value });
      if (!answer.body) return code.fail(why(answer));
      const items = answer.body.items;
      remember(items.map(({ number, token }) => ({ number, token })));
      done(words.say("find.opened", { n: items.length }));
    };
    step(words.say("find.sent"), code, words.say("find.open"), go, again);
  }

  ask();
}
