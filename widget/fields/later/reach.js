/** The way to a field: opened, below what is stuck to the top of the window, with its label in sight. */

const BOX = /^(checkbox|radio)$/;

export const reacher = ({ drawn, opened }) => {
  /** Put the focus on a field, with its label or legend at the top of the window. */
  return function goTo(el) {
    opened(el, true);
    const legend = el.closest("fieldset")?.querySelector("legend");
    // The legend of a box always; of another field where both fit into the upper half of the window.
    const near = legend && (BOX.test(el.type) || el.getBoundingClientRect().bottom - legend.getBoundingClientRect().top < innerHeight / 2);
    const head = [near && legend, el.labels?.[0], el].find((it) => it && drawn(it)) ?? el;
    head.scrollIntoView({ block: "start", behavior: "instant" });
    const edge = covered(head);
    if (edge) scrollParent(head).scrollBy({ top: head.getBoundingClientRect().top - edge, behavior: "instant" });
    el.focus({ preventScroll: true });
  };
};

/** Bottom edge of what is stuck to the top of the window and would cover the element. */
function covered(el) {
  const { left, top, width } = el.getBoundingClientRect();
  let edge = 0;
  for (const it of el.getRootNode().elementsFromPoint(left + Math.min(width / 2, 40), Math.max(top, 0) + 1)) {
    if (it.contains(el)) break;
    for (let up = it; up; up = up.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(up).position)) edge = Math.max(edge, up.getBoundingClientRect().bottom);
    }
  }
  return edge;
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
  const place = ({ el }) => (el.getClientRects().length ? el : el.labels?.[0] ?? el).getBoundingClientRect();
  return fields.reduce((best, it) => {
    const [a, b] = [place(best), place(it)];
    return b.top < a.top || (b.top === a.top && b.left < a.left) ? it : best;
  });
}
