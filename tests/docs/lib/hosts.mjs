/** Links that leave the site: their form, and the hosts of `hosts.txt`. Nobody is asked whether they answer. */
import { readFileSync } from 'node:fs';

export const hosts = new Map(
  readFileSync('tests/docs/hosts.txt', 'utf8').split('\n').filter((it) => it && !it.startsWith('#')).map((it) => it.split(/ = (.*)/s).slice(0, 2)),
);

/** The host as it is written: `new URL` turns `мвд.рф` into Punycode. */
export const hostOf = (address) => /^https:\/\/([^/?#]*)/.exec(address)?.[1] ?? '';

/** What is wrong with an address that leads elsewhere. */
export function faultOfLink(address) {
  if (!/^https:\/\//.test(address)) return `${address}: only https leads elsewhere`;
  if (!URL.canParse(address)) return `${address}: no address`;
  const { username, port } = new URL(address);
  const host = hostOf(address);
  if (username || port) return `${address}: a name or a port in it`;
  if (!host.includes('.') || /^[\d.]+$|(^|\.)(localhost|local|internal|test|invalid|example(\.\w+)?)$/.test(host)) return `${address}: nobody else has this host`;
  if (/[\s"'<>`]|%(?![\da-f]{2})/i.test(address)) return `${address}: a sign that has to be written by its number`;
  if (!hosts.has(host)) return `${address}: ${host} is not in tests/docs/hosts.txt; write it there with its reason`;
}

/** Addresses that a text in Markdown leads to; blocks of code and single words of it lead nowhere. `all`: bare ones too, as of an article's head. */
export function linksOf(text, all = false) {
  const plain = text.replace(/```.*?```|`[^`\n]*`/gs, '');
  const of = (pattern) => [...plain.matchAll(pattern)].map((it) => it[1]);
  return [...of(/\]\(([a-z]+:[^)\s]*)/g), ...of(/<(https?:[^>\s]*)>/g), ...(all ? of(/^(?:source|url|video): *(\S*:\/\/\S*)/gm) : [])];
}
