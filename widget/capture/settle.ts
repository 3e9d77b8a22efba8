/** The covered copy as it is laid out: moved so that it shows what the window shows, and measured for the editor. */

import type { Drawing } from "./draw";
import { AT, STUCK } from "./names";

/** Between a field and the end of the picture, in CSS pixels. */
const ROOM = 8;

/** Left, top, width and height of each field in CSS pixels of the picture, in the order of the copy. */
export type Places = number[][];

/** Takes the place of the document's own content: a drawing is laid out in the same way as its root. */
export async function settle(drawing: Drawing): Promise<Places> {
  const root = document.adoptNode(new DOMParser().parseFromString(drawing.svg, "image/svg+xml").documentElement);
  document.replaceChild(root, document.documentElement);
  root.getBoundingClientRect();
  // Before, words have other widths and pictures none.
  const files = [...[...document.fonts].map((it) => it.load()), ...[...root.querySelectorAll("img")].map((it) => it.decode())];
  await Promise.allSettled(files);
  const origin = root.getBoundingClientRect();
  const from = (box: Element) => (box.localName === "pdk-start" ? origin : box.getBoundingClientRect()).top;
  for (const it of root.querySelectorAll(`[${AT}]`)) {
    const box = it.parentElement!.closest("[pdk-scrolled],pdk-start")!;
    const { top, height } = it.getBoundingClientRect();
    const [y, share] = it.getAttribute(AT)!.split(" ").map(Number);
    const now = top - from(box);
    const wanted = share === undefined ? Math.min(now, Math.max(0, drawing.height - ROOM - height)) : y - share * height;
    // Above the top of a page there is nothing. As text: a browser would write out what `all: initial` stands for. The frame's own
    // policy allows styles.
    const moved = (_: string, by: string) => `--pdk-y:${Math.min(0, +by + Math.round(wanted - now))}px`;
    const style = box.getAttributeNode("style")!;
    if (height) style.value = style.value.replace(/--pdk-y:([-\d.]+)px/, moved);
  }
  for (const it of root.querySelectorAll<HTMLElement>(`[${STUCK}]`)) {
    it.style.setProperty("translate", "none", "important");
    const y = +it.getAttribute(STUCK)! - (it.getBoundingClientRect().top - from(it.parentElement!.closest("[pdk-scrolled]")!));
    it.style.setProperty("translate", `0 ${Math.round(y)}px`, "important");
  }
  drawing.svg = new XMLSerializer().serializeToString(root);
  return [...root.querySelectorAll("[pdk-f]")].map((it) => {
    const { left, top, width, height } = it.getBoundingClientRect();
    return [left - origin.left, top - origin.top, width, height];
  });
}
