/** Paths follow the files that they lead to: before files or folders move, every path that would lead astray is rewritten. */
import { type LangiumDocument, type LangiumDocuments, URI, UriUtils } from 'langium';
import type { FileOperationHandler } from 'langium/lsp';
import type {
  DeleteFilesParams,
  FileOperationOptions,
  RenameFilesParams,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { namedPathsOf } from './named-paths.ts';
import type { TwinSharedLspServices } from './services.ts';
import type { WatchingUpdateHandler } from './watching-update-handler.ts';

/** Any file, because recordings are named by their paths too; folders, because they hold files. */
const everything = { filters: [{ scheme: 'file', pattern: { glob: '**' } }] };

export class TwinFileOperationHandler implements FileOperationHandler {
  readonly fileOperationOptions: FileOperationOptions = {
    willRename: everything,
    didRename: everything,
    didDelete: everything,
  };

  private readonly documents: LangiumDocuments;
  private readonly ready: () => Promise<void>;
  private readonly updates: () => WatchingUpdateHandler;

  constructor(services: TwinSharedLspServices) {
    this.documents = services.workspace.LangiumDocuments;
    this.ready = () => services.workspace.WorkspaceManager.ready;
    this.updates = () => services.lsp.DocumentUpdateHandler;
  }

  async willRenameFiles({ files }: RenameFilesParams): Promise<WorkspaceEdit | null> {
    await this.ready();
    await this.updates().settled();
    const moves = new Moves(files);
    const changes: Record<string, TextEdit[]> = {};
    for (const document of this.documents.all) {
      const edits = editsOf(document, moves);
      if (edits.length > 0) changes[document.uri.toString()] = edits;
    }
    return Object.keys(changes).length === 0 ? null : { changes };
  }

  didRenameFiles({ files }: RenameFilesParams): void {
    this.updates().moved(files.map(({ oldUri, newUri }) => ({ from: URI.parse(oldUri), to: URI.parse(newUri) })));
  }

  didDeleteFiles({ files }: DeleteFilesParams): void {
    this.updates().moved(files.map(({ uri }) => ({ from: URI.parse(uri) })));
  }
}

class Moves {
  private readonly moves: readonly { readonly from: string; readonly to: string }[];

  constructor(files: RenameFilesParams['files']) {
    this.moves = files
      .map(({ oldUri, newUri }) => ({ from: URI.parse(oldUri).toString(), to: URI.parse(newUri).toString() }))
      .sort((a, b) => b.from.length - a.from.length);
  }

  /** Where a file will be. */
  target(uri: URI): URI {
    const old = uri.toString();
    const move = this.moves.find(({ from }) => old === from || old.startsWith(`${from}/`));
    return move === undefined ? uri : URI.parse(move.to + old.slice(move.from.length));
  }
}

function editsOf(document: LangiumDocument, moves: Moves): TextEdit[] {
  const folder = UriUtils.dirname(moves.target(document.uri));
  return namedPathsOf(document).flatMap(({ path, range, uri }) => {
    const target = moves.target(uri);
    if (UriUtils.equals(UriUtils.resolvePath(folder, path), target)) return [];
    const relative = UriUtils.relative(folder, target);
    // Between quotes no path can be written that has them; the import will say that its file is missing.
    if (/["\\]/.test(relative)) return [];
    const keepsDot = path.startsWith('./') && !relative.startsWith('../');
    return [{ range, newText: keepsDot ? `./${relative}` : relative }];
  });
}
