// The behaviours of a form under our care, each by its number: given, when, then. Tables: assist/*.mjs.
import { after, before, test } from 'node:test';

import { openBed, POLICY } from './assist/bed.mjs';
import { TABLES } from './assist/tables.mjs';
import { startServer } from './lib/server.mjs';

let server;
let bed;
before(async () => {
  server = await startServer({ policy: POLICY });
  bed = await openBed(server);
});
after(async () => {
  await bed?.close();
  await server?.stop();
});

const chosen = process.env.ONLY?.split(',');
for (const [name, run, { todo } = {}] of TABLES) {
  if (chosen && !chosen.some((it) => name.startsWith(it))) continue;
  test(name, { todo }, () => run(bed));
}
