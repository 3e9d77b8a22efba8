// A form that stands in the shadow root of the page's own element, and nowhere else: the first press in it is enough.
import assert from 'node:assert/strict';
import { leavesNothing } from './leaves.mjs';

export async function test({ page, origin }) {
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady);
  assert.ok(!page.requested.some((it) => it.includes('fields')), 'no form can be seen from the document: nothing to load yet');
  const inn = page.getByLabel('ИНН');
  await inn.click();
  await page.waitForFunction(() => document.querySelector('refund-form').shadowRoot.querySelector('form').noValidate);
  await inn.pressSequentially('7707083894');
  await inn.press('Tab');
  const error = page.locator('.pdk-error[data-podskazka-code="inn.checksum"]');
  await error.waitFor();
  const described = await inn.evaluate((it) => it.getAttribute('aria-describedby').split(' ').map((id) => it.getRootNode().getElementById(id)?.textContent).join(' '));
  assert.match(described, /цифры не сходятся/, 'the error is in the tree of its field');
  await page.getByRole('button', { name: 'Почему?' }).click();
  await page.getByRole('dialog').getByRole('heading', { name: /ИНН/ }).first().waitFor();

  await leavesNothing(page, origin, {
    prepare: () => inn.click(),
    press: `const inn = document.querySelector('refund-form').shadowRoot.querySelector('input'); inn.blur(); inn.focus();`,
    use: async () => {
      await inn.pressSequentially('7707083894');
      await page.getByRole('button', { name: 'Отправить' }).click();
      await page.locator('.pdk-summary').waitFor();
    },
  });
}
