/** What of a page can be seen, with a margin: the rest keeps its place in the picture, and nothing of it is copied. */

import type { Pace } from "./pace";

/**
 * What lies above the window is left out on large pages only: its height would come from the real text, and a picture shall
 * depend on the shape of a text alone.
 */
const LARGE = 5000;
/** Rows of a table that is worth a closer look. */
const ROWS = 60;

/** `end`: of a picture that reaches further than the window, from the window's top. */
export async function near(roots: (Document | ShadowRoot)[], pace: Pace, end?: number): Promise<Set<Element>> {
  const out = new Set<Element>();
  const lists = roots.map((root) => root.querySelectorAll("*"));
  const large = lists.reduce((sum, list) => sum + list.length, 0) > LARGE;
  const above = large && !end ? -innerHeight : -Infinity;
  const below = end ?? 2 * innerHeight;
  for (const list of lists) {
    for (const element of list) {
      if (pace.due()) await pace.rest();
      const { top, bottom, width, height } = element.getBoundingClientRect();
      if ((!width && !height) || bottom < above || top > below) continue;
      for (let it: Element | null = element; it && !out.has(it); it = around(it)) out.add(it);
    }
  }
  for (const root of roots) {
    for (const table of root.querySelectorAll("table")) {
      if (table.rows.length > ROWS) widest(table, out);
    }
  }
  return out;
}

/** The rows that make the columns as wide as they are, told by their number of letters and not by their letters. */
function widest(table: HTMLTableElement, out: Set<Element>): void {
  const longest: { length: number; row?: Element }[] = [];
  for (const row of table.rows) {
    let column = 0;
    for (const cell of row.cells) {
      const length = (cell.textContent ?? "").trim().length;
      if (length > (longest[column]?.length ?? -1)) longest[column] = { length, row };
      column += cell.colSpan;
    }
  }
  for (const { row } of Object.values(longest)) {
    if (!row) continue;
    for (const it of [row, ...row.querySelectorAll("*")]) out.add(it);
  }
}

function around(element: Element): Element | null {
  return element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as ShadowRoot).host ?? null;
}
