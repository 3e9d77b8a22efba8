/** Fields of the page as they stand in the picture: what the tools may be put on without drawing. Nothing of it is sent. */

import { CONTROLS, OURS, roots } from "../page";
import type { Taken } from "../capture";
import type { Box } from "./marks";

export interface Field extends Box {
  /** What the page calls it. */
  name: string;
  wrong: boolean;
}

/** Where the page stood when the picture was taken. */
export interface Place {
  x: number;
  y: number;
  /** The picture shows the page to its end. */
  whole?: boolean;
}

const LONGEST = 60;

function called(field: HTMLElement): string {
  const of = (id: string) => (field.getRootNode() as Document | ShadowRoot).getElementById(id)?.textContent;
  const text =
    (field as HTMLInputElement).labels?.[0]?.textContent ??
    field.getAttribute("aria-label") ??
    of(field.getAttribute("aria-labelledby") ?? "") ??
    field.getAttribute("name") ??
    "";
  return text.replace(/\s+/g, " ").replace(/ ?\*$/, "").trim().slice(0, LONGEST);
}

/**
 * In the order of the page. None where the window has another shape by now. `places` are those of the covered copy; a plain drawing has
 * the page's own.
 */
export function fields(width: number, height: number, taken: Place, { places }: Taken): Field[] {
  const scale = width / innerWidth;
  if (!taken.whole && Math.abs(height - innerHeight * scale) > 2) return [];
  const found: Field[] = [];
  for (const root of roots()) {
    for (const field of root.querySelectorAll<HTMLElement>(CONTROLS)) {
      const box = field.getBoundingClientRect();
      const own = [box.x + scrollX - taken.x, box.y + scrollY - taken.y, box.width, box.height];
      const name = called(field);
      const [x, y, w, h] = (places ? (places.get(field) ?? []) : own).map((it) => it * scale);
      if (!name || !(w > 2 && h > 2) || field.closest(OURS)) continue;
      if (x + w < 0 || y + h < 0 || x > width || y > height) continue;
      found.push({ name, wrong: field.getAttribute("aria-invalid") === "true", x, y, w, h });
    }
  }
  return found;
}
