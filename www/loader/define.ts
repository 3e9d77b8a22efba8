/**
 * `<podskazka-help>`: a press on it opens help. With its own children it wraps them; without, it shows a button.
 *
 * **Accessibility criteria**: what is pressed MUST be a native button: the element's own, of 44 px, or the one that the page puts in.
 */

import { WORDS } from "./launcher";
import type { InitOptions, OpenParams, Podskazka, View } from "podskazka";

/** Of the element's own button; a page says otherwise by `::part(button)`. */
const CSS = `
button { box-sizing: border-box; min-height: 44px; padding: .5em 1em; border: 2px solid transparent; border-radius: 6px; background: var(--podskazka-accent, #0b4f9e); color: #fff; font: inherit; cursor: pointer; }
button:hover { text-decoration: underline; }
button:focus-visible { outline: 3px solid #000; box-shadow: 0 0 0 6px #fff; }
`;

type Init = (options?: InitOptions) => Podskazka;

/** Defines the element, where there are elements. */
export function define(init: Init): void {
  if (typeof customElements === "undefined" || customElements.get("podskazka-help")) return;

  class Help extends HTMLElement {
    /** Attributes that are there, by their names. */
    private given(...names: string[]): Record<string, string> {
      return Object.fromEntries(names.flatMap((name) => (this.hasAttribute(name) ? [[name, this.getAttribute(name) ?? ""]] : [])));
    }

    connectedCallback(): void {
      // Without a site of its own it joins what the page starts by a tag or a call, and comes last.
      if (this.hasAttribute("site")) this.start();
      else (window.requestIdleCallback ?? setTimeout)(() => this.isConnected && this.start());
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      root.adoptedStyleSheets = [sheet];
      const button = document.createElement("button");
      button.type = "button";
      button.part.add("button");
      button.setAttribute("aria-haspopup", "dialog");
      const lang = /^en/.test(this.closest("[lang]")?.getAttribute("lang") ?? "") ? "en" : "ru";
      const label = this.getAttribute("label");
      button.textContent = label || WORDS[lang][0];
      // The page's own words are in the language of the page.
      if (!label) button.lang = lang;
      const slot = document.createElement("slot");
      slot.append(button);
      root.append(slot);
      this.addEventListener("click", () => {
        const { view, ...ask } = this.given("view", "article", "code", "field", "form") as OpenParams & { view?: View };
        void this.start().open(view ?? (ask.article || ask.code ? "article" : "help"), ask);
      });
    }

    /** The widget of the page: the one that stands, or a new one with the options of the script tag, named as there. */
    private start(): Podskazka {
      // The element stands for the button in the corner.
      const launcher = this.getAttribute("launcher") === "on";
      return init({ ...this.given("site", "endpoint", "lang", "schema", "errors", "theme", "release", "texts", "base", "build"), launcher } as InitOptions);
    }
  }
  customElements.define("podskazka-help", Help);
}
