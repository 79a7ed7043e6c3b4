/** Asks the editor to watch folders outside the workspace from which something is imported. Where it cannot, nothing is watched. */
import { type URI, UriUtils } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { TwinWorkspaceManager } from './workspace-manager.ts';

export class OutsideWatchers {
  private readonly services: LangiumSharedServices;
  private readonly watched = new Set<string>();
  private canWatch = false;

  constructor(services: LangiumSharedServices) {
    this.services = services;
    services.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      const can = capabilities.workspace?.didChangeWatchedFiles;
      this.canWatch = can?.dynamicRegistration === true && can.relativePatternSupport === true;
    });
  }

  /** Each folder once; those of the workspace are watched anyway. */
  watch(folders: readonly URI[]): void {
    const { connection, workspace } = { connection: this.services.lsp.Connection, workspace: this.services.workspace };
    if (!this.canWatch || connection === undefined) return;
    for (const folder of folders) {
      const isInside = (workspace.WorkspaceManager as TwinWorkspaceManager).holds(UriUtils.joinPath(folder, 'x.twin'));
      if (isInside || this.watched.has(folder.toString())) continue;
      this.watched.add(folder.toString());
      const watchers = [{ globPattern: { baseUri: folder.toString(), pattern: '*.twin' } }];
      connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((error) => console.error(`${folder.toString(true)} cannot be watched.`, error));
    }
  }
}
