/** Parts that only some pages need: each is a file of its own, loaded when the first form asks for it. */

import { act, config, fields, forms, kit, later, relearn, tell } from "./core.js";
import css from "looks/use/fields.css";
import { actions, button, fire, make, put, tongue } from "./make.js";
import { write } from "./mend.js";
import { about, announce, complain } from "./show.js";

const SCHEMA = "schema.js";
const SUMMARY = "summary.js";
/** File and what in a form asks for it. */
const PARTS = {
  "files.js": "input[type=file]", "date.js": ":is(fieldset,[role=group])[data-podskazka]",
  "drafts.js": "[data-podskazka-draft]", "stats.js": "[data-podskazka-stats]", "guess.js": "[data-podskazka-guess]",
  "ask.js": "[data-podskazka-ask]", "count.js": "[data-podskazka-count]", "review.js": "[data-podskazka-review]",
  [SCHEMA]: "[data-podskazka-schema]", [SUMMARY]: "script[type='application/problem+json']",
};

/** Part and its loading, anew with each start; and those that are here. */
let loading = {};
const here = {};
let items = [];

/** Load what a form asks for. */
export function want({ el }) {
  if (!el) return;
  for (const name in PARTS) if (el.matches(PARTS[name]) || el.querySelector(PARTS[name])) part(name);
  if (config.schema) part(SCHEMA);
}

/** Load a part by its file; `undefined` where it cannot be had. */
export function part(name = SUMMARY) {
  const given = loading;
  return (given[name] ??= config.load(name).then(
    (it) => {
      // The widget has ended, or begun anew, in the meantime.
      if (loading !== given) return;
      return it.start({
        ...kit, about, actions, button, css, fire, make, put, tongue, complain, announce, part, write,
        relearn: (field) => act(() => relearn(field)), tell: (...told) => act(() => tell(...told)),
      });
    },
  ).then(
    (it) => {
      if (loading !== given) return void it?.end();
      return (here[name] = it);
    },
    () => void delete given[name],
  ));
}

/** Everything ends. */
export function endParts() {
  loading = {};
  for (const name in here) {
    here[name]?.end();
    delete here[name];
  }
}

/** An error for the summary that comes next. */
export const item = (id, text) => fields[id] && items.push([fields[id], text]);

/** The errors of a form under their head, or none; `fresh` after a submit. */
export function summary(at, head, fresh) {
  const form = forms.find((it) => it.number === at);
  const list = items.splice(0);
  if (!form) return;
  form.errors = head && { head, list };
  const show = (it) => {
    if (it) it.show(form, fresh);
    // No list without its part: the first field that is wrong.
    else if (fresh && head) list[0]?.[0].el.focus();
  };
  if (here[SUMMARY]) later.push(() => show(here[SUMMARY]));
  else if (fresh || form.summary) part().then(show);
}

/** A form has left. */
export const takeDown = (form) => here[SUMMARY]?.takeDown(form);

/** Bring a person to a field. */
export const goTo = (el) => (here[SUMMARY] ? here[SUMMARY].goTo(el) : el.focus());
