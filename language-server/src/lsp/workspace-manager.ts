/** Which folders the workspace has, now: they come and go while the server runs. A file that cannot be read stops nothing. */
import {
  DefaultWorkspaceManager,
  type LangiumDocument,
  type Stream,
  URI,
  UriUtils,
  type WorkspaceFolder,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { importClosure } from '../language/links/imports.ts';

/** Files that are read at the same time. */
const AT_ONCE = 4;

export class TwinWorkspaceManager extends DefaultWorkspaceManager {
  private readonly open: LangiumSharedServices['workspace']['TextDocuments'];

  constructor(services: LangiumSharedServices) {
    super(services);
    this.open = services.workspace.TextDocuments;
  }

  /** Is it a file of one of the folders? */
  holds(uri: URI): boolean {
    return (this.folders ?? []).some((folder) => UriUtils.contains(folder.uri, uri));
  }

  /** Takes note of folders; answers the files to read and those that no longer belong to the workspace. */
  async changeFolders(
    added: readonly WorkspaceFolder[],
    removed: readonly WorkspaceFolder[],
  ): Promise<{ readonly changed: URI[]; readonly dropped: URI[] }> {
    await this.ready;
    const gone = new Set(removed.map(({ uri }) => uri));
    this.folders = [...(this.folders ?? []).filter(({ uri }) => !gone.has(uri)), ...added];
    const found = await Promise.all(added.map(({ uri }) => this.searchFolder(URI.parse(uri))));
    const changed = found.flat().filter((uri) => !this.langiumDocuments.hasDocument(uri));
    return { changed, dropped: this.unused(removed) };
  }

  protected override async loadWorkspaceDocuments(
    uris: Stream<URI>,
    collector: (document: LangiumDocument) => void,
  ): Promise<void> {
    const load = async (uri: URI) => {
      try {
        collector(await this.langiumDocuments.getOrCreateDocument(uri));
      } catch (error) {
        console.error(`${uri.toString(true)} cannot be read.`, error);
      }
    };
    // A few at a time: what reading takes can be given back before the next ones are read.
    const all = uris.toArray();
    for (let first = 0; first < all.length; first += AT_ONCE) {
      await Promise.all(all.slice(first, first + AT_ONCE).map(load));
    }
  }

  /** What stands in removed folders, is neither open nor imported by what remains. */
  private unused(removed: readonly WorkspaceFolder[]): URI[] {
    const all = this.langiumDocuments.all.toArray();
    const leaves = ({ uri }: LangiumDocument) =>
      removed.some((folder) => UriUtils.contains(folder.uri, uri)) &&
      !this.holds(uri) &&
      this.open.get(uri.toString()) === undefined;
    const used = new Set(
      all.filter((document) => !leaves(document)).flatMap((document) => importClosure(document, this.langiumDocuments)),
    );
    return all.filter((document) => leaves(document) && !used.has(document)).map(({ uri }) => uri);
  }
}
