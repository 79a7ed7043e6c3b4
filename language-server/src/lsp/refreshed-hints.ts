/** Lets the editor ask for its hints again when a change in one file was worked into others: what they imply may be new. */
import { DocumentState } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';

/** Asks nothing of editors that did not say that they understand it. */
export function refreshHints(shared: LangiumSharedServices, connection: Connection): void {
  let isUnderstood = false;
  shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
    isUnderstood = capabilities.workspace?.inlayHint?.refreshSupport === true;
  });
  shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, (checked) => {
    if (isUnderstood && checked.length > 1) void connection.languages.inlayHint.refresh();
  });
}
