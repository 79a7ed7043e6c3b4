/** Ways to mend what is missing from, or surplus among, the imports of a file. */
import { type LangiumDocument, type URI, UriUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { ImportFault } from '../links/import-reader.ts';
import { importClosure, importsOf, pathFaultOf, rootOf, visibleFiles, writtenPath } from '../links/imports.ts';
import { nearNames } from '../links/near-names.ts';
import type { Fix } from '../problems/fix.ts';
import { headEnd, inserted, lineEnd, removed, replaced } from './changes.ts';
import type { Found } from './found.ts';

/** Files that are open or part of the workspace and declare what is missing here. */
export function importOfDeclaring({ document, services, reference, text }: Found): Fix[] {
  const info = reference?.error?.info;
  if (info === undefined) return [];
  const documents = services.shared.workspace.LangiumDocuments;
  const type = services.shared.AstReflection.getReferenceType(info);
  const visible = new Set(visibleFiles(document, documents));
  const declaring = documents.all
    .filter((other) => !visible.has(other))
    .filter((other) =>
      rootOf(other).declarations.some(
        (node) => 'name' in node && node.name === text && services.shared.AstReflection.isSubtype(node.$type, type),
      ),
    )
    .filter((other) => !importClosure(other, documents).includes(document))
    .toArray();
  return declaring.map((other) => ({
    title: `Import "${pathTo(document, other)}"`,
    edits: [withImport(document, pathTo(document, other))],
    certainty: declaring.length === 1 ? 'likely' : 'possible',
  }));
}

/** The path as it has to be written, or that of a file which is there. */
export function mendedPaths(found: Found): Fix[] {
  const { document, services, node, start, end } = found;
  if (!ast.isFileImport(node)) return [];
  const writes = (path: string, certainty: Fix['certainty']): Fix => ({
    title: `Write "${path}"`,
    edits: [replaced(document, start, end, `"${path}"`)],
    certainty,
  });
  if (pathFaultOf(node, document.uri) === 'backslash')
    return [writes(writtenPath(node).replaceAll(/\\+/g, '/'), 'safe')];
  const imported = importsOf(document).find((item) => item.node === node);
  const fault = imported === undefined ? undefined : services.imports.Reader.faultOf(imported.uri);
  const onDisk = candidates(fault).map((uri) => UriUtils.relative(UriUtils.dirname(document.uri), uri));
  const open = services.shared.workspace.LangiumDocuments.all.filter((other) => other !== document);
  const slips = nearNames(
    node.path,
    open.map((other) => pathTo(document, other)),
  );
  const paths = [...new Set([...onDisk, ...slips])].slice(0, 4);
  return paths.map((path) => writes(path, paths.length === 1 ? 'likely' : 'possible'));
}

function candidates(fault: ImportFault | undefined): readonly URI[] {
  switch (fault?.kind) {
    case 'other-case':
      return [fault.actual];
    case 'folder':
      return fault.files;
    case 'missing':
      return fault.near;
    default:
      return [];
  }
}

/** Said twice, or leading back here: the line goes. `safe` where nothing is lost with it. */
export function withoutImport(certainty: Fix['certainty']): (found: Found) => Fix[] {
  return ({ document, node }) => {
    const cst = importsOf(document).find((item) => item.node === node)?.node.$cstNode;
    return cst === undefined ? [] : [{ title: 'Remove this import', edits: [removed(cst, document)], certainty }];
  };
}

function pathTo(from: LangiumDocument, to: LangiumDocument): string {
  return UriUtils.relative(UriUtils.dirname(from.uri), to.uri);
}

function withImport(document: LangiumDocument, path: string): Fix['edits'][number] {
  const text = document.textDocument.getText();
  const eol = lineEnd(text);
  const line = `import "${path}"`;
  const head = headEnd(document);
  return head === 0 ? inserted(document, 0, `${line}${eol}${eol}`) : inserted(document, head, `${eol}${line}`);
}
