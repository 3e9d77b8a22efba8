/** The widget on a page: its calls. What they take and tell stands beside, a subject a file. */

import type { CheckContext, Kind, Verdict } from "./core.js";
import type { PageEvents, PodskazkaEvents } from "./events.js";
import type { Build, InitOptions, Locale, OpenParams, Options, Prefill, ReportedError, Theme, View } from "./options.js";

export * from "./events.js";
export * from "./faults.js";
export * from "./options.js";
export * from "./ticket.js";
export type { CheckContext, Code, Complete, Edit, Fault, Fix, FixReason, Kind, Partial, Span, Verdict, Warning, WarningCode } from "./core.js";
export type { FormSchema, FormSchemaError, FormSchemaField, FormSchemaFiles, FormSchemaRule, FormSchemaStep, FormSchemaWhen } from "./core.js";

/** What the widget can do. After {@link Api.destroy} nothing comes back onto the page: `check` still answers, `shutdown` still wipes. */
export interface Api {
  /** Version of this copy. */
  readonly version: string;
  /** The build in use. */
  readonly build: Build;
  /** Fulfilled when the widget stands. @example await api.ready */
  readonly ready: Promise<Api>;
  /**
   * Opens the panel.
   *
   * @param view - the part to show; `help` where none is named
   * @example api.open("ticket")
   */
  open(view?: View, params?: OpenParams): Promise<void>;
  /** Closes the panel; what has been typed stays. @example api.close() */
  close(): Promise<void>;
  /** Opens the panel, or closes it. @example api.toggle() */
  toggle(view?: View, params?: OpenParams): Promise<void>;
  /** Shows the «Помощь» button. @example api.show() */
  show(): void;
  /** Hides the «Помощь» button. @example api.hide() */
  hide(): void;
  /**
   * Tells of an error of the portal's own: the next opening of the panel is about it, until a letter has gone.
   *
   * An element with `data-error-code` that the person can see does the same. `null` takes it back.
   *
   * @example api.reportError({ code: "E42", field: "inn", traceId: "4bf92f3577b34da6" })
   * @example api.reportError(null)
   */
  reportError(error: ReportedError | null): void;
  /** Opens one article. @example api.openArticle("inn") */
  openArticle(id: string): Promise<void>;
  /** Opens a ticket of this browser. @example api.openTicket("PS-00000001-X") */
  openTicket(number: string): Promise<void>;
  /** Writes into the letter what the portal knows. @example api.prefill({ contact: "anna@example.ru" }) */
  prefill(values: Prefill): void;
  /**
   * Says who the person is, by a token that the portal's own server has signed. Kept in memory, and with a letter that
   * waits for the network; {@link Api.shutdown} wipes it. `null` takes it back. A panel that is open goes on with what it had. A token that
   * the server does not take is told by the event `error`, code `identity.refused`.
   *
   * @example api.identify({ token: await (await fetch("/my/help-token")).text() })
   */
  identify(
    identity: {
      /**
       * JWT (HS256): `sub`, your name of the person, 200 bytes at most; `exp`, a day ahead at most; if you like `nbf`, before which it does
       * not hold, and `aud`, which must be the site's key. Nothing else in it is read.
       */
      token: string;
    } | null,
  ): void;
  /** Changes the language of hints and errors; a panel that is open speaks it from its next opening on. @example api.setLocale("ru") */
  setLocale(lang: Locale): void;
  /** Changes the colours, from the next opening on. @example api.setTheme("dark") */
  setTheme(theme: Theme): void;
  /**
   * Checks one value by the same rules as the fields. For a synchronous check import `podskazka/core`.
   *
   * @example const verdict = await api.check("inn", "7707083893")
   */
  check(kind: Kind, text: string, context?: CheckContext): Promise<Verdict>;
  /**
   * Opens the panel at a click on an element, or on whatever fits a selector, also later. A link leads nowhere then, unless the
   * person asks for another tab (Ctrl, ⌘, middle button).
   *
   * @returns ends it
   * @example const off = api.attachTo("#help-link", "help")
   */
  attachTo(target: Element | string, view?: View, params?: OpenParams): () => void;
  /**
   * Listens to an event. A listener of `ready` that comes late is called all the same.
   *
   * @returns ends it
   * @example const off = api.on("submitted", (event) => console.log(event.detail.number))
   */
  on<K extends keyof PodskazkaEvents>(name: K, listener: (event: CustomEvent<PodskazkaEvents[K]>) => void): () => void;
  /**
   * Changes options, and looks around for forms that have come. Needed after a change of the page only where no field of
   * the new form has been touched yet.
   *
   * @example api.update()
   */
  update(options?: Options): void;
  /** Log-out: forgets who the person is and wipes what this browser keeps. @example await api.shutdown() */
  shutdown(): Promise<void>;
  /** Leaves the page as it was. @example api.destroy() */
  destroy(): void;
}

/** `window.Podskazka`: the methods, and a call by name that also works before the script has loaded; it answers `undefined` then. */
export interface Podskazka extends Api {
  /** @example window.Podskazka?.("on", "submitted", (event) => console.log(event.detail.number)) */
  <K extends keyof PodskazkaEvents>(name: "on", event: K, listener: (event: CustomEvent<PodskazkaEvents[K]>) => void): (() => void) | undefined;
  /** @example window.Podskazka?.("open", "ticket") */
  <K extends Command>(name: K, ...rest: Parameters<Api[K]>): ReturnType<Api[K]> | undefined;
}

/** Names that a call by name takes. */
export type Command = Exclude<keyof Api, "version" | "build" | "ready">;

/**
 * Starts the widget, once for the page: a second call returns the first widget. On a server it returns one that does
 * nothing, so it may stand in code that is rendered there.
 *
 * @example
 * const help = init({ site: "demo", endpoint: "https://help.example.ru/" });
 * help.on("submitted", (event) => console.log(event.detail.number));
 */
export function init(options?: InitOptions): Podskazka;

type DomEvents = { [K in keyof PodskazkaEvents as `podskazka:${K}`]: CustomEvent<PodskazkaEvents[K]> } & {
  [K in keyof PageEvents as `podskazka:${K}`]: CustomEvent<PageEvents[K]>;
};

declare global {
  interface Window {
    /** The widget; before it has loaded, the stub that keeps calls. */
    Podskazka?: Podskazka;
  }
  interface DocumentEventMap extends DomEvents {}
  interface WindowEventMap extends DomEvents {}
  interface HTMLElementEventMap extends DomEvents {}
}
