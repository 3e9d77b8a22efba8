/** Every behaviour, in the order of its number. */
import { TIMING } from './timing.mjs';
import { MESSAGE } from './message.mjs';
import { LIVE } from './live.mjs';
import { SUMMARY } from './summary.mjs';

export const TABLES = [...TIMING, ...MESSAGE, ...LIVE, ...SUMMARY];
