/** An editor's session without an editor: opens, edits, waits for fresh findings, completes. For benchmarks and tests. */
import type { Model } from '@pollux/engine/model';
import {
  DocumentState,
  EmptyFileSystemProvider,
  type FileSystemNode,
  type LangiumDocument,
  TextDocument,
  URI,
  UriUtils,
} from 'langium';
import { problemsOf } from '../language/load-model.ts';
import type { Problem } from '../language/problems/problem.ts';
import type { CoalescingUpdateHandler } from './coalescing-update-handler.ts';
import { createTwinLspServices, type TwinLsp } from './services.ts';

const folder = 'file:///session';

export class EditingSession {
  private readonly services: TwinLsp;
  private readonly uri: URI;
  private text: TextDocument;
  /** How often the file was worked in so far. */
  updates = 0;
  /** The names of files, each time one was linked or checked, in that order. */
  readonly steps: string[] = [];

  private constructor(files: ReadonlyMap<string, string>, name: string) {
    this.services = createTwinLspServices({ fileSystemProvider: () => new FilesInMemory(files) });
    this.uri = URI.parse(`${folder}/${name}`);
    this.text = TextDocument.create(this.uri.toString(), 'twin', 1, files.get(name) ?? '');
    const { DocumentBuilder } = this.services.shared.workspace;
    DocumentBuilder.onBuildPhase(DocumentState.Validated, () => {
      this.updates++;
    });
    DocumentBuilder.onDocumentPhase(DocumentState.Linked, ({ uri }) => this.note('linked', uri));
    DocumentBuilder.onDocumentPhase(DocumentState.Validated, ({ uri }) => this.note('checked', uri));
  }

  /** A workspace of one file, open. */
  static open(text: string): Promise<EditingSession> {
    const name = 'session.twin';
    return EditingSession.openWorkspace(new Map([[name, text]]), name);
  }

  /** A workspace of files under their names, all of them checked, one of them open. */
  static async openWorkspace(files: ReadonlyMap<string, string>, name: string): Promise<EditingSession> {
    const session = new EditingSession(files, name);
    const { WorkspaceManager } = session.services.shared.workspace;
    await WorkspaceManager.initializeWorkspace([{ uri: folder, name: 'session' }]);
    session.change(session.text);
    await session.checked();
    return session;
  }

  /** Replaces a stretch of the text, as one keystroke does. */
  edit(offset: number, removed: number, inserted: string): void {
    const range = { start: this.text.positionAt(offset), end: this.text.positionAt(offset + removed) };
    this.change(TextDocument.update(this.text, [{ range, text: inserted }], this.text.version + 1));
  }

  /** All findings about the newest text. */
  async checked(): Promise<Problem[]> {
    await this.handler.checked();
    return problemsOf(this.document);
  }

  /** The findings about all files. */
  async checkedAll(): Promise<Problem[]> {
    await this.handler.checked();
    return this.services.shared.workspace.LangiumDocuments.all.toArray().flatMap((document) => problemsOf(document));
  }

  /** What the newest text declares, with its imports. */
  async model(): Promise<Model> {
    await this.handler.settled();
    return this.services.twin.model.ModelBuilder.modelOf(this.document);
  }

  /** Resolves when the newest text has been worked in, in its own time: what the cheap checks find is there. */
  async quiet(): Promise<void> {
    await this.handler.quiet();
  }

  /** Resolves when the slow checks of the newest text have run too, in their own time. */
  async rested(): Promise<void> {
    await this.handler.rested();
  }

  save(): void {
    this.handler.didSaveDocument();
  }

  /** What is known about the newest text right now, whether or not all checks have run. */
  get findings(): Problem[] {
    return problemsOf(this.document);
  }

  /** Labels of what is proposed at the offset. */
  async complete(offset: number): Promise<string[]> {
    await this.handler.settled();
    const parameters = { textDocument: { uri: this.uri.toString() }, position: this.text.positionAt(offset) };
    const list = await this.services.twin.lsp.CompletionProvider?.getCompletion(this.document, parameters);
    return list?.items.map(({ label }) => label) ?? [];
  }

  /** Nothing but the parse. */
  parse(text: string): number {
    return this.services.twin.parser.LangiumParser.parse(text).parserErrors.length;
  }

  private get handler(): CoalescingUpdateHandler {
    return this.services.shared.lsp.DocumentUpdateHandler;
  }

  private get document(): LangiumDocument {
    const document = this.services.shared.workspace.LangiumDocuments.getDocument(this.uri);
    if (document === undefined) throw new Error('The session has no document.');
    return document;
  }

  private note(step: string, uri: URI): void {
    this.steps.push(`${step} ${UriUtils.basename(uri)}`);
  }

  private change(text: TextDocument): void {
    this.text = text;
    this.services.shared.workspace.TextDocuments.set(text);
    this.handler.didChangeContent({ document: text });
  }
}

/** One folder. */
class FilesInMemory extends EmptyFileSystemProvider {
  private readonly files: ReadonlyMap<string, string>;

  constructor(files: ReadonlyMap<string, string>) {
    super();
    this.files = files;
  }

  override async readDirectory(): Promise<FileSystemNode[]> {
    return [...this.files.keys()].map((name) => file(URI.parse(`${folder}/${name}`)));
  }

  override async stat(uri: URI): Promise<FileSystemNode> {
    return file(uri);
  }

  override async readFile(...[uri]: [URI?]): Promise<string> {
    const text = this.files.get(uri?.toString().slice(folder.length + 1) ?? '');
    if (text === undefined) throw new Error('There is no such file.');
    return text;
  }
}

function file(uri: URI): FileSystemNode {
  return { uri, isFile: true, isDirectory: false };
}
