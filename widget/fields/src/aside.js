/**
 * The loader's «Помощь» button makes way: it takes the first corner of the window where it covers nothing that a person
 * presses or fills in. With the focus on it, it stays.
 */

const CORNERS = [["right", "bottom"], ["left", "bottom"], ["right", "top"], ["left", "top"]];
const USED = "a,button,input,select,textarea,label";
const EVENTS = ["scroll", "resize", "focusin"];
/** Distance from the edges, as in the loader's style. */
const GAP = 16;
/** Milliseconds of rest after the last event. */
const REST = 150;

let timer;

export function watch() {
  for (const name of EVENTS) addEventListener(name, soon, { capture: true, passive: true });
}

export function unwatch() {
  for (const name of EVENTS) removeEventListener(name, soon, { capture: true });
  clearTimeout(timer);
  place(button(), CORNERS[0]);
}

/** Something has moved, or come up. */
export function soon() {
  clearTimeout(timer);
  timer = setTimeout(move, REST);
}

const button = () => document.querySelector(".pdk-launcher");

function move() {
  const it = button();
  const focus = document.activeElement;
  // Behind the open panel there is nothing to make way for.
  if (focus?.localName === "podskazka-panel") place(it, CORNERS[0]);
  else if (it && it !== focus) place(it, CORNERS.find((corner) => free(it, corner)) ?? CORNERS[0]);
}

function free(it, [side, edge]) {
  const { offsetWidth: width, offsetHeight: height } = it;
  const left = side === "left" ? GAP : document.documentElement.clientWidth - GAP - width;
  const top = edge === "top" ? GAP : innerHeight - GAP - height;
  // A grid of points, closer than the smallest target is wide.
  for (let x = left; x <= left + width; x += width / 6) {
    for (let y = top; y <= top + height; y += height / 3) {
      if (document.elementsFromPoint(x, y).some((el) => el !== it && el.closest(USED))) return false;
    }
  }
  return true;
}

function place(it, corner) {
  if (!it) return;
  for (const [side, edge] of CORNERS) for (const name of [side, edge]) it.style.removeProperty(name);
  if (corner !== CORNERS[0]) {
    const [side, edge] = corner;
    it.style.setProperty("inset", "auto");
    it.style.setProperty(side, "1rem");
    it.style.setProperty(edge, "1rem");
  }
  if (!it.getAttribute("style")) it.removeAttribute("style");
}
