/** A name that two files declare, in packages of their own, means the nearest one; who reads the text may not see which. */
import { type LangiumDocument, type LangiumDocuments, UriUtils } from 'langium';
import { declarationsOf } from '../links/declared-names.ts';
import { importsOf, rootOf } from '../links/imports.ts';
import { idOf } from '../lower/element-ids.ts';
import { type Lowering, placeOfProperty } from '../lower/lowering.ts';

export function checkHiddenImports(document: LangiumDocument, documents: LangiumDocuments, lowering: Lowering): void {
  /** Name → the file that counts, nearest first; empty for this file itself. */
  const seen = new Map<string, string>();
  const ids = new Set(rootOf(document).declarations.map((node) => idOf(node)));
  for (const name of declarationsOf(rootOf(document)).keys()) seen.set(name, '');
  for (const { node, uri } of importsOf(document)) {
    const imported = UriUtils.equals(uri, document.uri) ? undefined : documents.getDocument(uri);
    if (imported === undefined) continue;
    const file = UriUtils.basename(uri);
    const hidden: string[] = [];
    for (const [name, [declaration]] of declarationsOf(rootOf(imported))) {
      const nearer = seen.get(name);
      if (nearer === undefined) seen.set(name, file);
      // Of the same package it is a finding of its own: the two share their ids.
      else if (!ids.has(idOf(declaration)))
        hidden.push(nearer === '' ? `\`${name}\` of this file` : `\`${name}\` of "${nearer}"`);
    }
    if (hidden.length === 0) continue;
    const message = `What "${file}" declares under the same name is hidden by ${hidden.join(', ')}. Rename one of the two.`;
    lowering.report('hidden-import', placeOfProperty(lowering, node, 'path'), message);
  }
}
