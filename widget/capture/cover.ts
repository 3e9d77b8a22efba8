/** Asks the core what stands in the picture instead of each text: `privacy::picture::cover`. Nothing is decided here. */

import type { Pace } from "./pace";

/** Texts in one go; between two the page has its turn. */
const BATCH = 300;
const BETWEEN = "\u0001";
const WITHIN = "\u0002";

/** Lines of `mode + text` in, as many texts out; `typed` has one typed value a line. */
export type Core = (lines: string, typed: string) => string;
/** Texts of one block of the page: a name may begin in one and end in another. */
export interface Group {
  /** Line breaks of the source are line breaks of the page. */
  lines?: boolean;
  /** What may be chosen on the page is covered in it. */
  head?: boolean;
  parts: { text: string; done: (text: string) => void }[];
}

/** The name of a file, in quotes or in one word. */
const FILE = /(«[^»]*|"[^"]*|[^\s«"]+)(?=\.(pdf|jpe?g|png|heic|docx?|xlsx?|txt|zip|rar|sig|xml)(?!\p{L}))/giu;
const hidden = (text: string) => text.replace(/[\p{L}\p{N}]/gu, "x");

/** Squares, rounds, stars and ticks, full or empty. */
const SIGNS = /[\u25a0-\u25b1\u25c6-\u2612\u2713-\u2718]/g;

/** No XML without them, and the signs of our own between texts are among them. */
// eslint-disable-next-line no-control-regex
const plain = (text: string) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, " ").replace(SIGNS, "•");

export class Cover {
  private lines: string[] = [];
  private waiting: ((text: string) => void)[] = [];
  private groups: Group[] = [];
  private readonly choices?: RegExp;

  constructor(
    private readonly core: Core,
    private readonly typed: string,
    offered: string[],
  ) {
    // Any sign that is no letter may stand for itself.
    if (offered.length) this.choices = new RegExp(`(?<!\\p{L})(${offered.join("|").replace(/[^\p{L}\d |]/gu, ".")})(?!\\p{L})`, "giu");
  }

  private ask(line: string, done: (text: string) => void): void {
    this.lines.push(line);
    this.waiting.push(done);
  }

  /** Text of the page that nobody has called public: its shape. */
  text(text: string, done: (text: string) => void): void {
    this.ask(`t${plain(text)}`, done);
  }

  /** At once, for the few texts of a style sheet. */
  now(text: string): string {
    return this.core(`t${plain(text)}`, "");
  }

  /** What a field holds; the description says what kind of field it is. */
  value(description: string, value: string, done: (text: string) => void): void {
    this.ask(`v${plain(description)}${WITHIN}${plain(value)}`, done);
  }

  group(lines = false, head = false): Group {
    const group = { lines, head, parts: [] };
    this.groups.push(group);
    return group;
  }

  /** A text of labels, headings and errors: readable but for persons. */
  words(group: Group, text: string, done: (text: string) => void): void {
    // A name may be broken over lines of the source, with room before each.
    group.parts.push({ text: plain(group.lines ? text : text.replace(/[ \t\r\n]+/g, " ")), done });
  }

  async flush(pace: Pace): Promise<void> {
    for (const { parts, head } of this.groups) {
      if (!parts.length) continue;
      let words = parts.map((it) => it.text).join("").replace(FILE, hidden);
      if (head && this.choices) words = words.replace(this.choices, hidden);
      this.ask(`w${words}`, (covered) => {
        // A character for a character, though not always of the same size.
        const chars = [...covered];
        let at = 0;
        for (const { text, done } of parts) done(chars.slice(at, (at += [...text].length)).join(""));
        if (at !== chars.length) throw new Error("no picture");
      });
    }
    for (let at = 0; at < this.lines.length; at += BATCH) {
      const some = this.lines.slice(at, at + BATCH);
      const covered = this.core(some.join(BETWEEN), this.typed).split(BETWEEN);
      if (covered.length !== some.length) throw new Error("no picture");
      covered.forEach((text, i) => this.waiting[at + i](text));
      if (pace.due()) await pace.rest();
    }
  }
}
