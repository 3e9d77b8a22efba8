// A window of 1280 × 1024 at 200 % and 400 % zoom is one of 640 and 320 CSS pixels: nothing scrolls sideways, nothing that has
// the focus is hidden. And with reduced motion nothing moves.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, audit, openPage, ready, shot } from './lib/chromium.mjs';
import { tabTo } from './lib/keyboard.mjs';
import { TICKET, WORDS, dialogOf, fillTicket, send } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';
import { steps } from './lib/steps.mjs';
import { FORMS } from './lib/values.mjs';

const WINDOWS = { '200 %': { width: 640, height: 512 }, '400 %': { width: 320, height: 256 } };

const { server, browser } = await stand();

/** The page, and every open dialog, is no wider than its window; the fault names what sticks out. */
async function assertNarrow(page, what) {
  const wide = await page.evaluate(() => {
    const roots = [document, ...[...document.querySelectorAll('*')].map((it) => it.shadowRoot).filter(Boolean)];
    const boxes = [document.documentElement, ...roots.flatMap((it) => [...it.querySelectorAll('dialog[open]')])];
    return boxes
      .filter((it) => it.scrollWidth > Math.min(it.clientWidth, innerWidth))
      .map((it) => {
        const out = [...it.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > innerWidth + 0.5);
        return `${it.localName} is ${it.scrollWidth} px wide: ${out.map((el) => `${el.localName}.${el.className}`).slice(-3)}`;
      });
  });
  assert.deepEqual(wide, [], what);
}

for (const [zoom, viewport] of Object.entries(WINDOWS)) {
  test(`at ${zoom} zoom nothing scrolls sideways and the focus is seen`, async (t) => {
    const step = steps(t);
    const page = await openPage(browser, { viewport });
    const dialog = dialogOf(page);

    for (const address of ['/', '/done.html']) {
      await step(`the page ${address}`, async () => {
        await ready(page, `${server.origin}${address}`);
        await assertNarrow(page, address);
      });
    }
    for (const [form, fields] of Object.entries(FORMS)) {
      await step(`${form}, with its errors and summary`, async () => {
        await ready(page, `${server.origin}/${form}.html`);
        await assertNarrow(page, 'empty');
        for (const [name, { value }] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
        await page.locator('form button[type="submit"]').press('Enter');
        await page.locator('.pdk-summary').waitFor();
        await assertNarrow(page, 'with errors');
        await audit(page);
        await shot(page, `zoom-${viewport.width}-${form}`);
      });
      await step(`${form}: every stop of the keyboard is seen`, async () => {
        await page.locator('.pdk-summary').focus();
        await tabTo(page, 'button', WORDS.launcher);
      });
    }
    await step('the panel: home and article', async () => {
      await page.keyboard.press('Enter');
      await dialog.waitFor();
      await dialog.getByRole('listitem').first().waitFor();
      await assertNarrow(page, 'home');
      await shot(page, `zoom-${viewport.width}-home`);
      await dialog.locator('#pdk-search').fill('ошибка в ИНН');
      const answer = dialog.locator('.card strong').first();
      await answer.waitFor();
      const { y, height } = await answer.boundingBox();
      assert.ok(y + height / 2 < viewport.height, `the first answer begins at ${y} of ${viewport.height} px`);
      await shot(page, `zoom-${viewport.width}-answers`);
      await dialog.locator('#pdk-search').fill('');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: WORDS.why }).first().press('Enter');
      await dialog.getByRole('heading', { level: 2 }).waitFor();
      await assertNarrow(page, 'article');
      await audit(page);
      await shot(page, `zoom-${viewport.width}-article`);
    });
    await step('every stop of the keyboard in the article is seen', () => tabTo(page, 'button', WORDS.write));
    await step('the panel: ticket with errors, sent', async () => {
      await dialog.getByRole('button', { name: WORDS.write, exact: true }).press('Enter');
      await tabTo(page, 'button', WORDS.send);
      await page.keyboard.press('Enter');
      await dialog.getByText(/не отправлено/).first().waitFor();
      await assertNarrow(page, 'ticket');
      await audit(page);
      await shot(page, `zoom-${viewport.width}-ticket`);
      for (const [label, value] of [[WORDS.name, TICKET.name], [WORDS.contact, TICKET.contact], [/Что случилось/, TICKET.text]]) {
        await tabTo(page, 'textbox', label);
        await page.keyboard.type(value);
      }
      const topic = dialog.getByLabel(WORDS.topic);
      if (!(await topic.inputValue())) await topic.selectOption({ index: 1 });
      await send(page);
      await assertNarrow(page, 'sent');
      await shot(page, `zoom-${viewport.width}-sent`);
    });
    await step('no violation of the policy', () => assertClean(page));
    await page.context().close();
  });
}

test('with reduced motion nothing moves', async () => {
  const page = await openPage(browser, { reducedMotion: 'reduce' });
  const moving = () =>
    page.evaluate(() => {
      const roots = [document, ...[...document.querySelectorAll('*')].map((it) => it.shadowRoot).filter(Boolean)];
      const seconds = (text) => Math.max(...text.split(',').map((it) => parseFloat(it) || 0));
      return roots.flatMap((root) => [
        ...root.getAnimations().map((it) => `${it.effect?.target?.localName} is moving`),
        ...[...root.querySelectorAll('*')]
          .filter((it) => {
            const style = getComputedStyle(it);
            return (style.animationName !== 'none' && seconds(style.animationDuration) > 0) || seconds(style.transitionDuration) > 0;
          })
          .map((it) => `${it.localName}.${it.className} would move`),
      ]);
    });
  await ready(page, `${server.origin}/tax-registration.html`);
  assert.ok(await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches));
  await page.locator('form button[type="submit"]').click();
  await page.locator('.pdk-summary').waitFor();
  assert.deepEqual(await moving(), [], 'the page with errors');
  await page.locator('.pdk-launcher').click();
  await dialogOf(page).waitFor();
  assert.deepEqual(await moving(), [], 'the panel');
  await fillTicket(page);
  assert.deepEqual(await moving(), [], 'the ticket');
  await page.context().close();
});
