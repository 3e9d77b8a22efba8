// The Angular example as its CLI builds it, ahead of time, under the policy without WebAssembly.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '../hosts/frameworks.mjs';
import { browser, open, scratch, serve, tried } from '../hosts/lib.mjs';

const work = scratch('angular');
cpSync('www/examples/angular', work, { recursive: true });
execFileSync(join(tried, 'node_modules/.bin/ng'), ['build'], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NG_CLI_ANALYTICS: 'false' } });

const server = await serve(join(work, 'dist/browser'), 'js');
const chromium = await browser();
try {
  const page = await open(await chromium.newContext({ locale: 'ru-RU' }));
  await test({ page, origin: server.origin });
  assert.deepEqual([await page.evaluate(() => window.violations), page.faults], [[], []]);
  console.log('  angular: built by its CLI, a form bound by ngModel');
} finally {
  await chromium.close();
  await server.stop();
}
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
