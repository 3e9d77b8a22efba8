// A form that stands in the shadow root of the page's own element, and nowhere else: the first press in it is enough.
import assert from 'node:assert/strict';

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
  await page.evaluate(() => window.Podskazka.destroy());
  const left = await page.evaluate(() => document.querySelector('refund-form').shadowRoot.innerHTML);
  assert.ok(!/pdk|novalidate|aria-/.test(left), `nothing is left in the shadow tree: ${left}`);
}
