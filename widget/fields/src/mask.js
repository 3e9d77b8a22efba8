/** The masks: a module of their own (`widget/mask`), asked for when a person comes into a field. Until then keys are the browser's. */

import { config } from "./show.js";

let masks;

/** Ask for the module, once; `then` runs when it has come. */
export function prepare(then) {
  if (masks || !config.load) return;
  masks = { turn: () => "" };
  config.load("mask").then(
    (it) => {
      masks = it;
      then?.();
    },
    () => (masks = undefined),
  );
}

/** What a mask makes of a press; empty: it is the browser's to do. */
export function turn(...press) {
  prepare();
  return masks?.turn(...press) ?? "";
}
