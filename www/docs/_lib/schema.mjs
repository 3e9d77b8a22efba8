/** A JSON Schema (2020-12) as rows: where a member stands, what it may hold, what it means. */

const own = (schema, root) => {
  const name = schema.$ref?.match(/^#\/(?:\$defs|definitions)\/(.+)$/)?.[1];
  if (!name) return schema;
  const target = (root.$defs ?? root.definitions ?? {})[name];
  if (!target) throw new Error(`${schema.$ref} is not in the schema`);
  return { ...target, ...schema, $ref: undefined, named: name };
};

/** The type in words of the schema, such as `string`, `list of Field`, `"value" | "shape"`. */
export function typeOf(given, root) {
  const schema = own(given, root);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  // A list of dozens has a page of its own.
  if (schema.named && schema.enum?.length > 20) return schema.named;
  if (schema.enum) return schema.enum.map((it) => JSON.stringify(it)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (schema.named && options?.some((it) => it.properties)) return schema.named;
  if (options) return options.map((it) => typeOf(it, root)).join(' | ');
  if (schema.type === 'array') return `[${schema.items ? typeOf(schema.items, root) : 'any'}]`;
  if (schema.named && schema.properties) return schema.named;
  const type = [schema.type ?? 'any'].flat().join(' | ');
  return type === 'object' && schema.additionalProperties?.constructor === Object ? `{…: ${typeOf(schema.additionalProperties, root)}}` : type;
}

const LIMITS = { minimum: '≥ ', maximum: '≤ ', minLength: 'length ≥ ', maxLength: 'length ≤ ', minItems: 'items ≥ ', maxItems: 'items ≤ ', pattern: 'pattern ', format: 'format ' };

const RUSSIAN = { length: 'знаков', items: 'элементов', pattern: 'шаблон', format: 'формат' };
/** `length ≤ 64` in Russian. */
export const limitsIn = (limit) => limit.replace(/^[a-z]+/, (word) => RUSSIAN[word]);

function limits(schema) {
  return Object.entries(LIMITS).flatMap(([key, words]) => (schema[key] === undefined ? [] : [`${words}${schema[key]}`]));
}

function object(id, schema, root) {
  const members = Object.entries(schema.properties ?? {}).map(([key, given]) => {
    const it = own(given, root);
    return {
      name: key,
      type: typeOf(given, root),
      required: schema.required?.includes(key) ?? false,
      text: given.description ?? it.description ?? '',
      initial: it.default === undefined ? undefined : JSON.stringify(it.default),
      limits: limits(it.type === 'array' ? { ...it.items, ...it } : it),
      examples: (it.examples ?? []).map((value) => JSON.stringify(value, null, 2)),
    };
  });
  return { id, name: schema.title ?? id, text: schema.description ?? '', members, closed: schema.additionalProperties === false };
}

/** The whole and each named object in it; a choice of objects is one entry a choice, known by the value that makes it. */
export function objects(root) {
  const named = Object.entries(root.$defs ?? root.definitions ?? {});
  const entries = named.flatMap(([name, schema]) => {
    const choices = (schema.oneOf ?? schema.anyOf ?? []).filter((it) => it.properties);
    const mark = (it) => it.properties[name]?.const;
    if (choices.length) return choices.map((it) => [`${name}-${mark(it)}`, { title: `${name}: ${mark(it)}`, ...it }]);
    return schema.properties ? [[name, schema]] : [];
  });
  return [object('document', root, root), ...entries.map(([id, schema]) => object(id, schema, root))];
}
