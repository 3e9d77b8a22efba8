/**
 * Where the «Помощь» button stands: in its corner, where the person has put it, or beside a control that it would cover. Loaded by the
 * first move on a page, or where a place is kept.
 *
 * **Accessibility criteria**
 * - It MUST cover neither the control that has the focus (WCAG 2.4.11) nor one that sends a form; in a narrow window it MUST give way to
 *   what has the focus and to who reads on.
 * - Whatever dragging does, a press in the settings MUST do (WCAG 2.5.7): widget/panel/later/settings.ts.
 * - Under a dialog of the page, which makes all else unreachable, it MUST be reachable: it stands in that dialog then. Under a popover,
 *   which may cover the window, it MUST lie over it: it is the popover shown last then.
 * - It MUST NOT move while it has the focus or the pointer.
 */

/** `right 0`: the side, and percent of the way from the lower edge to the upper one. */
const NAME = "podskazka.place";
/** CSS pixels to what must not be covered. */
const GAP = 4;
/** A press wanders less than this. */
const DRAG = 8;
/** Milliseconds of rest after which a better place is taken. */
const REST = 150;
const NARROW = "(max-width:48em)";
/** As popovers both stand where they stood. */
const CSS = `.pdk-launcher,.pdk-said{margin:0;left:auto;top:auto}
.pdk-launcher{touch-action:none}
.pdk-launcher.pdk-away:not(:focus){opacity:0;pointer-events:none}
@media ${NARROW}{:has(:focus-visible)>.pdk-launcher:not(:focus){opacity:0;pointer-events:none}}`;

const SENDS = "form :is(button:not([type]),[type=submit],[type=image])";
const CONTROLS = "button,input,select,textarea,summary,[role=button]";

interface Spot {
  x: number;
  y: number;
}

let life: AbortSignal | undefined;
let button: HTMLElement;
/** The dialog of the page that the button stands in. */
let inside: Element | null = null;
/** Somebody reads on, in a narrow window; no place is free. */
let reading = false;
let crowded = false;
/** Where the page was scrolled to. */
let from = 0;
let timer = 0;
let watch: MutationObserver;
/** Where there is no storage, the place lives as long as the page. */
let kept = "";

function read(): [left: boolean, up: number] {
  try {
    kept = localStorage[NAME] ?? kept;
  } catch {}
  const [, side, up] = /^(left|right) (\d{1,3})$/.exec(kept) ?? [];
  return [side === "left", Math.min(100, Number(up ?? 0)) / 100];
}

/** Keeps a place and goes there; `right 0` is the usual one. */
export function put(place: string): void {
  kept = place;
  try {
    if (/right 0$/.test(place)) localStorage.removeItem(NAME);
    else localStorage[NAME] = place;
  } catch {}
  if (life && !life.aborted) settle(true);
}

/** The place that is kept. */
export const now = (): string => {
  const [left, up] = read();
  return `${left ? "left" : "right"} ${Math.round(up * 100)}`;
};

/** Upper left corners: the furthest the button can stand, its usual distance to the edges of the window. */
function edges(): { left: number; right: number; top: number; bottom: number } {
  const root = document.documentElement;
  const edge = parseFloat(getComputedStyle(root).fontSize);
  const { width, height } = button.getBoundingClientRect();
  return { left: edge, right: root.clientWidth - width - edge, top: edge, bottom: innerHeight - height - edge };
}

function stand({ x, y }: Spot): void {
  const { style } = button;
  style.inset = "auto";
  // Where a dialog moves or filters itself, a fixed place is counted from its corner.
  style.left = style.top = "0";
  const zero = button.getBoundingClientRect();
  style.left = `${x - zero.x}px`;
  style.top = `${y - zero.y}px`;
}

function focused(): Element | null {
  let it = document.activeElement;
  while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
  return it;
}

/** Places on the page that are taken: those that must stay free, and those that better do. */
function taken(): [must: DOMRect[], better: DOMRect[]] {
  const must = [...document.querySelectorAll(SENDS)];
  const held = focused();
  if (held?.matches("a[href],[tabindex],[contenteditable]") || held?.matches(CONTROLS)) must.push(held);
  const seen = (all: Iterable<Element>) =>
    [...all]
      .filter((it) => it !== button)
      .map((it) => it.getBoundingClientRect())
      .filter((it) => it.width && it.height && it.bottom > 0 && it.top < innerHeight && it.right > 0 && it.left < innerWidth);
  return [seen(must), seen(document.querySelectorAll(CONTROLS))];
}

/** The place nearest to the kept one that covers nothing it must not; none where there is no such place. */
function spot(): Spot | undefined {
  const [left, up] = read();
  const { width, height } = button.getBoundingClientRect();
  const at = edges();
  const home = { x: left ? at.left : at.right, y: at.bottom - (at.bottom - at.top) * up };
  const spots = [home];
  for (const x of left ? [at.left, at.right] : [at.right, at.left]) {
    const rows: Spot[] = [];
    for (let y = at.bottom; y >= at.top; y -= height / 2) rows.push({ x, y });
    spots.push(...rows.sort((a, b) => Math.abs(a.y - home.y) - Math.abs(b.y - home.y)));
  }
  const [must, better] = taken();
  const free = (all: DOMRect[]) => spots.find(({ x, y }) => all.every((it) => it.right + GAP <= x || it.left - GAP >= x + width || it.bottom + GAP <= y || it.top - GAP >= y + height));
  return free([...must, ...better]) ?? free(must);
}

