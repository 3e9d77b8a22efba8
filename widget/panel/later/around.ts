/**
 * What stands around every view: the handle of the panel's size, the browser's Back and Forward, the rest after typing, the counters of
 * articles, and what comes along for the time when nothing can be loaded any more. Loaded once the panel is seen; each opening has it tell
 * the portal's developer what is set up wrong.
 */

import { back } from "./around/back";
import { CSS as GRIP, handle } from "./around/handle";
import { learn } from "./around/learn";
import { CSS as REST, rest } from "./around/rest";
import { steps } from "./around/steps";
import { dress, type Given, type Show } from "./part";

export { WORDS } from "./around/handle";
export { absent, prove, unknown } from "./around/prove";

/** The letter, the access check and the phone are needed most without a network. */
async function provide(given: Given): Promise<void> {
  const words = (name: string) => given.load(`${name}.${given.lang}.txt`);
  const parts = ["letter.js", "tried.js", "access.js", "access.txt"].map((name) => given.load(name));
  await Promise.all([...parts, ...["letter", "access", "contacts"].map(words)]);
  await (await given.load<typeof import("./contacts")>("contacts.js")).prepare(given);
}

export const show: Show = (place, given, act) => {
  const dialog = place as HTMLDialogElement;
  const undress = dress(dialog, GRIP + REST);
  const story = steps(dialog, given);
  const rested = (name: string) => (story.asked(), act(name));
  const all = [handle(dialog), back(dialog, given, act), learn(dialog, given), rest(dialog, rested), story];
  const watch = new MutationObserver(() => all.forEach((it) => it.look()));
  watch.observe(dialog, { attributeFilter: ["data-view", "data-look", "lang", "open"] });
  provide(given).catch(() => {});
  return () => {
    watch.disconnect();
    all.forEach((it) => it.end());
    undress();
  };
};
