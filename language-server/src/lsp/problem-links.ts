/**
 * Links the code of each finding to its page, where the client says that it has the pages: as files, so that they open without
 * a network and in every editor.
 */
import { DocumentState } from 'langium';
import type { Diagnostic } from 'vscode-languageserver';
import type { TwinSharedLspServices } from './services.ts';

/** To be called before the handlers that publish. The client names the folder as a URI: `initializationOptions.problemPages`. */
export function linkProblemPages({ lsp, workspace }: TwinSharedLspServices): void {
  let folder: string | undefined;
  lsp.LanguageServer.onInitialize(({ initializationOptions }) => {
    const given: unknown = initializationOptions?.problemPages;
    folder = typeof given === 'string' ? given.replace(/\/$/, '') : undefined;
  });
  workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, ({ diagnostics }) => {
    if (folder === undefined) return;
    for (const diagnostic of (diagnostics ?? []) as Diagnostic[]) {
      diagnostic.codeDescription = { href: `${folder}/${diagnostic.code}.md` };
    }
  });
}
