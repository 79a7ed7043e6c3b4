/** Reads files that are imported but not part of the workspace, so that single opened files work too. */
import { DocumentState } from 'langium';
import { loadImports } from '../language/links/imports.ts';
import type { TwinServices } from '../language/services.ts';

/** As soon as a file is parsed its imports are read; the next step links against them. */
export function loadImportsOnParse({ shared }: TwinServices): void {
  const documents = shared.workspace.LangiumDocuments;
  shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Parsed, async (parsed) => {
    for (const document of parsed) await loadImports(document, documents);
  });
}
