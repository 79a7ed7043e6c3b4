/**
 * Follows what happens to files on the disk: changes from outside the editor, whole folders that come and go, texts that are
 * closed without being saved. An open text is the truth about its file until it is closed.
 */
import { type FileSystemProvider, type LangiumDocuments, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import {
  type DidChangeWatchedFilesParams,
  FileChangeType,
  type TextDocumentChangeEvent,
  WatchKind,
} from 'vscode-languageserver';
import { CoalescingUpdateHandler } from './coalescing-update-handler.ts';

interface Move {
  readonly from: URI;
  /** Absent where the file or folder was deleted. */
  readonly to?: URI;
}

export class WatchingUpdateHandler extends CoalescingUpdateHandler {
  private readonly documents: LangiumDocuments;
  private readonly files: FileSystemProvider;
  private readonly open: LangiumSharedServices['workspace']['TextDocuments'];
  private readonly looking = new Set<Promise<void>>();

  constructor(services: LangiumSharedServices) {
    super(services);
    this.documents = services.workspace.LangiumDocuments;
    this.files = services.workspace.FileSystemProvider;
    this.open = services.workspace.TextDocuments;
  }

  override async settled(): Promise<void> {
    await this.looked();
    await super.settled();
  }

  override async begun(): Promise<void> {
    await this.looked();
    await super.begun();
  }

  private async looked(): Promise<void> {
    while (this.looking.size > 0) await Promise.all(this.looking);
  }

  override get isPending(): boolean {
    return this.looking.size > 0 || super.isPending;
  }

  override didChangeWatchedFiles({ changes }: DidChangeWatchedFilesParams): void {
    const gone = changes.filter(({ type }) => type === FileChangeType.Deleted);
    const there = changes.filter(({ type }) => type !== FileChangeType.Deleted);
    this.look(
      there.map(({ uri }) => URI.parse(uri)),
      gone.map(({ uri }) => URI.parse(uri)),
    );
  }

  didCloseDocument({ document: { uri } }: TextDocumentChangeEvent<{ readonly uri: string }>): void {
    this.look([URI.parse(uri)], []);
  }

  /** The editor itself moved or deleted files or folders. */
  moved(moves: readonly Move[]): void {
    this.look(
      moves.flatMap(({ to }) => to ?? []),
      moves.map(({ from }) => from),
    );
  }

  /** Files to be read, linked and checked again, and files that no longer belong to the workspace. */
  recheck(changed: readonly URI[], dropped: readonly URI[] = []): void {
    if (changed.length + dropped.length > 0) this.fireDocumentUpdate([...changed], [...dropped]);
  }

  /** Changes of single files, and folders as a whole: an editor tells of a folder, not of what is in it. */
  protected override getWatchers(): { globPattern: string; kind?: WatchKind }[] {
    return [...super.getWatchers(), { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete }];
  }

  private look(there: readonly URI[], gone: readonly URI[]): void {
    const work = this.sort(there, gone)
      .catch((error) => console.error('A change on the disk could not be followed.', error))
      .finally(() => {
        this.looking.delete(work);
        this.end();
      });
    this.looking.add(work);
  }

  private async sort(there: readonly URI[], gone: readonly URI[]): Promise<void> {
    await this.workspaceManager.ready;
    const changed: URI[] = [];
    const deleted = gone.flatMap((uri) => this.closedBelow(uri));
    const found = await Promise.all(there.map((uri) => this.filesAt(uri)));
    for (const uri of found.flat()) {
      if (this.open.get(uri.toString()) !== undefined) continue;
      const text = await this.textOf(uri);
      const known = this.documents.getDocument(uri);
      if (text === undefined) deleted.push(...this.closedBelow(uri));
      else if (known === undefined || known.textDocument.getText() !== text) changed.push(uri);
    }
    this.recheck(changed, deleted);
  }

  private async filesAt(uri: URI): Promise<URI[]> {
    if (uri.path.endsWith('.twin') || this.documents.getDocument(uri) !== undefined) return [uri];
    try {
      const { isDirectory } = await this.files.stat(uri);
      return isDirectory ? await this.workspaceManager.searchFolder(uri) : [];
    } catch {
      return [];
    }
  }

  private closedBelow(uri: URI): URI[] {
    return this.documents
      .getDocuments(uri)
      .map((document) => document.uri)
      .filter((found) => this.open.get(found.toString()) === undefined);
  }

  private async textOf(uri: URI): Promise<string | undefined> {
    try {
      return await this.files.readFile(uri);
    } catch {
      return undefined;
    }
  }
}
