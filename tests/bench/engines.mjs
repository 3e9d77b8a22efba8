/**
 * The three engines with one face, for measurements: `open(name)` gives `{version, page(), close()}`, a page `{go, run, shot, end}`.
 * `run` takes a function that may wait, and its one argument. Chromium is driven by Playwright, the others by their WebDriver.
 */
import { openBrowser, until } from '../browser/lib/webdriver.mjs';

export const ENGINES = ['chromium', 'firefox', 'webkit'];
const [WIDTH, HEIGHT] = [1280, 800];

async function chromium(tools) {
  const { chromium } = tools('playwright-core');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  return {
    version: `chromium ${browser.version()}`,
    page: async () => {
      const context = await browser.newContext({ viewport: { width: WIDTH, height: HEIGHT } });
      const page = await context.newPage();
      return { go: (url) => page.goto(url), run: (work, given) => page.evaluate(work, given), shot: () => page.screenshot(), end: () => context.close() };
    },
    close: () => browser.close(),
  };
}

/** A window whose inside has the size that is wanted: what stands around it differs from engine to engine. */
async function sized(browser) {
  let [width, height] = [WIDTH, HEIGHT];
  await until('a window of the wanted size', async () => {
    await browser.size(width, height);
    const [w, h] = await browser.run('return [innerWidth, innerHeight]');
    width += WIDTH - w;
    height += HEIGHT - h;
    return w === WIDTH && h === HEIGHT;
  });
}

async function driven(name) {
  const browser = await openBrowser(name);
  await sized(browser);
  const page = {
    go: (url) => browser.go(url),
    // As a script of the page itself: a driver's own scripts may import nothing in Firefox.
    run: (work, given) => {
      const text = typeof work === 'string' ? `window.answered = undefined; ${work}` : `window.answered = (${work})(${JSON.stringify(given ?? null)});`;
      const add = "const it = document.createElement('script'); it.textContent = arguments[0]; document.head.append(it); it.remove(); return window.answered;";
      return browser.later(add, text);
    },
    shot: () => browser.shot(),
    end: () => browser.go('about:blank'),
  };
  return { version: browser.version, page: async () => page, close: () => browser.close() };
}

export const open = (name, tools) => (name === 'chromium' ? chromium(tools) : driven(name));
