/** Reads files that are imported but not part of the workspace, so that single opened files work too. */
import { DocumentState } from 'langium';
import type { TwinServices } from '../language/services.ts';

/** As soon as a file is parsed its imports are read; the next step links against them. */
export function loadImportsOnParse({ shared, imports }: TwinServices): void {
  shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Parsed, async (parsed) => {
    for (const document of parsed) await imports.Reader.load(document);
  });
}
