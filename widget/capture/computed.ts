/**
 * The style of an element as the browser has worked it out, for pages with a sheet of another origin that may not be read.
 * Slower than rules, and without what `::before` and `::after` of that sheet draw.
 */

const SIDES = ["top", "right", "bottom", "left"];
const NAMES = [
  "display position float clear box-sizing width height min-width min-height max-width max-height z-index overflow-x overflow-y",
  "flex-direction flex-wrap flex-grow flex-shrink flex-basis align-items align-self align-content justify-content justify-items",
  "order row-gap column-gap grid-template-columns grid-template-rows grid-auto-flow grid-column-start grid-column-end",
  "grid-row-start grid-row-end color background-color background-image background-size background-position background-repeat",
  "font-family font-size font-weight font-style line-height letter-spacing text-align text-transform text-decoration-line",
  "text-indent white-space word-break overflow-wrap vertical-align opacity visibility box-shadow transform table-layout",
  "border-collapse border-top-left-radius border-top-right-radius border-bottom-right-radius border-bottom-left-radius",
  "border-spacing object-fit column-count fill stroke",
].flatMap((line) => line.split(" "));
for (const side of SIDES) NAMES.push(side, `margin-${side}`, `padding-${side}`, ...["width", "style", "color"].map((it) => `border-${side}-${it}`));
/** Without the map of computed values a browser tells these in pixels, as the text makes them. */
const USED = /^((min-|max-)?(width|height)|top|right|bottom|left|grid-template.*|transform|margin.*)$/;

export function computed(element: Element): string {
  let out = "";
  // Firefox has no map yet, whatever the types say.
  if (element.computedStyleMap) {
    const map = element.computedStyleMap();
    for (const name of NAMES) {
      const value = map.get(name);
      if (value) out += `${name}:${value};`;
    }
    return out;
  }
  const style = getComputedStyle(element);
  for (const name of NAMES) {
    if (!USED.test(name)) out += `${name}:${style.getPropertyValue(name)};`;
  }
  return out;
}
