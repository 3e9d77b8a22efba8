/** What takes a place in the page and shows something of its own: pictures, frames, film, drawings, closed trees. */

import type { Assets, Kind } from "./assets";
import { OPEN } from "./open";
import { PUBLIC } from "./page";
import { STYLE } from "./svg";

export const BOXES = "img,canvas,video,audio,iframe,object,embed,input[type=image],frame,portal,fencedframe,map";

const LOOKS =
  "display position inset width height margin padding border border-radius float vertical-align box-sizing flex align-self justify-self grid-area transform z-index";
/** Up to this size, in CSS pixels, a picture is an icon. */
const ICON = 32;
/** Fewer are a diagram. */
const SQUARES = 120;
/** Of one height: fewer are a chart. */
const BARS = 24;
/** Logos are lower. */
const LOGO = 120;
const PERSON = /ava|photo|user|profil|face|person|sign|scan|passport|фото|qr/i;

/** A drawing in grey of the size that the picture itself has, so that the page's rules shape it as they did. */
function grey(width: number, height: number): string {
  const size = `width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="#d0d5db"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** How a picture may be shown: as it is where it is marked or an icon, a logo if it is a drawing. A photo may be of a person. */
function kept(image: HTMLImageElement): Kind | undefined {
  if (OPEN || image.closest(PUBLIC)) return "any";
  if (PERSON.test(`${image.className} ${image.id} ${image.alt} ${image.src.slice(0, 300)}`)) return undefined;
  const { width, height } = image.getBoundingClientRect();
  if (width <= ICON && height <= ICON) return "any";
  return height <= LOGO ? "drawing" : undefined;
}

/** A drawing of many squares or bars is a code that a telephone reads; large lines without a filling are a name written by hand. */
export function isCode(svg: Element): boolean {
  const shapes = [...svg.querySelectorAll("rect,circle,use")];
  if (shapes.length > SQUARES || (shapes.length > BARS && new Set(shapes.map((it) => it.getAttribute("height"))).size < 2)) return true;
  const large = svg.getBoundingClientRect().width > LOGO;
  return [...svg.querySelectorAll("path,polyline")].some((it) => {
    const way = it.getAttribute("d") ?? "";
    return (large && !shapes[0] && getComputedStyle(it).fill === "none") || (way.length > 10 * SQUARES && (!/[csqta]/i.test(way) || way.split(/m/i).length > SQUARES));
  });
}

/** An element of the page's own that shows what nobody else can read: a closed tree. It keeps its place. */
export function isClosed(element: Element): boolean {
  return !!customElements.get(element.localName) && !(element.shadowRoot ?? element.firstElementChild) && !element.textContent?.trim();
}

export function box(from: Element, make: (name: string) => Element, assets: Assets): Element {
  const to = make("img");
  if (from instanceof HTMLImageElement) {
    for (const name of ["width", "height", "align", "border"]) {
      const value = from.getAttribute(name);
      if (value !== null) to.setAttribute(name, value);
    }
    const size = [from.naturalWidth || 1, from.naturalHeight || 1] as const;
    const kind = from.currentSrc ? kept(from) : undefined;
    to.setAttribute("src", kind ? assets.sign(from.currentSrc, document.baseURI, kind, grey(...size)) : grey(...size));
    return to;
  }
  const style = getComputedStyle(from);
  // Rules for `iframe` or `canvas` do not match an image.
  const own = LOOKS.split(" ").map((name) => `${name}:${style.getPropertyValue(name)}`);
  to.setAttribute(STYLE, own.join(";"));
  to.setAttribute("src", OPEN && from instanceof HTMLCanvasElement ? from.toDataURL() : assets.frame(from, grey(1, 1)));
  return to;
}
