/** The masks: a module of their own (`widget/mask`), asked for when a person comes into a field. Until then keys are the browser's. */

import { act, config, fields, input } from "./core.js";
import { active, cramped } from "./mend.js";

let masks;

/** A phone that the next digit may mend: WebKit takes back nothing that is written within the event of a key. */
const NEARLY = /^[78](\D*\d){9}/;

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
 * alone does what is wanted.
 */
export function turn(mask, text, from, to, data, intent, id) {
  prepare();
  if (!masks || cramped(fields[id], () => Math.max(...mask.replace("date", "99.99.9999").split(/[=~|]/).map((it) => it.length)))) return "";
  const line = masks.turn(mask, text, from, to, data, intent);
  return intent !== "insertText" || line !== `w${from} ${to} ${from + data.length} ${data}` || NEARLY.test(text) ? line : "";
}
