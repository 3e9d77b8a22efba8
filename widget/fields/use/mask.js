/** The masks: a module of their own (`widget/mask`), asked for when a person comes into a field. Until then keys are the browser's. */

import { act, config, fields, input } from "./core.js";
import { active, cramped } from "./mend.js";

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

/**
 * What a mask makes of a press; empty: it is the browser's to do, as where the field has no room for the separators, or where the key
 * alone does what is wanted. The text that it leaves behind has nothing to put right.
 */
export function turn(mask, text, from, to, data, intent, id) {
  prepare();
  if (!masks || (!intent && text === fields[id].right)) return "";
  if (cramped(fields[id], () => Math.max(...mask.replace("date", "99.99.9999").split(/[=~|]/).map((it) => it.length)))) return "";
  const line = masks.turn(mask, text, from, to, data, intent);
  if (intent !== "insertText" || line !== `w${from} ${to} ${from + data.length} ${data}`) return line;
  fields[id].right = text.slice(0, from) + data + text.slice(to);
  return "";
}
