/** What of a page can be seen, with a margin: the rest keeps its place in the picture, and nothing of it is copied. */

import type { Pace } from "./pace";

/**
 * What lies above the window is left out on large pages only: its height would come from the real text, and a picture shall
 * depend on the shape of a text alone.
 */
const LARGE = 5000;

export async function near(roots: (Document | ShadowRoot)[], pace: Pace): Promise<Set<Element>> {
  const out = new Set<Element>();
  const lists = roots.map((root) => root.querySelectorAll("*"));
  const large = lists.reduce((sum, list) => sum + list.length, 0) > LARGE;
  const above = large ? -innerHeight : -Infinity;
  const below = 2 * innerHeight;
  for (const list of lists) {
    for (const element of list) {
      if (pace.due()) await pace.rest();
      const { top, bottom, width, height } = element.getBoundingClientRect();
      if ((!width && !height) || bottom < above || top > below) continue;
      for (let it: Element | null = element; it && !out.has(it); it = around(it)) out.add(it);
    }
  }
  return out;
}

function around(element: Element): Element | null {
  return element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
}
