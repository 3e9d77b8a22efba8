/** Markdown to HTML that passes our own policy: no inline script, no inline style, nothing from elsewhere. */
import { posix } from 'node:path';
import { require } from './npm.mjs';
import { find } from './pages.mjs';

const MarkdownIt = require('markdown-it');

/** Where a file of the repository, linked from a guide, stands on the site; `null` for what is not on it. */
const PLACES = {
  'server/podskazka-server.example.toml': 'files/podskazka-server.example.toml',
  'docs/openapi.json': 'files/openapi.json',
  'docs/deploy': 'files/deploy/podskazka-server.service',
  'docs/deploy/Containerfile': 'files/deploy/Containerfile',
  'docs/deploy/haproxy.cfg': 'files/deploy/haproxy.cfg',
  'docs/deploy/nginx.conf': 'files/deploy/nginx.conf',
  'docs/deploy/podskazka-audit.service': 'files/deploy/podskazka-audit.service',
  'docs/deploy/podskazka-audit.timer': 'files/deploy/podskazka-audit.timer',
  'docs/deploy/podskazka-server.service': 'files/deploy/podskazka-server.service',
  'docs/schema/form.v1.json': 'files/form.v1.json',
  'docs/engines.md': 'page:accessibility',
  'docs/kinds.md': 'page:kinds',
  'docs/guides/embedding.md': 'page:start',
  'docs/guides/faq-format.md': 'page:articles',
  'docs/guides/operating.md': 'page:operating',
  'docs/guides/picture.md': 'page:picture',
  'docs/guides/testing.md': null,
  'docs/guides/validator.md': null,
};

/** `Calls before the script is there` → `calls-before-the-script-is-there`; Cyrillic letters stay. */
export const slug = (text) => text.toLowerCase().replace(/<[^>]*>|[^\p{L}\p{N}\s-]/gu, '').trim().replace(/\s+/g, '-');

const md = new MarkdownIt({ html: true });

function anchors(state) {
  const seen = {};
  state.tokens.forEach((token, at) => {
    if (token.type !== 'heading_open') return;
    const id = slug(state.tokens[at + 1].content) || 'part';
    seen[id] = (seen[id] ?? 0) + 1;
    token.attrSet('id', seen[id] > 1 ? `${id}-${seen[id]}` : id);
  });
}
md.core.ruler.push('anchors', anchors);

/**
 * On a narrow window a row becomes a list of its cells, each with the name of its column (`docs.css`): nothing has to be
 * scrolled to the side. Roles are written out, since a browser forgets a table's when its display changes.
 */
function tables(state) {
  let names = [];
  let column = 0;
  const roles = { table: 'table', tr: 'row', th: 'columnheader', td: 'cell' };
  state.tokens.forEach((token, at) => {
    if (token.nesting !== 1) return;
    if (token.tag in roles) token.attrSet('role', roles[token.tag]);
    if (token.tag === 'table') names = [];
    if (token.tag === 'tr') column = 0;
    if (token.tag === 'th') names.push(state.tokens[at + 1].content.replaceAll('`', ''));
    if (token.tag === 'td') token.attrSet('data-label', names[column++] ?? '');
  });
}
md.core.ruler.push('tables', tables);

md.renderer.rules.link_open = (tokens, at, options, env, self) => {
  const token = tokens[at];
  const href = token.attrGet('href');
  const place = /^(https?:|mailto:|#)/.test(href) ? href : local(href, env);
  if (place === null) {
    tokens.slice(at).find((it) => it.type === 'link_close').hidden = true;
    return '';
  }
  token.attrSet('href', place);
  return self.renderToken(tokens, at, options);
};
md.renderer.rules.link_close = (tokens, at, options, env, self) => (tokens[at].hidden ? '' : self.renderToken(tokens, at, options));

function local(href, { url, guide }) {
  if (/^(page|ru|en|demo):/.test(href) || href.startsWith('files/')) return find(href, url);
  const [path, anchor] = href.split('#');
  const file = posix.join(guide ? posix.dirname(guide) : '.', path).replace(/\/$/, '');
  if (!(file in PLACES)) throw new Error(`${guide ?? url}: the link ${href} leads to ${file}, which has no place on the site (www/docs/_lib/markdown.mjs)`);
  return PLACES[file] && find(PLACES[file], url) + (anchor ? `#${anchor}` : '');
}

/** `guide`: the file that the text comes from, for its relative links. */
export function markdown(text, url, guide) {
  const html = md.render(text, { url, guide });
  if (/\sstyle=/.test(html)) throw new Error(`${guide ?? url}: a style attribute; leave the colons out of the table's second line`);
  return html;
}

/** Comments of the source are Markdown without HTML: a tag in one is a word about tags. */
const bare = new MarkdownIt();
/** One sentence, which stands in a row or an item. */
export const sentence = (text) => bare.renderInline(text ?? '');
export const sentences = (text) => bare.render(text ?? '');

const escaped = (text) => bare.utils.escapeHtml(text);

/** A type as it is written, each name of another leading to its `place`; `own` is what it stands under. */
export function typed(written, place, own) {
  const part = (text) => escaped(text).replace(/\b[A-Z]\w*/g, (name) => (name !== own && place(name) ? `<a href="${place(name)}">${name}</a>` : name));
  return written.split(/("[^"]*")/).map((text, at) => (at % 2 ? escaped(text) : part(text))).join('');
}

/** Names of types, and of what they have, in the code of sentences lead to their places, too. */
export const linked = (html, place) =>
  html.replace(/<code>([A-Z]\w*(?:\.\w+)?)<\/code>/g, (code, name) => (place(name) ? `<a href="${place(name)}">${code}</a>` : code));

/** Headings and code blocks of a Markdown text, in order. */
export function parts(text) {
  const tokens = md.parse(text, {});
  return tokens.flatMap((token, at) => {
    if (token.type === 'heading_open') return [{ heading: tokens[at + 1].content }];
    return token.type === 'fence' ? [{ language: token.info.trim(), code: token.content, line: token.map[0] + 1 }] : [];
  });
}
