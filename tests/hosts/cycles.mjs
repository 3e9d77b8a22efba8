// The plain page with its fields in use (the panel: plain.mjs): nothing is left at the end, nor after a hundred starts.
import { leavesNothing } from './leaves.mjs';

export const test = ({ page, origin }) =>
  leavesNothing(page, origin, {
    prepare: () => page.evaluate(() => delete document.documentElement.dataset.build),
    use: async () => {
      await page.getByLabel('Телефон').pressSequentially('89161234567');
      const inn = page.getByLabel('ИНН');
      await inn.pressSequentially('7707083894');
      await inn.press('Tab');
      await page.getByRole('button', { name: 'Отправить' }).click();
      await page.locator('.pdk-summary').waitFor();
    },
  });
