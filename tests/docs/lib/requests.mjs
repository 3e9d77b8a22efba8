/** A request that the documentation sends with curl, held to the description of the server's API. */
import { readFileSync } from 'node:fs';
import { require } from '../../../www/docs/_lib/npm.mjs';

const Ajv = require('ajv/dist/2020').default;
const api = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const ajv = new Ajv({ strict: false, validateFormats: false }).addSchema(api, 'api');

/** Headers that the transport takes and no operation names. */
const PLAIN = ['authorization', 'content-type', 'x-site-key'];
const bare = (word) => word?.replace(/^(["'])(.*)\1$/s, '$2') ?? '';

function read(args) {
  const request = { headers: [] };
  const take = { '-H': (it) => request.headers.push(it.split(':')[0].toLowerCase()), '-X': (it) => (request.method = it), '-d': (it) => (request.body = it) };
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (take[word]) take[word](bare(args[++at]));
    else if (word.startsWith('-')) request.unknown = word;
    else request.url = new URL(bare(word));
  }
  return request;
}

/** The operation of a method and an address, as `/v1/tickets/{number}` fits `/v1/tickets/PS-…`. */
function operation(method, { pathname }) {
  const fits = (path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
  const path = Object.keys(api.paths).find(fits);
  const at = `#/paths/${path?.replaceAll('/', '~1')}/${method.toLowerCase()}`;
  return { it: api.paths[path]?.[method.toLowerCase()], at };
}

export function faultOfRequest(args) {
  const { method, headers, body, url, unknown } = read(args);
  if (unknown) return [`the option ${unknown} is unknown here`];
  const verb = method ?? (body === undefined ? 'GET' : 'POST');
  const { it, at } = operation(verb, url);
  if (!it) return [`the API has no ${verb} ${url.pathname}`];
  const taken = (place) => (it.parameters ?? []).filter((one) => one.in === place);
  const faults = [...url.searchParams.keys()].filter((key) => !taken('query').some((one) => one.name === key)).map((key) => `no parameter ${key}`);
  const named = taken('header').map((one) => one.name.toLowerCase());
  faults.push(...headers.filter((name) => !PLAIN.includes(name) && !named.includes(name)).map((name) => `no header ${name}`));
  const missing = taken('header').filter((one) => one.required && !headers.includes(one.name.toLowerCase()));
  faults.push(...missing.map((one) => `the header ${one.name} is missing`));
  if (it.security?.some((one) => 'operator' in one) && !headers.includes('authorization')) faults.push('the header Authorization is missing');
  if (body === undefined) return it.requestBody?.required ? [...faults, 'the body is missing'] : faults;
  const check = ajv.getSchema(`api${at}/requestBody/content/application~1json/schema`);
  if (!check?.(JSON.parse(body))) faults.push(`the body does not fit: ${JSON.stringify(check?.errors)}`);
  return faults;
}
