/**
 * The edge of the panel by which its size is changed: the left one at the side, the upper one of a sheet on a phone.
 *
 * **Accessibility criteria**
 * - The handle MUST be a `separator` in the order of Tab, with name, orientation and value; arrows, Home and End MUST move it.
 * - Whatever dragging does, a press without dragging MUST do roughly (WCAG 2.5.7), and its target MUST be 24 px (2.5.8).
 */

import { make } from "../part";
import { keep, kept, size, type Edge } from "./size";

export const CSS = `
.grip { position: fixed; z-index: 2; inset: 0 calc(var(--wide) - 12px) 0 auto; width: 24px; cursor: ew-resize; touch-action: none; }
.grip::before { content: ""; position: absolute; inset: calc(50% - 24px) 5px calc(50% - 24px) 15px; border-radius: 2px; background: var(--edge); }
.grip:focus-visible { outline-offset: -8px; }
@media (max-width: 480px) {
  .grip { inset: auto 0 calc(var(--high) - 12px) 0; width: auto; height: 24px; cursor: ns-resize; }
  .grip::before { inset: 15px calc(50% - 24px) 5px; }
}
@media (max-width: 480px) and (max-height: 400px) { .grip { display: none; } }
@media (forced-colors: active) { .grip::before { background: ButtonText; forced-color-adjust: none; } }`;

export const WORDS: Record<string, Record<Edge, string>> = {
  ru: { side: "Ширина панели", sheet: "Высота панели" },
  en: { side: "Width of the panel", sheet: "Height of the panel" },
};
/** Percent that a key moves the edge. */
const STEP = 5;
/** Sizes between which a press changes. */
const TWO: Record<Edge, [number, number]> = { side: [33, 60], sheet: [50, 92] };
/** The page beside a docked panel keeps this much of the window. */
const PAGE = 40;

export function handle(dialog: HTMLDialogElement): { look: () => void; end: () => void } {
  const phone = matchMedia("(max-width: 480px)");
  const edge = (): Edge => (phone.matches ? "sheet" : "side");
  const sheet = () => edge() === "sheet";

  /** The smallest and the largest share: narrower than twenty letters nobody can read. */
  function bounds(): [number, number] {
    if (sheet()) return [40, 100];
    const em = parseFloat(getComputedStyle(dialog).fontSize);
    return [Math.min(100, Math.ceil((em * 2_000) / innerWidth)), dialog.matches(":modal") ? 100 : 100 - PAGE];
  }

  function now(): number {
    const { width, height } = dialog.getBoundingClientRect();
    return Math.round(sheet() ? (height * 100) / innerHeight : (width * 100) / document.documentElement.clientWidth);
  }

  function set(share: number): void {
    const [least, most] = bounds();
    size(dialog, edge(), Math.round(Math.max(least, Math.min(most, share))));
    look();
  }
  const done = () => keep(edge(), now());

  let moved = false;
  const grip = make("div", {
    class: "grip",
    role: "separator",
    tabindex: 0,
    pointerdown(event: PointerEvent) {
      // A text beside it would be selected.
      event.preventDefault();
      grip.focus();
      grip.setPointerCapture(event.pointerId);
      moved = false;
    },
    pointermove({ pointerId, clientX, clientY }: PointerEvent) {
      if (!grip.hasPointerCapture(pointerId)) return;
      const share = sheet() ? 100 - (clientY * 100) / innerHeight : 100 - (clientX * 100) / document.documentElement.clientWidth;
      // A finger is never quite still.
      moved ||= Math.abs(share - now()) > 1;
      if (moved) set(share);
    },
    pointerup({ pointerId }: PointerEvent) {
      if (!grip.hasPointerCapture(pointerId)) return;
      const [small, large] = TWO[edge()];
      if (!moved) set(now() > (small + large) / 2 ? small : large);
      done();
    },
    keydown(event: KeyboardEvent) {
      const [least, most] = bounds();
      const keys: Record<string, number> = { Home: least, End: most };
      keys[sheet() ? "ArrowUp" : "ArrowLeft"] = now() + STEP;
      keys[sheet() ? "ArrowDown" : "ArrowRight"] = now() - STEP;
      const share = keys[event.key];
      if (share === undefined) return;
      event.preventDefault();
      set(share);
      done();
    },
  });

  function look(): void {
    const [least, most] = bounds();
    const of = {
      "aria-label": (WORDS[dialog.lang] ?? WORDS.ru)[edge()],
      "aria-orientation": sheet() ? "horizontal" : "vertical",
      "aria-valuemin": least,
      "aria-valuemax": most,
      "aria-valuenow": Math.max(least, Math.min(most, now())),
    };
    for (const [name, value] of Object.entries(of)) grip.setAttribute(name, `${value}`);
  }

  for (const [edge, share] of Object.entries(kept())) size(dialog, edge as Edge, share);
  dialog.append(grip);
  addEventListener("resize", look);
  look();
  return {
    look,
    end() {
      removeEventListener("resize", look);
      grip.remove();
    },
  };
}
