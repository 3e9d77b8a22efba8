// The policies in what a developer pastes: header lines, settings of nginx, Apache and the like, `meta` tags, or a policy alone.
import { DIRECTIVES } from './policy.js';

const NAME = /(?<![\w/-])content-security-policy(-report-only)?(?![\w-])/gi;
const META = /<meta\b(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
const COMMENT = /<!--.*?-->/gs;
/** What a browser passes over where the policy stands in a `meta`. */
const NOT_IN_META = ['frame-ancestors', 'report-uri', 'sandbox'];
/** A line that no longer belongs to the header before it: another header (a scheme is none), another setting, an empty line. */
const NEXT = /^\s*(?:$|[<>]\s|HTTP\/|(?!(?:https?|wss?|data|blob|filesystem|mediastream):)[\w-]+:(?:\s|$)|(?:add_header|Header)\s)/i;

const attribute = (tag, name) => tag.match(new RegExp(`\\s${name}\\s*=\\s*("([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i'))?.slice(2).find((it) => it !== undefined);
const named = (tag) => attribute(tag, 'http-equiv')?.trim().match(/^content-security-policy(-report-only)?$/i);

/** The `meta` tags of a page that hold a policy, as they stand. */
export function inPage(html) {
  return (html.replace(COMMENT, '').match(META) ?? []).filter(named);
}

/** What stands in quotes, from behind the first one. Where quotes of the same kind stand inside bare, the last of the line ends it. */
function quoted(text, quote) {
  const whole = text.match(quote === '"' ? /^(?:\\.|[^"\\])*/s : quote === '`' ? /^[^`]*/ : text.includes("\\'") ? /^(?:\\.|[^'\\])*/s : /^.*(?=')|^.*/)[0];
  return whole.replace(/\\(.)/gs, '$1');
}

/** The value behind the name of the header; `opened` is the quote before the name. */
function value(text, opened) {
  if (opened && !text.startsWith(opened)) return quoted(text.replace(/^\s*:/, ''), opened);
  const body = text.slice(opened.length).replace(/^[^\S\n]*(?:(?::|,|=>?)\s*|value\s*=\s*)?(?:\s*(?=["'`]))?/i, '');
  if (/^["'`]/.test(body)) return quoted(body.slice(1), body[0]);
  const [first, ...more] = body.split('\n');
  const end = more.findIndex((line) => NEXT.test(line));
  return [first, ...(end < 0 ? more : more.slice(0, end))].join('\n');
}

/** Texts of policies, each with where it stands and whether it only reports. */
function texts(paste) {
  const found = [];
  const rest = paste
    .replace(COMMENT, '')
    .replace(META, (tag) => {
      const name = named(tag);
      const text = (attribute(tag, 'content') ?? '').replaceAll(/&#0*39;|&apos;/g, "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
      if (name) found.push({ text, meta: true, report: !!name[1] });
      return '\n';
    })
    .replace(/\r/g, '')
    .replace(/^\s*(?:#|\/\/).*$/gm, '')
    .replace(/\\\n/g, ' ');
  const names = [...rest.matchAll(NAME)];
  // Text without a name is a policy where it starts like one, or where there is nothing else.
  const alone = names.length ? rest.slice(0, rest.lastIndexOf('\n', names[0].index) + 1) : rest;
  const [first] = alone.trim().toLowerCase().split(/[\s;]+/);
  if (DIRECTIVES.includes(first) || !(names.length || found.length)) found.unshift({ text: alone, meta: false, report: false });
  for (const [at, name] of names.entries()) {
    const next = names[at + 1]?.index ?? rest.length;
    const chunk = rest.slice(name.index + name[0].length, next);
    const own = at + 1 < names.length && chunk.includes('\n') ? chunk.slice(0, chunk.lastIndexOf('\n')) : chunk;
    const before = rest[name.index - 1] ?? '';
    found.push({ text: value(own, /["'`]/.test(before) ? before : ''), meta: false, report: !!name[1] });
  }
  return found;
}

/** One policy: its directives. A repeated one counts once. */
function directives(text) {
  const known = new Map();
  for (const part of text.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name && !known.has(name.toLowerCase())) known.set(name.toLowerCase(), sources);
  }
  return known;
}

/**
 * The policies of a paste. All of them hold at once, and a comma starts another one. `report`: it blocks nothing.
 * `passed`: directives that have no effect where it stands; they are taken out of `policy`.
 */
export function read(paste) {
  return texts(paste)
    .flatMap(({ text, ...where }) => text.split(',').map((it) => ({ ...where, policy: directives(it) })))
    .filter(({ policy }) => policy.size)
    .map((it) => ({ ...it, passed: it.meta ? NOT_IN_META.filter((name) => it.policy.delete(name)) : [] }));
}

/** The policies of a paste that block. */
export const parse = (paste) => read(paste).filter((it) => !it.report).map((it) => it.policy);
