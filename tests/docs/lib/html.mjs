/** What is wrong with a piece of HTML that a reader would copy: tags that do not close, names that do not exist. */
import { readFileSync } from 'node:fs';
import attributes from '../../../www/docs/_data/attributes.mjs';
import { read } from '../../../www/docs/_lib/api.mjs';

const VOID = ['input', 'img', 'br', 'meta', 'link', 'hr'];
const types = read('target/docs/types/index.d.ts');
const options = types.Options.members.map((it) => it.name);
const kinds = readFileSync('docs/kinds.md', 'utf8').match(/^\| `(\w+)`/gm).map((it) => it.slice(3, -1));
/** Attributes `data-podskazka-…` that a field or a part of the page may have. */
const HOST = attributes.flatMap((it) => it.all.map(({ name }) => name.replace('data-podskazka-', '')));

const ELEMENT = read('target/docs/types/element.d.ts').HelpElementAttributes.members.map((it) => it.name);
const SCRIPT = [...options, ...types.InitOptions.members.map((it) => it.name)];

export function faultOfHtml(code) {
  const faults = [];
  const open = [];
  for (const [, end, name, rest] of code.matchAll(/<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g)) {
    if (end) {
      if (open.pop() !== name) faults.push(`</${name}> closes nothing`);
      continue;
    }
    if (!VOID.includes(name)) open.push(name);
    for (const [, key, value = ''] of rest.matchAll(/\s([a-z][a-z0-9-]*)(?:="([^"]*)")?/g)) {
      faults.push(...faultOfAttribute(name, key, value));
    }
    // JSON in a script is data: no policy blocks it.
    if (name === 'script' && !/\ssrc="|\stype="application\/(problem\+)?json"/.test(rest)) faults.push('a script in place: policies of portals block it');
  }
  if (open.length) faults.push(`<${open.pop()}> is not closed`);
  for (const [, id] of code.matchAll(/\sfor="([^"]*)"/g)) if (!code.includes(` id="${id}"`)) faults.push(`a label for ${id}, which is not there`);
  return faults;
}

function faultOfAttribute(element, key, value) {
  const [, host] = key.match(/^data-podskazka-(.*)$/) ?? [];
  if (host) return HOST.includes(host) ? [] : [`${key} does not exist`];
  if (key === 'data-podskazka') return kinds.includes(value) ? [] : [`there is no kind ${value}`];
  if (key === 'data-error-code') return [];
  if (key.startsWith('data-')) return element === 'script' && SCRIPT.includes(key.slice(5)) ? [] : [`${key} is no option`];
  if (key.startsWith('on') || key === 'style') return [`${key}: policies of portals block it`];
  if (element === 'podskazka-help') return ELEMENT.includes(key) ? [] : [`${key} is no attribute of the element`];
  return [];
}
