/** What a part of the panel gets from it, and the little that every part needs: elements, words, a sheet of its own. */

/** What the page gave at the opening: widget/panel/src/params.rs. */
export interface Given {
  endpoint: string;
  base: string;
  site?: string;
  lang: string;
  build: "wasm" | "js";
  /** The portal's word for its citizen. */
  identity?: { token: string } | null;
  /** A module by its name, a script or a text by its file. */
  load: <T>(name: string) => Promise<T>;
  /** Number of the ticket to show. */
  ticket?: string;
  account?: () => unknown;
  probes?: string[];
  /** The form as it stands: names and shapes, no values; covered by the core. */
  snapshot: Snapshot;
  code?: string;
  field?: string;
  topic?: string;
  /** The sentence of the error, as the page or the portal's map of errors says it. */
  text?: string;
  /** Release of the portal. */
  release?: string;
  prefill?: Partial<Record<"topic" | "name" | "contact" | "text", string>>;
  /** Lines of the access check for the letter. */
  access?: string[];
  /** What was asked of the search before the letter, and the code of a question without a good answer: `question.nothing`. */
  question?: string;
  unanswered?: string;
}

/** Shapes of `src/wire.rs`. */
export interface FieldState {
  name: string;
  label: string;
  kind: string;
  valid: boolean;
  code?: string;
  length_class: string;
  shape: string;
  /** Where the schema of the form lets it go. */
  value?: string;
}
export interface Snapshot {
  form: string;
  form_title: string;
  page: string;
  trace?: string;
  fields: FieldState[];
}

/** What a part may ask of the panel. */
export interface Panel {
  /** The one announcer. */
  say: (text: string) => void;
  /** Another view, as `open({view})` names it; `what` is an article's id or a ticket's number. */
  go: (view: string, what?: string) => void;
  /** Lines for the letter to support. */
  attach: (lines: string[]) => void;
  /** The heading of the view. */
  title: (text: string) => void;
}

/** Tells the page by an event of ours. */
export const fire = (name: string, detail: object, cancelable = false): boolean =>
  document.dispatchEvent(new CustomEvent(`podskazka:${name}`, { bubbles: true, composed: true, cancelable, detail }));

/** Asks it so: `false` where it keeps the thing from being, by `preventDefault()`. */
export const allowed = (name: string, detail: object): boolean => fire(name, detail, true);

/** A part draws into its place until the answer is called. */
export type Show = (place: HTMLElement, given: Given, act: (name: string, value?: unknown) => void, at: string) => () => void;

export const panel = (act: (name: string, value?: unknown) => void): Panel => ({
  say: (text) => act("say", text),
  go: (view, what = "") => act("go", `${view}/${what}`),
  attach: (lines) => act("attach", lines),
  title: (text) => act("title", text),
});

type Child = Node | string | null | undefined | false;

/** An element: functions are listeners, `false` leaves an attribute out. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, of: Record<string, unknown> = {}, ...inside: Child[]): HTMLElementTagNameMap[K] {
  const it = document.createElement(tag);
  for (const [name, value] of Object.entries(of)) {
    if (typeof value === "function") it.addEventListener(name, value as EventListener);
    else if (value !== false && value !== undefined) it.setAttribute(name, value === true ? "" : `${value}`);
  }
  it.append(...inside.filter((child): child is Node | string => !!child));
  return it;
}

export const button = (kind: "main" | "quiet" | "link" | "row", text: string, click: () => void, of: Record<string, unknown> = {}) =>
  make("button", { type: "button", class: kind, click, ...of }, text);

/** Words of a file of `src/messages`: its format is at the head of the file. */
export class Words {
  private readonly all: Record<string, string> = {};
  private readonly plural: Intl.PluralRules;

  constructor(
    text: string,
    readonly lang: string,
  ) {
    this.plural = new Intl.PluralRules(lang);
    for (const line of text.split("\n")) {
      const at = line.indexOf(" = ");
      if (at > 0 && line[0] !== "#") this.all[line.slice(0, at)] = line.slice(at + 3);
    }
  }

  has = (key: string) => key in this.all;

  /** The sentence of a key; empty where there is none. */
  say = (key: string, of: Record<string, string | number> = {}): string =>
    (this.all[key] ?? "").replace(/\{(\w+)(?:\|([^{}]*))?\}/g, (_, name: string, forms?: string) => {
      const value = of[name] ?? "";
      if (!forms) return typeof value === "number" ? value.toLocaleString(this.lang) : value;
      const at = { one: 0, few: 1 }[this.plural.select(Number(value)) as string] ?? 2;
      return forms.split("|")[at] ?? "";
    });

  /** Day and time as people write them. */
  time = (iso: string): string => {
    const at = new Date(iso);
    return isNaN(+at) ? "" : at.toLocaleString(this.lang, { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  };
}

/** Rules of a part, beside those of the panel; taken off by the answer. */
export function dress(place: HTMLElement, css: string): () => void {
  const root = place.getRootNode() as Document | ShadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return () => {
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((it) => it !== sheet);
  };
}
