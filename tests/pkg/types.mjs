// Types: they compile under both resolutions, fit the loader, an editor completes them, and each option, event and code has words,
// a default and an example that compiles; that of a code is run.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pkg, scratch, tried } from '../hosts/lib.mjs';

const ts = createRequire(join(tried, 'package.json'))('typescript');
const work = scratch('types');
const installed = join(work, 'node_modules/podskazka');

/** Members of the objects inside a type: what an event brings, what a call takes. */
function inner(node, owner) {
  const found = [];
  const visit = (it) => {
    if (ts.isPropertySignature(it) && it !== node) found.push({ owner, name: it.name.getText(), docs: ts.getJSDocCommentsAndTags(it) });
    ts.forEachChild(it, visit);
  };
  visit(node);
  return found;
}

/** Comments of all members, by `Interface.member`; those of the files beside it that it hands on, too. */
function members(file) {
  const source = ts.createSourceFile(file, readFileSync(join(installed, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  for (const node of source.statements) {
    const beside = ts.isExportDeclaration(node) && !node.exportClause && node.moduleSpecifier.text;
    // `core` is an entry of its own.
    if (beside && beside !== './core.js') found.push(...members(beside.replace(/js$/, 'd.ts')));
    const exported = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((it) => it.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported || ts.isExportDeclaration(node)) continue;
    const name = node.name?.text ?? '';
    found.push({ file, name, docs: ts.getJSDocCommentsAndTags(node) });
    const whole = ts.isInterfaceDeclaration(node) ? node.members : [];
    // A member that says nothing beyond its name is no help in an editor.
    for (const it of (whole.length ? [...whole] : [node]).flatMap((it) => inner(it, whole.length ? `${name}.${it.name?.text ?? 'call'}` : name))) {
      assert.ok(it.docs.length, `${file}: ${it.owner}.${it.name} has no comment`);
    }
    for (const member of whole) {
      found.push({ file, owner: name, name: member.name?.text ?? 'call', optional: !!member.questionToken, docs: ts.getJSDocCommentsAndTags(member) });
    }
  }
  return found;
}

const examples = [];
/** Shapes that the widget gives out and nobody sets. */
const GIVEN = ['Ticket', 'FieldState'];
const CODES = ['Faults', 'Doubts'];
/** What a member must show how to write, whether it may be left out or not. */
const SHOWN = ['PodskazkaEvents', 'PageEvents', 'SetupFaults', 'Api', 'Kinds', ...CODES];
const { check } = await import(pathToFileURL(join(installed, 'core.js')));
let found = 0;
for (const file of ['index.d.ts', 'core.d.ts', 'node.d.ts', 'react.d.ts', 'vue.d.ts', 'element.d.ts']) {
  for (const { owner, name, optional, docs } of members(file)) {
    const where = `${file}: ${owner ? `${owner}.` : ''}${name}`;
    const text = docs.map((it) => it.getText()).join('\n');
    const tags = docs.flatMap((it) => it.tags ?? [it]).filter((it) => it.tagName);
    const example = tags.filter((it) => it.tagName.text === 'example').map((it) => ts.getTextOfJSDocComment(it.comment));
    assert.match(text, /\/\*\*/, `${where} has no comment`);
    const option = optional && /Options|Params|Context|Field|Error|Prefill|Attributes/.test(owner) && !GIVEN.includes(owner);
    if (option || CODES.includes(owner)) assert.ok(tags.some((it) => it.tagName.text === 'defaultValue'), `${where} names no default`);
    const plain = owner === 'Api' && ['version', 'build'].includes(name);
    if ((option || SHOWN.includes(owner)) && !plain) assert.ok(example.length, `${where} has no example`);
    if (CODES.includes(owner) && example[0].startsWith('check(')) {
      const verdict = new Function('check', `return ${example[0]}`)(check);
      const codes = owner === 'Faults' ? [verdict.code] : verdict.warnings.map((it) => it.code);
      assert.ok(codes.includes(name), `${where}: ${example[0]} gives ${codes}`);
      found++;
    }
    examples.push(...example.map((code) => ({ where, code })));
  }
}
assert.ok(examples.length > 500, `${examples.length} examples`);
assert.ok(found > 250, `${found} codes are found by their examples`);

/** What an editor offers at `|`. */
function completed(text) {
  const file = join(work, 'editor.ts');
  const source = ts.ScriptSnapshot.fromString(text.replace('|', ''));
  const { fileExists, readFile, directoryExists, getDirectories } = ts.sys;
  const host = {
    fileExists, readFile, directoryExists, getDirectories,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (name === file ? source : fileExists(name) ? ts.ScriptSnapshot.fromString(readFile(name)) : undefined),
    getCurrentDirectory: () => work,
    getCompilationSettings: () => ({ strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  };
  const service = ts.createLanguageService(host);
  return service.getCompletionsAtPosition(file, text.indexOf('|'), {})?.entries.map((it) => it.name.replace(/^"(.*)"$/, '$1')) ?? [];
}
const of = (name, file = 'index.d.ts') => members(file).filter((it) => it.owner === name).map((it) => it.name);
for (const [text, names] of [
  ['import { init } from "podskazka"; init({ | });', [...of('Options'), ...of('InitOptions')]],
  ['import { init } from "podskazka"; init().on("|", () => {});', of('PodskazkaEvents')],
  ['import "podskazka"; document.addEventListener("|", () => {});', of('PodskazkaEvents').map((it) => `podskazka:${it}`)],
  ['import { init } from "podskazka"; init().on("invalid", ({ detail }) => detail.code === "|");', ['inn.checksum', 'form.min', 'file.size', 'inn.region']],
  ['import { init } from "podskazka"; init().on("error", ({ detail }) => detail.code === "|");', of('SetupFaults')],
  ['import { init } from "podskazka"; init().open("article", { code: "|" });', ['inn.checksum']],
  ['import { check } from "podskazka/core"; check("|", "");', of('Kinds', 'core.d.ts')],
  ['import { init } from "podskazka"; init({ schema: { version: 1, form: "f", messages: { | } } });', ['inn.checksum', 'form.required']],
]) {
  const offered = completed(text);
  assert.deepEqual(names.filter((it) => !offered.includes(it)), [], text);
  assert.ok(names.length, text);
}

const prelude = `
import { useState } from "react";
import { init, type FieldCode, type Podskazka, type PodskazkaEvents } from "podskazka";
import "podskazka/element";
import { check, checkForm, checkMany, format, kinds, type FormSchema, type FormSchemaError, type FormSchemaField, type FormSchemaFiles, type FormSchemaRule, type FormSchemaStep, type FormSchemaWhen } from "podskazka/core";
import { explain } from "podskazka/node";
import { usePodskazka as useReact, usePodskazkaEvent } from "podskazka/react";
import { usePodskazka as useVue } from "podskazka/vue";
declare const api: Podskazka;
declare const fault: { code: FieldCode };
declare const doubt: { code: FieldCode };
declare const column: readonly string[];
declare const player: { play(): void };
declare function count(what: unknown): void;
declare function badge(count: number): void;
declare function setNumber(number: string): void;
const { on, open, prefill, reportError } = api;
export { check, checkForm, checkMany, column, explain, format, kinds, useState, fault, doubt, player, badge, count, setNumber, on, open, prefill, reportError, useReact, useVue, usePodskazkaEvent, init };
export type { FormSchema, FormSchemaError, FormSchemaField, FormSchemaFiles, FormSchemaRule, FormSchemaStep, FormSchemaWhen, PodskazkaEvents };
`;
const body = examples.map(({ where, code }, at) => {
  const hook = where.startsWith('vue') ? 'const usePodskazka = useVue;' : 'const usePodskazka = useReact;';
  return `// ${where}\nexport async function example${at}() {\n${hook} void usePodskazka;\n${code}\n}\n`;
});
writeFileSync(join(work, 'examples.tsx'), prelude + body.join('\n'));

// What is absent is `null` in the core's samples and no key in JavaScript. The samples fit the types, with nothing over and nothing missing.
const shapes = JSON.parse(readFileSync(join(pkg, 'shapes.json'), 'utf8'), (_, part) => part ?? undefined);
const verdicts = shapes.cases.map((it) => it.verdict);
writeFileSync(
  join(work, 'shapes.ts'),
  `import type { Ticket, Verdict } from "podskazka";
type Whole<T> = T extends (infer U)[] ? Whole<U>[] : T extends object ? { [K in keyof T]-?: Whole<T[K]> } : T;
export const ticket: Whole<Ticket> = ${JSON.stringify(shapes.ticket)};
export const verdicts: Verdict[] = ${JSON.stringify(verdicts)};
`,
);

/** Code blocks of the guides: each is a module of its own. */
const blocks = [];
for (const guide of ['docs/guides/embedding.md', 'pkg-templates/README.md']) {
  for (const [, language, code] of readFileSync(guide, 'utf8').matchAll(/```(ts|tsx|js)\n(.*?)```/gs)) {
    const name = `guide${blocks.length}.${language === 'tsx' ? 'tsx' : 'ts'}`;
    const stub = language === 'js' && code.includes('function () {') ? '// @ts-nocheck plain JavaScript\n' : '';
    // The script of the page is the same entry, without a bundler.
    writeFileSync(join(work, name), `${stub}// ${guide}\n${code.replace('"/podskazka/podskazka.js"', '"podskazka"')}\nexport {};\n`);
    blocks.push(name);
  }
}
assert.ok(blocks.length >= 8);
cpSync('tests/pkg/example.ts', join(work, 'example.ts'));

function compile(name, config) {
  writeFileSync(join(work, `${name}.json`), JSON.stringify(config));
  try {
    execFileSync(join(tried, 'node_modules/.bin/tsc'), ['-p', `${name}.json`, '--pretty', 'false'], { cwd: work });
  } catch (error) {
    throw new Error(`${name}:\n${error.stdout}`);
  }
}
const options = { noEmit: true, strict: true, target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], types: ['node'], jsx: 'react-jsx', skipLibCheck: false };
for (const moduleResolution of ['bundler', 'nodenext']) {
  const module = moduleResolution === 'bundler' ? 'esnext' : 'nodenext';
  compile(moduleResolution, { compilerOptions: { ...options, module, moduleResolution }, files: ['example.ts', 'examples.tsx', 'shapes.ts', ...blocks] });
}
// The hook and the element in a component, by the types of React 18 and 19.
writeFileSync(
  join(work, 'component.tsx'),
  `import { useState } from "react";
import { usePodskazka, usePodskazkaEvent } from "podskazka/react";
import "podskazka/element";
export function Help() {
  const [number, setNumber] = useState("");
  const help = usePodskazka({ site: "demo" });
  usePodskazkaEvent("submitted", (event) => setNumber(event.detail.number));
  return <><podskazka-help view="ticket" site="demo" className="help" /><button type="button" onClick={() => help?.open("ticket")}>{number}</button></>;
}
// @ts-expect-error a view that does not exist
export const wrong = <podskazka-help view="tickets" />;
`,
);
const typesOf = (name) => join(tried, 'node_modules', name);
const MAJORS = { 18: 'types-react18', 19: '@types/react' };
for (const [major, name] of Object.entries(MAJORS)) {
  assert.match(JSON.parse(readFileSync(join(typesOf(name), 'package.json'), 'utf8')).version, new RegExp(`^${major}\\.`));
  const paths = { react: [join(typesOf(name), 'index.d.ts')], 'react/jsx-runtime': [join(typesOf(name), 'jsx-runtime.d.ts')] };
  compile(`react${major}`, { compilerOptions: { ...options, module: 'esnext', moduleResolution: 'bundler', paths, types: [] }, files: ['component.tsx'] });
}
// The loader keeps what the types promise.
const paths = { podskazka: [join(installed, 'index.d.ts')], 'podskazka/core': [join(installed, 'core.d.ts')] };
const loader = { ...options, module: 'esnext', moduleResolution: 'bundler', paths, noUnusedLocals: true, types: [] };
compile('loader', { compilerOptions: loader, include: [join(resolve('www/loader'), '*.ts')] });
console.log(`  types: ${examples.length} examples and ${blocks.length} blocks of the guides compile under two resolutions, a component by the types of React 18 and 19; ${verdicts.length} verdicts of the core and the loader fit`);
// As Node's test runner ends, so that it is counted.
console.log('ℹ pass 1');
