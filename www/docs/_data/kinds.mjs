import { readFileSync } from 'node:fs';
import { said } from '../_lib/phrases.mjs';

/** Rows of `docs/kinds.md`, which is made from the core. */
export default readFileSync('docs/kinds.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [name, what, spelling, example, faults, doubts, source] = line.split(/(?<!\\)\|/).slice(1, -1).map((it) => it.trim().replaceAll('\\|', '|'));
    const [ru, en] = what.split(/: (.*)/s);
    const list = (text) => text.split(', ').filter(Boolean);
    const bare = (text) => text.replaceAll('`', '');
    return { name: bare(name), ru, en: en ?? ru, spellings: list(bare(spelling)), example: bare(example), faults: list(faults), doubts: list(doubts), source, sourceRu: said(source) };
  });
