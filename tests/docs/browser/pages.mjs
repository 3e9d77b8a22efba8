// Every page of the documentation in Chromium: axe, keyboard, 320 px, dark and printed, under the page's own policy.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { POLICY, audit, launch, openPage, shot } from '../../browser/lib/chromium.mjs';
import { stops, tabTo } from '../../browser/lib/keyboard.mjs';
import { startServer } from '../../browser/lib/server.mjs';

const browser = await launch();
const server = await startServer({ policy: POLICY });
test.after(async () => {
  await browser.close();
  await server.stop();
});

const pages = readdirSync('dist/docs', { recursive: true }).filter((it) => it.endsWith('index.html')).map((it) => it.slice(0, -'index.html'.length)).sort();
const LOOKS = {
  wide: { viewport: { width: 1280, height: 900 } },
  320: { viewport: { width: 320, height: 640 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
};

/**
 * Every page of both languages is audited. A look changes colours and places, which both languages share: there the Russian pages are,
 * but for the two longest, whose parts are those of the options.
 */
const LONGEST = ['kinds/', 'codes/'];
const audited = (path, look) => look === 'wide' || (!path.startsWith('en/') && !LONGEST.includes(path));

for (const [look, options] of Object.entries(LOOKS)) {
  test(`${pages.length} pages, ${look}`, async (t) => {
    const page = await openPage(browser, options);
    for (const path of pages) {
      await t.test(`/docs/${path}`, async () => {
        await page.goto(`${server.origin}/docs/${path}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scrolling to the side');
        await shot(page, `docs-${look}-${path.replaceAll('/', '_')}`);
        // Before the audit: axe writes styles into shadow trees.
        assert.deepEqual([(await page.seen()).violations, page.faults], [[], []], 'violations of the policy and faults of the page');
        if (audited(path, look)) await audit(page);
      });
    }
    await page.context().close();
  });
}

test('by keyboard: to the text, through the list of pages, to the next page, to the other language', async () => {
  for (const look of ['wide', '320']) {
    const page = await openPage(browser, LOOKS[look]);
    await page.goto(`${server.origin}/docs/`);
    await tabTo(page, 'link', 'К тексту');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => !!document.activeElement.closest('main')), true, 'the skip link leads into the text');
    await page.goto(`${server.origin}/docs/`);
    if (look === '320') {
      await tabTo(page, 'DisclosureTriangle', 'Все страницы');
      await page.keyboard.press('Enter');
    }
    await tabTo(page, 'link', 'Начать за пять минут');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/start/');
    await tabTo(page, 'link', 'Дальше Свои коды ошибок');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/errors/');
    await tabTo(page, 'link', 'English');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/en/errors/');
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.context().close();
  }
});

test('by keyboard through whole Russian pages: every control is a stop once, named, seen, with its focus shown', async () => {
  for (const [path, look] of [['errors/', 'wide'], ['attributes/', 'wide'], ['attributes/', '320'], ['start/', 'dark']]) {
    const page = await openPage(browser, LOOKS[look]);
    await page.goto(`${server.origin}/docs/${path}`);
    await page.waitForFunction(() => window.seen.events.some((it) => it.name === 'ready'));
    const passed = await stops(page);
    assert.deepEqual(passed.filter((it) => !it.name), [], `${path}: a stop without a name`);
    const all = 'a[href],button,summary,input,[tabindex="0"]';
    const count = await page.evaluate((all) => [...document.querySelectorAll(all)].filter((it) => it.checkVisibility({ visibilityProperty: true })).length, all);
    assert.equal(passed.length, count, `${path}, ${look}: ${passed.map((it) => it.name).join(', ')}`);
    assert.ok(count > 8);
    await page.context().close();
  }
});

test('the gallery: a state opens by keyboard and looks as in the panel', async () => {
  for (const look of ['wide', '320', 'dark']) {
    const page = await openPage(browser, LOOKS[look]);
    await page.goto(`${server.origin}/docs/theming/`);
    const states = page.locator('.state');
    const count = await states.count();
    const made = readFileSync(process.env.GALLERY, 'utf8').split('<section data-example').length - 1;
    assert.ok(made > 40, 'the panel\'s test and its parts make them');
    assert.equal(count, made, 'every state of the panel stands on the page');
    await page.waitForFunction(() => [...document.querySelectorAll('.stage')].every((it) => it.shadowRoot && [...it.shadowRoot.querySelectorAll('link')].every((link) => link.sheet)));
    // Each state has had its own audit in the panel's test; here it stands within a page. One is open at a time.
    // What stands on a page comes first, then the panel.
    const placed = await page.evaluate(() => [...document.querySelectorAll('.stage')].filter((it) => it.shadowRoot.querySelector('.page')).length);
    assert.ok(placed > 20, `${placed} states of the page`);
    for (const at of [0, placed - 1, placed, count - 1]) {
      await states.nth(at).locator('> summary').focus();
      await page.keyboard.press('Enter');
      await states.nth(at).locator(at < placed ? '.page' : 'dialog').waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no scrolling to the side');
      await audit(page);
    }
    await shot(page, `docs-${look}-gallery`);
    await page.context().close();
  }
});

test('the live form: every message that stands beside a field, and the list of errors', async () => {
  for (const [path, press, send] of [['theming/', 'Показать состояния', 'Отправить'], ['en/theming/', 'Show the states', 'Send']]) {
    const page = await openPage(browser);
    await page.goto(`${server.origin}/docs/${path}`);
    await page.waitForSelector('#states[novalidate]');
    await page.getByRole('button', { name: press }).click();
    for (const look of ['hint', 'error', 'warn', 'chip', 'echo', 'fix', 'why']) await page.locator(`#states .pdk-${look}`).first().waitFor();
    await shot(page, `docs-states-${path.replaceAll('/', '_')}`);
    await page.locator('#states').getByRole('button', { name: send, exact: true }).click();
    // The gallery's own states stand in shadow trees.
    await page.locator('main > .pdk-summary').waitFor();
    assert.deepEqual([(await page.seen()).violations, page.faults], [[], []]);
    assert.equal(new URL(page.url()).pathname, `/docs/${path}`, 'nothing was sent');
    // The audit brings styles of its own.
    await audit(page);
    await page.context().close();
  }
});

test('printed: the text without lists of pages', async () => {
  const page = await openPage(browser);
  await page.goto(`${server.origin}/docs/security/`);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.menu').isHidden());
  assert.ok(await page.locator('main h1').isVisible());
  assert.ok(await page.locator('main table').first().evaluate((it) => it.getBoundingClientRect().right <= it.closest('main').getBoundingClientRect().right + 1), 'tables are whole on paper');
  await page.context().close();
});

test('a table on a small window is a list of its rows, and still a table to a screen reader', async () => {
  const page = await openPage(browser, LOOKS[320]);
  await page.goto(`${server.origin}/docs/privacy/`);
  const cell = page.getByRole('table').first().getByRole('row').nth(1).getByRole('cell').nth(1);
  assert.equal(await cell.evaluate((it) => getComputedStyle(it, '::before').content.replace(/^"|"$/g, '')), 'откуда: ');
  assert.ok(await cell.evaluate((it) => it.getBoundingClientRect().right <= innerWidth));
  await page.context().close();
});
