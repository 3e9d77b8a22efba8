// lunr with the Russian pipeline of lunr-languages, plain and with slips and prefixes.
import lunr from 'lunr';
import stemmerSupport from 'lunr-languages/lunr.stemmer.support.js';
import russian from 'lunr-languages/lunr.ru.js';
import { words } from '../russian.mjs';

stemmerSupport(lunr);
russian(lunr);

function engine(name, add) {
  return {
    name,
    build(articles) {
      const index = lunr(function () {
        this.use(lunr.ru);
        this.ref('id');
        this.field('title', { boost: 3 });
        this.field('body');
        articles.forEach((article) => this.add(article));
      });
      const ask = (text) => index.query((query) => new Set(words(text)).forEach((word) => add(query, word)));
      return { ask: (text) => ask(text).map((hit) => hit.ref), saved: () => JSON.stringify(index) };
    },
  };
}

const TRAILING = lunr.Query.wildcard.TRAILING;

export default [
  engine('lunr + ru', (query, word) => query.term(word)),
  engine('lunr + ru, slips', (query, word) => {
    query.term(word, { boost: 10 });
    if (word.length > 4) {
      query.term(word, { editDistance: 1, boost: 2 });
      query.term(word, { usePipeline: false, wildcard: TRAILING, boost: 1 });
    }
  }),
];
