/** Declarations of the page with addresses replaced, and with the words and figures covered that CSS itself would write. */

import type { Assets, Kind } from "./assets";
import type { Cover } from "./cover";
import { OPEN } from "./open";

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const ADDRESS = /url\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^)"']*))\s*\)/gi;
/** A declaration up to its end, strings whole. */
const VALUE = `((?:[^;{}"']|"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*')*)`;
const WRITES = new RegExp(`(?<![\\w-])(content|quotes|symbols|additive-symbols|prefix|suffix|negative|pad|initial-value|list-style|list-style-type|text-overflow|hyphenate-character|text-emphasis|text-emphasis-style)\\s*:${VALUE}`, "g");
const COUNTS = new RegExp(`(?<![\\w-])(counter-reset|counter-set|counter-increment)\\s*:${VALUE}`, "g");
const TALL = /(?<![\w#.-])(\d*\.?\d+)[sld]?v[hb]\b/gi;
const CUSTOM = new RegExp(`(?<![\\w-])(--[\\w-]+)\\s*:${VALUE}`, "g");

export class Declarations {
  /** Custom properties that CSS writes out. */
  private readonly written = new Set<string>();
  /** Attributes that CSS writes out. */
  readonly attributes = new Set<string>();

  constructor(
    private readonly assets: Assets,
    private readonly cover: Cover,
    /** Of the drawing, in CSS pixels. */
    private readonly height: number,
  ) {}

  /** `base`: the address of the sheet. Without one no address is kept: a style attribute may name a photo. */
  clean(css: string, base: string | null, kind: Kind = "drawing"): string {
    let out = css;
    if (/url\(/i.test(out)) {
      out = out.replace(ADDRESS, (_, a?: string, b?: string, c?: string) => {
        const address = a ?? b ?? c ?? "";
        return base || address.startsWith("#") ? `url("${this.assets.sign(address.trim(), base ?? "", kind)}")` : 'url("data:,")';
      });
    }
    // In a drawing that is higher than the window a share of the window is still that.
    if (this.height !== innerHeight) out = out.replace(TALL, (_, share: string) => `${(+share * innerHeight) / 100}px`);
    if (OPEN) return out;
    out = out.replace(WRITES, (whole, name: string, value: string) => {
      for (const it of value.matchAll(/var\(\s*(--[\w-]+)/g)) this.written.add(it[1]);
      return /["'(]/.test(value) ? `${name}:${this.words(value)}` : whole;
    });
    return out.includes("counter-") ? out.replace(COUNTS, (_, name: string, value: string) => `${name}:${value.replace(/\d{2,}/g, "99")}`) : out;
  }

  private words(value: string): string {
    return value
      .replace(/attr\(\s*([\w-]+)[^)]*\)/g, (_, name: string) => {
        this.attributes.add(name);
        return `attr(pdk-a-${name})`;
      })
      .replace(ADDRESS, (it) => it.replace(/"/g, "\u0003"))
      .replace(STRING, (it) => `"${this.cover.now(unescape(it.slice(1, -1))).replace(/["\\\n]/g, "\\$&")}"`)
      .replace(/\u0003/g, '"');
  }

  /**
   * Custom properties come last: by then it is known which of them are written out. Those of a single element are covered all
   * the same.
   */
  custom(css: string, own = false): string {
    if (OPEN || !(own || this.written.size)) return css;
    // A property may stand for another.
    for (let before = 0; before !== this.written.size; ) {
      before = this.written.size;
      for (const [, name, value] of css.matchAll(CUSTOM)) {
        if (!this.written.has(name)) continue;
        for (const it of value.matchAll(/var\(\s*(--[\w-]+)/g)) this.written.add(it[1]);
      }
    }
    return css.replace(CUSTOM, (whole, name: string, value: string) => (own || this.written.has(name) ? `${name}:${this.words(value)}` : whole));
  }
}

/** The characters that a CSS string means. */
function unescape(text: string): string {
  return text
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => String.fromCodePoint(Math.min(parseInt(code, 16) || 0xfffd, 0x10ffff)))
    .replace(/\\(.)/g, "$1");
}
