/**
 * The portal's map of its error codes (option `errors`), as its developer has it wrong: told by `podskazka:error`, once a page, with the
 * place and what to write; and an article that is not there. Help goes on with what it can read. A schema says the same of its own map:
 * `src/form/schema.rs`.
 */

/** Of the core: `ticket::TOPICS`. */
const TOPICS = ["form", "account", "payment", "status", "other"];
const MEMBERS = ["article", "topic", "message", "field"];
const ENTRY = '{ article: "inn", topic: "form", message: "…", field: "…" }';

const isMap = (it: unknown): it is Record<string, unknown> => typeof it === "object" && !!it && !Array.isArray(it);

/** Place and fix of each fault. */
function* faults(map: unknown): Generator<[path: string, fix: string]> {
  if (!isMap(map)) return yield ["errors", `write an object by code, { E42: ${ENTRY} }`];
  for (const [code, entry] of Object.entries(map)) {
    const path = `errors/${code}`;
    if (!isMap(entry)) {
      yield [path, `write an object, as ${ENTRY}`];
      continue;
    }
    for (const [name, value] of Object.entries(entry)) {
      const place = `${path}/${name}`;
      if (!MEMBERS.includes(name)) yield [place, `there is no such member; take one of ${MEMBERS.join(", ")}`];
      // A member without a value is none.
      else if (value === undefined || value === null) continue;
      else if (typeof value !== "string") yield [place, "write a text"];
      else if (name === "topic" && !TOPICS.includes(value)) yield [place, `there is no topic ${value}; take one of ${TOPICS.join(", ")}`];
    }
  }
}

function complain(code: string, message: string, path: string): void {
  document.dispatchEvent(new CustomEvent("podskazka:error", { bubbles: true, composed: true, detail: { code, message, path } }));
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
  complain("articles.unknown", `${path}: there is no article ${id}; there are ${nearest(id, ids.trim().split(" ")).join(", ")}`, path);
}

const told = new Set<string>();

export function prove(map: unknown): void {
  for (const [path, fix] of faults(map)) {
    const message = `${path}: ${fix}`;
    if (told.has(message)) continue;
    told.add(message);
    complain("config.errors", message, path);
  }
}
