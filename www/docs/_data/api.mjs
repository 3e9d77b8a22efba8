import { readFileSync } from 'node:fs';
import { read } from '../_lib/api.mjs';

/** `Options.site = Ключ сайта… | по умолчанию`, a line a member; `fresh` tells which English text it was made from. */
function russian() {
  const lines = readFileSync('www/docs/_lib/api.ru.txt', 'utf8').split('\n').filter((it) => it.includes(' = '));
  return Object.fromEntries(lines.map((line) => {
    const [key, rest] = line.split(/ = (.*)/s);
    const [text, initial] = rest.split(' | ');
    return [key, { text, initial }];
  }));
}

const types = 'target/docs/types';
const files = ['index', 'core', 'node', 'react', 'vue', 'element'];
const api = Object.fromEntries(files.map((name) => [name, read(`${types}/${name}.d.ts`)]));
const words = russian();

for (const [file, entries] of Object.entries(api)) {
  const prefix = ['react', 'vue'].includes(file) ? `${file}.` : '';
  for (const entry of Object.values(entries)) {
    entry.ru = words[prefix + entry.name];
    for (const member of entry.members ?? []) member.ru = words[`${entry.name}.${member.name}`];
  }
}

export default api;
