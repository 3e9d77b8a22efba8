/** The widget on a page: what `window.Podskazka` and `init()` of the package give. Shapes: pkg-templates/index.d.ts. */

import type { Locale, Options, OpenParams, Podskazka, ReportedError, View } from "podskazka";
import { launcher, WORDS, type Launcher } from "./launcher";
import { folder, type Tiers } from "./tiers";

interface Fields {
  start: (options: object) => void;
  snapshot: () => unknown;
  reveal: (name: string) => boolean;
  destroy: () => void;
}
interface Panel {
  open: (params: object) => void;
  /** Whether it was open. */
  close: () => boolean;
  destroy: () => void;
}
type Check = typeof import("podskazka/core");
type Wake = { wake: (given: object) => void };
/** What stands in the global before us: calls that wait, or another copy. `shared`: somebody else has come to it (pkg-templates/share.js). */
type Before = Podskazka & { q?: ArrayLike<unknown>[]; shared?: true };

declare const VERSION: string;
const MARKED = "[data-podskazka],[data-podskazka-form]";
const nothing = () => {};

/** Starts the widget as the one global, unless a copy stands already; at its end the global is what it was. */
export function start(given: Options, use: () => Tiers): Podskazka {
  const before = window.Podskazka as Before | undefined;
  if (before?.version) return (before.shared = true), before;

  const tiers = use();
  const life = new AbortController();
  const { signal } = life;
  /**
   * What was given, and what is told of the person: kept in memory alone. Beside it, for the check of an opening
   * (widget/panel/later/around/misuse.ts): `onNAME` of each event that is listened to, `atTARGET` of what opens help.
   */
  let options: Options & { identity?: { token: string } | null; [asked: `on${string}` | `at${string}`]: unknown } = {};
  let endpoint: string;
  let lang: Locale = "ru";
  let failure: ReportedError | null | undefined;
  let fields: Promise<Fields> | undefined;
  let looked: Fields | undefined;
  /** The fields stand, and in the words and the schema of now. */
  let fresh = false;
  let panel: Promise<Panel> | undefined;
  let button: Launcher | undefined;
  let begun: CustomEvent | undefined;
  /** What was asked for while the panel could not be loaded. */
  let again: (() => void) | undefined;
  let opened: unknown;
  /** The opening under way; closing calls it off. */
  let wanted: object | undefined;
  let isReady: (api: Podskazka) => void;

  function fire(name: string, detail: object): CustomEvent {
    const event = new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, detail });
    document.dispatchEvent(event);
    return event;
  }
  const complain = (code: string, message: unknown, path = "") => queueMicrotask(() => fire("error", { code, message: "" + message, path }));

  /** Listens until the answer is called, or until the end. */
  function listen(target: EventTarget, name: string, run: (event: never) => void): () => void {
    target.addEventListener(name, run as EventListener, { signal });
    return () => target.removeEventListener(name, run as EventListener);
  }
  const hear = (name: string, run: (event: never) => void) => listen(document, `podskazka:${name}`, run);

  function take(more: Options): void {
    options = { ...options, ...more };
    endpoint = new URL("/", tiers.base).href;
    try {
      // Of anything else there is no match to take apart.
      [endpoint] = folder(`${options.endpoint ?? endpoint}`).match(/^http.*/) as string[];
    } catch {
      complain("config.endpoint", "give https://example.ru/", "endpoint");
    }
    const before = lang;
    const wanted = options.lang ?? document.documentElement.lang.slice(0, 2);
    if (wanted in WORDS) lang = wanted as Locale;
    else if (options.lang)
      tiers.load<typeof import("./lang")>("lang.js").then((it) => it.speak(options, tiers, WORDS, signal)).then(take, (error) => complain("config.lang", error, "lang"));
    button?.name(lang);
    // The fields start anew with the other words, or the other schema.
    if (looked && (lang !== before || more.schema)) {
      fresh = false;
      loadFields();
    }
  }

  async function loadFields(): Promise<void> {
    const spoken = lang;
    try {
      fields = tiers.load<Fields>("fields");
      const [it, words] = await Promise.all([fields, tiers.load<string>(`words.${lang}.txt`)]);
      if (spoken !== lang) return loadFields();
      if (fresh || signal.aborted) return;
      fresh = true;
      looked = it;
      it.start({ ...options, words, lang, load: tiers.load, trouble });
    } catch (error) {
      complain("loader.fields", error);
    }
  }

  /** Forms that came after the start, as in a page whose router replaces them. `snapshot` also looks around anew. */
  function look(): void {
    if (fresh) looked?.snapshot();
    else if (document.querySelector(MARKED)) loadFields();
  }

  const loadPanel = () => (panel = tiers.load<Panel>("panel"));

  /** The error that the page shows, or the one it has reported. */
  function trouble(): ReportedError | null | undefined {
    const seen = [...document.querySelectorAll<HTMLElement>("[data-error-code]")].find((it) => it.dataset.errorCode && it.getClientRects()[0]);
    return seen ? named({ code: seen.dataset.errorCode as string }) : failure && named(failure);
  }
  /** A code of the portal's own stands under `site.`; the schema of a form adds what it knows of it. */
  const named = (error: ReportedError): ReportedError =>
    fire("reported", { ...error, code: `${error.code}`.replace(/^[^.]+$/, "site.$&") }).detail;

  async function open(view: View = "help", ask: OpenParams = {}): Promise<void> {
    if (signal.aborted) return;
    opened = true;
    again = undefined;
    const mine = (wanted = {});
    try {
      const it = await loadPanel();
      // The fields are optional: the panel opens without them.
      const snapshot = await fields?.then((it) => it.snapshot()).catch(nothing);
      if (wanted !== mine) return;
      wanted = undefined;
      it.open({ ...options, ...tiers, endpoint, lang, snapshot, reveal: (name: string) => !!looked?.reveal(name), ...(ask?.code ? {} : trouble()), ...ask, view });
    } catch (error) {
      again = () => open(view, ask);
      complain("loader.panel", error);
    }
    button?.failed(again);
  }

  async function close(): Promise<unknown> {
    const was = wanted;
    wanted = undefined;
    return (await panel?.catch(nothing))?.close() || was;
  }

  function show(on = true): void {
    options.launcher = on;
    if (on && begun) button ??= launcher(lang, () => open(), move, listen);
    button?.show(on);
  }
  /** Where the button stands beyond its corner. Whoever is about to press it does not wait then. */
  const move = (event: Event) => tiers.load<typeof import("./place")>("place.js").then((it) => it.place(signal, loadPanel, event), nothing);
  /** A link of the page or of a letter leads into help: `#podskazka=article/inn`. */
  function follow(): void {
    const [, path] = location.hash.split("#podskazka=");
    if (path) open(path as View);
  }

  /** The link is there: opens what was asked for, unless the person types by now; or sends what waits from an earlier page. */
  async function wake(): Promise<void> {
    if (again) return document.activeElement?.matches("input,select,textarea") ? button?.failed(0) : again();
    try {
      // Somebody for whom this browser keeps something of ours. A panel that was opened sends by itself.
      if (!opened && /podskazka/.test(Object.keys(localStorage) as unknown as string))
        (await tiers.load<Wake>("wake.js")).wake({ ...options, ...tiers, endpoint, lang, signal, open });
    } catch {
      // No storage here, or no link: the next page tries again.
    }
  }

  function leave(): void {
    wanted = undefined;
    panel?.then((it) => (it.close(), it.destroy()), nothing);
  }

  function begin(): void {
    if (signal.aborted) return;
    look();
    wake();
    if (document.querySelector("podskazka-help:not(:defined)")) {
      tiers.load("element.js").catch((error) => complain("loader.element", error));
    }
    isReady(api);
    begun = fire("ready", about);
    if (options.launcher !== false) show();
    follow();
  }

  const about = { version: VERSION, build: tiers.build };
  const methods: Omit<Podskazka, never> = {
    ...about,
    ready: new Promise((done) => (isReady = done)),
    open,
    close: close as () => Promise<void>,
    toggle: async (view, ask) => void ((await close()) || open(view, ask)),
    show: () => show(),
    hide: () => show(false),
    reportError(error) {
      if (error?.code) failure = named(error);
      else if (error === null) failure = error;
      else complain("config.error", "give a code", "code");
    },
    openTicket: (ticket) => open("status", { ticket }),
    openArticle: (article) => open("article", { article }),
    prefill: (values) => (options.prefill = { ...options.prefill, ...values }),
    identify: (it) => (options.identity = it),
    setLocale: (lang) => take({ lang }),
    setTheme: (theme) => (options.theme = theme),
    check: (...it) => tiers.load<Check>("check").then(({ check }) => check(...it)),
    attachTo(target, view, ask) {
      const selector = (target as string)?.at && (target as string);
      options[("at" + target) as "at"] = target;
      // One that cannot be read is an error here, and not at every click.
      if (selector) document.querySelector(selector);
      return listen(document, "click", (event: MouseEvent) => {
        const fits = (it: EventTarget) => (selector ? (it as Element).matches?.(selector) : it === target);
        const it = event.composedPath().find(fits) as HTMLAnchorElement | undefined;
        if (it?.href) {
          // Whoever asks for another tab gets it.
          if (event.ctrlKey || event.metaKey) return;
          event.preventDefault();
        }
        if (it) open(view, ask);
      });
    },
    on(name, run) {
      // Whoever comes after the start hears of it too.
      options[("on" + name) as "on"] = name;
      if (name === "ready" && begun) queueMicrotask(() => run(begun as never));
      return hear(name, run);
    },
    update(more = {}) {
      take(more);
      if (more.launcher != null) show(more.launcher);
      if (begun) look();
    },
    async shutdown() {
      options.identity = options.prefill = failure = undefined;
      leave();
      try {
        // Until it is done, and by the next page where it cannot be done now: nothing is read or sent.
        localStorage["podskazka.waits"] = "wipe";
      } catch {
        // No storage, nothing in it.
      }
      await (await tiers.load<typeof import("./wipe")>("wipe.js")).wipe();
    },
    destroy() {
      if (signal.aborted) return;
      life.abort();
      isReady(api);
      begun = undefined;
      button?.remove();
      looked?.destroy();
      leave();
      if (before) (window.Podskazka = before).q = [];
      else delete window.Podskazka;
    },
  };
  /** Calls a method by its name, as the queue does: one call that cannot be is told, and those behind it are made. */
  const call = (name: keyof typeof methods, ...rest: unknown[]): any => {
    try {
      return (methods[name] as (...rest: unknown[]) => unknown)(...rest);
    } catch (error) {
      console.error(error);
      complain("config.command", error, name);
    }
  };
  const api = Object.assign(call, methods) as Podskazka;

  take(given);
  hear("why", ({ detail }: CustomEvent<OpenParams>) => open("article", detail));
  hear("submitted", () => (failure = undefined));
  listen(window, "online", wake);
  listen(window, "hashchange", follow);
  for (const name of ["pointerdown", "focusin"]) {
    listen(document, name, (event: Event) => {
      // Seen through shadow trees: the target is their host.
      const it = event.composedPath()[0] as Element;
      if (!it.closest?.(MARKED)) return;
      if (!fresh) loadFields();
      // A form under our care leaves its checks to us: one that does not has come since.
      else if (!it.closest("form")?.noValidate) looked?.snapshot();
    });
  }
  // Where the browser knows no idle time, the object is no delay: at once.
  const soon = () => (window.requestIdleCallback ?? (setTimeout as unknown as typeof requestIdleCallback))(begin, { timeout: 1000 });
  if (document.readyState === "loading") listen(document, "DOMContentLoaded", soon);
  else soon();

  window.Podskazka = api;
  for (const waiting of before?.q ?? []) call(...(waiting as unknown as [never]));
  return api;
}
