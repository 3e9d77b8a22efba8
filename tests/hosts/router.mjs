// A router takes the form away and puts another there: the new one is looked after, the old one is let go.
import assert from 'node:assert/strict';
import { leavesNothing } from './leaves.mjs';

export async function test({ page, origin }) {
  await page.goto(origin);
  await page.waitForFunction(() => window.isReady);
  assert.ok(!page.requested.some((it) => it.includes('fields')), 'with no form there is nothing to load');

  await page.getByText('Первая форма').click();
  // Nobody tells the widget: the first press inside the form is enough, and its summary replaces the browser's bubble.
  const inn = page.getByLabel('ИНН');
  await inn.pressSequentially('77');
  await page.waitForFunction(() => document.querySelector('form').noValidate);
  await inn.pressSequentially('07083894');
  await inn.press('Tab');
  await page.locator('.pdk-error[data-podskazka-code="inn.checksum"]').waitFor();

  await page.getByText('Вторая форма').click();
  assert.equal(await page.locator('.pdk-error').count(), 0);
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.locator('.pdk-summary').waitFor();
  assert.equal(await page.evaluate(() => location.pathname), '/', 'the form was not sent');
  const snils = page.getByLabel('СНИЛС');
  await snils.pressSequentially('112-233-445 99');
  await snils.press('Tab');
  await page.locator('.pdk-error[data-podskazka-code="snils.checksum"]').waitFor();

  await page.getByText('Начало').click();
  // A navigation that replaces the whole body, as Turbo does.
  await page.evaluate(() => {
    const body = document.createElement('body');
    body.append(...document.body.cloneNode(true).childNodes);
    document.body.replaceWith(body);
  });
  await page.locator('.pdk-launcher').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByText('Вторая форма').click();
  await page.evaluate(() => window.Podskazka.update());
  assert.equal(await page.evaluate(() => document.querySelector('form').noValidate), true, 'update() looks around');
  await page.evaluate(() => window.Podskazka.destroy());
  assert.equal(await page.evaluate(() => document.querySelector('#view').innerHTML.includes('pdk')), false);

  await leavesNothing(page, origin, {
    prepare: async () => {
      await page.getByText('Первая форма').click();
      await inn.focus();
    },
    use: async () => {
      await inn.pressSequentially('7707083894');
      await page.getByRole('button', { name: 'Отправить' }).click();
      await page.locator('.pdk-summary').waitFor();
    },
  });
}
