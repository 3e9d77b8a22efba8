/** The widget on a page: what `window.Podskazka` and `init()` of the package give. Shapes: pkg-templates/index.d.ts. */

import type { Options, OpenParams, Podskazka, Prefill, ReportedError, Theme, View } from "podskazka";
import { launcher, speaks, type Launcher } from "./launcher";
import { outbox } from "./outbox";
import type { Tiers } from "./tiers";

interface Fields {
  start: (options: object) => void;
  snapshot: () => unknown;
  destroy: () => void;
}
interface Panel {
  open: (params: object) => void;
  close: () => void;
  /** Not in every build of the panel. */
  wake?: (params: object) => void;
  destroy?: () => void;
}
type Check = typeof import("podskazka/core");
/** What stands in the global before us: calls that wait, or another copy. */
type Before = Podskazka & { q?: ArrayLike<unknown>[] };

declare const VERSION: string;
const MARKED = "[data-podskazka],[data-podskazka-form]";
const nothing = () => {};

/** Starts the widget as the one global, unless a copy stands already; at its end the global is what it was. */
export function start(given: Options, use: () => Tiers): Podskazka {
  const before = window.Podskazka as Before | undefined;
  if (before?.version) return before;

  const tiers = use();
  const life = new AbortController();
  const { signal } = life;
  let options: Options = {};
  let endpoint: string;
  let lang: "ru" | "en" = "ru";
  let theme: Theme = "auto";
  let token: string | undefined;
  let prefilled: Prefill | undefined;
  let failure: ReportedError | undefined;
  let fields: Promise<Fields> | undefined;
  let looked: Fields | undefined;
  let panel: Promise<Panel> | undefined;
  let button: Launcher | undefined;
  let begun: CustomEvent | undefined;
  let shown = false;
  let opened = false;
  const seen = new WeakSet<Element>();
  let isReady: (api: Podskazka) => void;

  function fire(name: string, detail: object, cancelable = false): CustomEvent {
    const event = new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, cancelable, detail });
    document.dispatchEvent(event);
    return event;
  }
  const complain = (code: string, message: unknown, path = "") => void fire("error", { code, message: `${message}`, path });

  /** Listens until the answer is called, or until the end. */
  function listen(target: EventTarget, name: string, run: (event: never) => void): () => void {
    target.addEventListener(name, run as EventListener, { signal });
    return () => target.removeEventListener(name, run as EventListener);
  }

  function take(more: Options): void {
    options = { ...options, ...more };
    endpoint = new URL("/", tiers.base).href;
    try {
      const url = new URL(`${options.endpoint ?? endpoint}/`.replace(/\/+$/, "/"), document.baseURI).href;
      if (!/^http/.test(url)) throw 0;
      endpoint = url;
    } catch {
      complain("config.endpoint", "endpoint: give an address, such as https://help.example.ru/", "endpoint");
    }
    const wanted = options.lang ?? document.documentElement.lang.slice(0, 2);
    if (speaks(wanted)) lang = wanted;
    else if (options.lang) complain("config.lang", `lang: "${wanted}" is not there; take ru or en`, "lang");
    button?.name(lang);
  }

  /** Forms that came after the start, as in a page whose router replaces them. `snapshot` also looks around anew. */
  function look(): void {
    if (looked) looked.snapshot();
    else if (document.querySelector(MARKED) && !fields) {
      fields = tiers.load<Fields>("fields");
      fields.then(
        (it) => {
          if (signal.aborted) return;
          looked = it;
          it.start({});
        },
        (error) => {
          fields = undefined;
          complain("loader.fields", error);
        },
      );
    }
  }

  const params = () => ({ endpoint, base: tiers.base, site: options.site, build: tiers.build, lang, theme, identity: token });

  function loadPanel(): Promise<Panel> {
    panel ??= tiers.load<Panel>("panel");
    panel.catch(() => (panel = undefined));
    return panel;
  }

  async function capture(): Promise<Blob | null> {
    if (fire("capture", { kind: "picture" }, true).defaultPrevented) return null;
    return tiers.load<typeof import("./capture")>("capture.js").then((it) => it.capture()).catch(() => null);
  }

  /** The error that the page shows, or the one it has reported. */
  function trouble(): ReportedError | undefined {
    for (const element of document.querySelectorAll<HTMLElement>("[data-error-code]")) {
      if (element.getClientRects().length) return named({ code: element.dataset.errorCode ?? "" });
    }
    return failure;
  }
  /** A code of the portal's own stands under `site.`. */
  const named = (error: ReportedError) => ({ ...error, code: error.code.replace(/^[^.]+$/, "site.$&") });

  async function open(view: View = "help", ask: OpenParams = {}): Promise<void> {
    if (signal.aborted) return;
    opened = true;
    button?.busy(true);
    try {
      const it = await loadPanel();
      // The fields are optional: the panel opens without them.
      const state = await fields?.then((it) => it.snapshot(), nothing);
      if (signal.aborted) return;
      const snapshot = state ?? { form: "", form_title: "", page: location.pathname, fields: [] };
      it.open({ ...params(), ...(ask.code ? {} : trouble()), ...ask, view, prefill: prefilled, snapshot, capture });
    } catch (error) {
      complain("loader.panel", error);
    }
    button?.busy(false);
  }

  async function close(): Promise<void> {
    (await panel)?.close();
  }

  function show(on = true): void {
    options.launcher = on;
    if (on && begun) button ??= launcher(lang, () => open());
    button?.show(on);
  }

  /** Sends what waits from an earlier page; a panel that was opened does so itself. */
  async function wake(): Promise<void> {
    try {
      if (!opened && (await outbox("readonly", (store) => store.count()))) (await loadPanel()).wake?.(params());
    } catch {
      // No storage here, or no link: the next page tries again.
    }
  }

  function leave(): void {
    panel?.then((it) => {
      it.close();
      it.destroy?.();
      document.querySelector("podskazka-panel")?.remove();
    }, nothing);
  }

  function begin(): void {
    if (signal.aborted) return;
    look();
    wake();
    if (document.querySelector("podskazka-help:not(:defined)")) {
      tiers.load("element.js").catch((error) => complain("loader.element", error));
    }
    isReady(api);
    begun = fire("ready", { version: VERSION, build: tiers.build });
    if (options.launcher !== false) show();
  }

  const methods: Omit<Podskazka, never> = {
    version: VERSION,
    build: tiers.build,
    ready: new Promise((done) => (isReady = done)),
    open,
    close,
    toggle: (view, ask) => (shown ? close() : open(view, ask)),
    show: () => show(),
    hide: () => show(false),
    reportError(error) {
      if (error?.code) failure = named(error);
      else complain("config.error", 'reportError: give a code, such as { code: "E42" }', "code");
    },
    openArticle: (article) => open("article", { article }),
    openTicket: (ticket) => open("status", { ticket }),
    prefill: (values) => void (prefilled = { ...prefilled, ...values }),
    identify: (identity) => void (token = identity.token),
    setLocale: (lang) => take({ lang }),
    setTheme: (to) => void (theme = to),
    check: async (kind, text, context) => (await tiers.load<Check>("check")).check(kind, text, context),
    attachTo(target, view, ask) {
      const whole = typeof target === "string";
      return listen(whole ? document : target, "click", (event: Event) => {
        const [first] = event.composedPath() as Element[];
        if (!whole || first.closest(target)) open(view, ask);
      });
    },
    on(name, run) {
      // Whoever comes after the start hears of it too.
      if (name === "ready" && begun) queueMicrotask(() => run(begun as never));
      return listen(document, `podskazka:${name}`, run);
    },
    update(more = {}) {
      take(more);
      if (more.launcher !== undefined) show(more.launcher);
      if (begun) look();
    },
    async shutdown() {
      token = prefilled = failure = undefined;
      leave();
      await (await tiers.load<typeof import("./wipe")>("wipe.js")).wipe();
    },
    destroy() {
      if (signal.aborted) return;
      life.abort();
      looked?.destroy();
      leave();
      button?.remove();
      if (before) before.q = [];
      window.Podskazka = before;
      if (!before) delete window.Podskazka;
    },
  };
  /** Calls a method by its name, as the queue does. */
  const call = (name: keyof typeof methods, ...rest: unknown[]) => {
    const method = methods[name] as ((...rest: unknown[]) => unknown) | undefined;
    if (method) return method(...rest);
    complain("config.command", `"${name}" is no command; the guide lists them`, name);
  };
  const api = Object.assign(call, methods) as Podskazka;

  take(given);
  listen(document, "podskazka:why", ({ detail }: CustomEvent<OpenParams>) => open("article", detail));
  listen(document, "podskazka:open", () => (shown = true));
  listen(document, "podskazka:close", () => (shown = false));
  listen(document, "podskazka:submitted", () => (failure = undefined));
  listen(window, "online", wake);
  for (const name of ["focusin", "pointerdown"]) {
    listen(document, name, ({ target }: Event) => {
      const form = (target as Element).closest?.("form") ?? (target as Element);
      if (!begun || seen.has(form) || !(target as Element).closest?.(MARKED)) return;
      seen.add(form);
      look();
    });
  }
  const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1));
  const soon = () => idle(begin, { timeout: 1000 });
  if (document.readyState === "loading") listen(document, "DOMContentLoaded", soon);
  else soon();

  window.Podskazka = api;
  for (const waiting of before?.q ?? []) call(...(Array.from(waiting) as [never]));
  return api;
}
