/**
 * A language that we have not, by the site's own file of texts: what a line says there, a person reads; where a line is missing, the
 * Russian one. Loaded where a page asks for such a language.
 *
 * The file is a text: `[part]` begins the lines of one part of the widget, `key = sentence` is a line, `#` starts a comment. Parts and
 * keys are those of `texts.ru.txt` in the package; what sentences hold is told there.
 */

import type { Options } from "podskazka";
import type { Tiers } from "./tiers";

type Lines = Record<string, string>;
/** What a script says by itself, by language: its `WORDS`. */
type Table = Record<string, unknown>;

/** Lines of the file by their parts. */
function read(text: string): Record<string, Lines> {
  const all: Record<string, Lines> = Object.create(null);
  let part: Lines = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\s*\[([\w.]+)\]\s*$/.exec(line) ?? [];
    if (name) part = all[name] ??= Object.create(null);
    const [, key, sentence] = /^\s*([^#\s=][^\s=]*)\s*=\s?(.*)$/.exec(line) ?? [];
    if (key) part[key] = sentence.trimEnd();
  }
  return all;
}

/** A blank at the end, before a number, is easily lost by an editor: it is as in Russian. */
const blank = (sentence: string, russian: string) => sentence + (/\s*$/.exec(russian) ?? [""])[0];

/** The Russian lines of a part with the site's in their places; `used` takes the keys that were there. */
function lay(russian: string, own: Lines, used: Set<string>): string {
  let above = "";
  const one = (line: string) => {
    const at = line.indexOf("=");
    if (at < 0) return line;
    let key = line.slice(0, at).trim();
    // A key that begins with its dot is one of the kind above it: src/messages.rs.
    if (key[0] === ".") key = above + key;
    else above = key.split(".")[0];
    used.add(key);
    return key in own ? `${key} = ${blank(own[key], line)}` : line;
  };
  return russian.split("\n").map(one).join("\n");
}

/** The same for a table of a script: `names.0`, `left.one`. */
function over(it: unknown, own: Lines, used: Set<string>, above: string[] = []): unknown {
  if (typeof it === "string") {
    const key = above.join(".");
    used.add(key);
    return key in own ? blank(own[key], it) : it;
  }
  const inner = Object.entries(it as object).map(([key, value]) => [key, over(value, own, used, [...above, key])]);
  return Array.isArray(it) ? inner.map(([, value]) => value) : Object.fromEntries(inner);
}

/** Takes a language on: from then on it is spoken like ours, until the widget ends. Fails with what is wrong and what to do. */
export async function speak({ lang = "", texts }: Options, tiers: Tiers, button: Table, signal: AbortSignal): Promise<Options> {
  const file = `texts.${lang}.txt`;
  const from = new URL(texts ?? file, texts ? document.baseURI : tiers.base).href;
  let all: Record<string, Lines>;
  try {
    // A tag that is none would be an error in each date and number.
    Intl.getCanonicalLocales(lang);
    const answer = await fetch(from);
    if (!answer.ok) throw answer.status;
    all = read(await answer.text());
    if (!all.launcher) throw "no [launcher]";
  } catch (error) {
    throw `give ru or en, or translate texts.ru.txt of the package into ${from} (${error})`;
  }
  if (signal.aborted) return {};
  signal.addEventListener("abort", () => delete button[lang]);

  const own = (part: string) => all[part] ?? {};
  const told = new Set<string>();
  const tell = (part: string, used: Set<string>) => {
    const odd = Object.keys(own(part)).filter((key) => !used.has(key));
    if (odd.length && !told.has(part)) console.warn(`Подсказка: ${from}, [${part}]: no such lines: ${odd.join(", ")}`);
    told.add(part);
  };
  function table(part: string, it: Table): void {
    const used = new Set<string>();
    it[lang] = over(it.ru, own(part), used);
    tell(part, used);
  }

  const { load } = tiers;
  tiers.load = async <T>(name: string): Promise<T> => {
    const [part, its] = name.split(".");
    if (its !== lang) {
      const it = await load<T & { WORDS?: Table }>(name);
      if (its === "js" && it.WORDS) table(name, it.WORDS);
      return it;
    }
    const used = new Set<string>();
    const lines = lay(await load<string>(`${part}.ru.txt`), own(part), used);
    tell(part, used);
    return lines as T;
  };
  table("launcher", button);
  return {};
}
