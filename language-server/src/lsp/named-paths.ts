/** The files that a text names by their paths: imports, recordings, tables of values. Reads none of them. */
import { type AstNode, AstUtils, type CstNode, GrammarUtils, type LangiumDocument, type URI, UriUtils } from 'langium';
import type { Range } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { importsOf, pathFault } from '../language/links/imports.ts';

interface NamedPath {
  /** As it is written. */
  readonly path: string;
  /** Between the quotes. */
  readonly range: Range;
  readonly uri: URI;
}

/** Most files name no data, and a look at their text is much less work than one at their tree. */
const mayNameData = /\b(?:file|replay|empirical)\b/;

/** All paths that lead somewhere from where the document is. */
export function namedPathsOf(document: LangiumDocument): NamedPath[] {
  const folder = UriUtils.dirname(document.uri);
  const nodes: Iterable<AstNode> = mayNameData.test(document.textDocument.getText())
    ? AstUtils.streamAst(document.parseResult.value)
    : importsOf(document).map(({ node }) => node);
  return [...nodes].flatMap((node) => {
    const text = pathNodeOf(node);
    if (text === undefined) return [];
    const path = text.text.replace(/^"|"$/g, '');
    if (pathFault(path, path, document.uri) !== undefined) return [];
    const start = document.textDocument.positionAt(text.offset + 1);
    const end = document.textDocument.positionAt(text.offset + 1 + path.length);
    return [{ path, range: { start, end }, uri: UriUtils.resolvePath(folder, path) }];
  });
}

function pathNodeOf(node: AstNode): CstNode | undefined {
  if (ast.isFileImport(node)) return GrammarUtils.findNodeForProperty(node.$cstNode, 'path');
  if (ast.isFileSource(node)) return GrammarUtils.findNodeForProperty(node.$cstNode, 'pattern');
  if (ast.isReplay(node)) return GrammarUtils.findNodeForProperty(node.$cstNode, 'file');
  if (!ast.isCall(node) || node.function?.$refText !== 'empirical') return undefined;
  const value = node.arguments[0]?.value;
  return ast.isStringLiteral(value) ? value.$cstNode : undefined;
}
