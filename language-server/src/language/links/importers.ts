/** Who imports a file, directly or not. Walks each import once, however many files there are. */
import type { LangiumDocument, LangiumDocuments } from 'langium';
import { importsOf } from './imports.ts';

/** The documents and all that import one of them, directly or not, in the order of the workspace. */
export function withImporters(changed: Iterable<LangiumDocument>, documents: LangiumDocuments): LangiumDocument[] {
  const importers = new Map<string, LangiumDocument[]>();
  for (const document of documents.all) {
    for (const { uri } of importsOf(document)) {
      const known = importers.get(uri.toString());
      if (known === undefined) importers.set(uri.toString(), [document]);
      else known.push(document);
    }
  }
  const found = new Set(changed);
  for (const document of found) {
    for (const importer of importers.get(document.uri.toString()) ?? []) found.add(importer);
  }
  return documents.all.filter((document) => found.has(document)).toArray();
}
