/** Imports lead to files that exist, never back to where they came from, and bring no second element of the same id. */
import { type LangiumDocument, type LangiumDocuments, type URI, UriUtils } from 'langium';
import type * as ast from '../../generated/ast.ts';
import type { ImportFault, ImportReader } from '../links/import-reader.ts';
import {
  importClosure,
  importPath,
  importsOf,
  type PathFault,
  pathFaultOf,
  rootOf,
  writtenPath,
} from '../links/imports.ts';
import { idOf } from '../lower/element-ids.ts';
import { type Lowering, placeOfProperty } from '../lower/lowering.ts';
import { limitErrorsOf } from '../parser/reading-limits.ts';
import type { ProblemCode } from '../problems/problem-codes.ts';

interface Finding {
  readonly code: ProblemCode;
  readonly message: string;
}

/** One finding an import, at most. */
export function checkImports(
  document: LangiumDocument,
  documents: LangiumDocuments,
  reader: ImportReader,
  lowering: Lowering,
): void {
  const report = (node: ast.FileImport, { code, message }: Finding) =>
    lowering.report(code, placeOfProperty(lowering, node, 'path'), message);
  for (const node of rootOf(document).imports) {
    const fault = pathFaultOf(node, document.uri);
    if (fault !== undefined) report(node, { code: 'missing-file', message: pathAdvice(fault, node, document.uri) });
  }
  const seen = new Set<string>();
  for (const { node, uri } of importsOf(document)) {
    const isAgain = seen.has(uri.toString());
    seen.add(uri.toString());
    const imported = documents.getDocument(uri);
    const finding = isAgain
      ? { code: 'duplicate-name' as const, message: `"${node.path}" is imported twice. Remove one.` }
      : imported === undefined
        ? { code: 'missing-file' as const, message: faultAdvice(node.path, uri, reader.faultOf(uri), document.uri) }
        : (cycleFinding(node.path, imported, document, documents) ?? limitFinding(node.path, imported));
    if (finding !== undefined) report(node, finding);
  }
}

function pathAdvice(fault: PathFault, node: ast.FileImport, importer: URI): string {
  switch (fault) {
    case 'empty':
      return 'Write the path of a file here: `"types.twin"`.';
    case 'unsaved':
      return 'Save this file first: paths of imports are relative to it.';
    case 'address':
      return `"${node.path}" is an address, and only files beside the model are imported. Copy the file into the workspace and write its path relative to this file: \`"types.twin"\`.`;
    case 'absolute':
      return `"${writtenPath(node)}" is an absolute path, which leads elsewhere on another machine. Write it relative to this file${relativeHint(node.path, importer)}.`;
    case 'backslash':
      return `Paths are written with \`/\`: \`"${writtenPath(node).replace(/\\+/g, '/')}"\`.`;
  }
}

function relativeHint(path: string, importer: URI): string {
  return path.startsWith('/') ? `: \`"${relativePath(importer, importer.with({ path }))}"\`` : '';
}

function faultAdvice(path: string, uri: URI, fault: ImportFault | undefined, importer: URI): string {
  const paths = (files: readonly URI[]) => files.slice(0, 3).map((file) => `\`"${relativePath(importer, file)}"\``);
  switch (fault?.kind) {
    case 'other-case':
      return `There is no file "${path}", but one that differs in upper and lower case: write ${paths([fault.actual])[0]}.`;
    case 'folder': {
      const choice =
        fault.files.length === 0
          ? 'It holds no `.twin` file'
          : `Import its files, such as ${paths(fault.files).join(', ')}`;
      return `"${path}" is a folder. ${choice}.`;
    }
    case 'not-a-model':
      return `"${path}" is no \`.twin\` file; only those are imported. Files of data are named where they are used.`;
    case 'unreadable':
      return `"${path}" exists but cannot be read: ${firstClause(fault.reason)}. Check who may read it.`;
    case 'missing':
    case undefined: {
      const near = paths(fault?.near ?? []).join(' or ');
      const hint = near === '' ? '' : ` Did you mean ${near}?`;
      return `There is no file "${path}" ${whereIs(uri, importer)}.${hint} Paths are relative to this file, and upper and lower case differ.`;
    }
  }
}

function whereIs(uri: URI, importer: URI): string {
  const folder = UriUtils.relative(UriUtils.dirname(importer), UriUtils.dirname(uri));
  return folder === '' ? 'beside this one' : `in "${folder.replace(/\/$/, '')}"`;
}

/** What a system says about a file, without the path that it names again. */
function firstClause(reason: string): string {
  return reason.split(/[,.]\s/)[0] ?? reason;
}

function relativePath(importer: URI, to: URI): string {
  return UriUtils.relative(UriUtils.dirname(importer), to);
}

function cycleFinding(
  path: string,
  imported: LangiumDocument,
  document: LangiumDocument,
  documents: LangiumDocuments,
): Finding | undefined {
  if (imported === document) return { code: 'import-cycle', message: 'This file imports itself. Remove the line.' };
  const way = importPath(imported, document.uri, documents);
  if (way === undefined) return undefined;
  const chain = [document, ...way].map(({ uri }) => UriUtils.basename(uri)).join(' → ');
  const message = `"${path}" imports this file again: ${chain}. Move what both need into a third file.`;
  return { code: 'import-cycle', message };
}

function limitFinding(path: string, imported: LangiumDocument): Finding | undefined {
  const found = limitErrorsOf(imported).find(({ code }) => code === 'too-large');
  return found === undefined ? undefined : { code: 'too-large', message: `"${path}" is not read. ${found.message}` };
}

/** Files without a package, or with the same one, share their ids. */
export function checkSharedIds(document: LangiumDocument, documents: LangiumDocuments, lowering: Lowering): void {
  const own = rootOf(document);
  const others = importClosure(document, documents).slice(1);
  // The package is part of an id, and no name has a dot.
  const imported = others.filter((part) => rootOf(part).packageName === own.packageName);
  if (imported.length === 0) return;
  const taken = new Map(
    imported.flatMap((part) =>
      rootOf(part).declarations.map((node) => [idOf(node), UriUtils.basename(part.uri)] as const),
    ),
  );
  for (const node of own.declarations) {
    const file = taken.get(idOf(node));
    if (file === undefined || !('name' in node)) continue;
    const message = `\`${node.name}\` is declared in "${file}" too, in the same package. Rename it, or give one file a package of its own.`;
    lowering.report('duplicate-name', placeOfProperty(lowering, node, 'name'), message);
  }
}
