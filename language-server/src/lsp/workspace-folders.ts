/** Folders are added to the workspace and removed from it while the server runs. */
import type { Connection } from 'vscode-languageserver';
import type { TwinSharedLspServices } from './services.ts';

/** A client that has only one folder, or none, never says anything of the kind. */
export function followWorkspaceFolders({ lsp, workspace }: TwinSharedLspServices, connection: Connection): void {
  let tells = false;
  lsp.LanguageServer.onInitialize(({ capabilities }) => {
    tells = capabilities.workspace?.workspaceFolders === true;
  });
  lsp.LanguageServer.onInitialized(() => {
    if (!tells) return;
    connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
      const { changed, dropped } = await workspace.WorkspaceManager.changeFolders(added, removed);
      lsp.DocumentUpdateHandler.recheck(changed, dropped);
    });
  });
}
