/** What the checks can be told: the order of `WHATS` in `checks.rs`. One line each, so that every script gets the number itself. */

export const ADD = 0;
export const REMOVE = 1;
export const DROP = 2;
export const INPUT = 3;
export const LEAVE = 4;
export const SEND = 5;
export const SUBMIT = 6;
export const RESET = 7;
export const OBSERVE = 8;
export const STATE = 9;
export const BEFORE = 10;
export const UNDONE = 11;
export const PRESS = 12;
export const TOLD = 13;
export const REFUSED = 14;
