/** Packages of `xtask/npm-docs`, from the folder where they are installed. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

export const require = createRequire(resolve(process.env.NPM_DOCS ?? '.tools/npm-docs', 'package.json'));
