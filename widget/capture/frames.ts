/**
 * What frames of the page need: the same code with the names of a frame's own window, since its elements are of other classes. The build
 * wraps this file so (`of(window)`, xtask/src/build.rs); a page without frames never loads it.
 */

import type { DrawFrame } from "./assets";
import type { Core } from "./cover";
import { HIDDEN, roots, typed } from "./page";
import { covered, type Given } from "./picture";

export { covered };
/** Everything typed here, one value a line. */
export const said = (): string => typed(roots());

interface Own {
  covered: typeof covered;
  said: typeof said;
  inside: typeof inside;
}
/** `frames.js`. */
export interface Frames {
  of: (window: Window) => Own;
}

/** Frames of the same origin: what was typed in them, and how they are drawn. One of another origin is nobody's but its own. */
export function inside(of: Frames["of"], core: Core, load: Given["load"]): { said: string; draw: DrawFrame } {
  const all = new Map<Element, Own>();
  for (const frame of document.querySelectorAll("iframe")) {
    // One of another origin has no document for us.
    if (!frame.matches(HIDDEN) && frame.contentWindow && frame.contentDocument?.body) all.set(frame, of(frame.contentWindow));
  }
  const words = [...all.values()].map((it) => it.said()).join("\n");
  const whole = `${said()}\n${words}`;
  return {
    said: words,
    draw: (frame) => all.get(frame)?.covered(core, { load, said: whole }).then(({ svg }) => `data:image/svg+xml,${encodeURIComponent(svg)}`),
  };
}
