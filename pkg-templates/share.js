// One widget for all components of a page that ask for it.
import { init } from "./index.js";

let users = 0;
let mine;

/** Starts the widget, or joins those that have it. */
export function join(options) {
  // A widget that a script tag has started is not ours to end.
  if (!users++) mine ||= !window.Podskazka?.version;
  return init(options);
}

/** The widget goes with the last of them. Strict mode and a change of the page put others there at once: it stays for that. */
export function leave(it) {
  if (!--users) setTimeout(end, 0, it);
}

function end(it) {
  if (users || !mine) return;
  mine = false;
  it.destroy();
}
