/** Whatever the page has set up wrong is told to its developer when help is opened: by `podskazka:error` and in the console, once a page. */

import { faults } from "./map";
import { instead, type Misuse, misuse } from "./misuse";
import type { Given } from "../part";

const told = new Set<string>();

function* all(given: Record<string, unknown>, map: unknown): Generator<Misuse> {
  yield* misuse(given);
  if (map !== undefined) for (const [path, fix] of faults(map)) yield ["config.errors", path, `${path}: ${fix}`];
}

function tell(code: string, path: string, message: string): void {
  console.error(`Подсказка: ${message}`);
  document.dispatchEvent(new CustomEvent("podskazka:error", { bubbles: true, composed: true, detail: { code, message, path } }));
}

function say(slips: Iterable<Misuse>): void {
  for (const [code, path, message] of slips) {
    if (told.has(message)) continue;
    told.add(message);
    tell(code, path, message);
  }
}

export function prove(given: Record<string, unknown>, map?: unknown): void {
  say(all(given, map));
  const { snapshot, load } = given as Partial<Given>;
  for (const { name, kind } of snapshot?.fields ?? []) {
    // A mark that names no kind makes a text of the field, in silence. The kinds come with the checks, which such a page alone loads.
    const mark = kind === "text" && [...document.querySelectorAll<HTMLInputElement>("[data-podskazka]")].find((it) => [it.name, it.id].includes(name))?.dataset.podskazka;
    if (!mark || mark === kind) continue;
    // The field by its mark: the name that a page gives it may hold a person's number.
    const path = `[data-podskazka="${mark}"]`;
    load?.<typeof import("podskazka/core")>("check").then(({ kinds }) => say([["config.kind", path, `${path}: there is no such kind; ${instead(mark, kinds())}`]]));
  }
}

/** Two letters that stand side by side, each once. */
const pairs = (id: string) => new Set(Array.from(id, (_, at) => id.slice(at, at + 2)));

/** The ids that are written most like one. */
function nearest(id: string, ids: string[]): string[] {
  const own = pairs(id);
  const far = (it: string) => own.size + pairs(it).size - 2 * [...pairs(it)].filter((pair) => own.has(pair)).length;
  return ids.sort((a, b) => far(a) - far(b)).slice(0, 3);
}

/** An article that is asked for by `path` and is not there; `ids` are those that are, between blanks. */
export function absent(path: string, id: string, ids: string): void {
  tell("articles.unknown", path, `${path}: there is no article ${id}; there are ${nearest(id, ids.trim().split(" ")).join(", ")}`);
}
