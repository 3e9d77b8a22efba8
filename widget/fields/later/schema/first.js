/**
 * The first thing that somebody does with the page. Before it nothing is asked for and nothing is kept; it mostly comes well before a
 * field is entered, and what was typed by then is read when the schema is laid.
 */

const SIGNS = ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "scroll", "input", "podskazka:problem", "podskazka:reported"];
/** The page answers what somebody has done on an earlier one; so does a code of the portal: `trouble`. */
const TOLD = "script[type='application/problem+json']";

/** A page that is opened anew, or gone back to, has what was typed there; what a script writes into a fresh one nobody has typed. */
const returned = () => /** @type {PerformanceNavigationTiming} */ (performance.getEntriesByType("navigation")[0])?.type !== "navigate";
const changed = ({ checked, defaultChecked, type, value, defaultValue = value }) =>
  /^(radio|checkbox)$/.test(type) ? checked !== defaultChecked : value !== defaultValue;
const used = ({ el }) => el.getRootNode().activeElement === el || el.matches(":is(:autofill)") || (returned() && changed(el));

/** Once is enough for a page. */
let begun = false;

/** `come` waits for whoever is to come to a form, until `signal`; `waiting`: it does now. */
export function first(signal, trouble) {
  let open, waiting;
  const opened = new Promise((done) => (open = done));
  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort());
  function begin(event) {
    // A page that comes under a pointer at rest is told of a move, too.
    if (event?.movementX === 0 && event.type === SIGNS[0] && !event.movementY) return;
    begun = true;
    waiting = false;
    stop.abort();
    open();
  }
  return {
    waiting: () => waiting,
    come(form) {
      if (begun || trouble?.() || form.el.querySelector(TOLD) || form.fields.some(used)) begin();
      else {
        waiting = true;
        // What happens in a frame is heard there alone.
        for (const it of new Set([window, form.el.ownerDocument.defaultView])) {
          for (const name of SIGNS) it.addEventListener(name, begin, { capture: true, passive: true, signal: stop.signal });
        }
      }
      return opened;
    },
  };
}
