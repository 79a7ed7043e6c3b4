/**
 * Reads files that are imported but not part of the workspace, so that single opened files work too, and sees to it that what
 * imports say is true after files came, went or changed what they import themselves.
 */
import {
  type DocumentBuilder,
  DocumentState,
  type LangiumDocument,
  type LangiumDocuments,
  type URI,
  UriUtils,
} from 'langium';
import type { ImportReader } from '../language/links/import-reader.ts';
import { withImporters } from '../language/links/importers.ts';
import { importsOf } from '../language/links/imports.ts';
import type { OutsideWatchers } from './outside-watchers.ts';
import type { TwinLspServices, TwinSharedLspServices } from './services.ts';
import type { WatchingUpdateHandler } from './watching-update-handler.ts';

export class ImportLoader {
  private readonly documents: LangiumDocuments;
  private readonly builder: DocumentBuilder;
  private readonly reader: ImportReader;
  private readonly updates: WatchingUpdateHandler;
  private readonly watchers: OutsideWatchers;
  private readonly open: TwinSharedLspServices['workspace']['TextDocuments'];
  /** What each file imported when it was parsed last. */
  private readonly imported = new Map<string, string>();
  /** Files to be worked in once more, when the present update is done. */
  private readonly stale = new Map<string, URI>();

  constructor(shared: TwinSharedLspServices, twin: TwinLspServices, watchers: OutsideWatchers) {
    this.documents = shared.workspace.LangiumDocuments;
    this.builder = shared.workspace.DocumentBuilder;
    this.reader = twin.imports.Reader;
    this.updates = shared.lsp.DocumentUpdateHandler;
    this.watchers = watchers;
    this.open = shared.workspace.TextDocuments;
    this.builder.onUpdate((changed, deleted) => this.refresh(changed, deleted));
    this.builder.onBuildPhase(DocumentState.Parsed, (parsed) => this.load(parsed));
    this.builder.onBuildPhase(DocumentState.Validated, () => this.catchUp());
  }

  /** As soon as files are parsed their imports are read; the next step links against them. */
  private async load(parsed: readonly LangiumDocument[]): Promise<void> {
    const known = new Set(this.documents.all.map(({ uri }) => uri.toString()));
    for (const { uri } of await this.reader.load(...parsed)) if (!known.has(uri.toString())) this.remember(uri);
    for (const document of parsed) {
      this.watchers.watch(importsOf(document).map(({ uri }) => UriUtils.dirname(uri)));
      if (!this.importsChanged(document)) continue;
      for (const { uri } of withImporters([document], this.documents)) this.remember(uri);
    }
    for (const { uri } of parsed) this.stale.delete(uri.toString());
  }

  /** Importers are linked again by themselves; whether their imports can be read has to be asked anew. */
  private async refresh(changed: readonly URI[], deleted: readonly URI[]): Promise<void> {
    const gone = new Set(deleted.map(String));
    for (const document of gone.size === 0 ? [] : this.documents.all) {
      if (importsOf(document).some(({ uri }) => gone.has(uri.toString()))) await this.reader.load(document);
    }
    for (const uri of deleted) this.imported.delete(uri.toString());
    // Typing brings no file and takes none away.
    if (gone.size === 0 && changed.every((uri) => this.open.get(uri.toString()) !== undefined)) return;
    const different = await this.reader.retry(new Set(changed.map(String)));
    if (different.size === 0) return;
    for (const document of this.documents.all) {
      const isConcerned = importsOf(document).some(({ uri }) => different.has(uri.toString()));
      if (isConcerned) this.builder.resetToState(document, DocumentState.ComputedScopes);
    }
  }

  private async catchUp(): Promise<void> {
    const uris = [...this.stale.values()].filter((uri) => this.documents.hasDocument(uri));
    this.stale.clear();
    this.updates.recheck(uris);
  }

  private remember(uri: URI): void {
    this.stale.set(uri.toString(), uri);
  }

  private importsChanged(document: LangiumDocument): boolean {
    const key = document.uri.toString();
    const before = this.imported.get(key);
    const now = importsOf(document)
      .map(({ uri }) => uri.toString())
      .join('\n');
    this.imported.set(key, now);
    return before !== undefined && before !== now;
  }
}
