/**
 * Selectors of the page, so that they match a copy without attributes and states.
 *
 * `[data-x=y]`, `:focus`, `:user-invalid` ask for what the copy does not carry. Each such piece becomes an attribute `pdk-N`, which
 * weighs the same, and the elements of the page that match the piece get it on their copies.
 */

import { OPEN } from "./open";
import { CHOSEN, STATES } from "./page";

/** Name of the attribute that ties a copy to its shadow tree; the host of the tree has `HOST`. */
export const TREE = "pdk-s";
export const HOST = "pdk-h";

const ATTRIBUTE = /(?<!\\)\[(?:[^\]"'\\]|\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\]/g;
const STATE =
  /(?<![\\:]):(focus(-visible|-within)?|(user-)?(in)?valid|placeholder-shown|indeterminate|(-webkit-)?autofill|target|popover-open|modal|fullscreen|defined|(in|out-of)-range|read-(only|write)|required|optional|default|(any-)?link|hover|active)(?![\w-])/g;

/** Parts of a list between commas that stand in no brackets. */
function parts(list: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at++) {
    const c = list[at];
    if (c === "\\") at++;
    else if (c === "(" || c === "[") depth++;
    else if (c === ")" || c === "]") depth--;
    else if (c === "," && !depth) {
      out.push(list.slice(from, at));
      from = at + 1;
    }
  }
  out.push(list.slice(from));
  return out;
}

export class Selectors {
  private readonly tokens = new Map<string, string>();

  /** `trees`: has the page shadow trees at all? Then rules are held to their own. */
  constructor(private readonly trees: boolean) {}

  private token(piece: string): string {
    const name = this.tokens.get(piece) ?? `pdk-${this.tokens.size}`;
    this.tokens.set(piece, name);
    return `[${name}]`;
  }

  /** `tree` is 0 for the document. */
  rewrite(selector: string, tree: number): string {
    let out = selector.replace(ATTRIBUTE, (piece) => this.token(piece));
    if (out.includes(":")) {
      out = out
        .replace(/(?<![\\:]):root(?![\w-])/g, ".pdk-root")
        .replace(/::backdrop/g, "+pdk-backdrop")
        .replace(STATE, (piece) => this.token(piece));
      if (OPEN) out = out.replace(/(?<![\\:]):checked(?![\w-])/g, (piece) => this.token(piece));
    }
    return this.trees ? parts(out).map((it) => this.held(it.trim(), tree)).join() : out;
  }

  /** Held to a tree, without more weight. */
  private held(selector: string, tree: number): string {
    const own = `[${TREE}="${tree}"]`;
    const host = `[${HOST}="${tree}"]`;
    if (selector.includes("::slotted(")) {
      const slot = `:where(${host} slot)`;
      return selector.replace(/^.*?::slotted\(/, `${slot}>:is(`);
    }
    const part = selector.includes("::part(");
    const about = selector.includes(":host");
    let out = selector
      .replace(/:host-context\(([^()]*)\)/g, `:is($1) ${host}`)
      .replace(/:host\(/g, `${host}:is(`)
      .replace(/:host(?![\w-])/g, host)
      .replace(/::part\(([^)]*)\)/g, ' [part~="$1"]');
    if (part) return out;
    const pseudo = out.search(/::|(?<!\\):(before|after|first-line|first-letter)$/);
    const end = pseudo < 0 ? out.length : pseudo;
    const hold = tree ? `:where(${own}${about ? `,${host}` : ""})` : `:where(:not([${TREE}]))`;
    return out.slice(0, end) + hold + out.slice(end);
  }

  /** Which attributes the copy of an element gets; of `ticked`, none that tell a choice. */
  marks(roots: (Document | ShadowRoot)[], ticked: Map<Element, string>): Map<Element, string[]> {
    const out = new Map<Element, string[]>();
    for (const [piece, name] of this.tokens) {
      // In a picture of oneself the mouse is on the help button.
      if (!OPEN && STATES.test(piece)) continue;
      for (const root of roots) {
        let found: ArrayLike<Element>;
        try {
          found = root.querySelectorAll(piece);
        } catch {
          break;
        }
        for (const element of Array.from(found)) {
          if (!OPEN && ticked.has(element) && (CHOSEN.test(piece) || piece.includes("valid"))) continue;
          const names = out.get(element);
          if (names) names.push(name);
          else out.set(element, [name]);
        }
      }
    }
    return out;
  }
}
