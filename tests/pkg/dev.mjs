// `npm run dev` of the examples, as their README has it: the development server, a browser, what the built example is held to.
import { spawn } from 'node:child_process';
import assert from 'node:assert/strict';
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '../hosts/frameworks.mjs';
import { browser, freePort, open, scratch } from '../hosts/lib.mjs';

// Angular's is that of its CLI, which `angular.mjs` builds with.
for (const it of readdirSync('www/examples', { withFileTypes: true }).filter((it) => it.isDirectory())) {
  const manifest = join('www/examples', it.name, 'package.json');
  const { scripts } = readdirSync(join('www/examples', it.name)).includes('package.json') ? JSON.parse(readFileSync(manifest, 'utf8')) : { scripts: { dev: 'a page' } };
  assert.ok(scripts.dev, `${manifest} has no script "dev"`);
}

const chromium = await browser();
try {
  for (const example of ['react', 'vue']) {
    const work = scratch(`dev-${example}`);
    cpSync(join('www/examples', example), work, { recursive: true });
    const port = await freePort();
    // A server of tests sets `CI`, which makes Vite colour the port inside its address.
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    const server = spawn('npm', ['run', 'dev', '--', '--host', '127.0.0.1', '--port', `${port}`, '--strictPort'], { cwd: work, detached: true, env });
    let said = '';
    const up = new Promise((done, failed) => {
      const fail = (what) => failed(new Error(`${example}: ${what}:\n${said}`));
      server.once('exit', () => fail('the server has ended'));
      setTimeout(() => fail('the server is not up within a minute'), 60_000).unref();
      for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (said += chunk).includes(`:${port}`) && done());
    });
    try {
      await up;
      const page = await open(await chromium.newContext({ locale: 'ru-RU' }));
      await test({ page, origin: `http://127.0.0.1:${port}` });
      assert.deepEqual(page.faults, []);
      await page.context().close();
    } finally {
      // npm has started the server: both are of one group.
      if (server.exitCode === null) process.kill(-server.pid);
    }
  }
  console.log('  dev: the examples of React and Vue on their development servers');
} finally {
  await chromium.close();
}
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 2');
