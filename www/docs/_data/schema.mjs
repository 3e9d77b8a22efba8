import { existsSync, readFileSync } from 'node:fs';
import { said } from '../_lib/phrases.mjs';
import { limitsIn, objects } from '../_lib/schema.mjs';
import { SCHEMA } from '../_lib/pages.mjs';

const all = [];
const schema = existsSync(SCHEMA) ? JSON.parse(readFileSync(SCHEMA, 'utf8')) : undefined;
/** `field.name = Имя поля…`, a line a member or an object; what has none is told by `phrases.ru.txt`. */
const words = Object.fromEntries(
  readFileSync('www/docs/_lib/schema.ru.txt', 'utf8')
    .split('\n')
    .filter((it) => it.includes(' = '))
    .map((it) => it.split(/ = (.*)/s)),
);
for (const entry of schema ? objects(schema) : []) {
  entry.ru = words[entry.id] ?? said(entry.text);
  for (const it of entry.members) {
    it.ru = words[`${entry.id}.${it.name}`] ?? said(it.text);
    it.limitsRu = it.limits.map(limitsIn);
  }
  all.push(entry);
}

export default schema && { title: schema.title, text: schema.description, objects: all, examples: (schema.examples ?? []).map((it) => JSON.stringify(it, null, 2)) };
