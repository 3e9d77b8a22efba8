// The behaviours of a form under our care, each by its number: given, when, then. Tables: assist/*.mjs.
import { after, before, test } from 'node:test';

import { openBed, POLICY } from './assist/bed.mjs';
import { TABLES } from './assist/tables.mjs';
import { openOther } from './assist/bed-webdriver.mjs';
import { startServer } from './lib/server.mjs';

/** `chromium`, `firefox` or `webkit`. */
const BROWSER = process.env.BROWSER ?? 'chromium';

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

const chosen = process.env.ONLY?.split(',');
for (const [name, run, { todo, only, except = {} } = {}] of TABLES) {
  if (chosen && !chosen.some((it) => name.startsWith(it))) continue;
  const cause = BROWSER === 'chromium' ? undefined : (only ?? except[BROWSER]);
  test(name, { todo, skip: cause }, () => run(bed));
}
