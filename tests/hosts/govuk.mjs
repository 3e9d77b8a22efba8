// A page in the pattern of GOV.UK: hint, error of the server and `aria-describedby` of its own, `novalidate`, its own summary.
import assert from 'node:assert/strict';
import { leavesNothing } from './leaves.mjs';

async function ax(page, selector) {
  const cdp = await page.context().newCDPSession(page);
  const { result } = await cdp.send('Runtime.evaluate', { expression: `document.querySelector(${JSON.stringify(selector)})` });
  const { nodes: [node] } = await cdp.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
  await cdp.detach();
  return { name: node.name?.value, description: node.description?.value ?? '' };
}

async function wrong(page) {
  await page.getByLabel('ИНН').pressSequentially('500100000198');
  await page.getByLabel('ИНН').press('Tab');
  await page.locator('[data-podskazka-code="inn.checksum"]').first().waitFor();
}

export async function test({ page, origin }) {
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady && document.querySelector('form [role=status].pdk-hidden'));
  assert.equal(await page.evaluate(() => document.querySelectorAll('.pdk-error,[aria-invalid],.pdk-summary').length), 0, 'nothing of ours at the start');

  await wrong(page);
  const inn = await ax(page, '#inn');
  assert.equal(inn.name, 'ИНН');
  assert.match(inn.description, /^12 цифр для человека, например 500100000199 Ошибка: ИНН: /);
  assert.equal(inn.description.match(/например/g).length, 1, 'no second example');
  await page.getByLabel('ИНН').press('End');
  await page.getByLabel('ИНН').press('Backspace');
  await page.getByLabel('ИНН').pressSequentially('9');
  await page.waitForFunction(() => document.querySelector('#inn').getAttribute('aria-describedby') === 'inn-hint');

  // The server's own error beside the field stays with the page; ours is added and goes again.
  const name = page.getByLabel('ФИО');
  await name.pressSequentially('Иванов 7');
  await name.press('Tab');
  await page.locator('.pdk-error').waitFor();
  assert.match((await ax(page, '#full-name')).description, /^Как в паспорте.* Ошибка: Введите фамилию, имя и отчество Ошибка: ФИО/);
  await name.fill('Иванов Иван Иванович');
  await page.locator('.pdk-error').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#full-name').getAttribute('aria-describedby'), 'full-name-hint full-name-error');

  // `aria-required` counts, `novalidate` of the page stays its own; both summaries have their links.
  await page.getByLabel('ИНН').fill('');
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.locator('.pdk-summary').waitFor();
  assert.deepEqual(await page.locator('.pdk-summary a').allTextContents(), ['Заполните поле «ИНН».']);
  assert.equal(await page.locator('.error-summary a').count(), 1);
  assert.equal(await page.title(), 'Ошибка: Заявление на возврат', 'said once');

  await leavesNothing(page, origin, {
    use: async () => {
      await wrong(page);
      await page.getByRole('button', { name: 'Продолжить' }).click();
      await page.locator('.pdk-summary').waitFor();
      await page.getByLabel('Причина').pressSequentially('Переезд');
      await page.getByText('Осталось 33 знака').first().waitFor();
    },
  });
}
