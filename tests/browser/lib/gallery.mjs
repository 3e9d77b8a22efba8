// Puts the states of the panel's script parts beside those of its Rust views: `GALLERY`, and its sheet beside it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { launch } from './chromium.mjs';
import { states } from './states.mjs';

const file = process.env.GALLERY;
const browser = await launch();
try {
  const { sections, css } = await states(browser);
  const views = existsSync(file) ? readFileSync(file, 'utf8').split(/(?=<section data-example)/).filter((it) => !/^<section [^>]*data-part/.test(it)) : [];
  writeFileSync(file, [...views, ...sections].join(''));
  writeFileSync(file.replace(/\.html$/, '.css'), css);
} finally {
  await browser.close();
}
