/** The masks: a module of their own (`widget/mask`), asked for when a person comes into a field. Until then keys are the browser's. */

import { act, config, fields, input } from "./core.js";
import { active } from "./mend.js";

let masks;

/** Ask for the module, once. What was typed before it came gets its separators. */
export function prepare() {
  if (masks || !config) return;
  masks = { turn: () => "" };
  config.load("mask").then(
    (it) => {
      masks = it;
      act(() => {
        for (const id in fields) {
          const field = fields[id];
          if (field.used && !field.chip && field.from === field.to && active(field.el)) input(field, "insertText");
        }
      });
    },
    () => (masks = undefined),
  );
}

/** What a mask makes of a press; empty: it is the browser's to do. */
export function turn(...press) {
  prepare();
  return masks?.turn(...press) ?? "";
}
