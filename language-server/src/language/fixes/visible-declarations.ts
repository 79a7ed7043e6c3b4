/** What a file declares and sees by its imports, in that order. */
import type { LangiumDocument } from 'langium';
import type * as ast from '../../generated/ast.ts';
import { rootOf, visibleFiles } from '../links/imports.ts';
import type { TwinServices } from '../services.ts';

export function visibleDeclarations(document: LangiumDocument, services: TwinServices): ast.Declaration[] {
  const files = visibleFiles(document, services.shared.workspace.LangiumDocuments);
  return files.flatMap((file) => rootOf(file).declarations);
}
