// One widget for all components of a page that ask for it.
import { init } from "./index.js";

let users = 0;
/** What was started here: one that a script tag has started is not ours to end. */
let mine;

/** Starts the widget, or joins those that have it. */
export function join(options) {
  users++;
  if (mine && mine === window.Podskazka) return mine;
  mine = !window.Podskazka?.version;
  const it = init(options);
  mine &&= it;
  return it;
}

/** The widget goes with the last of them. Strict mode and a change of the page put others there at once: it stays for that. */
export function leave(it) {
  if (!--users) setTimeout(end, 0, it);
}

/** A tag, an element or a call that came later has joined it, and goes on with it: `start` of www/loader/api.ts. */
function end(it) {
  if (users || it !== mine || it.shared) return;
  mine = undefined;
  it.destroy();
}
