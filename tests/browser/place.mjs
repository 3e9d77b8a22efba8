// Where the «Помощь» button stands: moved by hand and by the settings, beside what it must not cover, inside a dialog of the page.
import { test } from 'node:test';
import assert from 'node:assert/strict';

import { assertClean, openPage, ready, shot } from './lib/chromium.mjs';
import { assertFocus, tabTo } from './lib/keyboard.mjs';
import { dialogOf } from './lib/panel.mjs';
import { stand } from './lib/stand.mjs';

const { server, browser } = await stand();
const LAUNCHER = '.pdk-launcher';
/** Milliseconds after which it has taken its place: twice the rest of www/loader/place.ts. */
const REST = 300;

async function shown(options, path = 'tax-registration.html') {
  const page = await openPage(browser, options);
  await ready(page, `${server.origin}/${path}`);
  await page.locator(LAUNCHER).waitFor();
  return page;
}
const box = (page) => page.locator(LAUNCHER).boundingBox();
const kept = (page) => page.evaluate(() => localStorage['podskazka.place']);
/** Whether it can be seen and pressed. */
const there = (page) => page.locator(LAUNCHER).evaluate((it) => getComputedStyle(it).opacity === '1');
/** Whether the button lies over an element; one that is not to be seen lies over nothing. */
const covers = (page, selector) =>
  page.evaluate(
    ([launcher, selector]) => {
      const [a, b] = [launcher, selector].map((it) => document.querySelector(it).getBoundingClientRect());
      const seen = getComputedStyle(document.querySelector(launcher)).opacity === '1';
      return seen && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    },
    [LAUNCHER, selector],
  );

async function drag(page, to) {
  const from = await box(page);
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.waitForFunction((it) => document.querySelector(it).matches(':hover'), LAUNCHER);
  // The part that moves it comes with the pointer.
  await page.waitForFunction((it) => getComputedStyle(document.querySelector(it)).touchAction === 'none', LAUNCHER);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
}

test('dragged to the other side it stays there, opens nothing, and the next page has it there', async () => {
  const page = await shown();
  await drag(page, { x: 200, y: 300 });
  const at = await box(page);
  assert.ok(Math.abs(at.x - 17) < 2, `at the left edge: ${at.x}`);
  assert.ok(Math.abs(at.y - 280) < 30, `where it was let go: ${at.y}`);
  assert.match(await kept(page), /^left \d+$/, 'a side and a number, nothing else');
  assert.equal(await dialogOf(page).count(), 0, 'a drag is no press');
  await page.locator(LAUNCHER).click();
  await dialogOf(page).getByRole('heading', { level: 2 }).waitFor();
  await page.keyboard.press('Escape');

  await page.reload();
  await page.waitForFunction((it) => document.querySelector(it)?.getBoundingClientRect().left < 20, LAUNCHER);
  // Back to its corner: nothing is kept.
  await drag(page, { x: 1200, y: 880 });
  assert.equal(await kept(page), undefined);
  await assertClean(page);
  await page.context().close();
});

test('a press that wanders a little is a press', async () => {
  const page = await shown();
  const from = await box(page);
  await drag(page, { x: from.x + 24, y: from.y + 22 });
  await dialogOf(page).getByRole('heading', { level: 2 }).waitFor();
  assert.equal(await kept(page), undefined);
  await page.context().close();
});

test('by the keyboard alone: the settings name the corners', async () => {
  const page = await shown();
  await tabTo(page, 'button', 'Помощь');
  await page.keyboard.press('Enter');
  await dialogOf(page).locator('details').first().waitFor();
  await tabTo(page, 'button', 'Размер текста, вид, язык');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Слева внизу');
  await page.keyboard.press('Enter');
  await assertFocus(page, 'button', /Слева внизу/);
  const group = dialogOf(page).getByRole('group', { name: 'Место кнопки «Помощь»' });
  assert.deepEqual(await group.getByRole('button', { pressed: true }).allTextContents(), ['Слева внизу']);
  assert.equal(await kept(page), 'left 0');
  await shot(page, 'place-settings');
  await page.keyboard.press('Escape');
  assert.ok((await box(page)).x < 20);
  await page.evaluate(() => window.Podskazka.shutdown());
  assert.equal(await kept(page), undefined, 'a log-out forgets it');
  await page.context().close();
});

