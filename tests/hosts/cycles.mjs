// The plain page with its fields and the panel in use, by each of the three ways in: nothing is left at the end, nor after a hundred starts.
import assert from 'node:assert/strict';
import { leavesNothing } from './leaves.mjs';

/** Runs in the page: what stands in every prototype that the window names, and whether it is the browser's own. */
function prototypes() {
  const own = (it) => (typeof it === 'function' ? Function.prototype.toString.call(it).includes('[native code]') : typeof it);
  return Object.getOwnPropertyNames(window).sort().flatMap((name) => {
    // Ours was the page's queue of calls, a function.
    const it = typeof window[name] === 'function' && name !== 'Podskazka' ? window[name].prototype : undefined;
    const found = Object.entries(it ? Object.getOwnPropertyDescriptors(it) : {});
    return found.map(([key, { get, set, value }]) => `${name}.${key} ${own(value)} ${own(get)} ${own(set)}`);
  });
}

export const test = (way) => async ({ page, origin }) => {
  let before;
  await leavesNothing(page, origin, {
    way,
    // Twice: without the widget, then with it.
    prepare: async () => {
      await page.evaluate(() => delete document.documentElement.dataset.build);
      before ??= await page.evaluate(prototypes);
    },
    use: async () => {
      await page.getByLabel('Телефон').pressSequentially('89161234567');
      const inn = page.getByLabel('ИНН');
      await inn.pressSequentially('7707083894');
      await inn.press('Tab');
      await page.getByRole('button', { name: 'Отправить' }).click();
      await page.locator('.pdk-summary').waitFor();
      const dialog = page.getByRole('dialog');
      await (way === 'element' ? page.locator('podskazka-help').getByRole('button') : page.locator('.pdk-launcher')).click();
      await dialog.getByRole('heading', { name: 'Помощь' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      assert.ok(before.length > 5000, `${before.length}`);
      assert.deepEqual(await page.evaluate(prototypes), before, 'no prototype is changed');
    },
  });
};
