/** The types of the package as data: what a developer sees in the editor is what stands on the page. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { require } from './npm.mjs';

const ts = require('typescript');

const plain = (comment) => (ts.getTextOfJSDocComment(comment) ?? '').replace(/\{@link ([\w.]+)\}/g, '`$1`').trim();

function documented(node) {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node);
  const all = (name) => tags.filter((it) => it.tagName.text === name).map((it) => plain(it.comment));
  return {
    text: comments.map((it) => plain(it.comment)).join('\n\n'),
    initial: all('defaultValue')[0],
    returns: all('returns')[0],
    throws: all('throws')[0],
    params: tags.filter(ts.isJSDocParameterTag).map((it) => ({ name: it.name.getText(), text: plain(it.comment).replace(/^- /, '') })),
    examples: all('example'),
  };
}

/** `name?: type`, or a call with its arguments, as it is written, without the comments inside. */
const written = (node) => node.getText().replace(/\/\*\*.*?\*\//gs, '').replace(/^(export |readonly |function )+/, '').replace(/;$/, '').replace(/\s+/g, ' ');

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
      entry.members = node.members.map((member) => ({
        // A name in quotes is told without them.
        name: member.name?.text ?? member.name?.getText() ?? entry.name,
        owner: entry.name,
        written: written(member),
        type: member.type && written(member.type),
        ...documented(member),
      }));
    } else {
      entry.written = written(node);
    }
    found[entry.name] = entry;
  }
  return found;
}
