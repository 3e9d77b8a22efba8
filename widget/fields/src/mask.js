/** The masks: a module of their own (`widget/mask`), asked for when a key first meets a field that has one. */

import { config } from "./show.js";

let masks;

/** The exports of the module, once it is there. */
export const use = (module) => (masks = module);

/** What a mask makes of a press; empty: it is the browser's to do. */
export function turn(...press) {
  if (!masks) {
    masks = { turn: () => "" };
    config.load?.("mask").then(use, () => (masks = undefined));
  }
  return masks.turn(...press);
}
