// Orama with its Russian stemmer and stop words, exact and with one slip.
import { create, insertMultiple, save, search } from '@orama/orama';
import { stemmer } from '@orama/stemmers/russian';
import { stopwords } from '@orama/stopwords/russian';

function engine(name, query) {
  return {
    name,
    async build(articles) {
      const tokenizer = { stemming: true, language: 'russian', stemmer, stopWords: stopwords };
      const index = create({ schema: { id: 'string', title: 'string', body: 'string' }, components: { tokenizer } });
      await insertMultiple(index, articles, 500);
      const options = { limit: 10, properties: ['title', 'body'], boost: { title: 3 }, threshold: 1, ...query };
      return {
        ask: async (term) => (await search(index, { term, ...options })).hits.map((hit) => hit.document.id),
        saved: () => JSON.stringify(save(index)),
      };
    },
  };
}

export default [engine('Orama + ru', {}), engine('Orama + ru, tolerance 1', { tolerance: 1 })];
