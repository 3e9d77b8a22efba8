import { existsSync, readFileSync } from 'node:fs';

/** States of the panel's views, as the panel's own test has written them. */
const file = process.env.GALLERY;
const sections = file && existsSync(file) ? readFileSync(file, 'utf8').split(/(?=<section data-example)/) : [];

export default sections.map((section) => {
  const [, name, body] = section.match(/^<section data-example="([^"]*)"><h2>.*?<\/h2>(.*)<\/section>\s*$/s);
  const [view, state] = name.split(/: (.*)/s);
  return { view, state, body };
});
