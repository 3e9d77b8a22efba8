/** Whatever the page has set up wrong is told to its developer when help is opened: by `podskazka:error` and in the console, once a page. */

import { faults } from "./map";
import { type Misuse, misuse } from "./misuse";

const told = new Set<string>();

function* all(given: Record<string, unknown>, map: unknown): Generator<Misuse> {
  yield* misuse(given);
  if (map !== undefined) for (const [path, fix] of faults(map)) yield ["config.errors", path, `${path}: ${fix}`];
}

export function prove(given: Record<string, unknown>, map?: unknown): void {
  for (const [code, path, message] of all(given, map)) {
    if (told.has(message)) continue;
    told.add(message);
    console.error(`Подсказка: ${message}`);
    document.dispatchEvent(new CustomEvent("podskazka:error", { bubbles: true, composed: true, detail: { code, message, path } }));
  }
}
