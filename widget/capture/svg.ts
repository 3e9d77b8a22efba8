/** The copy as one SVG: the page's words stand in a `foreignObject`, its rules in a `style`. */

import { OPEN } from "./open";

/**
 * What browsers do by themselves with dialogs in the top layer, focus and links, and the arrow that Firefox leaves out in
 * drawings; the page's own rules weigh more.
 */
const BASE = `@layer pdk-base{
.pdk-modal,.pdk-popover{position:fixed;inset:0;margin:auto;width:fit-content;height:fit-content;overflow:auto}
.pdk-modal{max-width:calc(100% - 6px - 2em);max-height:calc(100% - 6px - 2em)}
[pdk-focus]{outline:-webkit-focus-ring-color auto 1px}
@supports (-moz-appearance:none){select:not([multiple],[size]){appearance:none;background:#e9e9ed url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 5'%3E%3Cpath d='M1 1l3 3 3-3' fill='none' stroke='%23333'/%3E%3C/svg%3E") right .4em center/.6em no-repeat}}
a[href]{color:LinkText;text-decoration:underline}
pdk-backdrop{position:fixed;inset:0;background:rgba(0,0,0,.1)}
.pdk-popover{border:solid;padding:.25em;color:CanvasText;background:Canvas}
}
`;
/** The page stands still; every entrance is over. */
const LAST = `
*,*::before,*::after{animation-delay:-9999s!important;animation-play-state:paused!important;transition:none!important;caret-color:transparent!important}
.pdk-modal,.pdk-popover{z-index:2147483647!important}
pdk-backdrop{display:block!important;z-index:2147483646!important}
.pdk-covered{background:#d0d5db!important;color:#59636e!important}
[pdk-scrolled]>*{translate:var(--pdk-x) var(--pdk-y)!important}
input.pdk-tick{appearance:none!important;width:13px;height:13px;border:1px solid #767676;border-radius:2px;background:#fff linear-gradient(#59636e,#59636e) center/7px 2px no-repeat!important}
input.pdk-tick[type=radio]{border-radius:50%}
`;

export interface Frame {
  width: number;
  height: number;
  x: number;
  y: number;
  /** Of the page without scroll bars. */
  inner: number;
  /** Addresses in a declaration, replaced. */
  clean: (css: string) => string;
}

/**
 * The attribute of styles until the copy is text: a policy without inline styles counts them even in a document that nobody
 * sees.
 */
export const STYLE = "pdk-style";
const SVG = "http://www.w3.org/2000/svg";
const px = (name: string, value: number) => `${name}:${value}px!important;`;

/** Boxes around the page, safe from its rules. */
function guarded(element: Element, css: string): void {
  element.setAttribute(STYLE, `all:initial!important;display:block!important;${css}`);
}

/** The canvas behind a page has the background of `html`, or else of `body`. */
function background(body: Element | undefined): { color: string; from?: "html" | "body" } {
  for (const [name, element] of [["html", document.documentElement], ["body", document.body]] as const) {
    if (!element || (name === "body" && !body)) continue;
    const style = getComputedStyle(element);
    if (style.backgroundImage !== "none" || !/^(transparent|rgba\(0, 0, 0, 0\))$/.test(style.backgroundColor)) {
      return { color: style.backgroundColor, from: name };
    }
  }
  return { color: "" };
}

/** `html` is the covered copy; the SVG is returned as text. */
export function assemble(doc: Document, html: Element, rules: string, frame: Frame): string {
  const { width, height } = frame;
  const svg = doc.createElementNS(SVG, "svg");
  const style = doc.createElementNS(SVG, "style");
  const object = doc.createElementNS(SVG, "foreignObject");
  const window = doc.createElementNS(html.namespaceURI, "pdk-window");
  const start = doc.createElementNS(html.namespaceURI, "pdk-start");
  const size = px("width", width) + px("height", height);
  const body = [...html.children].find((it) => it.localName === "body");
  const behind = background(body);
  // `rem` is measured at the root.
  guarded(svg, size + px("font-size", parseFloat(getComputedStyle(document.documentElement).fontSize)));
  for (const it of [svg, object]) {
    it.setAttribute("width", `${width}`);
    it.setAttribute("height", `${height}`);
  }
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  guarded(object, size);
  guarded(window, `${size}overflow:hidden!important;background:${behind.color || "#fff"}!important;`);
  // What is fixed stays where the window would show it, in a picture that reaches further too.
  guarded(start, `display:flow-root!important;position:relative!important;${px("width", frame.inner)}${px("height", innerHeight)}margin-top:var(--pdk-y)!important;--pdk-y:${-frame.y}px;${px("margin-left", -frame.x)}${height === innerHeight ? "" : "transform:translate(0)!important"}`);
  html.classList.add("pdk-root");
  let more = `.pdk-root{display:flow-root;min-height:${Math.max(innerHeight, document.documentElement.clientHeight)}px}`;
  if (behind.from === "body") {
    more += ".pdk-root>body{background:none!important}";
    const own = getComputedStyle(document.body);
    const looks = "color image repeat position size origin clip".split(" ").map((it) => `background-${it}`);
    more += `.pdk-root{${frame.clean(looks.map((it) => `${it}:${own.getPropertyValue(it)}`).join(";"))}}`;
  }
  // Bars over the content, or none: a copy would draw wide ones. They tell how long the real text is, and Firefox draws none.
  if (!OPEN || (innerWidth === document.documentElement.clientWidth && document.documentElement.scrollHeight > innerHeight)) more += "*{scrollbar-width:none!important}";
  style.textContent = BASE + rules + LAST + more;
  start.append(html);
  window.append(start);
  object.append(window);
  svg.append(style, object);
  return new XMLSerializer().serializeToString(svg).replaceAll(` ${STYLE}=`, ' style=').replace(/\p{Surrogate}/gu, "");
}
