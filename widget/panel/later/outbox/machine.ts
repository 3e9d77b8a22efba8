/** The door to the machine of the core (`src/outbox.rs`): numbers in, numbers out, by `widget/panel/src/outbox.rs`. */

/** What happened. */
export const HAPPENED = { letter: 0, file: 1, press: 2, bare: 3, wake: 4, turn: 5, reply: 6, noBytes: 7, gone: 8, wipe: 9, stop: 10 };

/** What is to be done, in the order of its numbers. */
const DO = ["take", "leave", "whole", "begin", "slice", "words", "there", "lose", "anew", "save", "waits", "sent", "returned", "kept", "refused", "count", "timer", "still"] as const;
/** Numbers of a row. */
const ROW = 5;

export interface Action {
  what: (typeof DO)[number];
  id: number;
  /** Place of a file; of `count` and `timer` the number. */
  slot: number;
  from: number;
  to: number;
}

export interface Core {
  outbox: (event: number, id: number, a: number, b: number, wait: number, code: string, wall: number, clock: number, chance: number) => Float64Array;
}

/** Tells the machine; what it wants done. */
export function told(core: Core, event: keyof typeof HAPPENED, id = 0, a = 0, b = 0, wait = 0, code = ""): Action[] {
  const all = core.outbox(HAPPENED[event], id, a, b, wait, code, Date.now(), performance.now(), Math.random());
  const actions: Action[] = [];
  for (let at = 0; at < all.length; at += ROW) {
    const [what, id, slot, from, to] = all.subarray(at, at + ROW);
    actions.push({ what: DO[what], id, slot, from, to });
  }
  return actions;
}
