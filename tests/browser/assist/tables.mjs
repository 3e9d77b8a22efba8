/** Every behaviour, in the order of its number. */
import { TIMING } from './timing.mjs';
import { MESSAGE } from './message.mjs';
import { LATE_ONES } from './late.mjs';
import { LIVE } from './live.mjs';
import { SUMMARY } from './summary.mjs';
import { AUTOFILL } from './autofill.mjs';
import { LIFECYCLE } from './lifecycle.mjs';
import { DRAFTS } from './drafts.mjs';
import { OFFERS } from './offers.mjs';
import { PARTS } from './parts.mjs';
import { GUESS, SCHEMA } from './schema.mjs';
import { TELLING } from './telling.mjs';
import { TYPING } from './typing.mjs';

export const TABLES = [...TIMING, ...MESSAGE, ...LIVE, ...SUMMARY, ...TYPING, ...LATE_ONES, ...AUTOFILL, ...LIFECYCLE, ...DRAFTS, ...OFFERS, ...TELLING, ...PARTS, ...SCHEMA, ...GUESS];
