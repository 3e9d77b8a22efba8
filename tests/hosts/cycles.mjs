// The plain page with its fields and the panel in use, by each of the three ways in: nothing is left at the end, nor after a hundred starts.
import { leavesNothing } from './leaves.mjs';

export const test = (way) => ({ page, origin }) =>
  leavesNothing(page, origin, {
    way,
    prepare: () => page.evaluate(() => delete document.documentElement.dataset.build),
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
    },
  });
