// The behaviours of a form under our care, each by its number: given, when, then. Tables: assist/*.mjs.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { openBed, POLICY } from './assist/bed.mjs';
import { cause, engines } from './assist/engines.mjs';
import { TABLES } from './assist/tables.mjs';
import { openOther } from './assist/bed-webdriver.mjs';
import { startServer } from './lib/server.mjs';

/** `chromium`, `firefox` or `webkit`. */
const BROWSER = process.env.BROWSER ?? 'chromium';

const DOCUMENT = 'docs/engines.md';

let server;
let bed;
before(async () => {
  server = await startServer({ policy: POLICY });
  bed = BROWSER === 'chromium' ? await openBed(server) : await openOther(BROWSER, server);
});
after(async () => {
  await bed?.close();
  await server?.stop();
});

/** Starts of names; behind a minus, of those that are left to others. */
const [, minus, list] = (process.env.ONLY ?? '-').match(/^(-?)(.*)$/);
const starts = list.split(',').filter(Boolean);
for (const [name, run, given] of TABLES) {
  if (starts.some((it) => name.startsWith(it)) === !!minus) continue;
  test(name, { todo: given?.todo, skip: cause(BROWSER, given) }, () => run(bed));
}

test('the documentation names what is left out elsewhere, and why', () => {
  if (process.env.UPDATE) writeFileSync(DOCUMENT, engines());
  assert.equal(readFileSync(DOCUMENT, 'utf8'), engines(), 'UPDATE=1 writes it anew');
});
