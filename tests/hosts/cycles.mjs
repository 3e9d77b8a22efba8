// A hundred starts and ends leave no node, no sheet, no listener.
import assert from 'node:assert/strict';
import { traces } from './lib.mjs';

export async function test({ page, origin }) {
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form').noValidate);
  await page.evaluate(() => window.Podskazka.destroy());
  const before = await traces(page);
  const readies = await page.evaluate(async () => {
    const { init } = await import('/podskazka/podskazka.js');
    let readies = 0;
    for (let turn = 0; turn < 100; turn++) {
      const help = init({ site: 'demo' });
      help.on('ready', () => readies++);
      help.attachTo('h1');
      await help.ready;
      help.show();
      help.destroy();
    }
    return readies;
  });
  assert.equal(readies, 100);
  assert.deepEqual(await traces(page), before);
}
