/** The «Помощь» button; forced colours need no rule: they repaint its border themselves. **Accessibility criteria**: it MUST be a native button of 44 px, with a visible focus, named by its text; that help cannot be loaded MUST be shown and said; in a narrow window it MUST give way to what has the focus (WCAG 2.4.11). */

import { make } from "./make";

export const WORDS: Record<string, [string, string]> = {
  ru: ["Помощь", "Нет интернета. Помощь откроется сама."],
  en: ["Help", "No internet. Help will open by itself."],
};
const CSS = `.pdk-launcher,.pdk-said{position:fixed;right:1rem;bottom:1rem;z-index:2147483000;min-height:44px;padding:.6rem 1rem;border:2px solid #fff;border-radius:99px;background:var(--podskazka-accent,#0b4f9e);color:#fff;font:600 1rem system-ui;cursor:pointer}
.pdk-said{bottom:5rem;min-height:0}
.pdk-said:empty{scale:0}
.pdk-launcher:focus-visible{outline:3px solid #000;box-shadow:0 0 0 6px #fff}@media print{.pdk-launcher{display:none}}`;

export interface Launcher {
  name: (lang: string) => void;
  show: (on: boolean) => void;
  /** Says that help could not be loaded, or takes that back. */
  failed: (on: unknown) => void;
  remove: () => void;
}
type Listen = (target: EventTarget, name: string, run: (event: Event) => void) => void;

/** `move`: somebody points at the button, or something else may lie under it now. Puts it after the body, where it outlives navigations that replace the body; `remove` leaves nothing behind. */
export function launcher(lang: string, press: () => void, move: (event: Event) => void, listen: Listen): Launcher {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const button = make("button", { type: "button", className: "pdk-launcher", ariaHasPopup: "dialog" });
  // A live region from the start: one that comes together with its words is not read out.
  const said = make("output", { className: "pdk-said" });
  const name = (lang: string) => {
    [button.textContent] = WORDS[(said.lang = button.lang = lang)];
  };
  name(lang);
  document.documentElement.append(said, button);

  listen(button, "click", press);
  listen(button, "pointerenter", move);
  for (const name of ["scroll", "focusin"]) listen(window, name, move);
  return {
    name,
    show: (on) => (button.hidden = !on),
    failed: (on) => (said.textContent = on ? WORDS[button.lang][1] : ""),
    remove() {
      said.remove();
      button.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
    },
  };
}
