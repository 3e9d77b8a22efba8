/** The types of the package as data: what a developer sees in the editor is what stands on the page. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { require } from './npm.mjs';

const ts = require('typescript');

const linked = (text) => text.replace(/\{@link ([\w.]+)\}/g, '`$1`');
const plain = (comment) => linked(ts.getTextOfJSDocComment(comment) ?? '').trim();

/** The objects inside a type whose members are described there. */
function literals(node) {
  const found = [];
  const visit = (it) => {
    if (ts.isTypeLiteralNode(it) && it.members.length) found.push(it);
    else ts.forEachChild(it, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

/** Each member of those objects, and what stands within it. A member of several has its place once. */
function inside(node) {
  const all = literals(node).flatMap((it) => [...it.members]).map((it) => ({ written: written(it), ...documented(it), parts: inside(it) }));
  return all.filter((it, at) => all.findIndex((other) => other.written === it.written && other.text === it.text) === at);
}

function documented(node) {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node);
  const all = (name) => tags.filter((it) => it.tagName.text === name).map((it) => plain(it.comment));
  return {
    text: comments.map((it) => plain(it.comment)).join('\n\n'),
    initial: all('defaultValue')[0],
    returns: all('returns')[0],
    // `@throws {@link SchemaError} when…` is read as a tag `throws` without words, and a tag `link` with the rest.
    throws: all('throws')[0] || tags.filter((it) => it.tagName.text === 'link').map((it) => linked(`{@link ${it.comment}`))[0],
    params: tags.filter(ts.isJSDocParameterTag).map((it) => ({ name: it.name.getText(), text: plain(it.comment).replace(/^- /, '') })),
    examples: all('example'),
  };
}

/** `name?: type`, or a call with its arguments, as it is written, without the comments inside; objects inside, which are told below it, as `{…}`. */
function written(node) {
  let text = node.getText();
  for (const it of literals(node).reverse()) text = text.slice(0, it.getStart() - node.getStart()) + '{…}' + text.slice(it.getEnd() - node.getStart());
  return text.replace(/\/\*\*.*?\*\//gs, '').replace(/^(export |readonly |function |type )+/, '').replace(/;$/, '').replace(/\s+/g, ' ').replace(/([=(<]) (?:\| )?/g, (all, sign) => (sign === '=' ? '= ' : sign)).replace(/,? ([)>])/g, '$1');
}

/** Everything that a file of types exports, by name; what stands in a file beside it too. */
export function read(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = {};
  for (const node of source.statements) {
    const beside = ts.isExportDeclaration(node) && !node.exportClause && node.moduleSpecifier.text;
    // `core` is an entry of its own.
    if (beside && beside !== './core.js') Object.assign(found, read(join(dirname(file), beside.replace(/js$/, 'd.ts'))));
    const exported = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((it) => it.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported || !node.name) continue;
    const entry = { name: node.name.text, file: basename(file), ...documented(node) };
    if (ts.isInterfaceDeclaration(node)) {
      entry.written = [entry.name, ...(node.heritageClauses ?? []).map((it) => it.getText())].join(' ');
      entry.members = node.members.map((member) => ({
        // A name in quotes is told without them.
        name: member.name?.text ?? member.name?.getText() ?? entry.name,
        owner: entry.name,
        written: written(member),
        type: member.type && written(member.type),
        parts: inside(member),
        ...documented(member),
      }));
    } else {
      Object.assign(entry, { written: written(node), parts: inside(node) });
    }
    found[entry.name] = entry;
  }
  return found;
}

/** Names of types, as far as `known` has them, in a piece of a type or in the code of a sentence; what stands in quotes names none. */
export const names = (written, known) => [...new Set(written.replace(/"[^"]*"/g, '').match(/\b[A-Z]\w*/g) ?? [])].filter((it) => it in known);

/** All that is written of an entry: its own type, those of its members and of what stands within, and what its sentences show as code. */
export function pieces(entry) {
  const words = [entry.text, entry.returns, entry.throws, ...entry.params.map((it) => it.text)].join(' ');
  return [entry.written, ...(words.match(/`[^`]+`/g) ?? []), ...[...(entry.members ?? []), ...(entry.parts ?? [])].flatMap(pieces)];
}
