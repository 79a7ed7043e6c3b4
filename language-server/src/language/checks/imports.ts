/** Imports lead to files that exist, and never back to where they came from. */
import { type LangiumDocument, type LangiumDocuments, UriUtils } from 'langium';
import { importClosure, importsOf } from '../links/imports.ts';
import { type Lowering, placeOfProperty } from '../lower/lowering.ts';

export function checkImports(document: LangiumDocument, documents: LangiumDocuments, lowering: Lowering): void {
  const seen = new Set<string>();
  for (const { node, uri } of importsOf(document)) {
    const place = placeOfProperty(lowering, node, 'path');
    const imported = documents.getDocument(uri);
    if (seen.has(uri.toString()))
      lowering.report('duplicate-name', place, `"${node.path}" is imported twice. Remove one.`);
    seen.add(uri.toString());
    if (imported === undefined) {
      const message = `There is no file "${node.path}" beside this one. Paths are relative to this file.`;
      lowering.report('missing-file', place, message);
    } else if (importClosure(imported, documents).some((reached) => UriUtils.equals(reached.uri, document.uri))) {
      const message = `"${node.path}" imports this file again, directly or through others. Move what both need into a third file.`;
      lowering.report('import-cycle', place, message);
    }
  }
}
