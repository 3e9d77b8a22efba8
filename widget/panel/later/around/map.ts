/**
 * The portal's map of its error codes (option `errors`), as its developer has it wrong: the place and what to write. Help goes on with what
 * it can read. A schema says the same of its own map: `src/form/schema.rs`.
 */

/** Of the core: `ticket::TOPICS`. */
const TOPICS = ["form", "account", "payment", "status", "other"];
const MEMBERS = ["article", "topic", "message", "field"];
const ENTRY = '{ article: "inn", topic: "form", message: "…", field: "…" }';

const isMap = (it: unknown): it is Record<string, unknown> => typeof it === "object" && !!it && !Array.isArray(it);

/** Place and fix of each fault. */
export function* faults(map: unknown): Generator<[path: string, fix: string]> {
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
