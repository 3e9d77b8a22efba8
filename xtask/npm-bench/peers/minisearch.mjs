// MiniSearch as it comes, and set up for Russian as well as we could: stem, stop words, slips, prefixes, title first.
import MiniSearch from 'minisearch';
import { term } from '../russian.mjs';

function engine(name, index, query) {
  return {
    name,
    build(articles) {
      const search = new MiniSearch({ fields: ['title', 'body'], ...index });
      search.addAll(articles);
      return { ask: (text) => search.search(text, query).map((hit) => hit.id), saved: () => JSON.stringify(search) };
    },
  };
}

export default [
  engine('MiniSearch', {}, {}),
  engine('MiniSearch + ru', { processTerm: term }, { boost: { title: 3 }, prefix: true, fuzzy: 0.2 }),
];
