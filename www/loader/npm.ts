/** Entry of the npm package: the same widget, its parts in the bundle of the page or under `base`. */

import type { InitOptions, Podskazka } from "podskazka";
import { start } from "./api";
import { byAddress, folder, type Tiers } from "./tiers";

/** Literal imports: every bundler makes chunks of them, with no plugin and no asset. */
const PARTS: Record<string, () => Promise<unknown>> = {
  // @ts-ignore built by `cargo xtask pkg`
  fields: () => import("./parts/fields.js"),
  // @ts-ignore
  panel: () => import("./parts/panel.js"),
  // @ts-ignore
  check: () => import("./parts/check.js"),
  // @ts-ignore
  mask: () => import("./parts/mask.js"),
  // @ts-ignore
  assist: () => import("./parts/assist.js"),
  // @ts-ignore
  "form.ru.txt": () => import("./parts/form.ru.js").then((it) => it.default),
  // @ts-ignore
  "form.en.txt": () => import("./parts/form.en.js").then((it) => it.default),
  // @ts-ignore
  "schema.js": () => import("./parts/schema.js"),
  // @ts-ignore
  "words.ru.txt": () => import("./parts/words.ru.js").then((it) => it.default),
  // @ts-ignore
  "words.en.txt": () => import("./parts/words.en.js").then((it) => it.default),
  // @ts-ignore
  "capture.js": () => import("./parts/capture.js"),
  // @ts-ignore
  "frames.js": () => import("./parts/frames.js"),
  // @ts-ignore
  "plain.js": () => import("./parts/plain.js"),
  // @ts-ignore
  "editor.js": () => import("./parts/editor.js"),
  // @ts-ignore
  "trail.js": () => import("./parts/trail.js"),
  // @ts-ignore
  "summary.js": () => import("./parts/summary.js"),
  // @ts-ignore
  "drafts.js": () => import("./parts/drafts.js"),
  // @ts-ignore
  "files.js": () => import("./parts/files.js"),
  // @ts-ignore
  "date.js": () => import("./parts/date.js"),
  // @ts-ignore
  "guess.js": () => import("./parts/guess.js"),
  // @ts-ignore
  "paste.js": () => import("./parts/paste.js"),
  // @ts-ignore
  "ask.js": () => import("./parts/ask.js"),
  // @ts-ignore
  "codes.js": () => import("./parts/codes.js"),
  // @ts-ignore
  "count.js": () => import("./parts/count.js"),
  // @ts-ignore
  "review.js": () => import("./parts/review.js"),
  // @ts-ignore
  "stats.js": () => import("./parts/stats.js"),
  // @ts-ignore
  "lang.js": () => import("./parts/lang.js"),
  // @ts-ignore
  "panel.ru.txt": () => import("./parts/panel.ru.js").then((it) => it.default),
  // @ts-ignore
  "panel.en.txt": () => import("./parts/panel.en.js").then((it) => it.default),
  // @ts-ignore
  "access.js": () => import("./parts/access.js"),
  // @ts-ignore
  "access.txt": () => import("./parts/access.table.js").then((it) => it.default),
  // @ts-ignore
  "access.ru.txt": () => import("./parts/access.ru.js").then((it) => it.default),
  // @ts-ignore
  "access.en.txt": () => import("./parts/access.en.js").then((it) => it.default),
  // @ts-ignore
  "letter.js": () => import("./parts/letter.js"),
  // @ts-ignore
  "letter.ru.txt": () => import("./parts/letter.ru.js").then((it) => it.default),
  // @ts-ignore
  "letter.en.txt": () => import("./parts/letter.en.js").then((it) => it.default),
  // @ts-ignore
  "outbox.js": () => import("./parts/outbox.js"),
  // @ts-ignore
  "proof.js": () => import("./parts/proof.js"),
  // @ts-ignore
  "tried.js": () => import("./parts/tried.js"),
  // @ts-ignore
  "around.js": () => import("./parts/around.js"),
  // @ts-ignore
  "contacts.js": () => import("./parts/contacts.js"),
  // @ts-ignore
  "contacts.ru.txt": () => import("./parts/contacts.ru.js").then((it) => it.default),
  // @ts-ignore
  "contacts.en.txt": () => import("./parts/contacts.en.js").then((it) => it.default),
  // @ts-ignore
  "settings.js": () => import("./parts/settings.js"),
  // @ts-ignore
  "settings.ru.txt": () => import("./parts/settings.ru.js").then((it) => it.default),
  // @ts-ignore
  "settings.en.txt": () => import("./parts/settings.en.js").then((it) => it.default),
  // @ts-ignore
  "wake.js": () => import("./parts/wake.js"),
  // @ts-ignore
  "tickets.js": () => import("./parts/tickets.js"),
  // @ts-ignore
  "tickets.ru.txt": () => import("./parts/tickets.ru.js").then((it) => it.default),
  // @ts-ignore
  "tickets.en.txt": () => import("./parts/tickets.en.js").then((it) => it.default),
  // @ts-ignore
  "use.js": () => import("./parts/use.js"),
  // @ts-ignore
  "place.js": () => import("./parts/place.js"),
  // @ts-ignore
  "wipe.js": () => import("./parts/wipe.js"),
  // No bytes of it are in a bundle, and no digest.
  "raster.html": async () => {},
  // @ts-ignore
  "element.js": () => import("./element.js"),
};

function bundled(endpoint = "/"): Tiers {
  let base = new URL("/podskazka/", document.baseURI).href;
  try {
    base = new URL("podskazka/", new URL(`${endpoint}/`.replace(/\/+$/, "/"), document.baseURI)).href;
  } catch {
    // `start` says what is wrong with it.
  }
  return { build: "js", base, load: <T>(name: string) => (PARTS[name]?.() ?? Promise.reject(new Error(name))) as Promise<T> };
}

/** On a server there is no page: whatever is asked of the widget does nothing, and what promises something keeps nobody waiting. */
function absent(): Podskazka {
  const nothing = () => nothing;
  const done = () => Promise.resolve();
  // A server checks by `podskazka/core`, whose answer is there at once.
  const check = () => Promise.reject(new Error("There is no page here. On a server import { check } from \"podskazka/core\"."));
  const known: Record<string | symbol, unknown> = { version: VERSION, build: "js", open: done, close: done, toggle: done, openArticle: done, openTicket: done, shutdown: done, check };
  const widget: unknown = new Proxy(nothing, { get: (_, name) => (name === "then" ? undefined : (known[name] ?? nothing)) });
  known.ready = Promise.resolve(widget);
  return widget as Podskazka;
}
declare const VERSION: string;

export function init(options: InitOptions = {}): Podskazka {
  if (typeof document === "undefined") return absent();
  return start(options, () => (options.base ? byAddress(folder(options.base), options.build) : bundled(options.endpoint)));
}
