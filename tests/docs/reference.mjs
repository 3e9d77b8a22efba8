// What the pages are made from: types, kinds, codes, the schema; and that each of it stands on its page.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import attributes from '../../www/docs/_data/attributes.mjs';
import api from '../../www/docs/_data/api.mjs';
import codes from '../../www/docs/_data/codes.mjs';
import kinds from '../../www/docs/_data/kinds.mjs';
import patterns from '../../www/docs/_data/patterns.mjs';
import schema from '../../www/docs/_data/schema.mjs';
import { read } from '../../www/docs/_lib/api.mjs';
import { sentence, typed } from '../../www/docs/_lib/markdown.mjs';
import { asked, phrases } from '../../www/docs/_lib/phrases.mjs';
import { objects, typeOf } from '../../www/docs/_lib/schema.mjs';
import { commands, faultOfCommand } from './lib/commands.mjs';
import { faultOfHtml } from './lib/html.mjs';

const page = (path) => readFileSync(`dist/docs/${path}index.html`, 'utf8');
const ids = (html) => new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((it) => it[1]));

test('every option, call and event has its place on a page', () => {
  for (const root of ['', 'en/']) {
    const options = ids(page(`${root}options/`));
    for (const name of ['Options', 'InitOptions', 'Api', 'OpenParams', 'ReportedError', 'Prefill']) {
      for (const it of api.index[name].members) assert.ok(options.has(`${name}.${it.name}`), `${name}.${it.name}`);
    }
    for (const it of api.element.HelpElementAttributes.members) assert.ok(options.has(`HelpElementAttributes.${it.name}`), it.name);
    const events = ids(page(`${root}events/`));
    for (const it of api.index.PodskazkaEvents.members) assert.ok(events.has(`PodskazkaEvents.${it.name}`), it.name);
  }
  assert.ok(api.index.Options.members.length >= 4 && api.index.PodskazkaEvents.members.length >= 13);
});

/** What TypeScript, the browser and the frameworks bring along, and the name of a parameter. */
const KNOWN = ['AbortSignal', 'CustomEvent', 'Element', 'Exclude', 'K', 'NonNullable', 'Parameters', 'Pick', 'Promise', 'Readonly', 'Record', 'ReturnType', 'ShallowRef', 'TypeError', 'Uint8Array'];
/** Types that a piece of a page names without leading to them: what stands in quotes is a value. */
const astray = (code, own) => {
  const text = code.replace(/<a [^>]*>.*?<\/a>/gs, '').replace(/&quot;.*?&quot;/gs, '').replace(/&\w+;/g, ' ');
  return (text.match(/\b[A-Z]\w*/g) ?? []).filter((it) => it !== own && !KNOWN.includes(it));
};

