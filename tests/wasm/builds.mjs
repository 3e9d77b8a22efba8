// The checks as they ship, in both builds: `dist/podskazka/check.js` with its module, and `js/check.js`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';

export const ROOT = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');
const read = (name) => readFileSync(join(ROOT, 'dist/podskazka', name));
/** A file of the page is a module by how it is asked for, not by its name. */
const load = (name) => import(`data:text/javascript;base64,${read(name).toString('base64')}`);

const wasm = await load('check.js');
await wasm.default({ module_or_path: read('check_bg.wasm') });
const js = await load('js/check.js');
await js.default();

/** The two builds by name. */
export const builds = { wasm, JavaScript: js };
