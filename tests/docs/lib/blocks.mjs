/** Every code block of what the site shows, and what kind it is. */
import { readFileSync, readdirSync } from 'node:fs';
import { parts } from '../../../www/docs/_lib/markdown.mjs';

const GUIDES = ['README.md', 'pkg-templates/README.md', ...['embedding', 'faq-format', 'operating', 'picture', 'testing'].map((it) => `docs/guides/${it}.md`)];

const pages = readdirSync('www/docs', { recursive: true, withFileTypes: true })
  .filter((it) => it.isFile() && /\.(md|njk)$/.test(it.name))
  .map((it) => `${it.parentPath ?? it.path}/${it.name}`);

/** A block without a name of its language is known by its first words. */
const SHAPES = [
  [/^(Content-Security-Policy: )?default-src /, 'csp'],
  [/^---\nid: /, 'md'],
  [/^stop: /, 'lexicon'],
  [/^([A-Z_]+=\S+ )*(podskazka|podskazka-server|cargo|node|npm|npx|curl) /m, 'sh'],
];

export function blocks() {
  return [...GUIDES, ...pages].flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const found = file.endsWith('.md') ? parts(source).filter((it) => it.code !== undefined) : written(source);
    return found.map(({ language, code, line }) => {
      const kind = language || SHAPES.find(([shape]) => shape.test(code))?.[1];
      return { file, where: `${file}:${line}`, kind, code };
    });
  });
}

/** Blocks of a template; those made from data are tested where the data is made. */
function written(source) {
  const all = [...source.matchAll(/<pre><code class="language-(\w+)">(.*?)<\/code>/gs)];
  return all
    .filter(([, , code]) => !code.includes('{{'))
    .map((it) => ({ language: it[1], code: it[2], line: source.slice(0, it.index).split('\n').length }));
}
