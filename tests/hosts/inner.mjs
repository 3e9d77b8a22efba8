// Forms in a modal dialog, in a frame of the same origin, and in the shadow root of the page's own component.
import assert from 'node:assert/strict';
import { leavesNothing } from './leaves.mjs';

/** Where the form of a page is. */
const trees = {
  dialog: (page) => page.locator('dialog'),
  frame: (page) => page.frameLocator('iframe').locator('body'),
  component: (page) => page.locator('claim-form'),
};
const prepare = (page) => page.evaluate(() => document.querySelector('#show')?.click());

export const test = (kind) => async ({ page, origin }) => {
  async function use() {
    const tree = trees[kind](page);
    await tree.locator('form[novalidate]').waitFor();
    const phone = tree.getByLabel('Телефон');
    await phone.focus();
    // The masks come with the first focus; what was typed before them gets its separators.
    await phone.pressSequentially('89161234567');
    await phone.press('Shift+Tab');
    await tree.locator('.pdk-chip').waitFor();
    assert.equal(await phone.inputValue(), '+7 (916) 123-45-67');
    const inn = tree.getByLabel('ИНН');
    await inn.pressSequentially('7707083894');
    await inn.press('Tab');
    await tree.locator('.pdk-error').waitFor();
    await tree.getByRole('button', { name: 'Отправить' }).click();
    await tree.locator('.pdk-summary').waitFor();
    // A press on the link leads to the field, inside its own tree.
    await tree.locator('.pdk-summary a').click();
    assert.equal(await inn.evaluate((el) => el.getRootNode().activeElement === el), true);
  }
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady);
  await prepare(page);
  await use();
  await leavesNothing(page, origin, { prepare, use });
};
