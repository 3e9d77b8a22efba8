/** The pages as articles of our own search: one for each part of a page and for each member of a reference, with its words and a link to its place. */
import { slug } from './markdown.mjs';
import { PAGES } from './pages.mjs';

/** The panel's sections, which are those of a portal's articles. */
const SECTIONS = { begin: 'technical', reference: 'applications', trust: 'security' };
/** Enough to know the part by; the rest is on the page. */
const LINES = 8;
/** A member of a reference: its id, its signature, its words. */
const MEMBER = /<section class="member">\s*<h3 id="([^"]+)"[^>]*>(.*?)<\/h3>(.*?)<\/section>/gs;

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|amp|#39);/g, (it) => ENTITIES[it]).replace(/\s+/g, ' ').trim();

/** Paragraphs, items and rows of a part; code blocks are left out. */
function lines(html) {
  return html
    .replace(/<(pre|nav|summary)\b.*?<\/\1>/gs, '')
    .split(/<\/(?:p|li|tr|dd|h3)>|<p>/)
    .map(plain)
    .filter((it) => it.length > 1)
    .slice(0, LINES);
}

/** A part of a page: `anchor`, `title`, the `names` that it is asked for by, and its `html`. */
function parts(main) {
  const [first, ...rest] = main.split(/<h2 id="/);
  const chapters = rest.map((part) => part.match(/^([^"]+)"[^>]*>(.*?)<\/h2>(.*)$/s).slice(1));
  return [['', '', first], ...chapters].flatMap(([anchor, title, html]) => {
    const members = [...html.matchAll(MEMBER)].map(([, id, signature, said]) => {
      const name = id.split('.').at(-1);
      // `setTheme` is asked for as «set theme», too.
      const names = [...new Set([name, name.replace(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase()])];
      return { anchor: id, title: name, names, html: `<p>${signature}</p>${said}` };
    });
    // A chapter below a part answers questions of its own.
    const [own, ...below] = html.replace(MEMBER, '').split(/<h3 id="/);
    const chapters = below.map((chapter) => chapter.match(/^([^"]+)"[^>]*>(.*?)<\/h3>(.*)$/s).slice(1));
    const said = [[anchor, title, own], ...chapters].map(([anchor, title, html]) => {
      const heading = plain(title);
      return { anchor, title: heading, names: heading ? [heading] : [], html };
    });
    return [...said, ...members];
  });
}

/** `results` of Eleventy: `{url, content}`. */
export function articles(results, today) {
  return results.flatMap(({ url, content }) => {
    const lang = url.startsWith('/en/') ? 'en' : 'ru';
    const page = PAGES.find((it) => it.slug === url.replace(/^\/(en\/)?|\/$/g, ''));
    const main = content.match(/<main.*?<\/h1>(.*)<nav class="next"/s)?.[1];
    if (!page || !main) return [];
    // States of the gallery have headings of their own.
    return parts(main.replace(/<template\b.*?<\/template>/gs, '')).flatMap(({ anchor, title, names, html }) => {
      const said = lines(html);
      if (!said.length) return [];
      const href = `/docs${url}${anchor && `#${anchor}`}`;
      const kind = ['kinds', 'codes'].includes(page.slug) && anchor ? [anchor] : [];
      const codes = [...new Set([...html.matchAll(/<dt id="([a-z_]+\.[a-z]+)"/g)].map((it) => it[1]))];
      return {
        id: ['docs', lang, page.slug || 'index', slug(anchor)].filter(Boolean).join('-'),
        title: title ? `${page[lang]}: ${title}` : page[lang],
        section: SECTIONS[page.group],
        asked_as: names.length ? names : [page[lang]],
        keywords: kind,
        kinds: [],
        codes,
        lang,
        updated: today,
        blocks: [
          ...said.map((text) => ({ type: 'paragraph', spans: [{ text }] })),
          { type: 'paragraph', spans: [{ link: { text: lang === 'en' ? 'Open the page' : 'Открыть страницу', href } }] },
        ],
      };
    });
  });
}
