/** Imports lead to files that exist, never back to where they came from, and bring no second element of the same id. */
import { type LangiumDocument, type LangiumDocuments, UriUtils } from 'langium';
import { importClosure, importsOf, rootOf } from '../links/imports.ts';
import { idOf } from '../lower/element-ids.ts';
import { type Lowering, placeOfProperty } from '../lower/lowering.ts';

export function checkImports(document: LangiumDocument, documents: LangiumDocuments, lowering: Lowering): void {
  for (const node of rootOf(document).imports) {
    if (node.path !== '') continue;
    lowering.report(
      'missing-file',
      placeOfProperty(lowering, node, 'path'),
      'Write the path of a file here: `"types.twin"`.',
    );
  }
  const seen = new Set<string>();
  for (const { node, uri } of importsOf(document)) {
    const place = placeOfProperty(lowering, node, 'path');
    const imported = documents.getDocument(uri);
    if (seen.has(uri.toString()))
      lowering.report('duplicate-name', place, `"${node.path}" is imported twice. Remove one.`);
    seen.add(uri.toString());
    if (imported === undefined) {
      const message = `There is no file "${node.path}" beside this one. Paths are relative to this file, and upper and lower case differ.`;
      lowering.report('missing-file', place, message);
    } else if (importClosure(imported, documents).some((reached) => UriUtils.equals(reached.uri, document.uri))) {
      const message = `"${node.path}" imports this file again, directly or through others. Move what both need into a third file.`;
      lowering.report('import-cycle', place, message);
    }
  }
}

/** Files without a package, or with the same one, share their ids. */
export function checkSharedIds(document: LangiumDocument, documents: LangiumDocuments, lowering: Lowering): void {
  const [, ...imported] = importClosure(document, documents);
  if (imported.length === 0) return;
  const taken = new Map(
    imported.flatMap((part) =>
      rootOf(part).declarations.map((node) => [idOf(node), UriUtils.basename(part.uri)] as const),
    ),
  );
  for (const node of rootOf(document).declarations) {
    const file = taken.get(idOf(node));
    if (file === undefined) continue;
    const message = `\`${node.name}\` is declared in "${file}" too, in the same package. Rename it, or give one file a package of its own.`;
    lowering.report('duplicate-name', placeOfProperty(lowering, node, 'name'), message);
  }
}
