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
  if (schema.enum) return schema.enum.map((it) => JSON.stringify(it)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map((it) => typeOf(it, root)).join(' | ');
  if (schema.type === 'array') return `[${schema.items ? typeOf(schema.items, root) : 'any'}]`;
  if (schema.named && schema.properties) return schema.named;
  const type = [schema.type ?? 'any'].flat().join(' | ');
  return type === 'object' && schema.additionalProperties?.constructor === Object ? `{…: ${typeOf(schema.additionalProperties, root)}}` : type;
}

const LIMITS = { minimum: '≥ ', maximum: '≤ ', minLength: 'length ≥ ', maxLength: 'length ≤ ', minItems: 'items ≥ ', maxItems: 'items ≤ ', pattern: 'pattern ', format: 'format ' };

function limits(schema) {
  return Object.entries(LIMITS).flatMap(([key, words]) => (schema[key] === undefined ? [] : [`${words}${schema[key]}`]));
}

function object(name, schema, root) {
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
  return { name, text: schema.description ?? '', members, closed: schema.additionalProperties === false };
}

/** The whole and each named object in it; a choice of objects is one entry a choice. */
export function objects(root) {
  const named = Object.entries(root.$defs ?? root.definitions ?? {});
  const entries = [[root.title ?? 'Form', root], ...named].flatMap(([name, schema]) => {
    const choices = (schema.oneOf ?? schema.anyOf ?? []).filter((it) => it.properties);
    if (choices.length) return choices.map((it, at) => [it.title ?? `${name} ${at + 1}`, it]);
    return schema.properties ? [[name, schema]] : [];
  });
  return entries.map(([name, schema]) => object(name, schema, root));
}
