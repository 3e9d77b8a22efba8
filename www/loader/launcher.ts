/** The «Помощь» button; forced colours need no rule: they repaint its border themselves. **Accessibility criteria**: it MUST be a native button of 44 px, with a visible focus, named by its text. */

const WORDS: Record<string, string> = { ru: "Помощь", en: "Help" };
const CSS = `.pdk-launcher{position:fixed;right:1rem;bottom:1rem;z-index:2147483000;min-height:44px;padding:.6rem 1rem;border:2px solid #fff;border-radius:999px;background:var(--podskazka-accent,#0b4f9e);color:#fff;font:600 1rem/1.2 system-ui,sans-serif;cursor:pointer}
.pdk-launcher:hover{filter:brightness(.8)}
.pdk-launcher:focus-visible{outline:3px solid #000;box-shadow:0 0 0 6px #fff}
@media print{.pdk-launcher{display:none}}`;

export interface Launcher {
  name: (lang: string) => void;
  show: (on: boolean) => void;
  busy: (on: boolean) => void;
  remove: () => void;
}

/** Puts the button after the body, where it outlives navigations that replace the body; `remove` leaves nothing behind. */
export function launcher(lang: string, press: () => void): Launcher {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pdk-launcher";
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", press);
  const name = (lang: string) => {
    button.lang = lang;
    button.textContent = WORDS[lang];
  };
  name(lang);
  document.documentElement.append(button);
  return {
    name,
    show: (on) => void (button.hidden = !on),
    busy: (on) => button.setAttribute("aria-busy", `${on}`),
    remove() {
      button.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
    },
  };
}

export const speaks = (lang: unknown): lang is "ru" | "en" => typeof lang === "string" && lang in WORDS;
