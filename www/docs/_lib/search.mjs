/** The pages as articles of our own search: one for each part of a page, with its words and a link to its place. */
import { slug } from './markdown.mjs';
import { PAGES } from './pages.mjs';

/** The panel's sections, which are those of a portal's articles. */
const SECTIONS = { begin: 'technical', reference: 'applications', trust: 'security' };
/** Enough to know the part by; the rest is on the page. */
const LINES = 8;

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
const plain = (html) => html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|amp|#39);/g, (it) => ENTITIES[it]).replace(/\s+/g, ' ').trim();

/** Paragraphs, items and rows of a part; code blocks and the gallery's states are left out. */
function lines(html) {
  return html
    .replace(/<(pre|template|nav|summary)\b.*?<\/\1>/gs, '')
    .split(/<\/(?:p|li|tr|dd|h3)>|<p>/)
    .map(plain)
    .filter((it) => it.length > 1)
    .slice(0, LINES);
}

/** `results` of Eleventy: `{url, content}`. */
export function articles(results, today) {
  return results.flatMap(({ url, content }) => {
    const lang = url.startsWith('/en/') ? 'en' : 'ru';
    const page = PAGES.find((it) => it.slug === url.replace(/^\/(en\/)?|\/$/g, ''));
    const main = content.match(/<main.*?<\/h1>(.*)<nav class="next"/s)?.[1];
    if (!page || !main) return [];
    const [first, ...rest] = main.split(/<h2 id="/);
    const parts = rest.map((part) => part.match(/^([^"]+)"[^>]*>(.*?)<\/h2>(.*)$/s).slice(1));
    return [['', '', first], ...parts].flatMap(([anchor, title, html]) => {
      const said = lines(html);
      if (!said.length) return [];
      const heading = plain(title);
      const name = heading ? `${page[lang]}: ${heading}` : page[lang];
      const href = `/docs${url}${anchor && `#${anchor}`}`;
      const kind = ['kinds', 'codes'].includes(page.slug) && anchor ? [anchor] : [];
      const codes = [...new Set([...html.matchAll(/<dt id="([a-z_]+\.[a-z]+)"/g)].map((it) => it[1]))];
      return {
        id: ['docs', lang, page.slug || 'index', slug(anchor)].filter(Boolean).join('-'),
        title: name,
        section: SECTIONS[page.group],
        asked_as: [heading || page[lang]],
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
