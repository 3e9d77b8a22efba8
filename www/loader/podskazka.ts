/** Tier 0: one launcher button; loads the field rules and the panel when they are needed. */

interface Fields {
  default: (from?: unknown) => Promise<unknown>;
  start: (options: object) => void;
  snapshot?: () => unknown;
}
interface Panel {
  default: (from?: unknown) => Promise<unknown>;
  open: (params: object) => void;
  close: () => void;
}
interface Ask {
  view?: string;
  code?: string;
  field?: string;
  form?: string;
}

const VERSION = "0.1.0";
const CSS = `.pdk-launcher{position:fixed;right:1rem;bottom:1rem;z-index:2147483000;min-height:44px;padding:.6rem 1.1rem;border:2px solid #fff;border-radius:999px;background:#0b4f9e;color:#fff;font:600 1rem/1.2 system-ui,sans-serif;cursor:pointer;box-shadow:0 2px 8px #0006}
.pdk-launcher:hover{background:#083b77}
.pdk-launcher:focus-visible{outline:3px solid #0b4f9e;outline-offset:3px}
@media (forced-colors:active){.pdk-launcher{border-color:ButtonText}}
@media print{.pdk-launcher{display:none}}`;

const tag = document.querySelector<HTMLScriptElement>('script[src*="podskazka.js"][data-site]');
const base = new URL(".", import.meta.url).href;
const site = tag?.dataset.site ?? "";
const endpoint = new URL((tag?.dataset.endpoint || "/").replace(/\/*$/, "/"), document.baseURI).href;
const build = canCompile() ? "wasm" : "js";

let fields: Promise<Fields> | undefined;
let panel: Promise<Panel> | undefined;
let button: HTMLButtonElement | undefined;
let sheet: CSSStyleSheet | undefined;
let dead = false;

/** Does the policy of the page let WebAssembly be compiled? Eight bytes are an empty module. */
function canCompile(): boolean {
  try {
    // WebKit compiles under any policy and refuses the instance.
    return !!new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  } catch {
    return false;
  }
}

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
