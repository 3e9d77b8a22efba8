import { existsSync, readFileSync } from 'node:fs';
import { objects } from '../_lib/schema.mjs';
import { SCHEMA } from '../_lib/pages.mjs';

const schema = existsSync(SCHEMA) ? JSON.parse(readFileSync(SCHEMA, 'utf8')) : undefined;
export default schema && { title: schema.title, text: schema.description, objects: objects(schema), examples: (schema.examples ?? []).map((it) => JSON.stringify(it, null, 2)) };
