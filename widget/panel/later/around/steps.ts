/** What a person asks and reads in the panel, as steps of what they tried: widget/fields/later/trail.js keeps them for a letter. */

import type { Given } from "../part";

type Step = { did: "question" | "article"; text?: string; article?: string };
type Trail = { note: (step: Step) => void; watch: () => () => void };

/** Of the core: `ticket::MAX_QUESTION`. A longer one is a letter: it goes into the text. */
const MOST = 300;

export function steps(dialog: HTMLDialogElement, given: Given): { look: () => void; asked: () => void; end: () => void } {
  const trail = given.load<Trail>("trail.js");
  const watched = trail.then((it) => it.watch());
  watched.catch(() => {});
  const note = (step: Step) => void trail.then((it) => it.note(step), () => {});
  let view = "";
  let text = "";

  /** The person's own words, not those that we have put into the box. */
  function typed({ target }: Event): void {
    const { id, value } = target as HTMLInputElement;
    if (id === "pdk-search") text = value.trim();
  }

  /** A question is one once the hand rests, or once it is left. */
  function asked(): void {
    if (text && text.length <= MOST) note({ did: "question", text });
    text = "";
  }

  function look(): void {
    const now = (dialog.open && dialog.dataset.view) || "";
    if (now === view) return;
    view = now;
    asked();
    const [what, article] = now.split("/");
    if (what === "article") note({ did: "article", article });
  }

  dialog.addEventListener("input", typed, true);
  look();
  return {
    look,
    asked,
    end() {
      dialog.removeEventListener("input", typed, true);
      void watched.then((end) => end(), () => {});
    },
  };
}
