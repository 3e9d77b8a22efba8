/** The guides of `docs/` as pages and as a source of code blocks: their text stands once. */
import { readFileSync } from 'node:fs';
import { markdown, parts } from './markdown.mjs';

/** A guide as the body of a page: its first heading is the page's own. */
export function guide(path, url) {
  return markdown(readFileSync(path, 'utf8').replace(/^# .*\n/, ''), url, path);
}

/** The `at`-th code block below a heading, as Markdown. */
export function snippet(path, heading, at) {
  let inside = false;
  let seen = 0;
  for (const part of parts(readFileSync(path, 'utf8'))) {
    if (part.heading !== undefined) inside = part.heading === heading;
    else if (inside && ++seen === at) return `\n\`\`\`${part.language}\n${part.code}\`\`\`\n`;
  }
  throw new Error(`${path}: no code block ${at} below "${heading}"`);
}
