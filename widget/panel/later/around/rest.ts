/**
 * The search box while somebody types: the answers come at each letter; that none of them may be right, and what is said of them, waits
 * until the hand rests. Half a word is always in doubt.
 *
 * **Accessibility criteria**
 * - What was found MUST be announced once, when typing rests, and not at each letter.
 * - Enter MUST lead to the answers, so that a phone's keyboard goes away; so MUST the press on the mended question, whose button goes.
 */

/** Milliseconds after the last key: a slow hand needs half of them from letter to letter. */
const REST = 1_000;

export const CSS = `
[data-typing] #pdk-found ~ .note { display: none; }`;

export function rest(dialog: HTMLDialogElement, act: (name: string) => void): { look: () => void; end: () => void } {
  let timer = 0;
  const isBox = ({ target }: Event) => (target as Element).id === "pdk-search";
  const answers = () => dialog.querySelector<HTMLElement>("#pdk-found")?.focus();

  function done(): void {
    clearTimeout(timer);
    if (!dialog.hasAttribute("data-typing")) return;
    dialog.removeAttribute("data-typing");
    act("rest");
  }

  /** Before the panel itself hears of it. */
  function typed(event: Event): void {
    if (!isBox(event)) return;
    clearTimeout(timer);
    timer = window.setTimeout(done, REST);
    dialog.toggleAttribute("data-typing", true);
  }

  function key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing || !isBox(event)) return;
    done();
    answers();
  }

  function press({ target }: Event): void {
    if ((target as Element).matches("#pdk-found ~ p > .link")) answers();
  }

  dialog.addEventListener("input", typed, true);
  dialog.addEventListener("keydown", key);
  dialog.addEventListener("click", press, true);
  return {
    look() {},
    end() {
      clearTimeout(timer);
      dialog.removeEventListener("input", typed, true);
      dialog.removeEventListener("keydown", key);
      dialog.removeEventListener("click", press, true);
    },
  };
}
