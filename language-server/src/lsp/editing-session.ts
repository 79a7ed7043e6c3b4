/** An editor's session without an editor: opens, edits, waits for fresh findings, completes. For benchmarks and tests. */
import { DocumentState, EmptyFileSystem, type LangiumDocument, TextDocument, URI } from 'langium';
import { problemsOf } from '../language/load-model.ts';
import type { Problem } from '../language/problems/problem.ts';
import type { CoalescingUpdateHandler } from './coalescing-update-handler.ts';
import { createTwinLspServices, type TwinLsp } from './services.ts';

export class EditingSession {
  private readonly services: TwinLsp = createTwinLspServices(EmptyFileSystem);
  private readonly uri = URI.parse('file:///session.twin');
  private text: TextDocument;
  /** How often the file was worked in so far. */
  updates = 0;

  private constructor(text: string) {
    this.text = TextDocument.create(this.uri.toString(), 'twin', 1, text);
    this.services.shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, () => {
      this.updates++;
    });
  }

  static async open(text: string): Promise<EditingSession> {
    const session = new EditingSession(text);
    await session.services.shared.workspace.WorkspaceManager.initializeWorkspace([]);
    session.change(session.text);
    await session.checked();
    return session;
  }

  /** Replaces a stretch of the text, as one keystroke does. */
  edit(offset: number, removed: number, inserted: string): void {
    const range = { start: this.text.positionAt(offset), end: this.text.positionAt(offset + removed) };
    this.change(TextDocument.update(this.text, [{ range, text: inserted }], this.text.version + 1));
  }

  /** The findings about the newest text. */
  async checked(): Promise<Problem[]> {
    await this.handler.settled();
    return problemsOf(this.document);
  }

  /** Resolves when the newest text has been worked in, in its own time. */
  async quiet(): Promise<void> {
    const isFresh = () => this.document.textDocument.version === this.text.version && !this.handler.isPending;
    while (!isFresh()) await new Promise((resolve) => setTimeout(resolve, 1));
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

  private change(text: TextDocument): void {
    this.text = text;
    this.services.shared.workspace.TextDocuments.set(text);
    this.handler.didChangeContent({ document: text });
  }
}