test('every type that is named on a page is shown, with the words of all that it holds', () => {
  assert.deepEqual(astray('a: &quot;Red&quot; | <a href="#Blue">Blue</a> | Promise&lt;Green&gt;'), ['Green']);
  const all = (list) => list.flatMap((it) => [it, ...all(it.parts ?? [])]);
  const shown = Object.keys(api.places);
  for (const name of ['View', 'AccountState', 'Theme', 'FieldDetail', 'Verdict', 'Complete', 'Fix', 'FormResult', 'SchemaError', 'SchemaProblem']) assert.ok(shown.includes(name), name);
  for (const [root, said] of [['', (it) => it.ru.text], ['en/', (it) => it.text]]) {
    for (const name of ['options', 'events']) {
      const html = page(`${root}${name}/`);
      const pieces = [...html.matchAll(/<(?:h3 id="([^"]+)"|li)><code>(.*?)<\/code>/gs)];
      assert.ok(pieces.length > 60, name);
      for (const [, id, code] of pieces) assert.deepEqual(astray(code, id), [], `${root}${name}: a type that is named and not shown`);
      const sections = Object.fromEntries([...html.matchAll(/<section class="member">\s*<h3 id="([^"]+)".*?<\/section>/gs)].map((it) => [it[1], it[0].replace(/<\/?a\b[^>]*>/g, '')]));
      const held = [...api.named[name].map((it) => [it.name, it.members ?? it.parts]), ...['PodskazkaEvents', 'Ticket', 'Api'].flatMap((owner) => api.index[owner].members.map((it) => [`${owner}.${it.name}`, it.parts]))];
      for (const [id, members] of held.filter(([id]) => id in sections)) {
        for (const it of all(members)) {
          assert.ok(sections[id].includes(`<code>${typed(it.written, () => '')}</code>`), `${root}${name}: ${id} does not show ${it.written}`);
          if (it.text) assert.ok(sections[id].includes(sentence(said(it))), `${root}${name}: ${id} says nothing of ${it.written}`);
        }
      }
      assert.deepEqual(api.named[name].map((it) => it.name).filter((it) => !(it in sections)), [], `${root}${name}`);
    }
  }
});

test('types become rows, down to what stands within them', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'podskazka-types-')), 'a.d.ts');
  writeFileSync(file, `
    /** Either. */
    export type Answer =
      | {
          /** Told. */
          readonly kind: "told";
          /** The words. */
          words?: {
            /** How many. */
            count: number;
          }[];
        }
      | {
          /** By its name. */
          readonly [name: string]: "yes";
        };
    /**
     * A call.
     *
     * @param from - where
     * @returns what {@link Answer} says
     * @throws {@link Odd} when it is odd
     */
    export function ask(from: string): Answer;
    export interface Odd extends TypeError {
      /** Why. */
      why: Answer;
    }
  `);
  const { Answer, ask, Odd } = read(file);
  const rows = (list) => list.map((it) => [it.written, it.text, ...rows(it.parts)]);
  assert.equal(Answer.written, 'Answer = {…} | {…}');
  assert.deepEqual(rows(Answer.parts), [['kind: "told"', 'Told.'], ['words?: {…}[]', 'The words.', ['count: number', 'How many.']], ['[name: string]: "yes"', 'By its name.']]);
  assert.deepEqual([ask.params, ask.returns, ask.throws], [[{ name: 'from', text: 'where' }], 'what `Answer` says', '`Odd` when it is odd']);
  assert.deepEqual([Odd.written, rows(Odd.members)], ['Odd extends TypeError', [['why: Answer', 'Why.']]]);
  assert.equal(typed('a: "B" | B<C>', (name) => name === 'B' && '#b'), 'a: &quot;B&quot; | <a href="#b">B</a>&lt;C&gt;');
});

