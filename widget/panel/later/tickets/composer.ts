/**
 * Adds words and files to a ticket, exactly once: each try has the same key. A later chat writes with the same composer.
 *
 * **Accessibility criteria**
 * - Text and files MUST have visible labels with their hints; an error MUST be tied to the text and take the focus there.
 * - What becomes of the words MUST be announced; what was not sent MUST stay in the box.
 */

import { button, make } from "../part";
import { ask, key, later, post, type Event } from "./api";
import type { Own } from "./own";
import type { Room } from "./view";

/** Milliseconds between tries while the network is away. */
const AGAIN = 15_000;
/** Of the core: `ticket::MAX_TEXT`, `ticket::MAX_UPLOADS`. */
const MOST_TEXT = 4_000;
const MOST_FILES = 10;

/** A file on its way: its key, and its token once it is there. */
interface Sent {
  key: string;
  token?: string;
}

export interface Composer {
  place: HTMLElement;
  /** `answer` where a question stands. */
  name: (text: string) => void;
}

export function composer(room: Room, own: Own, done: () => void): Composer {
  const { given, words, panel, signal } = room;
  const label = make("label", { for: "pdk-add" });
  const error = make("p", { class: "error", id: "pdk-add-error" });
  const text = make("textarea", { id: "pdk-add", rows: 4, maxlength: MOST_TEXT, "aria-describedby": "pdk-add-error pdk-add-hint" });
  const files = make("input", { id: "pdk-add-files", type: "file", multiple: true, accept: ".png,.jpg,.jpeg,.webp,.pdf,.txt", "aria-describedby": "pdk-add-files-hint" });
  const said = make("p", { class: "hint" });
  const send = button("main", words.say("add.send"), () => void submit());
  const ways = new Map<globalThis.File, Sent>();
  /** The letter that is on its way; the same as long as its words are. */
  let once: { key: string; text: string } | undefined;
  let busy = false;

  function fail(message: string, at: HTMLElement = text): void {
    error.textContent = message;
    text.toggleAttribute("aria-invalid", !!message);
    if (message) text.setAttribute("aria-invalid", "true");
    said.textContent = "";
    if (message) at.focus();
  }

  async function upload(file: globalThis.File): Promise<number> {
    const way = ways.get(file) ?? { key: key() };
    ways.set(file, way);
    if (way.token) return 201;
    const { status, body } = await ask<{ token: string }>(given, "uploads", undefined, { method: "POST", body: file, key: way.key });
    way.token = body?.token;
    return status;
  }

  /** One try; `true` when it is over, well or badly. */
  async function go(): Promise<boolean> {
    const tokens: string[] = [];
    for (const file of [...(files.files ?? [])].slice(0, MOST_FILES)) {
      const status = await upload(file);
      const token = ways.get(file)?.token;
      if (token) tokens.push(token);
      else if (later(status)) return false;
      else {
        fail(words.say("add.file.refused", { name: file.name }), files);
        return true;
      }
    }
    const words_ = text.value.trim();
    if (once?.text !== words_) once = { key: key(), text: words_ };
    const { status, faults } = await post<Event>(given, `tickets/${own.number}/comments`, { text: words_, uploads: tokens }, own, once.key);
    if (later(status)) return false;
    if (status === 201) {
      once = undefined;
      text.value = files.value = "";
      ways.clear();
      said.textContent = words.say("add.sent");
      panel.say(said.textContent);
      done();
    } else {
      fail(faults[0]?.message || words.say("add.refused"));
    }
    return true;
  }

  async function submit(): Promise<void> {
    if (busy) return;
    if (!text.value.trim()) return fail(words.say("add.empty"));
    fail("");
    busy = true;
    send.setAttribute("aria-disabled", "true");
    text.readOnly = true;
    said.textContent = words.say("add.sending");
    panel.say(said.textContent);
    while (!signal.aborted && !(await go())) {
      said.textContent = words.say("add.waits");
      panel.say(said.textContent);
      await new Promise<void>((on) => {
        const end = () => {
          clearTimeout(timer);
          removeEventListener("online", end);
          on();
        };
        const timer = setTimeout(end, AGAIN);
        addEventListener("online", end);
        signal.addEventListener("abort", end, { once: true });
      });
    }
    busy = false;
    text.readOnly = false;
    send.removeAttribute("aria-disabled");
  }

  const place = make(
    "form",
    {
      submit: (event: SubmitEvent) => {
        event.preventDefault();
        void submit();
      },
    },
    make("div", { class: "field" }, label, make("p", { class: "hint", id: "pdk-add-hint" }, words.say("add.hint")), text, error),
    make("div", { class: "field" }, make("label", { for: "pdk-add-files" }, words.say("add.files")), make("p", { class: "hint", id: "pdk-add-files-hint" }, words.say("add.files.hint")), files),
    make("p", {}, send),
    said,
  );
  return { place, name: (text) => void (label.textContent = text) };
}
