import { existsSync, readFileSync } from 'node:fs';

/**
 * States of the panel: of its views as the panel's own test has written them, of its script parts as a browser has drawn them. `place`:
 * it stands on the page itself, and not in the panel.
 */
const file = process.env.GALLERY;
const sections = file && existsSync(file) ? readFileSync(file, 'utf8').split(/(?=<section data-example)/) : [];

export default sections.map((section) => {
  const [, name, sheets, place, body] = section.match(/^<section data-example="([^"]*)"(?: data-part="([^"]*)")?(?: data-place="([^"]*)")?><h2>.*?<\/h2>(.*)<\/section>\s*$/s);
  const [view, state] = name.split(/: (.*)/s);
  return { view, state, sheets, place, body };
});
