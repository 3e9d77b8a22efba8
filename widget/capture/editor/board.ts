/** The picture under work: drawn on by pointer, or by a frame that keys and presses move. */

import type { Field } from "./fields";
import { type Box, LEAST, type Step, type Steps, type Tool, dim, grown, inside, paint } from "./marks";
import type { Words } from "./words";

/** Of one press of an arrow key, in CSS pixels of the page. */
const PACE = 8;
/** Around a field that is highlighted or cropped to, in CSS pixels of the page. */
const ROOM = { mark: 4, hide: 0, arrow: 0, crop: 48 };

export class Board {
  readonly view: HTMLCanvasElement;
  tool: Tool = "mark";
  private readonly pen: CanvasRenderingContext2D;
  /** Pixels of the picture in one of the page. */
  private readonly scale: number;
  private own?: Box;
  private drawn?: Box;
  private shown?: Box;
  private set?: HTMLButtonElement[];

  constructor(
    private readonly picture: ImageBitmap,
    private readonly steps: Steps,
    private readonly fields: readonly Field[],
    private readonly say: Words,
    private readonly tell: (text: string) => void,
  ) {
    const { width, height } = picture;
    this.scale = Math.max(1, width / innerWidth);
    const canvas = Object.assign(document.createElement("canvas"), { className: "stage", width, height, tabIndex: 0 });
    // Its keys are its own: a screen reader has to pass them on.
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", say.picture);
    this.view = canvas;
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    this.pen = pen;
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.lift(event));
    canvas.addEventListener("pointercancel", () => this.stroke(undefined));
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  draw(): void {
    const { picture, steps, pen } = this;
    const doing: Step[] = this.drawn || this.own ? [{ tool: this.tool, ...(this.drawn ?? this.own)! }] : [];
    paint(pen, picture, [...steps.done, ...doing], this.scale);
    const frame = this.tool === "crop" && doing.length ? inside(doing[0], picture.width, picture.height) : steps.frame(picture.width, picture.height);
    dim(pen, frame);
    if (this.shown && !doing.length) this.dashes(this.shown);
    // Whoever works with keys sees where the frame is, whatever the tool draws.
    if (this.own) this.dashes(this.own);
  }

  private dashes(box: Box): void {
    const { pen, scale } = this;
    pen.save();
    for (const [color, from] of [["#fff", 0], ["#00317a", 6 * scale]] as const) {
      pen.setLineDash([6 * scale, 6 * scale]);
      pen.lineDashOffset = from;
      pen.lineWidth = 2 * scale;
      pen.strokeStyle = color;
      const { x, y, w, h } = grown(box, 2 * scale);
      pen.strokeRect(x, y, w, h);
    }
    pen.restore();
  }

  /** The field that is chosen in the list. */
  point(field: Box): void {
    this.shown = field;
    this.draw();
  }

  /** A tool on a box that somebody named rather than drew. */
  put(tool: Tool, box: Box): void {
    const room = grown(box, ROOM[tool] * this.scale);
    // Points at the field from below and from the left.
    const from = { x: box.x - 50 * this.scale, y: box.y + box.h + 60 * this.scale };
    this.add(tool, tool === "arrow" ? { ...from, w: box.x + 12 * this.scale - from.x, h: box.y + box.h - from.y } : room);
  }

  private add(tool: Tool, box: Box): void {
    const { width, height } = this.picture;
    const it = tool === "arrow" ? box : inside(box, width, height);
    if (tool === "crop" && Math.min(it.w, it.h) < 4 * LEAST) return this.tell(this.say.small);
    this.steps.add({ tool, ...it });
    this.tell(this.say.did[tool]);
  }

