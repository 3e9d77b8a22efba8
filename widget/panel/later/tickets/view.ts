/** What every view of the tickets has at hand. */

import type { Finder } from "../numbers";
import type { Given, Panel, Words } from "../part";

export interface Room {
  given: Given;
  words: Words;
  panel: Panel;
  core: Finder;
  /** Ends with the view. */
  signal: AbortSignal;
}

/** Draws a place anew; the focus stays on the button or field that had it, by its place among them. */
export function replace(place: HTMLElement, ...nodes: (Node | string)[]): void {
  const stops = () => [...place.querySelectorAll<HTMLElement>("button, input, summary, a")];
  const held = stops().indexOf((place.getRootNode() as ShadowRoot).activeElement as HTMLElement);
  place.replaceChildren(...nodes);
  stops()[held]?.focus();
}

/** A part of a view that is drawn anew when what it shows has changed: a text that is being written stays. */
export function redrawn<T>(place: HTMLElement, draw: (it: T) => (Node | string)[], of: (it: T) => unknown): (it: T) => void {
  let last: string | undefined;
  return (it) => {
    const now = JSON.stringify(of(it));
    if (now === last) return;
    last = now;
    replace(place, ...draw(it));
  };
}
