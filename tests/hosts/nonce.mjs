// A policy that names no address of scripts but a nonce: what the loader brings carries that of the page's scripts, whatever its styles have.
import assert from 'node:assert/strict';
import { asBefore } from './leaves.mjs';

/** `MORE`: what else stands with the nonce. */
const POLICY = "default-src 'self'; style-src 'self' 'nonce-other'; script-src 'nonce-abc' 'wasm-unsafe-eval'MORE; require-trusted-types-for 'script'; trusted-types 'none'";

export const test = (more = '') => async ({ page, origin }) => {
  await page.route(`${origin}/`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('<head>', '<head><style nonce="other">h1 { margin: 0 }</style>').replace(/<script /g, '<script nonce="abc" ');
    await route.fulfill({ response: answer, body, headers: { ...answer.headers(), 'content-security-policy': POLICY.replace('MORE', more) } });
  });
  const use = async () => {
    await page.waitForFunction(() => document.querySelector('form').noValidate);
    await page.evaluate(() => void window.Podskazka.open('ticket'));
    await page.getByRole('dialog').getByRole('img', { name: /снимок/i }).first().waitFor();
    assert.deepEqual(await page.evaluate(() => window.told.filter(([name]) => name === 'error').map(([, it]) => it.code)), []);
  };
  await asBefore(page, { go: () => page.goto(origin), use });
};
