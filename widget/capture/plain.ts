/**
 * A plain picture of the window where the real one cannot be had: controls are solid bars, and of the page's words only those
 * of labels, headings, buttons, hints and errors are written, as the core lets them through. It needs no policy, file or frame.
 */

import { anchors } from "./anchors";
import { computed } from "./computed";
import type { Core } from "./cover";
import { CONTROLS, HIDDEN, OURS, roots, typed } from "./page";
import { pieces, type Piece } from "./words";

export { anchors, computed };

const MAX_SIDE = 2000;
const INK = "#1b1f24";
const EDGE = "#59636e";
const BAD = "#b3261e";
type Pen = CanvasRenderingContext2D;

function visible(element: Element): boolean {
  const box = element.getBoundingClientRect();
  // A box of one pixel is words for a screen reader alone.
  if (box.width < 2 || box.height < 2) return false;
  if (box.bottom < 0 || box.right < 0 || box.top > innerHeight || box.left > innerWidth) return false;
  return element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
}

/** Lines break where they have to in the width that the block has. */
function write(pen: Pen, text: string, at: DOMRect, width: number, size: number, step: number): void {
  let line = "";
  let base = at.top + size * 0.93;
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.measureText(longer).width > width) {
      pen.fillText(line, at.left, base);
      line = word;
      base += step;
    } else {
      line = longer;
    }
  }
  pen.fillText(line, at.left, base);
}

function drawPiece(pen: Pen, { block }: Piece, text: string): void {
  // The block and not the words: where a real word ends shall not be seen.
  const box = block.getBoundingClientRect();
  const style = getComputedStyle(block);
  const size = Math.min(parseFloat(style.fontSize) || 16, 48);
  if (block.localName === "button") {
    pen.strokeStyle = EDGE;
    pen.strokeRect(box.left, box.top, box.width, box.height);
  }
  pen.fillStyle = block.closest("[role=alert],.pdk-error") ? BAD : INK;
  pen.font = `${parseInt(style.fontWeight) > 500 ? "bold " : ""}${size}px system-ui, sans-serif`;
  pen.save();
  pen.beginPath();
  pen.rect(box.left - 1, box.top - 1, box.width + 2, box.height + size * 0.5);
  pen.clip();
  write(pen, text, box, box.width + 2, size, parseFloat(style.lineHeight) || size * 1.25);
  pen.restore();
}

/** Bars come last, so that they cover whatever lies under them. */
function drawControls(pen: Pen): void {
  for (const root of roots()) {
    for (const element of root.querySelectorAll(`${CONTROLS},${HIDDEN}`)) {
      if (element.closest(OURS) || !visible(element)) continue;
      const box = element.getBoundingClientRect();
      const wrong = element.getAttribute("aria-invalid") === "true";
      pen.fillStyle = "#d0d5db";
      pen.fillRect(box.left, box.top, box.width, box.height);
      // The same bar whatever the value: neither its length nor whether there is one can be read off.
      const height = Math.min(box.height * 0.4, 18);
      pen.fillStyle = EDGE;
      pen.fillRect(box.left + 6, box.top + (box.height - height) / 2, Math.max(box.width * 0.5, 0), height);
      pen.lineWidth = wrong ? 3 : 1;
      pen.strokeStyle = wrong ? BAD : EDGE;
      pen.strokeRect(box.left, box.top, box.width, box.height);
    }
  }
}

/** `plain.js`: asked for where the picture itself cannot be had, where rules of a page cannot be read, and where a page is scrolled or has an error. */
export type Plain = { wireframe: typeof wireframe; anchors: typeof anchors; computed: typeof computed };

/** PNG of the window. */
export async function wireframe(core: Core): Promise<Blob | null> {
  const scale = Math.min(1, MAX_SIDE / Math.max(innerWidth, innerHeight, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(innerWidth * scale));
  canvas.height = Math.max(1, Math.round(innerHeight * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.scale(scale, scale);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, innerWidth, innerHeight);
  const values = typed(roots());
  for (const piece of pieces()) {
    if (!visible(piece.block)) continue;
    const text = piece.nodes.map((it) => it.data).join("").replace(/\s+/g, " ").trim();
    // A cell of its own, as a number has that is written figure by figure.
    const cell = /^(..?|\P{L}*)$/u.test(text);
    drawPiece(pen, piece, core(`${cell ? "t" : "w"}${text.replace(/[\u0001\u0002]/g, " ")}`, values));
  }
  drawControls(pen);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
