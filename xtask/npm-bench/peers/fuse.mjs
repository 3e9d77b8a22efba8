// Fuse.js as it comes, and with its search by words. It reads every article on every question: few questions suffice.
import Fuse from 'fuse.js';

const keys = [
  { name: 'title', weight: 3 },
  { name: 'body', weight: 1 },
];

function engine(name, options) {
  return {
    name,
    most: 20,
    build(articles) {
      const fuse = new Fuse(articles, { keys, ...options });
      return {
        ask: (text) => fuse.search(text.slice(0, 120), { limit: 10 }).map((hit) => hit.item.id),
        saved: () => JSON.stringify(fuse.getIndex().toJSON()),
      };
    },
  };
}

export default [
  engine('Fuse', {}),
  engine('Fuse by words', { useTokenSearch: true, ignoreLocation: true, threshold: 0.3 }),
];
