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

/** Marks of fields, those among them that name no kind. The kinds come with the checks, which a page with such a mark alone loads. */
export function unknown(marks: string[], load: Given["load"]): Promise<void> {
  // The field by its mark: the name that a page gives it may hold a person's number.
  const slip = (mark: string, kinds: string[], path = `[data-podskazka="${mark}"]`): Misuse => ["config.kind", path, `${path}: there is no such kind; ${instead(mark, kinds)}`];
  const kinds = load<typeof import("podskazka/core")>("check").then((it) => it.kinds());
  return kinds.then((all) => say(marks.filter((it) => !(all as string[]).includes(it)).map((it) => slip(it, all))));
}

export function prove(given: Record<string, unknown>, map?: unknown): void {
  say(all(given, map));
  const { snapshot, load } = given as Partial<Given>;
  // A mark that names no kind makes a text of its field, in silence.
  const names = new Set(snapshot?.fields.filter((it) => it.kind === "text" && it.name).map((it) => it.name));
  const marked = [...document.querySelectorAll<HTMLInputElement>("[data-podskazka]")].filter((it) => names.has(it.name) || names.has(it.id));
  const marks = marked.map((it) => it.dataset.podskazka ?? "").filter((it) => it && it !== "text");
  if (marks[0] && load) void unknown(marks, load).catch(() => {});
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