test('all that the reference says is said in Russian, too', () => {
  assert.deepEqual([...asked].filter((it) => !(it in phrases)), [], 'www/docs/_lib/phrases.ru.txt has no Russian for these');
  assert.deepEqual(Object.keys(phrases).filter((it) => !asked.has(it)), [], 'www/docs/_lib/phrases.ru.txt: nobody says these any more');
  // Notes of releases are in English, as their page says; so are the names of tests, and of states of the gallery.
  const exempt = ['releases', 'accessibility', 'theming'];
  const English = /(?:\b[A-Za-z][a-z']*[ ,.]+){3,}[a-z]+/g;
  assert.match('a Name of a field.', English);
  const russian = readdirSync('dist/docs', { withFileTypes: true }).filter((it) => it.isDirectory() && !['en', 'assets', 'files', 'podskazka', ...exempt].includes(it.name));
  assert.ok(russian.length > 12);
  for (const { name } of russian) {
    const main = page(`${name}/`).match(/<main.*<\/main>/s)[0].replace(/<(pre|code)\b.*?<\/\1>/gs, ' ');
    assert.doesNotMatch(main, /lang="en"/, name);
    assert.deepEqual(main.replace(/<[^>]*>/g, '\n').match(English), null, name);
  }
});

/** Texts of the widget's scripts in a folder. */
const scripts = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile() && /\.(js|ts)$/.test(it.name)).map((it) => readFileSync(`${it.parentPath ?? it.path}/${it.name}`, 'utf8'));

test('every event that the widget fires or hears stands on the page of events', () => {
  const texts = ['widget/fields', 'widget/panel', 'www/loader'].flatMap(scripts).map((it) => it.replace(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*/gs, ''));
  const names = new Set(texts.flatMap((text) => [...text.matchAll(/["'`]podskazka:([a-z]+)["'`]|\bfire\((?:[\w.]+, )?"([a-z]+)", /g)].map((it) => it[1] ?? it[2])));
  assert.ok(names.size > 10, [...names].join());
  for (const root of ['', 'en/']) {
    const html = page(`${root}events/`);
    const places = ids(html);
    const told = (name) => places.has(`PodskazkaEvents.${name}`) || places.has(`PageEvents.${name}`) || html.includes(`<code>podskazka:${name}</code>`);
    assert.deepEqual([...names].filter((name) => !told(name)), [], root);
  }
});

test('the guides name the archive of this version', () => {
  const version = readFileSync('Cargo.toml', 'utf8').match(/^version = "(.*)"$/m)[1];
  const pages = ['docs/guides/embedding.md', 'www/docs/ru/start.md'];
  for (const file of pages) {
    const named = [...readFileSync(file, 'utf8').matchAll(/podskazka-(\d\S*?)\.tgz/g)].map((it) => it[1]);
    assert.ok(named.length > 1 && named.every((it) => it === version), `${file}: ${named}`);
  }
});

test('the Russian words of the types name nothing that is gone', () => {
  const keys = readFileSync('www/docs/_lib/api.ru.txt', 'utf8').split('\n').filter((it) => it.includes(' = ')).map((it) => it.split(' = ')[0]);
  const entries = Object.entries(api).flatMap(([file, all]) =>
    Object.values(all).flatMap((it) => [['react', 'vue'].includes(file) ? `${file}.${it.name}` : it.name, ...(it.members ?? []).map((member) => `${it.name}.${member.name}`)]),
  );
  assert.deepEqual(keys.filter((key) => !entries.includes(key)), []);
});

/** What each line of the Russian reference translates, by a digest of the English: a line that stays behind is named. */
const DIGESTS = 'www/docs/_lib/ru.digests.txt';

test('the Russian words of the types and of the schema are those of the English that stands there now', () => {
  const english = {};
  for (const [file, all] of Object.entries(api).filter(([name]) => !['all', 'places', 'named'].includes(name))) {
    for (const it of Object.values(all)) {
      english[['react', 'vue'].includes(file) ? `${file}.${it.name}` : it.name] = it;
      for (const member of it.members ?? []) english[`${it.name}.${member.name}`] = member;
    }
  }
  for (const it of schema.objects) {
    english[it.id] = it;
    for (const member of it.members) english[`${it.id}.${member.name}`] = member;
  }
  const keys = ['api', 'schema'].flatMap((name) => readFileSync(`www/docs/_lib/${name}.ru.txt`, 'utf8').split('\n').filter((it) => it.includes(' = ')).map((it) => it.split(' = ')[0]));
  const digest = (key) => createHash('sha256').update(`${english[key]?.text} | ${english[key]?.initial ?? ''}`.replace(/\s+/g, ' ')).digest('hex').slice(0, 8);
  const now = keys.map((key) => `${key} ${digest(key)}`);
  if (process.env.UPDATE) writeFileSync(DIGESTS, `${now.join('\n')}\n`);
  const then = readFileSync(DIGESTS, 'utf8').trim().split('\n');
  assert.deepEqual(now.filter((it) => !then.includes(it)).map((it) => it.split(' ')[0]), [], `its English has changed: put the Russian right, then UPDATE=1 node --test tests/docs/reference.mjs writes ${DIGESTS}`);
  assert.equal(then.length, now.length, `UPDATE=1 writes ${DIGESTS} anew`);
  assert.equal(new Set(keys).size, keys.length);
});

test('the Russian words of the schema name nothing that is gone', () => {
  const keys = readFileSync('www/docs/_lib/schema.ru.txt', 'utf8').split('\n').filter((it) => it.includes(' = ')).map((it) => it.split(' = ')[0]);
  const entries = schema.objects.flatMap((it) => [it.id, ...it.members.map((member) => `${it.id}.${member.name}`)]);
  assert.deepEqual(keys.filter((key) => !entries.includes(key)), []);
  assert.ok(keys.length > 50);
  const places = ids(page('schema/'));
  assert.deepEqual(entries.filter((it) => !places.has(it)), []);
});

test('every property and class of the messages is named on the page of looks', () => {
  const css = readFileSync('widget/fields/use/fields.css', 'utf8');
  const classes = [...new Set(css.match(/\.pdk-[a-z]+/g))].map((it) => it.slice(1)).filter((it) => !['pdk-text', 'pdk-hidden'].includes(it));
  const names = [...new Set([...css.match(/--podskazka-[a-z]+/g), ...classes])];
  assert.ok(names.length > 10);
  for (const root of ['', 'en/']) {
    const html = page(`${root}theming/`);
    assert.deepEqual(names.filter((it) => !html.includes(`<code>${it}</code>`)), [], root);
  }
});

test('every kind and every code has its place on a page, with a sentence', () => {
  for (const root of ['', 'en/']) {
    const found = [ids(page(`${root}kinds/`)), ids(page(`${root}codes/`))];
    for (const it of kinds) {
      assert.ok(found[0].has(it.name), it.name);
      for (const code of [...it.faults, ...it.doubts]) assert.ok(found[1].has(`${it.name}.${code}`), `${it.name}.${code}`);
    }
  }
  const unsaid = codes.flatMap((it) => [...it.faults, ...(it.title ? it.doubts : [])]).filter((it) => !it.ru || !it.en || /«»|""|\{/.test(it.ru + it.en));
  assert.deepEqual(unsaid.map((it) => it.code), []);
  assert.deepEqual(codes.filter((it) => !it.title).map((it) => it.kind), kinds.map((it) => it.name));
  // The types of the package are made from the same lists.
  for (const [name, of] of [['Faults', 'faults'], ['Doubts', 'doubts']]) {
    assert.deepEqual(api.core[name].members.map((it) => it.name).sort(), codes.flatMap((it) => it[of].map((it) => it.code)).sort(), name);
  }
  assert.deepEqual(api.core.Kinds.members.map((it) => it.name), kinds.map((it) => it.name));
  const shown = codes.filter((it) => it.title).flatMap((it) => [...it.faults, ...it.doubts]).map((it) => it.code);
  for (const root of ['', 'en/']) {
    const places = ids(page(`${root}codes/`));
    assert.deepEqual(shown.filter((code) => !places.has(code)), [], root);
  }
  assert.ok(shown.includes('form.required') && shown.includes('form.min') && shown.includes('form.order') && shown.includes('file.size'));
});

/** Sources below a folder, tests aside. */
const sources = (folder, ends) =>
  readdirSync(folder, { recursive: true })
    .filter((it) => ends.some((end) => it.endsWith(end)) && !/(^|\/)tests/.test(it))
    .map((it) => readFileSync(`${folder}/${it}`, 'utf8').split('#[cfg(test)]\nmod tests {')[0])
    .join('\n');

test('the codes of `podskazka:error` are those that the sources fire, each with its words on the page', () => {
  const typed = api.index.SetupFaults.members;
  const page = [sources('www/loader', ['.ts']), sources('widget', ['.ts', '.js', '.rs']), sources('src/form', ['.rs'])].join('\n');
  const fired = [...page.matchAll(/"((?:config|loader|articles|schema|element|problem|errors|identity)\.[a-z]+)"/g)].map((it) => it[1]).filter((it) => !/\.(js|ts|txt)$/.test(it));
  const named = [...page.matchAll(/(?:complain\(|"error", \{[^}]*code: )"([^"]+)"/g)].map((it) => it[1]);
  assert.ok(named.length >= 6);
  assert.deepEqual(named.filter((it) => !fired.includes(it)), [], 'a code of another group');
  // What the outbox passes on: the server's refusals of a page; `forbidden` is about operators.
  const server = [...readFileSync('server/src/error.rs', 'utf8').matchAll(/StatusCode::FORBIDDEN,\s+"([a-z-]+)"/g)].map((it) => it[1]).filter((it) => it !== 'forbidden');
  assert.equal(server.length, 2);
  assert.deepEqual(typed.map((it) => it.name).sort(), [...new Set([...fired, ...server])].sort());
  for (const root of ['', 'en/']) {
    const places = ids(readFileSync(`dist/docs/${root}codes/index.html`, 'utf8'));
    for (const it of typed) assert.ok(places.has(it.name) && it.text && it.ru?.text, `${root}: ${it.name}`);
  }
  assert.ok(api.index.PodskazkaEvents.members.find((it) => it.name === 'error').parts.some((it) => it.written === 'code: SetupCode'));
});

test('the names by which a slip of the page is told are those of the types', () => {
  const text = readFileSync('widget/panel/later/around/misuse.ts', 'utf8');
  const list = (name) => [...text.match(new RegExp(`export const ${name} = \\[(.*?)\\]`, 's'))[1].matchAll(/"(\w+)"/g)].map((it) => it[1]);
  const members = (...names) => names.flatMap((name) => api.index[name].members.map((it) => it.name));
  assert.deepEqual(list('OPTIONS').sort(), members('Options', 'InitOptions').sort());
  assert.deepEqual(list('PARAMS').sort(), members('OpenParams').sort());
  assert.deepEqual(list('EVENTS').sort(), members('PodskazkaEvents').sort());
  const types = readFileSync('pkg-templates/options.d.ts', 'utf8');
  const union = (name) => [...types.match(new RegExp(`export type ${name} = (.*?);`))[1].matchAll(/"(\w+)"/g)].map((it) => it[1]);
  assert.deepEqual(list('THEMES'), union('Theme'));
  assert.deepEqual(list('VIEWS'), union('View'));
  const reasons = [...readFileSync('widget/panel/src/texts.rs', 'utf8').match(/REASON_CODES: .*?= \[(.*?)\]/)[1].matchAll(/"(\w+)"/g)].map((it) => it[1]);
  assert.deepEqual(api.index.RatedReason.written.match(/\w+(?=")/g), reasons);
  // What help may be opened with beside: none of it is taken for a slip.
  const ours = [...text.match(/const OURS = \[(.*?)\]/s)[1].matchAll(/"(\w+)"/g)].map((it) => it[1]);
  assert.deepEqual(members('ReportedError').filter((it) => ![...list('PARAMS'), ...ours].includes(it)), []);
});

test('the attributes of the element are those that it reads, and a slip in one is found in the guides', () => {
  const text = readFileSync('www/loader/define.ts', 'utf8');
  const read = [...text.matchAll(/this\.(?:given|hasAttribute|getAttribute)\(([^)]*)\)/g)].flatMap((it) => [...it[1].matchAll(/"(\w+)"/g)].map((it) => it[1]));
  const named = api.element.HelpElementAttributes.members.map((it) => it.name);
  assert.deepEqual([...new Set(read)].sort(), [...named].sort());
  for (const name of named) assert.deepEqual(faultOfHtml(`<podskazka-help ${name}="a"></podskazka-help>`), [], name);
  assert.match(faultOfHtml('<podskazka-help sites="a"></podskazka-help>')[0], /sites is no attribute/);
});

test('what the server checks in a token of a person is told, and nothing that it passes over', () => {
  const claims = [...readFileSync('server/src/identity.rs', 'utf8').match(/pub struct Claims \{(.*?)\n\}/s)[1].matchAll(/^ {4}(?:pub )?(\w+):/gm)].map((it) => it[1]).sort();
  assert.ok(claims.includes('sub') && claims.length > 3);
  const named = (text) => [...text.matchAll(/`(\w+)`/g)].map((it) => it[1]).sort();
  assert.deepEqual(named(api.index.Api.members.find((it) => it.name === 'identify').parts[0].text), claims);
  for (const [file, heading] of [['docs/guides/embedding.md', '### Who the person is'], ['www/docs/ru/start.md', '### Кто человек']]) {
    const part = readFileSync(file, 'utf8').split(`${heading}\n`)[1].split('\n### ')[0];
    assert.deepEqual([...part.matchAll(/^\| `(\w+)` \|/gm)].map((it) => it[1]).sort(), claims, file);
  }
});

test('the patterns of the page are taken and refused as it says, and mean what it says', () => {
  const work = mkdtempSync(join(tmpdir(), 'podskazka-patterns-'));
  const check = (schema) => {
    writeFileSync(join(work, 'a.json'), JSON.stringify(schema));
    return spawnSync('target/debug/podskazka', ['form', 'check', join(work, 'a.json')], { encoding: 'utf8' });
  };
  const of = (pattern) => check({ version: 1, form: 'a', fields: [{ name: 'a', pattern }] });
  const fits = (pattern, text) => new RegExp(`^(?:${pattern})$`, 'v').test(text);
  for (const { pattern, fits: right, not } of patterns.taken) {
    assert.equal(of(pattern).status, 0, pattern);
    assert.deepEqual([...right, ...not].filter((it) => fits(pattern, it)), right, pattern);
    assert.ok(right.length && not.length, pattern);
  }
  for (const { pattern, instead } of patterns.refused) {
    const said = of(pattern);
    assert.ok(said.status === 1 && /schema\.pattern/.test(said.stdout), `${pattern}: ${said.stdout}${said.stderr}`);
    assert.equal(of(instead).status, 0, instead);
  }
  const whole = JSON.parse(patterns.example);
  assert.equal(check(whole).status, 0);
  assert.ok(whole.fields.every((it) => fits(it.pattern, it.example)));
  for (const root of ['', 'en/']) assert.ok(ids(page(`${root}schema/`)).has('pattern'));
});

test('every option that a script tag takes stands in the chapter on it', () => {
  const takes = [...api.index.Options.members, ...api.index.InitOptions.members].filter((it) => /string|boolean|Locale|Theme|Build/.test(it.type)).map((it) => `data-${it.name}`);
  // An address beside an object, and a list that no attribute can hold.
  const own = takes.filter((it) => it !== 'data-probes');
  assert.ok(own.includes('data-base') && own.includes('data-errors') && own.length > 8, `${own}`);
  for (const [file, heading] of [['docs/guides/embedding.md', '## Five minutes with a script tag'], ['www/docs/ru/start.md', '## Тег на странице']]) {
    const part = readFileSync(file, 'utf8').split(`${heading}\n`)[1].split(/\n## /)[0];
    assert.deepEqual(own.filter((it) => !part.includes(`\`${it}\``)), [], file);
  }
});

test('the codes of a schema are those that its reader gives', () => {
  const given = new Set([...sources('src/form', ['.rs']).matchAll(/"(schema\.[a-z]+)"/g)].map((it) => it[1]));
  const named = [...readFileSync('target/docs/types/core.d.ts', 'utf8').match(/export type SchemaCode =(.*?);/s)[1].matchAll(/"(schema\.[a-z]+)"/g)].map((it) => it[1]);
  assert.deepEqual(named, [...given].sort());
  assert.deepEqual(named.filter((it) => !api.index.SetupFaults.members.some(({ name }) => name === it)), []);
});

test('every attribute that the sources read stands on its page in both languages, with an example', () => {
  const text = ['www/loader', 'widget'].map((it) => sources(it, ['.ts', '.js', '.rs'])).join('\n');
  const dataset = [...text.matchAll(/dataset\??\.((?:podskazka|error)[A-Za-z]+)/g)].map((it) => `data-${it[1].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  // A script in a form is known by its type.
  const scripts = [...text.matchAll(/\bscript\[type=['"]?([\w+/-]+)/g)].map((it) => it[1]);
  assert.ok(scripts.length);
  const read = [...text.matchAll(/\bdata-(?:podskazka|error)[a-z-]*/g)].map((it) => it[0]).concat(dataset, scripts);
  // Written by us: the code beside a field, and the mark of the panel.
  const own = ['data-podskazka-code', 'data-podskazka-panel'];
  const listed = attributes.flatMap((it) => it.all);
  assert.deepEqual(listed.map((it) => it.name).sort(), [...new Set(read)].filter((it) => !own.includes(it)).sort());
  assert.ok(listed.length >= 20);
  for (const root of ['', 'en/']) {
    const places = ids(page(`${root}attributes/`));
    for (const it of listed) assert.ok(places.has(it.name), `${root}: ${it.name}`);
  }
  for (const it of listed) {
    assert.ok(it.ru && it.en && it.example.includes(it.name), it.name);
    assert.deepEqual(faultOfHtml(it.example), [], it.name);
  }
});

const SCHEMA = {
  title: 'Form',
  description: 'A form.',
  type: 'object',
  required: ['version'],
  additionalProperties: false,
  properties: {
    version: { const: 1, description: 'Of the format.' },
    fields: { type: 'array', items: { $ref: '#/$defs/Field' }, maxItems: 500 },
    messages: { type: 'object', additionalProperties: { type: 'string' }, default: {} },
  },
  $defs: {
    Field: { type: 'object', description: 'A field.', required: ['name'], properties: { name: { type: 'string', maxLength: 64, examples: ['inn'] }, capture: { enum: ['value', 'shape', 'never'], default: 'shape' } } },
    rule: { oneOf: [{ properties: { rule: { const: 'equal' } } }, { properties: { rule: { const: 'order' } } }] },
  },
};

test('a JSON Schema becomes rows', () => {
  const all = objects(SCHEMA);
  assert.deepEqual(all.map((it) => it.name), ['Form', 'Field', 'rule: equal', 'rule: order']);
  const [version, fields, messages] = all[0].members;
  assert.deepEqual([version.type, version.required, version.text], ['1', true, 'Of the format.']);
  assert.deepEqual([fields.type, fields.limits], ['[Field]', ['items ≤ 500']]);
  assert.deepEqual([messages.type, messages.initial], ['{…: string}', '{}']);
  assert.deepEqual(all[1].members.map((it) => [it.name, it.type, it.required, it.initial, it.limits, it.examples]), [
    ['name', 'string', true, undefined, ['length ≤ 64'], ['"inn"']],
    ['capture', '"value" | "shape" | "never"', false, '"shape"', [], []],
  ]);
  assert.equal(typeOf({ type: 'array', items: { $ref: '#/$defs/rule' } }, SCHEMA), '[rule]');
  assert.throws(() => typeOf({ $ref: '#/$defs/Gone' }, SCHEMA), /Gone/);
});

test('the checks of code blocks refuse what is not there', () => {
  assert.deepEqual(faultOfHtml('<input data-podskazka="inn" data-podskazka-capture="never">'), []);
  assert.match(faultOfHtml('<input data-podskazka="mars">')[0], /no kind mars/);
  assert.match(faultOfHtml('<script src="/a.js" data-sites="a"></script>')[0], /data-sites is no option/);
  assert.match(faultOfHtml('<form><p></form>')[0], /closes nothing/);
  assert.match(faultOfHtml('<button onclick="a()">a</button>')[0], /policies/);
  assert.match(faultOfHtml('<label for="a">a</label>')[0], /not there/);
  assert.deepEqual(commands('podskazka faq check www/faq   # all of it\n# none\na && b'), ['podskazka faq check www/faq', 'a', 'b']);
  assert.deepEqual(faultOfCommand('podskazka-server --data-dir data backup /backup/1'), []);
  assert.match(faultOfCommand('podskazka faq chek www/faq')[0], /no command chek/);
  assert.match(faultOfCommand('podskazka-server --data data')[0], /no option --data/);
  assert.match(faultOfCommand('cargo xtask doc')[0], /no command doc/);
  assert.match(faultOfCommand('rm -rf data')[0], /unknown/);
  assert.match(faultOfCommand('node node_modules/podskazka/coppy.js public/podskazka')[0], /is not there/);
});
