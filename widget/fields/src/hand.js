/**
 * What shows and mends (`widget/fields/use`): a part that comes when a person first comes into a field, when there is something to show, or
 * when a form asks for a part of its own. What is to be shown before waits for it.
 */

import { attribute, restore, say, squeeze } from "./dom.js";
import { config, fieldOf, fields, forget, forms, hear, known, later, locate, NOVALIDATE, relearn, tell } from "./forms.js";
import { act, catchUp, input, today, told } from "./page.js";
import { drawn, opened } from "./reach.js";
import { dress } from "./roots.js";

const PART = "use.js";

/** The part, once it is here. */
export let hand;
let asked;
let waiting = [];

/** Ask for the part; what has failed is asked for anew. */
export function use() {
  const given = config;
  if (hand || asked || !given) return;
  asked = given.load(PART).then(
    (it) => {
      // The widget has ended, or begun anew, in the meantime.
      if (config !== given) return;
      it.start({
        act, attribute, config, dress, drawn, fieldOf, fields, forget, forms, hear, input, known, later, locate, NOVALIDATE, opened,
        relearn, restore, say, squeeze, tell, today, told,
      });
      hand = it;
      act(() => {
        forms.forEach(hand.want);
        for (const [name, given] of waiting.splice(0)) hand[name](...given);
      });
      catchUp();
    },
    () => {
      asked = undefined;
      const [, first] = waiting.find(([name]) => name === "item") ?? [];
      waiting = [];
      if (first) point(...first);
    },
  );
}

/** The part cannot be had, and a submit was stopped: the browser shows what is wrong with the first field. */
function point(id, text) {
  const el = fields[id]?.el;
  if (!el) return;
  el.setCustomValidity(text);
  el.reportValidity();
  el.addEventListener("blur", () => el.setCustomValidity(""), { once: true });
}

/** Everything ends. */
export function letGo() {
  hand?.end();
  dress();
  hand = asked = undefined;
  waiting = [];
}

/** What shows or mends by this name, now or once it is here. */
export const call = (name) => (...given) => {
  if (hand) return hand[name](...given);
  waiting.push([name, given]);
  use();
};
