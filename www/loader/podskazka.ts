/** Tier 0, the file that a page loads first: reads the `data-…` of its own script tag and starts the widget. */

import type { InitOptions, Podskazka } from "podskazka";
import { start } from "./api";
import { byAddress } from "./tiers";

const here = new URL(".", import.meta.url).href;

/** For `import { init } from "…/podskazka.js"` on a page without a bundler. */
export function init(options: InitOptions = {}): Podskazka {
  return start(options, () => byAddress(options.base ?? here, options.build));
}

const tag = [...document.scripts].find((it) => it.src === import.meta.url);
if (tag) {
  const { launcher, ...rest } = tag.dataset;
  init({ ...rest, launcher: launcher !== "off" } as InitOptions);
}
<<<<<<< HEAD

function fire(name: string, detail: object): void {
  document.dispatchEvent(new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, detail }));
}

/** Loads `name.js` with its wasm, or the JS build with the same exports. */
async function load<T extends Fields | Panel>(name: string): Promise<T> {
  const url = `${base}${build === "js" ? "js/" : ""}${name}.js`;
  const module: T = await import(url);
  if (build === "js") await module.default?.();
  else await module.default({ module_or_path: `${base}${name}_bg.wasm` });
  return module;
}

/** What the hints say, one file a language. */
async function loadWords(): Promise<string> {
  const answer = await fetch(`${base}words.${tag?.dataset.lang === "en" ? "en" : "ru"}.txt`);
  if (!answer.ok) throw new Error(`words: HTTP ${answer.status}`);
  return answer.text();
}

function loadFields(): Promise<Fields> {
  return (fields ??= Promise.all([load<Fields>("fields"), loadWords()]).then(
    ([it, words]) => {
      it.start({ words });
      return it;
    },
    (error) => {
      fields = undefined;
      throw error;
    },
  ));
}

async function capture(): Promise<Blob | null> {
  try {
    const url = `${base}capture.js`;
    return await (await import(url)).capture();
  } catch {
    return null;
  }
}

function bare() {
  return { form: "", form_title: "", page: location.pathname, fields: [] };
}

async function open(ask: Ask = {}): Promise<void> {
  if (dead) return;
  const opener = button;
  opener?.setAttribute("aria-busy", "true");
  try {
    panel ??= load<Panel>("panel");
    const it = await panel;
    let snapshot: unknown;
    try {
      snapshot = (await fields)?.snapshot?.();
    } catch {
      // The fields are optional: the panel opens without them.
    }
    if (dead) return;
    it.open({ view: "help", ...ask, snapshot: snapshot ?? bare(), endpoint, base, site, build, capture });
  } catch (error) {
    panel = undefined;
    fire("error", { code: "loader.panel", message: String(error) });
  } finally {
    opener?.removeAttribute("aria-busy");
  }
}

async function close(): Promise<void> {
  (await panel)?.close();
}

function why(event: Event): void {
  const { code, field, form } = (event as CustomEvent).detail ?? {};
  void open({ view: "article", code, field, form });
}

function destroy(): void {
  dead = true;
  void close().finally(() => document.querySelector("podskazka-panel")?.remove());
  document.removeEventListener("podskazka:why", why);
  button?.remove();
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
}

function begin(): void {
  if (dead) return;
  if (document.querySelector("[data-podskazka],[data-podskazka-form]")) {
    loadFields().catch((error) => fire("error", { code: "loader.fields", message: String(error) }));
  }
  if (tag?.dataset.launcher !== "off") {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    button = document.createElement("button");
    button.type = "button";
    button.className = "pdk-launcher";
    button.textContent = "Помощь";
    button.setAttribute("aria-haspopup", "dialog");
    button.addEventListener("click", () => void open());
    document.body.append(button);
  }
  fire("ready", { version: VERSION, build });
}

document.addEventListener("podskazka:why", why);
(window as unknown as { Podskazka: object }).Podskazka = { open, close, destroy };
const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1));
const soon = () => idle(begin, { timeout: 1000 });
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", soon, { once: true });
else soon();

export { close, destroy, open };
=======
>>>>>>> h/embed
