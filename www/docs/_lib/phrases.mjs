/** Russian for the sentences of the types and of the schema that have no line under a name of their own: the same one may stand at many places. */
import { readFileSync } from 'node:fs';

const FILE = 'www/docs/_lib/phrases.ru.txt';
const plain = (text) => text.replace(/\s+/g, ' ').trim();

/** An English sentence as the source has it, then `= ` and the Russian one. */
export const phrases = Object.fromEntries(
  readFileSync(FILE, 'utf8')
    .split('\n')
    .flatMap((line, at, all) => (line.startsWith('= ') ? [[plain(all[at - 1]), line.slice(2)]] : [])),
);

/** What is said in Russian; `undefined` where nothing is said at all, or the file lacks it. Asked for sentences are kept for the test. */
export const asked = new Set();
export function said(text) {
  if (!text) return undefined;
  // The items of a list are sentences of their own.
  const [first, ...items] = text.split(/\n+- /);
  if (items.length) return [said(first), '', ...items.map((it) => `- ${said(it)}`)].join('\n');
  asked.add(plain(text));
  return phrases[plain(text)];
}
