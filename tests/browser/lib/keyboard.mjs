/** A person with a keyboard and nothing else. */
import assert from 'node:assert/strict';

import { focused } from './chromium.mjs';

const MOST = 80;

/** Press `key` until the focus is on this role and name; what holds the focus then. Every stop on the way must be seen. */
export async function tabTo(page, role, name, key = 'Tab') {
  const passed = [];
  while (passed.length < MOST) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (now.role !== 'RootWebArea' && now.name !== '') await assertSeen(page, now);
    if (now.role === role && (name instanceof RegExp ? name.test(now.name) : now.name === name)) return now;
    passed.push(`${now.role} «${now.name}»`);
  }
  assert.fail(`${key} never came to ${role} ${name}; it passed ${[...new Set(passed)].join(', ')}`);
}

/** Every stop of Tab through a page, once; each must be seen. */
export async function stops(page) {
  const passed = [];
  for (;;) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) return passed;
    const now = await focused(page);
    await assertSeen(page, now);
    passed.push(now);
    assert.ok(passed.length < 1000, 'Tab never leaves the page');
  }
}

/** The focus is on this role and name now. */
export async function assertFocus(page, role, name) {
  let now;
  for (let tries = 0; tries < 40; tries++) {
    now = await focused(page);
    if (now.role === role && name.test(now.name)) return now;
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  assert.fail(`the focus is on ${now.role} «${now.name}», not on ${role} ${name}`);
}

/** WCAG 2.4.7 and 2.4.11: what has the focus shows it, and is not hidden under something else. */
async function assertSeen(page, now) {
  const fault = await page.evaluate(async () => {
    const deep = (root, step) => {
      let it = step(root);
      while (it?.shadowRoot && step(it.shadowRoot)) it = step(it.shadowRoot);
      return it;
    };
    const it = deep(document, (root) => root.activeElement);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const style = getComputedStyle(it);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0) return 'has no outline';
    const box = it.getBoundingClientRect();
    const shares = [0.1, 0.5, 0.9];
    const seen = shares.some((x) =>
      shares.some((y) => {
        const top = deep(document, (root) => root.elementFromPoint(box.x + box.width * x, box.y + box.height * y));
        return top && (it.contains(top) || top.contains(it) && top.localName === 'label');
      }),
    );
    return seen ? '' : `is hidden: its box is ${JSON.stringify(box)} in a window of ${innerWidth} × ${innerHeight}`;
  });
  assert.equal(fault, '', `${now.role} «${now.name}» has the focus and ${fault}`);
}
