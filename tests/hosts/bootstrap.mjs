// Bootstrap 5 with jQuery 3: floating labels, an input group, a tab that fades, a modal with a form, values set without an event.
import assert from 'node:assert/strict';
import { leavesNothing } from './leaves.mjs';

/** jQuery 3 writes markup as text and Bootstrap draws from `data:`: a page with them has a policy that lets it. */
export async function relax(page) {
  await page.route('**/', async (route) => {
    const response = await route.fetch();
    const policy = (response.headers()['content-security-policy'] ?? '').replace("img-src 'self'", "img-src 'self' data:").replace(/; *require-trusted-types-for[^;]*/, '').replace(/; *trusted-types[^;]*/, '');
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
}

async function fail(page) {
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.locator('.pdk-summary').waitFor();
}

export async function test({ page, origin }) {
  await relax(page);
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelectorAll('form[novalidate]').length === 2);

  // The words stand below the group and not in its row.
  const phone = page.getByLabel('Телефон');
  await phone.pressSequentially('8916123456');
  await phone.press('Tab');
  const error = page.locator('.pdk-error');
  await error.waitFor();
  const [group, words] = [await page.locator('.input-group').boundingBox(), await error.boundingBox()];
  assert.ok(words.y >= group.y + group.height - 1 && words.width > group.width / 2, 'below the whole group');
  await phone.press('End');
  await phone.pressSequentially('7');
  assert.equal(await phone.inputValue(), '+7 (916) 123-45-67');

  // What jQuery sets without an event of the browser is read before the form goes; the page's own handler hears of no failed submit.
  await page.evaluate(() => (window.prefill('snils', '112-233-445 99'), window.prefill('inn', '7707083894')));
  await fail(page);
  assert.equal(await page.locator('.pdk-summary a').count(), 3);
  assert.deepEqual(await page.evaluate(() => window.sent), []);
  // The way to a field in another tab goes through Bootstrap's own button.
  await page.locator('.pdk-summary a').nth(1).click();
  await page.waitForFunction(() => document.querySelector('#firm').classList.contains('active') && document.activeElement.id === 'inn');
  await page.getByLabel('ИНН').press('ControlOrMeta+a');
  await page.getByLabel('ИНН').pressSequentially('7707083893');
  await page.locator('.pdk-summary a').first().click();
  await page.waitForFunction(() => document.activeElement.id === 'snils');
  await page.getByLabel('СНИЛС').press('ControlOrMeta+a');
  await page.getByLabel('СНИЛС').pressSequentially('11223344595');
  await page.getByLabel('Согласен').check();
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.waitForFunction(() => window.sent.length === 1);
  const sent = new URLSearchParams(await page.evaluate(() => window.sent[0]));
  assert.deepEqual([sent.get('phone'), sent.get('snils'), sent.get('inn')], ['+7 (916) 123-45-67', '112-233-445 95', '7707083893']);
  assert.equal(await page.locator('.pdk-error,.pdk-summary').count(), 0);

  // A part drawn anew from a text is taken in with no call.
  await page.evaluate(() => window.redraw());
  await page.locator('#person-tab').click();
  await page.getByLabel('КПП').pressSequentially('77070');
  await page.getByLabel('КПП').press('Tab');
  await page.locator('[data-podskazka-code="kpp.length"]').first().waitFor();

  // In a modal, which holds the focus: the summary stands inside it.
  await page.getByRole('button', { name: 'Задать вопрос' }).click();
  await page.locator('#ask.show').waitFor();
  // At the end of its movement the modal takes the focus.
  await page.waitForFunction(() => document.activeElement.id === 'ask');
  await page.getByRole('button', { name: 'Спросить' }).click();
  await page.locator('#ask .pdk-summary').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className), 'pdk-summary');
  const [box, modal] = [await page.locator('#ask .pdk-summary').boundingBox(), await page.locator('#ask .modal-dialog').boundingBox()];
  assert.ok(box.height > 40 && box.width > 200, `seen: ${JSON.stringify([box, modal])}`);
  await page.locator('#ask .pdk-summary a').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'email');

  await leavesNothing(page, origin, {
    use: async () => {
      await phone.pressSequentially('8916123456');
      await phone.press('Tab');
      await error.waitFor();
      await fail(page);
    },
  });
}