  /** The picture with everything done to it, cut to what is left. */
  result(): HTMLCanvasElement {
    const { width, height } = this.picture;
    paint(this.pen, this.picture, this.steps.done, this.scale);
    const { x, y, w, h } = this.steps.frame(width, height);
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(w), height: Math.round(h) });
    canvas.getContext("2d")?.drawImage(this.view, -Math.round(x), -Math.round(y));
    return canvas;
  }

  private at({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const box = this.view.getBoundingClientRect();
    const scale = this.picture.width / box.width;
    return { x: (clientX - box.left) * scale, y: (clientY - box.top) * scale };
  }

  private stroke(box: Box | undefined): void {
    this.drawn = box;
    this.draw();
  }

  private press(event: PointerEvent): void {
    if (event.button) return;
    this.view.setPointerCapture(event.pointerId);
    this.stroke({ ...this.at(event), w: 0, h: 0 });
  }

  private move(event: PointerEvent): void {
    if (!this.drawn) return;
    const { x, y } = this.at(event);
    this.stroke({ ...this.drawn, w: x - this.drawn.x, h: y - this.drawn.y });
  }

  private lift(event: PointerEvent): void {
    const box = this.drawn;
    if (!box) return;
    this.drawn = undefined;
    const { x, y } = this.at(event);
    if (Math.hypot(box.w, box.h) >= LEAST * this.scale) this.add(this.tool, box);
    else if (this.own) this.moveOwn({ ...this.own, x: x - this.own.w / 2, y: y - this.own.h / 2 });
    else {
      const fits = (it: Box) => x >= it.x && y >= it.y && x <= it.x + it.w && y <= it.y + it.h;
      const [field] = this.fields.filter(fits).sort((a, b) => a.w * a.h - b.w * b.h);
      if (field) this.put(this.tool, field);
    }
    this.draw();
  }

  /** Buttons of the frame. */
  controls(button: (kind: string, text: string, press: () => void) => HTMLButtonElement): HTMLButtonElement[] {
    const { say } = this;
    this.set = [
      button("quiet", say.larger, () => this.resize(1.25)),
      button("quiet", say.smaller, () => this.resize(0.8)),
      button("quiet", say.set, () => this.enter()),
      button("quiet", say.drop, () => this.drop()),
    ];
    for (const it of this.set) it.hidden = true;
    return [button("quiet", say.own, () => this.begin()), ...this.set];
  }

  private begin(): void {
    const { x, y, w, h } = this.steps.frame(this.picture.width, this.picture.height);
    this.own = { x: x + w * 0.3, y: y + h * 0.4, w: w * 0.4, h: h * 0.2 };
    for (const it of this.set ?? []) it.hidden = false;
    this.view.focus();
    this.tell(this.say.ownHow);
  }

  private moveOwn(box: Box): void {
    const { width, height } = this.picture;
    const w = Math.min(width, Math.max(LEAST, box.w));
    const h = Math.min(height, Math.max(LEAST, box.h));
    this.own = { x: Math.max(0, Math.min(width - w, box.x)), y: Math.max(0, Math.min(height - h, box.y)), w, h };
    const place = [this.own.x, this.own.y, w, h].map((it) => `${Math.round(it / this.scale)}`);
    this.tell(place.reduce((text, it) => text.replace("{}", it), this.say.at));
  }

  private resize(by: number): void {
    const { own } = this;
    if (own) this.moveOwn({ x: own.x - (own.w * (by - 1)) / 2, y: own.y - (own.h * (by - 1)) / 2, w: own.w * by, h: own.h * by });
  }

  private enter(): void {
    const { own } = this;
    this.drop();
    if (own) this.add(this.tool, own);
  }

  /** Takes the frame away; was there one? */
  drop(): boolean {
    const was = this.own;
    this.own = undefined;
    const gone = this.set?.some((it) => it === (it.getRootNode() as ShadowRoot).activeElement);
    for (const it of this.set ?? []) it.hidden = true;
    if (gone) this.view.focus();
    this.draw();
    return !!was;
  }

  private key(event: KeyboardEvent): void {
    const { own, scale } = this;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") own ? this.enter() : this.begin();
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (own && step) {
      const [x, y] = step.map((it) => it * PACE * scale);
      this.moveOwn(event.shiftKey ? { ...own, w: own.w + x, h: own.h + y } : { ...own, x: own.x + x, y: own.y + y });
    } else if (event.key !== "Enter") return;
    event.preventDefault();
  }
}
