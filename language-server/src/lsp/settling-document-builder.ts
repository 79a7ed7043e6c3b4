/**
 * A request waits until the changes before it are worked in, as far as it needs them; so no answer is computed from an older
 * text. Open files come first: the others that a change concerns are worked in when the findings of those are there. Which
 * files a change concerns is the index's business alone.
 */
import {
  type BuildOptions,
  type Cancellation,
  DefaultDocumentBuilder,
  DocumentState,
  type LangiumDocument,
  type URI,
} from 'langium';
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
    const isOfOneFile = uriOrToken !== undefined && 'path' in uriOrToken;
    await (isOfOneFile ? this.updates().begun() : this.updates().settled());
    return super.waitUntil(state, uriOrToken as URI, cancel);
  }

  protected override async buildDocuments(all: LangiumDocument[], options: BuildOptions, cancel: Token): Promise<void> {
    const isOpen = ({ uri }: LangiumDocument) => this.textDocuments?.get(uri) !== undefined;
    const [open, others] = [all.filter(isOpen), all.filter((document) => !isOpen(document))];
    const areParsed = others.every(({ state }) => state >= DocumentState.ComputedScopes);
    if (open.length === 0 || others.length === 0 || !areParsed) return super.buildDocuments(all, options, cancel);
    await super.buildDocuments(open, options, cancel);
    // Not all of the workspace is as far as these are.
    this.currentState = DocumentState.ComputedScopes;
    await super.buildDocuments(others, options, cancel);
  }

  /** Not each file with a finding about a name, wherever it is: it need not have anything to do with the change. */
  protected override shouldRelink(document: LangiumDocument, changed: Set<string>): boolean {
    return this.indexManager.isAffected(document, changed);
  }
}
