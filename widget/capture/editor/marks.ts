/** What was done to a picture, step by step, and how it looks. */

export type Tool = "mark" | "hide" | "arrow" | "crop";

/** In pixels of the picture; an arrow goes from its first corner to the other one, so its sides may be negative. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
export interface Step extends Box {
  tool: Tool;
}

const RED = "#c4122f";
const BLACK = "#1b1f24";
/** Smaller than this in pixels of the picture is no box but a touch. */
export const LEAST = 8;

/** The same box with its first corner left and above, inside the picture. */
export function inside({ x, y, w, h }: Box, width: number, height: number): Box {
  const [left, right] = [Math.max(0, Math.min(x, x + w)), Math.min(width, Math.max(x, x + w))];
  const [top, bottom] = [Math.max(0, Math.min(y, y + h)), Math.min(height, Math.max(y, y + h))];
  return { x: left, y: top, w: Math.max(0, right - left), h: Math.max(0, bottom - top) };
}

export const grown = ({ x, y, w, h }: Box, by: number): Box => ({ x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by });

/** Steps that were taken and can be taken back. */
export class Steps {
  done: Step[] = [];
  undone: Step[] = [];

  add(step: Step): void {
    this.done.push(step);
    this.undone = [];
  }

  /** Was there one? */
  back(): boolean {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return !!step;
  }

  again(): boolean {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return !!step;
  }

  /** What is left of the picture. */
  frame(width: number, height: number): Box {
    return this.done.findLast((it) => it.tool === "crop") ?? { x: 0, y: 0, w: width, h: height };
  }
}

function arrow(pen: CanvasRenderingContext2D, { x, y, w, h }: Box, thick: number): void {
  const turn = Math.atan2(h, w);
  const head = thick * 5;
  const [tipX, tipY] = [x + w, y + h];
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(tipX, tipY);
  for (const side of [turn - 0.45, turn + 0.45]) {
    pen.moveTo(tipX, tipY);
    pen.lineTo(tipX - head * Math.cos(side), tipY - head * Math.sin(side));
  }
  pen.stroke();
}

/** What is hidden is painted over: nothing of it is left in the file. It comes first, for a mark may stand on it. */
export function paint(pen: CanvasRenderingContext2D, picture: CanvasImageSource, steps: readonly Step[], scale: number): void {
  pen.drawImage(picture, 0, 0);
  pen.fillStyle = BLACK;
  for (const { tool, x, y, w, h } of steps) {
    if (tool === "hide") pen.fillRect(Math.floor(x), Math.floor(y), Math.ceil(w) + 1, Math.ceil(h) + 1);
  }
  pen.lineCap = pen.lineJoin = "round";
  // A light line around the red one: it is seen on a red page too.
  for (const [color, thick] of [["#fff", 7 * scale], [RED, 4 * scale]] as const) {
    pen.strokeStyle = color;
    pen.lineWidth = thick;
    for (const step of steps) {
      if (step.tool === "mark") pen.strokeRect(step.x, step.y, step.w, step.h);
      if (step.tool === "arrow") arrow(pen, step, 4 * scale);
    }
  }
}

/** What lies outside the frame is dimmed while the picture is worked on. */
export function dim(pen: CanvasRenderingContext2D, { x, y, w, h }: Box): void {
  const { width, height } = pen.canvas;
  pen.fillStyle = "#000a";
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.rect(x, y, w, h);
  pen.fill("evenodd");
}
