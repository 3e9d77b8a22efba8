/** Whatever the page has set up wrong is told to its developer when help is opened: by `podskazka:error` and in the console, once a page. */

import { faults } from "./map";
import { type Misuse, misuse } from "./misuse";

const told = new Set<string>();

function* all(given: Record<string, unknown>, map: unknown): Generator<Misuse> {
  yield* misuse(given);
  if (map !== undefined) for (const [path, fix] of faults(map)) yield ["config.errors", path, `${path}: ${fix}`];
}

function tell(code: string, path: string, message: string): void {
  console.error(`Подсказка: ${message}`);
  document.dispatchEvent(new CustomEvent("podskazka:error", { bubbles: true, composed: true, detail: { code, message, path } }));
}

export function prove(given: Record<string, unknown>, map?: unknown): void {
  for (const [code, path, message] of all(given, map)) {
    if (told.has(message)) continue;
    told.add(message);
    tell(code, path, message);
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
