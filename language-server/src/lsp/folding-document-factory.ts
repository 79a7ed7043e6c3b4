/**
 * What is written in files that nobody has open is kept folded: most of a large workspace is never looked at again. Who does
 * look finds it unfolded, and it is folded again after a while.
 */
import {
  type AstNode,
  type Cancellation,
  DocumentState,
  type LangiumDocument,
  type ParseResult,
  type TextDocument,
  type URI,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { importsOf } from '../language/links/imports.ts';
import { fold } from '../language/parser/folded-tree.ts';
import { ReparsingDocumentFactory } from '../language/parser/reparsing-document-factory.ts';

type Creation<T extends AstNode> = [result: ParseResult<T>, uri: URI, written?: TextDocument, text?: string];

/** From the last look into any folded file until all are folded again, in milliseconds. */
const REST = 5000;

export class FoldingDocumentFactory extends ReparsingDocumentFactory {
  private readonly open: LangiumSharedServices['workspace']['TextDocuments'];
  private readonly unfolded = new Set<LangiumDocument>();
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(services: LangiumSharedServices) {
    super(services);
    this.open = services.workspace.TextDocuments;
  }

  override async update<T extends AstNode>(
    document: LangiumDocument<T>,
    cancel: Cancellation.CancellationToken,
  ): Promise<LangiumDocument<T>> {
    const updated = await super.update(document, cancel);
    this.fold(updated);
    return updated;
  }

  /** Folds a file unless somebody has it open. */
  readonly fold = (document: LangiumDocument): void => {
    this.unfolded.delete(document);
    if (this.open.get(document.uri.toString()) !== undefined || document.state < DocumentState.Parsed) return;
    // Is remembered, and would be the first to look.
    importsOf(document);
    fold(document.parseResult.value, () => this.remember(document));
  };

  protected override createLangiumDocument<T extends AstNode>(
    ...[result, uri, written, text]: Creation<T>
  ): LangiumDocument<T> {
    const document = super.createLangiumDocument<T>(result, uri, written, text);
    this.fold(document);
    return document;
  }

  private remember(document: LangiumDocument): void {
    this.unfolded.add(document);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.unfolded.forEach(this.fold), REST);
    this.resting.unref();
  }
}