test('it covers neither the control that has the focus nor one that sends the form', async () => {
  for (const viewport of [{ width: 800, height: 600 }, { width: 1280, height: 400 }, { width: 400, height: 700 }]) {
    const page = await shown({ viewport });
    const controls = page.locator('form :is(input, select, textarea, button, a[href]):visible');
    for (let at = 0; at < (await controls.count()); at++) {
      // At the lower edge, where the button would lie.
      await controls.nth(at).evaluate((it) => {
        it.scrollIntoView({ block: 'end' });
        it.focus();
        it.toggleAttribute('data-held', true);
      });
      await page.waitForTimeout(REST);
      assert.equal(await covers(page, '[data-held]'), false, `${viewport.width}: ${await controls.nth(at).evaluate((it) => it.outerHTML.slice(0, 120))}`);
      assert.equal(await covers(page, 'form [type=submit]'), false, `${viewport.width}: the button that sends`);
      await controls.nth(at).evaluate((it) => it.toggleAttribute('data-held', false));
    }
    await shot(page, `place-${viewport.width}`);
    await assertClean(page);
    await page.context().close();
  }
});

test('a wide control over the whole lower edge: it stands above, not away', async () => {
  const page = await shown({ viewport: { width: 1000, height: 600 } });
  await page.evaluate(() => {
    const bar = document.createElement('form');
    const button = bar.appendChild(document.createElement('button'));
    button.textContent = 'Отправить всё';
    button.style.cssText = 'position: fixed; inset: auto 0 0 0; height: 60px; max-width: none';
    bar.id = 'bar';
    document.body.append(bar);
    scrollTo(0, 10);
  });
  await page.waitForFunction((it) => document.querySelector(it).getBoundingClientRect().bottom < 540, LAUNCHER);
  assert.ok(await there(page));
  assert.equal(await covers(page, '#bar button'), false);
  await page.evaluate(() => document.querySelector('#bar').remove());
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction((it) => document.querySelector(it).getBoundingClientRect().bottom > 560, LAUNCHER);
  await page.context().close();
});

test('under a dialog of the page it is within reach, and comes back out of it', async () => {
  const page = await shown();
  await page.evaluate(() => {
    const dialog = document.createElement('dialog');
    dialog.id = 'theirs';
    dialog.append('Согласны?', document.createElement('input'), document.createElement('button'));
    dialog.lastChild.textContent = 'Да';
    document.body.append(dialog);
    dialog.showModal();
  });
  await page.waitForFunction((it) => document.querySelector(it).closest('#theirs'), LAUNCHER);
  await page.locator(LAUNCHER).click();
  await dialogOf(page).getByRole('heading', { level: 2 }).waitFor();
  await page.keyboard.press('Escape');
  await assertFocus(page, 'button', /Помощь/);
  await page.evaluate(() => document.querySelector('#theirs').close());
  await page.waitForFunction((it) => document.querySelector(it).parentElement === document.documentElement, LAUNCHER);

  // Taken off the page with the button in it.
  await page.evaluate(() => document.querySelector('#theirs').showModal());
  await page.waitForFunction((it) => document.querySelector(it).closest('#theirs'), LAUNCHER);
  await page.evaluate(() => document.querySelector('#theirs').remove());
  await page.waitForFunction((it) => document.querySelector(it)?.parentElement === document.documentElement, LAUNCHER);
  await page.evaluate(() => window.Podskazka.destroy());
  assert.equal(await page.locator(`${LAUNCHER}, .pdk-said`).count(), 0);
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0, 'no sheet is left');
  await assertClean(page);
  await page.context().close();
});

/** Waits until the button, or the panel, lies over all else in its middle. */
const top = (page, launcher, panel) =>
  page.waitForFunction(([selector, launcher, panel]) => {
    const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
    const at = (x, y) => document.elementFromPoint(x, y);
    return (!launcher || at(x + width / 2, y + height / 2)?.matches(selector)) && (!panel || at(innerWidth - 99, innerHeight / 2)?.localName === 'podskazka-panel');
  }, [LAUNCHER, launcher, panel]);
/** A page whose citizen keeps the panel beside it. */
async function beside() {
  const page = await shown();
  await page.evaluate(() => (localStorage['podskazka.settings'] = '{"docked":true}'));
  return page;
}
/** Ours, where the page has a dialog of its own. */
const ours = (page) => page.locator('podskazka-panel [part=dialog]');
const isModal = (page) => ours(page).evaluate((it) => it.matches(':modal'));

