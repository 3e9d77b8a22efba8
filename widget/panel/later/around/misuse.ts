/**
 * Calls and options that a page has written wrong, which would otherwise do nothing in silence: each with what is allowed in its place.
 * They are looked at when help is opened. The types say the same to whoever has an editor that reads them.
 */

/** Of pkg-templates: `Options`, `InitOptions`, `OpenParams`, `Theme` (options.d.ts), `PodskazkaEvents` (events.d.ts); of `act.rs`: `View`. */
export const OPTIONS = ["site", "endpoint", "lang", "texts", "launcher", "schema", "errors", "theme", "prefill", "release", "account", "probes", "base", "build"];
export const PARAMS = ["code", "field", "form", "article", "ticket"];
export const EVENTS = [
  "ready", "valid", "invalid", "fix", "ask", "override", "open", "close", "capture", "beforesend", "queued", "submitted", "ticket", "senderror", "guess", "step", "unread", "rated", "error",
];
export const THEMES = ["auto", "light", "dark"];
export const VIEWS = ["help", "article", "ticket", "status", "contacts", "settings", "access"];
/** What the widget lays beside them: of the loader, of an error that was told, of the parts of the panel. */
const OURS = [
  "load", "reveal", "snapshot", "view", "identity", "traceId", "told", "text", "topic", "mapped", "message", "quiet", "access", "question", "unanswered", "step", "mended",
];

export type Misuse = [code: string, path: string, fix: string];
type Given = Record<string, unknown>;

/** Letters to change, put in, take out or exchange with their neighbour. */
function slips(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 1; j <= b.length; j++) rows[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + +(a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
/** The name that was likely meant: the shorter it is, the closer. */
function meant(name: string, names: string[], most = 2): string | undefined {
  const [[far, it]] = names.map((it) => [slips(name.toLowerCase(), it), it] as const).sort(([a], [b]) => a - b);
  return far <= Math.min(most, it.length - 3) ? it : undefined;
}
export function instead(name: string, names: string[]): string {
  const it = meant(name, names);
  return it ? `write ${it}` : `take one of ${names.join(", ")}`;
}

/** A script tag carries marks of others as well (`data-turbo-track`): only a slip of one of our longer names is ours. */
const LONGER = OPTIONS.filter((it) => it.length > 4);
const foreign = (name: string, value: unknown): boolean => !meant(name, LONGER, 1) && [...document.scripts].some((it) => it.dataset[name] === value);

export function* misuse(given: Given): Generator<Misuse> {
  const { identity, theme, view } = given;
  // A link to a ticket is no name of a view, and goes into no message.
  const [shown] = /^\w+(?=\/|$)/.exec(`${view ?? ""}`) ?? [];
  if (shown && !VIEWS.includes(shown)) yield ["config.view", "view", `open: there is no view ${shown}; take one of ${VIEWS.join(", ")}`];
  if (theme && !THEMES.includes(theme as string)) yield ["config.theme", "theme", `there is no theme ${theme}; take one of ${THEMES.join(", ")}`];
  if (identity !== null && "identity" in given && typeof (identity as { token?: unknown } | undefined)?.token !== "string") {
    yield ["config.identify", "identify", 'identify: write identify({ token: "…" }) with what your server has signed, or identify(null)'];
  }
  for (const [name, value] of Object.entries(given)) {
    const [, event] = /^on(.*)/s.exec(name) ?? [];
    const [, target] = /^at(.*)/s.exec(name) ?? [];
    if (event !== undefined && value === event) {
      if (!EVENTS.includes(event)) yield ["config.event", "on", `on: there is no event ${event}; ${instead(event, EVENTS)}`];
    } else if (target !== undefined && `${value}` === target) {
      if (typeof value !== "string" && !(value instanceof EventTarget)) yield ["config.target", "attachTo", `attachTo: ${target} is no element; give one that is there, or a selector`];
    } else if (![...OPTIONS, ...PARAMS, ...OURS].includes(name) && !foreign(name, value)) {
      yield ["config.option", name, `there is no option ${name}; ${instead(name, [...OPTIONS, ...PARAMS])}`];
    }
  }
}
