/** Which files a file imports, as URIs. Reads nothing. */
import { GrammarUtils, type LangiumDocument, type LangiumDocuments, type URI, UriUtils } from 'langium';
import type * as ast from '../../generated/ast.ts';

interface ImportedFile {
  readonly node: ast.FileImport;
  readonly uri: URI;
}

/** Why a path cannot lead anywhere, whatever files there are. */
export type PathFault = 'empty' | 'address' | 'absolute' | 'backslash' | 'unsaved';

export function rootOf(document: LangiumDocument): ast.TwinFile {
  return document.parseResult.value as ast.TwinFile;
}

/** Asked for with every name that is looked up, and the same as long as the text is. */
const known = new WeakMap<ast.TwinFile, readonly ImportedFile[]>();

/** The files named by `import`, as far as their paths lead anywhere. */
export function importsOf(document: LangiumDocument): readonly ImportedFile[] {
  const root = rootOf(document);
  let imported = known.get(root);
  if (imported === undefined) {
    // A file that was found but is not parsed yet has no imports.
    const { imports = [] }: Partial<ast.TwinFile> = root;
    const folder = UriUtils.dirname(document.uri);
    imported = imports
      .filter((node) => pathFaultOf(node, document.uri) === undefined)
      .map((node) => ({ node, uri: UriUtils.resolvePath(folder, node.path) }));
    known.set(root, imported);
  }
  return imported;
}

export function pathFaultOf(node: ast.FileImport, importer: URI): PathFault | undefined {
  return pathFault(node.path, writtenPath(node), importer);
}

export function pathFault(path: string | undefined, written: string, importer: URI): PathFault | undefined {
  if (path === undefined || path.trim() === '') return 'empty';
  if (importer.scheme === 'untitled') return 'unsaved';
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return 'address';
  if (/^[/\\]|^[a-z]:/i.test(path)) return 'absolute';
  // As it is written: in texts, `\t` is a tab.
  return written.includes('\\') ? 'backslash' : undefined;
}

/** The path as it stands between its quotes. */
export function writtenPath(node: ast.FileImport): string {
  const text = GrammarUtils.findNodeForProperty(node.$cstNode, 'path')?.text ?? '';
  return text.replace(/^"|"$/g, '');
}

/** The document and the files that it imports itself. */
export function visibleFiles(document: LangiumDocument, documents: LangiumDocuments): LangiumDocument[] {
  const imported = importsOf(document).map(({ uri }) => documents.getDocument(uri));
  return [document, ...imported.filter((found) => found !== undefined)];
}

/** The document and all that it imports, directly or not, each once; itself first. */
export function importClosure(document: LangiumDocument, documents: LangiumDocuments): LangiumDocument[] {
  const found = new Map<string, LangiumDocument>([[document.uri.toString(), document]]);
  for (const current of found.values()) {
    for (const { uri } of importsOf(current)) {
      const imported = documents.getDocument(uri);
      if (imported !== undefined && !found.has(uri.toString())) found.set(uri.toString(), imported);
    }
  }
  return [...found.values()];
}

/** The shortest way along imports from one file to another, both included; nothing where none leads there. */
export function importPath(from: LangiumDocument, to: URI, documents: LangiumDocuments): LangiumDocument[] | undefined {
  const before = new Map<LangiumDocument, LangiumDocument | undefined>([[from, undefined]]);
  for (const current of before.keys()) {
    if (UriUtils.equals(current.uri, to)) {
      const path: LangiumDocument[] = [];
      for (let step: LangiumDocument | undefined = current; step !== undefined; step = before.get(step))
        path.unshift(step);
      return path;
    }
    for (const { uri } of importsOf(current)) {
      const imported = documents.getDocument(uri);
      if (imported !== undefined && !before.has(imported)) before.set(imported, current);
    }
  }
  return undefined;
}