test('a panel beside the page comes over a dialog of the page when it is asked for, as it was', async () => {
  const page = await beside();
  await page.locator(LAUNCHER).click();
  const search = ours(page).locator('#pdk-search');
  await search.fill('где снилс');
  await dialogOf(page).locator('.card').first().click();
  await dialogOf(page).locator('article').waitFor();
  const view = await dialogOf(page).getAttribute('data-view');
  assert.equal(await isModal(page), false);
  await page.evaluate(() => {
    const dialog = document.createElement('dialog');
    dialog.id = 'theirs';
    dialog.append('Согласны?', document.createElement('button'));
    dialog.lastChild.textContent = 'Да';
    document.body.append(dialog);
    dialog.showModal();
  });
  await page.waitForFunction((it) => document.querySelector(it).closest('#theirs'), LAUNCHER);
  await page.locator(LAUNCHER).click();
  await top(page, false, true);
  assert.equal(await isModal(page), true);
  assert.equal(await ours(page).getAttribute('data-view'), view, 'the article is still open');
  await assertFocus(page, 'heading', /./);
  await ours(page).getByRole('button', { name: 'Назад' }).click();
  assert.equal(await search.inputValue(), 'где снилс', 'and the question is there');
  await page.keyboard.press('Escape');
  await assertFocus(page, 'button', /Помощь/);
  // Opened under the dialog it comes over it at once; without the dialog it stands beside the page again.
  await page.keyboard.press('Enter');
  await top(page, false, true);
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.querySelector('#theirs').close());
  await page.waitForFunction((it) => document.querySelector(it).parentElement === document.documentElement, LAUNCHER);
  await page.locator(LAUNCHER).click();
  await ours(page).locator('#pdk-title').waitFor();
  assert.equal(await isModal(page), false);
  await assertClean(page);
  await page.context().close();
});

for (const kind of ['auto', 'manual']) {
  test(`a popover (${kind}) over the whole window covers neither the button nor the panel`, async () => {
    for (const page of [await shown(), await beside()]) {
      const cover = () =>
        page.evaluate((kind) => {
          document.querySelector('#theirs')?.remove();
          const it = document.createElement('div');
          it.id = 'theirs';
          it.popover = kind;
          it.style.cssText = 'inset: 0; width: 100%; height: 100%; margin: 0';
          it.append(document.createElement('input'));
          document.body.append(it);
          it.showPopover();
          it.firstChild.focus();
        }, kind);
      const before = await box(page);
      await cover();
      await top(page, true, false);
      const now = await box(page);
      assert.deepEqual([now.width, now.height], [before.width, before.height], 'the button looks as it did');
      await page.locator(LAUNCHER).click();
      await top(page, false, true);
      await dialogOf(page).getByRole('heading', { level: 2 }).waitFor();
      await page.keyboard.press('Escape');
      await dialogOf(page).waitFor({ state: 'hidden' });
      await assertFocus(page, 'button', /Помощь/);

      // Another one over it, and then none.
      await cover();
      await top(page, true, false);
      await page.evaluate(() => document.querySelector('#theirs').hidePopover());
      await page.waitForFunction((it) => document.querySelector(it).popover === null, LAUNCHER);
      await page.locator(LAUNCHER).click();
      await dialogOf(page).getByRole('heading', { level: 2 }).waitFor();
      await assertClean(page);
      await page.context().close();
    }
  });
}

test('an open panel comes over what the page has put over it since, when it is asked for', async () => {
  for (const [come, tag] of [[beside, 'div'], [shown, 'dialog']]) {
    const page = await come();
    await page.locator(LAUNCHER).click();
    await dialogOf(page).locator('#pdk-search').fill('где снилс');
    await page.evaluate((tag) => {
      const it = document.createElement(tag);
      it.id = 'theirs';
      it.style.cssText = 'inset: 0; width: 100%; height: 100%; max-width: none; max-height: none; margin: 0';
      document.body.append(it);
      if (tag === 'dialog') return it.showModal();
      it.popover = 'manual';
      it.showPopover();
    }, tag);
    await page.waitForFunction(() => document.elementFromPoint(innerWidth - 99, innerHeight / 2).id === 'theirs');
    await page.evaluate(() => window.Podskazka.open());
    await top(page, false, true);
    assert.equal(await page.locator('podskazka-panel #pdk-search').inputValue(), 'где снилс');
    await page.context().close();
  }
});

test('hidden by the portal it looks for no place; shown again it stands in its place, in another window too', async () => {
  const page = await shown();
  await drag(page, { x: 200, y: 300 });
  // Off the button, which takes no place under the pointer.
  await page.mouse.move(600, 400);
  await page.evaluate(() => window.Podskazka.hide());
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.waitForTimeout(REST);
  await page.evaluate(() => window.Podskazka.show());
  await page.waitForFunction((it) => {
    const { left, bottom } = document.querySelector(it).getBoundingClientRect();
    return left > 0 && left < 20 && bottom <= innerHeight;
  }, LAUNCHER);
  await assertClean(page);
  await page.context().close();
});
