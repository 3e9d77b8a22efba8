/**
 * The size that a person gave the panel: its width at the side, its height as a sheet, in percent of the window, so that zoom and
 * another screen keep the proportion. `widget/panel/src/mount.rs` puts what is kept into the first frame.
 */

const NAME = "podskazka.size";
export type Edge = "side" | "sheet";

/** Where there is no storage, sizes live as long as the page. */
let sizes: Partial<Record<Edge, number>> = {};

export function kept(): typeof sizes {
  try {
    const all = [...`${localStorage[NAME] ?? ""}`.matchAll(/--(side|sheet):(\d+)%/g)];
    if (all.length) sizes = Object.fromEntries(all.map(([, edge, share]) => [edge, Number(share)]));
  } catch {}
  return sizes;
}

/** Shows a size; no share is the usual one. */
export function size(dialog: HTMLElement, edge: Edge, share?: number): void {
  dialog.style.setProperty(`--${edge}`, share ? `${share}%` : "initial");
}

export function keep(edge: Edge, share?: number): void {
  sizes = { ...kept(), [edge]: share };
  const text = Object.entries(sizes).filter((it) => it[1]).map(([edge, share]) => `--${edge}:${share}%`);
  try {
    if (text.length) localStorage[NAME] = text.join(";");
    else localStorage.removeItem(NAME);
  } catch {}
}

/** A width chosen by its name takes the place of one chosen by hand. */
export function unsize(place: HTMLElement): void {
  const dialog = place.closest("dialog");
  if (!dialog || !kept().side) return;
  keep("side");
  size(dialog, "side");
}
