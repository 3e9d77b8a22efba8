/**
 * What a form needs once somebody uses it: what stands beside its fields, changes of their texts, masks, and the parts that only some
 * pages need. Asked for by `hand.js`.
 */

import { receive } from "./core.js";
import css from "looks/use/fields.css";
import { prepare } from "./mask.js";
import { part } from "./parts.js";

export { beforeinput, click, keydown, offerBlock } from "./events.js";
export { turn } from "./mask.js";
export { noteAfter, replace, restoreCaret } from "./mend.js";
export { endParts as end, goTo, item, summary, takeDown, want } from "./parts.js";
export { announce, chip, clear, echo, error, hint, offer, warn } from "./show.js";

export function start(kit) {
  receive(kit);
  kit.dress(css);
}

/** A person has come into a field. */
export function enter() {
  part();
  prepare();
}
