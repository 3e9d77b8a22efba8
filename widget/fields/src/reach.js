/** Where a field is on the page: can it be seen, and what has to be opened first. */

import { attribute } from "./dom.js";
import { hand } from "./hand.js";
import { forms } from "./forms.js";

/** Something is drawn for the element, or for the label that stands for a hidden box or file button. */
export function drawn(el) {
  return el.checkVisibility?.({ visibilityProperty: true }) ?? !!el.getClientRects().length;
}
const seen = (el) => drawn(el) || (/^(checkbox|radio|file)$/.test(el.type) && [...el.labels].some(drawn));

/** What the page offers to open a closed part: a tab, a button of an accordion. */
function opener(part) {
  const id = attribute(part, "id");
  const fits = (it) =>
    attribute(it, "aria-controls")?.split(" ").includes(id) || [attribute(it, "href"), attribute(it, "data-bs-target")].includes(`#${id}`);
  return id && [...part.getRootNode().querySelectorAll("[aria-controls],[role=tab],[data-bs-target]")].find((it) => fits(it) && drawn(it));
}

/** Open what stands above a field, from the outside in; false where a person could not do it either. */
export function opened(el, really) {
  if (seen(el)) return true;
  const parts = [];
  for (let it = el; it; it = it.parentElement) parts.unshift(it);
  for (const part of parts) {
    let open;
    if (part.localName === "details" && !part.open) open = () => (part.open = true);
    else if (part.hidden === "until-found") open = () => part.removeAttribute("hidden");
    else if (getComputedStyle(part).display === "none") {
      const control = opener(part);
      if (!control) return false;
      open = () => control.click();
    }
    if (really) open?.();
  }
  return !really || seen(el);
}

/** A person can see the field, or open what hides it. */
export const within = (el) => opened(el, false);

/** Put the focus on a field by name, first in the form that was used last; false where there is none. */
export function reveal(name) {
  const field = forms.flatMap((it) => it.fields).find((it) => it.name === name);
  if (hand && field) hand.goTo(field.el);
  else field?.el.focus();
  return !!field;
}
