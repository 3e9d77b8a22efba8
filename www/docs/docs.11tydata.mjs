import { existsSync } from 'node:fs';
import { GROUPS, LANGUAGES, PAGES, WIDGET, address } from './_lib/pages.mjs';

/** A page knows its language and its slug from its file: `ru/start.md`, or a template of both languages in `reference/`. */
const slugOf = ({ page }) => (page.fileSlug === 'index' || /^(ru|en)$/.test(page.fileSlug) ? '' : page.fileSlug);
const langOf = (data) => data.language ?? data.page.filePathStem.match(/^\/(ru|en)\//)?.[1];

export default {
  layout: 'page.njk',
  languages: LANGUAGES,
  pages: PAGES,
  groups: GROUPS,
  /** Without a build of the widget there is no search. */
  search: existsSync(WIDGET),
  eleventyComputed: {
    slug: slugOf,
    lang: langOf,
    permalink: (data) => (PAGES.some((it) => it.slug === slugOf(data)) ? `${address(langOf(data), slugOf(data))}index.html` : false),
    title: (data) => PAGES.find((it) => it.slug === slugOf(data))?.[langOf(data)],
  },
};
