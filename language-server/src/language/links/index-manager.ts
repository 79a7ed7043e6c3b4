/** Says which files must be linked and checked again after a change: those that import what changed, and no others. */
import { DefaultIndexManager, type LangiumDocument } from 'langium';
import { importsOf } from './imports.ts';

export class TwinIndexManager extends DefaultIndexManager {
  override isAffected(document: LangiumDocument, changedUris: Set<string>): boolean {
    return importsOf(document).some(({ uri }) => changedUris.has(uri.toString()));
  }
}
