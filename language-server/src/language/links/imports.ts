/** Which files a file imports, as URIs. Reads nothing. */
import { type LangiumDocument, type LangiumDocuments, type URI, UriUtils } from 'langium';
import type * as ast from '../../generated/ast.ts';

export interface ImportedFile {
  readonly node: ast.FileImport;
  readonly uri: URI;
}

export function rootOf(document: LangiumDocument): ast.TwinFile {
  return document.parseResult.value as ast.TwinFile;
}

/** The files named by `import`, as far as a path is written. */
export function importsOf(document: LangiumDocument): ImportedFile[] {
  const folder = UriUtils.dirname(document.uri);
  return rootOf(document)
    .imports.filter((node) => node.path !== undefined && node.path !== '')
    .map((node) => ({ node, uri: UriUtils.resolvePath(folder, node.path) }));
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

/** Reads the documents that a document imports, directly or not; those that cannot be read are left out. */
export async function loadImports(document: LangiumDocument, documents: LangiumDocuments): Promise<LangiumDocument[]> {
  const found = new Map<string, LangiumDocument>([[document.uri.toString(), document]]);
  for (const current of found.values()) {
    for (const { uri } of importsOf(current)) {
      if (found.has(uri.toString())) continue;
      const imported = documents.getDocument(uri) ?? (await readDocument(uri, documents));
      if (imported !== undefined) found.set(uri.toString(), imported);
    }
  }
  return [...found.values()];
}

async function readDocument(uri: URI, documents: LangiumDocuments): Promise<LangiumDocument | undefined> {
  try {
    return await documents.getOrCreateDocument(uri);
  } catch {
    return undefined;
  }
}
