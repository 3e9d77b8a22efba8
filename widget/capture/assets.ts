/**
 * Files that style sheets and kept pictures name. An SVG image loads nothing, so they go in as data.
 *
 * A photo or a scan cannot be read for what is on it, so it is left out; a drawing in SVG is text, and stays if it writes
 * nothing.
 */

import { OPEN } from "./open";

const MAX_FILES = 60;
const MAX_BYTES = 600_000;
const PATIENCE = 1500;

const EMPTY = "data:,";
/** Of an SVG: what shows words, or a picture that we cannot read. */
const WRITES = /<(?:\w+:)?(?:text|tspan|textPath|image|foreignObject|use\s[^>]*href=["']?[^"'#])/i;

export type Kind = "font" | "drawing" | "any";
/** A frame of the same origin as data; nothing where it is not for us. */
export type DrawFrame = (frame: Element) => Promise<string> | undefined;

function asData(blob: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });
}

/** Of more parts a drawing is a code that a telephone reads. */
const draws = (svg: string) => !WRITES.test(svg) && svg.split(/<rect|<circle|<use|m[\d. -]/i).length < 120;

/** `data:image/svg+xml…` that draws only. */
function harmless(address: string): boolean {
  const [head, ...body] = address.split(",");
  if (!/^data:image\/svg\+xml/i.test(head)) return false;
  try {
    const text = body.join(",");
    return draws(/;base64$/i.test(head) ? atob(decodeURIComponent(text)) : decodeURIComponent(text));
  } catch {
    return false;
  }
}

export class Assets {
  private readonly names = new Map<string, { number: number; instead: string; drawn?: Promise<string> }>();

  constructor(private readonly draws?: DrawFrame) {}

  /** A sign that stands for the frame until `all`. */
  frame(frame: Element, instead: string): string {
    const drawn = this.draws?.(frame);
    const number = this.names.size;
    if (drawn) this.names.set(`${number}`, { number, instead, drawn });
    return drawn ? `pdk-asset:${number};` : instead;
  }

  /**
   * A sign that stands for the address until `all`, or what is shown instead. What lies elsewhere is left out: no policy need
   * allow asking for it.
   */
  sign(address: string, base: string, kind: Kind, instead = EMPTY): string {
    if (address.startsWith("#")) return address;
    if (/^data:/i.test(address)) return OPEN || kind !== "drawing" || harmless(address) ? address : instead;
    try {
      const url = new URL(address, base);
      if (url.origin !== location.origin) return instead;
      const name = `${OPEN ? "any" : kind} ${url.href}`;
      const number = this.names.get(name)?.number ?? this.names.size;
      if (number >= MAX_FILES) return instead;
      this.names.set(name, { number, instead });
      return `pdk-asset:${number};`;
    } catch {
      return instead;
    }
  }

  private async load(name: string, instead: string): Promise<string> {
    const [kind, url] = name.split(" ");
    try {
      const answer = await fetch(url, { cache: "force-cache", signal: AbortSignal.timeout(PATIENCE) });
      const blob = await answer.blob();
      if (!answer.ok || blob.size > MAX_BYTES) return instead;
      if (kind === "drawing" && (!blob.type.startsWith("image/svg") || !draws(await blob.text()))) return instead;
      return await asData(blob);
    } catch {
      return instead;
    }
  }

  /** Each file as data; one that cannot be had is left out of the picture. */
  async all(): Promise<(text: string) => string> {
    const data = await Promise.all([...this.names].map(([name, { instead, drawn }]) => drawn?.catch(() => instead) ?? this.load(name, instead)));
    return (text) => text.replace(/pdk-asset:(\d+);/g, (_, number: string) => data[+number]);
  }
}
