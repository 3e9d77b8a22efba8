// The documentation site: `cargo xtask docs` runs this with what it has taken from the source in `target/docs`.
import { existsSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { PAGES, SCHEMA, WIDGET, find } from './_lib/pages.mjs';
import { guide, snippet } from './_lib/guides.mjs';
import api from './_data/api.mjs';
import { linked, markdown, sentence, sentences, typed } from './_lib/markdown.mjs';
import { articles } from './_lib/search.mjs';

/** The place of a type, or of a member such as `Api.open`, as seen from a page. */
const placeFrom = (url) => (name) => {
  const [type, member] = name.split('.');
  const place = api.places[type];
  const there = place && (!member || api.all[type].members?.some((it) => it.name === member));
  return there && find(`page:${member ? `${place.split('#')[0]}#${name}` : place}`, url);
};

/** Files beside the pages, by their name under `files/`. */
const FILES = {
  'server/podskazka-server.example.toml': 'files/podskazka-server.example.toml',
  'docs/openapi.json': 'files/openapi.json',
  'docs/deploy': 'files/deploy',
  'widget/panel/src/panel.css': 'assets/panel.css',
  'www/docs/assets': 'assets',
};

export default function (config) {
  config.addPassthroughCopy(FILES);
  const parts = process.env.GALLERY?.replace(/\.html$/, '.css');
  if (parts && existsSync(parts)) config.addPassthroughCopy({ [relative('.', parts)]: 'assets/parts.css' });
  if (existsSync(WIDGET)) config.addPassthroughCopy({ [WIDGET]: 'podskazka' });
  if (existsSync(SCHEMA)) config.addPassthroughCopy({ [SCHEMA]: 'files/form.v1.json' });
  else config.ignores.add('www/docs/reference/schema.njk');
  config.setLibrary('md', { render: (text, data) => markdown(text, data.page.url), set() {}, disable() {} });
  config.addFilter('guide', function (path) {
    return guide(path, this.page.url);
  });
  /** For texts without links to other pages, such as comments of the types. */
  config.addFilter('markdown', (text) => markdown(text, '/'));
  config.addFilter('sentence', function (text) {
    return linked(sentence(text), placeFrom(this.page.url));
  });
  config.addFilter('sentences', function (text) {
    return linked(sentences(text), placeFrom(this.page.url));
  });
  config.addFilter('typed', function (written, own) {
    return typed(written, placeFrom(this.page.url), own);
  });
  /** A code block of a guide, by its heading and its place below it: code stands once, whatever the language around it. */
  config.addShortcode('snippet', (path, heading, at = 1) => snippet(path, heading, at));
  /** From this page to another of the same language, or to a file of the site. */
  config.addFilter('to', function (address) {
    return find(address, this.page.url);
  });
  /** Headings of the states in the gallery stand in shadow trees: no link leads there. */
  config.addFilter('contents', (html) => [...html.replace(/<template\b.*?<\/template>/gs, '').matchAll(/<h2 id="([^"]+)"[^>]*>(.*?)<\/h2>/gs)].map(([, id, title]) => ({ id, title })));
  config.addFilter('beside', (slug, step) => PAGES[PAGES.findIndex((it) => it.slug === slug) + step]);
  // `cargo xtask docs` makes the article file of the search from it.
  config.on('eleventy.after', ({ results }) => writeFileSync('target/docs/articles.json', JSON.stringify(articles(results, new Date().toISOString().slice(0, 10)))));
  return {
    dir: { input: 'www/docs', output: 'dist/docs', includes: '_layouts', layouts: '_layouts', data: '_data' },
    templateFormats: ['md', 'njk'],
    markdownTemplateEngine: 'njk',
  };
}
