/** The server and the browser of a file of tests; both end with it. */
import { after } from 'node:test';

import { POLICY, launch } from './chromium.mjs';
import { startServer } from './server.mjs';

export async function stand() {
  const [server, browser] = await Promise.all([startServer({ policy: POLICY }), launch()]);
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return { server, browser };
}
