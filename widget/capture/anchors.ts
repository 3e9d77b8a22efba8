/**
 * What holds the picture in its place. Covered text is seldom as long as what it stands for, so a copy is cut where something that can
 * be seen in the window stands, and not at so many pixels from the top: `settle.ts`.
 */

import { CONTROLS } from "./page";

/** In pixels: of a field, where a line of the page may be some pixels and a half high. */
const EXACT = 4;
/** In pixels: coarse, so that a line more or less on one of two pages does not move the picture. */
const COARSE = 64;
/** What stands aside tells less of what is read. */
const ASIDE = 1000;

/** Something scrolled, and what is known of it by now. */
interface Box {
  top: number;
  bottom: number;
  middle: number;
  field?: Element;
  near?: Element;
  /** The less, the nearer is `near` to the top. */
  cost: number;
}

/** `seen` in the order of the page. A page that is not scrolled is cut at its top: only a field with an error may not fall out of it. */
export function anchors(seen: Set<Element>, whole: boolean): Map<Element, string> {
  const boxes = new Map<Element | undefined, Box>([[undefined, { top: 0, bottom: innerHeight, middle: innerWidth / 2, cost: Infinity }]]);
  const within = new Map<Element, Element | undefined>();
  for (const it of seen) {
    const around = it.assignedSlot ?? it.parentElement ?? (it.getRootNode() as ShadowRoot).host;
    const box = boxes.has(around) ? around : within.get(around);
    within.set(it, box);
    const place = it.getBoundingClientRect();
    consider(it, place, boxes.get(box)!, box);
    const { top, bottom, left, width } = place;
    if (it.scrollTop && it !== document.scrollingElement) boxes.set(it, { top, bottom, middle: left + width / 2, cost: Infinity });
  }
  const out = new Map<Element, string>();
  for (const [box, { top, field, near }] of [...boxes].reverse()) {
    const it = field ?? near;
    const outer = box && within.get(box);
    if (box && field && (outer || scrollY) && moves(box, outer)) boxes.get(outer)!.field ??= box;
    if (!it || (!box && whole)) continue;
    const place = it.getBoundingClientRect();
    const y = place.top - top;
    const coarse = Math.floor(Math.abs(y) / COARSE) * COARSE;
    if (field) out.set(it, !box && !scrollY ? "" : `${Math.round(y / EXACT) * EXACT} 0`);
    else if (box || scrollY) out.set(it, y > 0 ? `${coarse} 0` : `0 ${coarse / place.height}`);
  }
  return out;
}

function consider(it: Element, { top, bottom, left, right, height }: DOMRect, held: Box, box: Element | undefined): void {
  if (!height || bottom <= held.top || top >= held.bottom) return;
  const wrong = it.matches(CONTROLS) && it.matches("[aria-invalid=true],:focus");
  const cost = (top > held.top ? top - held.top : height) + (left > held.middle || right < held.middle ? ASIDE : 0);
  if ((!wrong && cost >= held.cost) || !moves(it, box)) return;
  if (wrong) held.field ??= it;
  else [held.near, held.cost] = [it, cost];
}

/** What stands still is no measure of what is scrolled. */
function moves(element: Element, box?: Element): boolean {
  for (let it: Element | null = element; it && it !== box; it = it.parentElement) {
    if (/fixed|sticky/.test(getComputedStyle(it).position)) return false;
  }
  return true;
}
