/**
 * Adds words and files to a ticket, exactly once, by the outbox: they outlive the tab. A later chat writes with the same composer.
 *
 * **Accessibility criteria**
 * - Text and files MUST have visible labels with their hints; an error MUST be tied to the text and take the focus there.
 * - What becomes of the words MUST be announced; what was not sent MUST stay: in the box, or in the list of what waits.
 */

import { numbers } from "../numbers";
import { button, make } from "../part";
import type { Parcel, Slot, State } from "../outbox";
import { key } from "./api";
import { waits, type Own } from "./own";
import type { Room } from "./view";

type Outbox = typeof import("../outbox");

/** Of the core: `ticket::MAX_TEXT`, `ticket::MAX_UPLOADS`. */
const MOST_TEXT = 4_000;
const MOST_FILES = 10;

export interface Composer {
  place: HTMLElement;
  /** `answer` where a question stands. */
  name: (text: string) => void;
}

export function composer(room: Room, own: Own, done: () => void): Composer {
  const { given, words, panel, signal } = room;
  const path = `tickets/${own.number}/comments`;
  const label = make("label", { for: "pdk-add" });
  const error = make("p", { class: "error", id: "pdk-add-error" });
  const text = make("textarea", { id: "pdk-add", rows: 4, maxlength: MOST_TEXT, "aria-describedby": "pdk-add-error pdk-add-hint" });
  const held = numbers(room, text);
  const files = make("input", { id: "pdk-add-files", type: "file", multiple: true, accept: ".png,.jpg,.jpeg,.webp,.pdf,.txt", "aria-describedby": "pdk-add-files-hint" });
  const said = make("p", { class: "hint" });
  const queue = make("div", { hidden: true });
  const send = button("main", words.say("add.send"), () => void submit());
  let busy = false;

  function fail(message: string, at: HTMLElement = text): void {
    error.textContent = message;
    text.removeAttribute("aria-invalid");
    if (message) text.setAttribute("aria-invalid", "true");
    said.textContent = "";
    if (message) at.focus();
  }

  function empty(): void {
    text.value = files.value = "";
    held.look();
  }

  function free(): void {
    busy = text.readOnly = false;
    send.removeAttribute("aria-disabled");
  }

  /** Words that are kept and wait for the network, of this page and of earlier ones. */
  function waiting(outbox: Outbox): void {
    const all = outbox.waiting(path).filter((it) => it.key !== current);
    const row = (it: Parcel) => make("li", { class: "entry citizen" }, make("p", { class: "hint" }, words.say("add.queued")), make("p", { class: "said" }, `${it.body.text}`));
    queue.replaceChildren(make("ul", { class: "plain", "aria-label": words.say("add.queued") }, ...all.map(row)));
    queue.hidden = !all.length;
  }

  let current = "";
  function hear(outbox: Outbox, state: State, mine: boolean): void {
    if (signal.aborted) return;
    const tell = (name: string) => {
      said.textContent = words.say(name);
      panel.say(said.textContent);
    };
    if (state.at === "sending") return;
    if (mine) current = "";
    if (state.at === "sent") {
      if (mine && busy) empty();
      if (mine) free();
      tell("add.sent");
      for (const name of state.lost) fail(words.say("add.file.lost", { name }), files);
      done();
    } else if (state.at === "waits") {
      tell(!state.kept ? "add.waits" : state.left.length ? "add.left" : "add.kept");
      // What is kept stands in the list; the box is free for the next words.
      if (mine && busy) {
        empty();
        free();
      }
    } else {
      free();
      if (state.at === "file") fail(words.say("add.file.refused", { name: state.slot.name }), files);
      else void restore(outbox, state.faults[0]?.message);
    }
    waiting(outbox);
  }

  /** Words that were refused are back in the box, what has been written since below them. */
  async function restore(outbox: Outbox, message?: string): Promise<void> {
    const it = await outbox.takeBack(path);
    if (it) {
      text.value = [`${it.parcel.body.text}`, text.value].filter(Boolean).join("\n\n");
      held.look();
    }
    waiting(outbox);
    if (it || message) fail(message || words.say("add.refused"));
  }

  async function submit(): Promise<void> {
    if (busy) return;
    if (!text.value.trim()) return fail(words.say("add.empty"));
    const chosen = [...(files.files ?? [])];
    if (chosen.length > MOST_FILES) return fail(words.say("add.files.many", { n: chosen.length }), files);
    fail("");
    if (!held.pass()) return;
    busy = text.readOnly = true;
    send.setAttribute("aria-disabled", "true");
    said.textContent = words.say("add.sending");
    panel.say(said.textContent);
    const outbox = await given.load<Outbox>("outbox.js");
    const slots: Slot[] = chosen.map((it) => ({ key: key(), name: it.name, type: it.type }));
    const parcel = outbox.make(given, path, { text: text.value.trim() }, { token: own.token, slots });
    current = parcel.key;
    await outbox.post(given, parcel, chosen, (state) => hear(outbox, state, current === parcel.key));
  }

  // What an earlier page has left goes, and is shown until then.
  if (waits()) {
    void given.load<Outbox>("outbox.js").then(async (outbox) => {
      await outbox.start(given);
      if (signal.aborted) return;
      await restore(outbox);
      waiting(outbox);
      for (const { key } of outbox.waiting(path)) outbox.watch(key, (state) => hear(outbox, state, false));
    }, () => {});
  }

  const place = make(
    "form",
    {
      submit: (event: SubmitEvent) => {
        event.preventDefault();
        void submit();
      },
    },
    queue,
    make("div", { class: "field" }, label, make("p", { class: "hint", id: "pdk-add-hint" }, words.say("add.hint")), text, error, held.place),
    make("div", { class: "field" }, make("label", { for: "pdk-add-files" }, words.say("add.files")), make("p", { class: "hint", id: "pdk-add-files-hint" }, words.say("add.files.hint")), files),
    make("p", {}, send),
    said,
  );
  return { place, name: (text) => void (label.textContent = text) };
}
