/**
 * A request waits until the changes before it are worked in; so no answer is computed from an older text. Which files a change
 * concerns is the index's business alone.
 */
import { type Cancellation, DefaultDocumentBuilder, type DocumentState, type LangiumDocument, type URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { CoalescingUpdateHandler } from './coalescing-update-handler.ts';

type Token = Cancellation.CancellationToken;

export class SettlingDocumentBuilder extends DefaultDocumentBuilder {
  private readonly updates: () => CoalescingUpdateHandler;

  constructor(services: LangiumSharedServices) {
    super(services);
    this.updates = () => services.lsp.DocumentUpdateHandler as CoalescingUpdateHandler;
  }

  override waitUntil(state: DocumentState, cancel?: Token): Promise<void>;
  override waitUntil(state: DocumentState, uri?: URI, cancel?: Token): Promise<URI>;
  // biome-ignore lint/suspicious/noConfusingVoidType: both overloads of the library, in one implementation
  override async waitUntil(state: DocumentState, uriOrToken?: URI | Token, cancel?: Token): Promise<URI | void> {
    await this.updates().settled();
    return super.waitUntil(state, uriOrToken as URI, cancel);
  }

  /** Not each file with a finding about a name, wherever it is: it need not have anything to do with the change. */
  protected override shouldRelink(document: LangiumDocument, changed: Set<string>): boolean {
    return this.indexManager.isAffected(document, changed);
  }
}
