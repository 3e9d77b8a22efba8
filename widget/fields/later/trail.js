/**
 * What a person tries before they write to the support, in the memory of this page alone: fixes, submits that failed, questions, articles.
 * Codes and names, and the questions; no value of a field. The letter asks by `podskazka:gather`: widget/panel/later/tried.ts covers it,
 * shows it, and has a switch for it. Begun by whoever comes first, a form in use or the panel.
 */

import { PRESS, REFUSED, SUBMIT } from "../src/whats.js";
import { prove } from "./mark.js";

/** Of the core: `ticket::MAX_STEPS`, `MAX_STEP_CODES`. */
const MOST = 20;
const MOST_CODES = 10;

let steps = [];
/** When the first error was shown. */
let first;
let users = 0;

const now = () => performance.now();
const few = (codes) => [...new Set(codes.filter(Boolean))].slice(0, MOST_CODES);
const forget = () => ((steps = []), (first = undefined));

/** One step more; the same again is counted, and a question that is written on is one. */
export function note(step) {
  const last = steps.at(-1);
  const key = JSON.stringify(step);
  if (last?.key === key) return void ((last.at = now()), last.times++);
  if (step.text && last?.text && (step.text.startsWith(last.text) || last.text.startsWith(step.text))) steps.pop();
  steps = [...steps, { ...step, key, at: now(), times: 1 }].slice(-MOST);
}

const HEARD = {
  invalid: () => (first ??= now()),
  fix: ({ field, code }) => note({ did: "fix", field, codes: few([code]) }),
  override: ({ codes }) => note({ did: "override", codes: few(codes) }),
  rated(detail) {
    // Why it did not help is told after it, under the same id.
    for (const article in detail) if (/helped$/.test(detail[article])) note({ did: detail[article].replace("-", "_"), article });
  },
  // The next letter begins anew.
  submitted: forget,
  gather(detail) {
    const ago = (at) => Math.round((now() - at) / 1000);
    detail.tried = { since: first && ago(first), steps: steps.map(({ key, at, ...step }) => ({ ...step, ago: ago(at) })) };
  },
};

// A log-out: www/loader/wipe.ts. Whoever asked for this part may be gone by then.
if (self.BroadcastChannel) new BroadcastChannel("podskazka-outbox").onmessage = ({ data }) => data === "wipe" && forget();

const hear = ({ type, detail }) => HEARD[type.slice(10)](detail);
const listen = (how) => Object.keys(HEARD).forEach((name) => document[how](`podskazka:${name}`, hear));

/** Takes note until the answer is called. */
export function watch() {
  if (!users++) listen("addEventListener");
  return () => void (--users || listen("removeEventListener"));
}

export function start({ config, forms, hear }) {
  const end = watch();
  prove(config, forms);
  const told = (form) => few([...form.fields.map((it) => it.toldCode), ...(form.troubles ?? []).map((it) => it.code)]);
  function refused(form) {
    first ??= now();
    note({ did: "refused", codes: told(form) });
  }
  function heard(what, form, field, stopped) {
    if (what === SUBMIT && stopped) note({ did: "submit", codes: few(form.fields.map((it) => it.code)) });
    if (what === REFUSED) refused(form);
    if (what === PRESS && field.pressed === "chip") note({ did: "undo", field: field.name });
  }
  // What the page came with.
  forms.filter((form) => told(form)[0]).forEach(refused);
  hear.add(heard);
  return {
    end() {
      hear.delete(heard);
      end();
    },
  };
}