const show = () => button.classList.toggle("pdk-away", reading || crowded);

/** Takes the best place. `asked`: the person wants it there, so it goes even from under the pointer. */
function settle(asked = false): void {
  // Hidden, it has no place and no height to count rows by; shown, its size brings it here.
  if (!button.offsetHeight || (!asked && button.matches(":hover,:focus"))) return;
  const at = spot();
  crowded = !at;
  if (at) stand(at);
  show();
}

function soon(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => life?.aborted || settle(), REST);
}

/** A popover of the page over all else: the button and its voice are popovers over it, until there is none. */
function lift(event?: Event): void {
  const both = [...document.querySelectorAll<HTMLElement>(".pdk-said"), button];
  if (both.includes(event?.target as HTMLElement)) return;
  const over = document.querySelector(":is(:popover-open):not(.pdk-launcher,.pdk-said)");
  const held = document.activeElement === button;
  for (const it of both) {
    // What is shown anew lies on top.
    it.popover = null;
    if (!over) continue;
    it.popover = "manual";
    it.showPopover();
  }
  if (held) button.focus();
}

/** A dialog of the page over all else: the button goes into it, and out when it closes. */
function follow(): void {
  const open = [...document.querySelectorAll("dialog:modal")];
  const top = open.find((it) => it.contains(document.activeElement)) ?? open.at(-1) ?? null;
  if (top === inside && button.isConnected) return;
  const held = document.activeElement === button;
  inside = top;
  // The voice of the button goes along: all else is silent then.
  (top ?? document.documentElement).append(...document.querySelectorAll(".pdk-said"), button);
  if (held) button.focus();
  look();
  lift();
  soon();
}

/** A dialog can also be taken off the page together with the button. */
function look(): void {
  watch.disconnect();
  watch.observe(document, { subtree: true, attributeFilter: ["open"], childList: !!inside });
}

/** Dragging: the button follows the finger, then stands at the nearer side. */
function drag(on: (name: string, run: (event: PointerEvent) => void) => void): void {
  let start: (Spot & { dx: number; dy: number }) | undefined;
  let moved = false;
  on("pointerdown", ({ clientX: x, clientY: y, button: which, pointerId }) => {
    const box = button.getBoundingClientRect();
    moved = false;
    if (which) return;
    start = { x, y, dx: x - box.x, dy: y - box.y };
    // A quick hand is off the button by the first move.
    button.setPointerCapture(pointerId);
  });
  on("pointermove", ({ clientX: x, clientY: y }) => {
    if (!start || (!moved && Math.hypot(x - start.x, y - start.y) < DRAG)) return;
    moved = true;
    stand({ x: x - start.dx, y: y - start.dy });
  });
  on("pointerup", () => {
    start = undefined;
    if (!moved) return;
    const { x, y, width } = button.getBoundingClientRect();
    const at = edges();
    const up = Math.max(0, Math.min(100, Math.round(((at.bottom - y) / (at.bottom - at.top || 1)) * 100)));
    put(`${x + width / 2 < innerWidth / 2 ? "left" : "right"} ${up < 8 ? 0 : up}`);
  });
  on("pointercancel", () => {
    if (moved) settle(true);
    start = undefined;
    moved = false;
  });
  // A drag ends with a click, which must not open.
  const click = (event: Event) => {
    if (!moved || event.target !== button) return;
    moved = false;
    event.stopImmediatePropagation();
    event.preventDefault();
  };
  document.addEventListener("click", click, { capture: true, signal: life });
}

function begin(signal: AbortSignal, near: () => unknown): void {
  life = signal;
  inside = null;
  reading = crowded = false;
  from = 0;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const on = (name: string, run: (event: PointerEvent) => void) => button.addEventListener(name, run as EventListener, { signal });
  for (const name of ["pointerenter", "focus"]) on(name, near);
  if (button.matches(":hover,:focus")) near();
  for (const name of ["pointerleave", "blur"]) on(name, soon);
  drag(on);
  watch = new MutationObserver(follow);
  look();
  // Content that comes or goes, and the button itself, hidden and shown.
  const size = new ResizeObserver(soon);
  for (const it of [document.documentElement, button]) size.observe(it);
  addEventListener("resize", soon, { signal });
  document.addEventListener("toggle", lift, { capture: true, signal });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    watch.disconnect();
    size.disconnect();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
  });
  follow();
  lift();
}

/** Something moved on the page, or somebody points at the button: `near` brings the panel for whoever is about to press. */
export function place(signal: AbortSignal, near: () => Promise<unknown>, event?: Event): void {
  const it = document.querySelector<HTMLElement>(".pdk-launcher");
  if (!it || signal.aborted) return;
  button = it;
  if (signal !== life) begin(signal, () => near().catch(() => {}));
  // Somebody who reads on needs what lies under the button; a move back up brings it.
  if (event?.type === "scroll") {
    reading = scrollY > from && matchMedia(NARROW).matches;
    from = scrollY;
    show();
  }
  soon();
}
