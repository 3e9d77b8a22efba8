/** Where a field is on the page: can it be seen, what has to be opened first, and how to bring a person to it. */

import { attribute } from "./dom.js";
import { forms } from "./show.js";

/** Something is drawn for the element, or for the label that stands for a hidden box or file button. */
function drawn(el) {
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
function opened(el, really) {
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

/** Bottom edge of what is stuck to the top of the window and would cover a point. */
function covered(el) {
  const { left, top, width } = el.getBoundingClientRect();
  const root = el.getRootNode();
  let edge = 0;
  for (const it of root.elementsFromPoint(left + Math.min(width / 2, 40), Math.max(top, 0) + 1)) {
    if (it.contains(el)) break;
    for (let up = it; up?.nodeType === 1; up = up.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(up).position)) edge = Math.max(edge, up.getBoundingClientRect().bottom);
    }
  }
  return edge;
}

/** Put the focus on a field, with its label or legend at the top of the window and below what is stuck there. */
export function goTo(el) {
  opened(el, true);
  const group = /^(checkbox|radio)$/.test(el.type) && el.closest("fieldset")?.querySelector("legend");
  const head = [group, el.labels?.[0], el].find((it) => it && drawn(it)) ?? el;
  head.scrollIntoView({ block: "start", behavior: "instant" });
  const edge = covered(head);
  if (edge) scrollParent(head).scrollBy({ top: head.getBoundingClientRect().top - edge, behavior: "instant" });
  el.focus({ preventScroll: true });
}

/** What scrolls an element: a box of the page's own, or its window. */
function scrollParent(el) {
  for (let it = el.parentElement; it; it = it.parentElement) {
    if (it.scrollHeight > it.clientHeight && /auto|scroll/.test(getComputedStyle(it).overflowY)) return it;
  }
  return el.ownerDocument.defaultView;
}

/** The first in the order a person sees, from top to bottom. */
export function first(fields) {
  const place = ({ el }) => (drawn(el) ? el : el.labels?.[0] ?? el).getBoundingClientRect();
  return fields.reduce((best, it) => {
    const [a, b] = [place(best), place(it)];
    return b.top < a.top || (b.top === a.top && b.left < a.left) ? it : best;
  });
}

/** Put the focus on a field by name, first in the form that was used last; false where there is none. */
export function reveal(name) {
  const field = forms.flatMap((it) => it.fields).find((it) => it.name === name);
  if (field) goTo(field.el);
  return !!field;
}
