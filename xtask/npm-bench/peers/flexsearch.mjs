// FlexSearch as it comes, and with a Russian stemmer, prefixes, and `suggest`, which turns its AND into OR.
import FlexSearch from 'flexsearch';
import { stem } from '../russian.mjs';

/** One list out of the lists by field: the title counts threefold, a later place less. */
function merge(fields) {
  const score = new Map();
  for (const { field, result } of fields) {
    result.forEach((id, place) => score.set(id, (score.get(id) ?? 0) + (field === 'title' ? 3 : 1) / (place + 1)));
  }
  return [...score].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

function engine(name, options, query) {
  return {
    name,
    build(articles) {
      const index = new FlexSearch.Document({ document: { id: 'id', index: ['title', 'body'] }, ...options() });
      articles.forEach((article) => index.add(article));
      const saved = async () => {
        const parts = [];
        await index.export((key, value) => void parts.push(key, value ?? ''));
        return parts.join('');
      };
      return { ask: (text) => merge(index.search(text, { limit: 10, ...query })), saved };
    },
  };
}

const russian = () => ({
  tokenize: 'forward',
  encoder: new FlexSearch.Encoder({ normalize: true, finalize: (terms) => terms.map(stem) }),
});

export default [engine('FlexSearch', () => ({}), {}), engine('FlexSearch + ru', russian, { suggest: true })];
