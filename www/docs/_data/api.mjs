import { readFileSync } from 'node:fs';
import { names, pieces, read } from '../_lib/api.mjs';
import { said } from '../_lib/phrases.mjs';

/** `Options.site = Ключ сайта… | по умолчанию`, a line a member; what has none is told by `phrases.ru.txt`. */
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

/** Every type by its name. */
const all = Object.assign({}, ...Object.values(api));

/** What stands at a place of its own, each member with its example. */
const OWN = {
  options: {
    Options: 'options', InitOptions: 'package', Api: 'calls', OpenParams: 'open', ReportedError: 'report', Prefill: 'prefill',
    CheckContext: 'context', ExplainOptions: 'node', HelpElementAttributes: 'element',
  },
  events: { PodskazkaEvents: 'names', Ticket: 'ticket', FieldState: 'field', PageEvents: 'page' },
};
/** Calls that stand on the page of the options. */
const CALLS = [api.index.init, ...['check', 'checkForm', 'checkMany', 'format', 'kinds'].map((it) => api.core[it]), api.node.explain,
  ...['react', 'vue'].flatMap((it) => [api[it].usePodskazka, api[it].usePodskazkaEvent])];
/** What pages of their own are about. */
const ELSEWHERE = {
  Kind: 'kinds', Kinds: 'kinds', Code: 'codes', Faults: 'codes', WarningCode: 'codes', Doubts: 'codes',
  SetupFaults: 'codes#setup', SetupCode: 'codes#setup', SchemaCode: 'codes#setup',
  FormSchema: 'schema#document', FormSchemaError: 'schema#error', FormSchemaField: 'schema#field', FormSchemaFiles: 'schema#files',
  FormSchemaRule: 'schema#rule-account_bik', FormSchemaStep: 'schema#step', FormSchemaWhen: 'schema#when',
};

/** Where a type is shown: `options#View`. */
const places = Object.fromEntries(Object.entries(OWN).flatMap(([page, own]) => Object.entries(own).map(([name, at]) => [name, `${page}#${at}`])));
Object.assign(places, ELSEWHERE);

/** Types that a page names and that have no place yet: they get theirs below what names them, and so on. */
const named = {};
for (const [page, own] of Object.entries(OWN)) {
  named[page] = [];
  const next = [...Object.keys(own).map((it) => all[it]), ...(page === 'options' ? CALLS : [])];
  for (const entry of next) {
    for (const name of pieces(entry).flatMap((it) => names(it, all))) {
      if (name in places) continue;
      places[name] = `${page}#${name}`;
      named[page].push(all[name]);
      next.push(all[name]);
    }
  }
}

/** Gives an entry, or a member, and all within it its Russian words. */
function translate(it, key) {
  const own = words[key];
  it.ru = { text: own?.text ?? said(it.text), initial: own?.initial ?? said(it.initial), returns: said(it.returns), throws: said(it.throws) };
  for (const param of it.params) param.ru = said(param.text);
  for (const part of it.parts ?? []) translate(part);
  for (const member of it.members ?? []) translate(member, `${it.name}.${member.name}`);
}
// Of what stands at a place of its own, the members are told and the heading says the rest; so it is with the faults of the setup.
for (const name of [...Object.values(OWN).flatMap(Object.keys), 'SetupFaults']) for (const it of all[name].members) translate(it, `${name}.${it.name}`);
for (const it of CALLS) translate(it, `${it.file.match(/^(react|vue)\./)?.[0] ?? ''}${it.name}`);
for (const it of Object.values(named).flat()) translate(it, it.name);

export default { ...api, all, places, named };
