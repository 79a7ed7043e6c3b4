/**
 * A request waits until the changes before it are worked in, as far as it needs them; so no answer is computed from an older
 * text. Open files come first: the others that a change concerns are worked in when the findings of those are there. Which
 * files a change concerns is the index's business alone. A file that was checked before gets only the cheap checks at once;
 * what the slow ones found stays, moved with the text, until they are caught up with.
 */
import {
  type BuildOptions,
  type Cancellation,
  DefaultDocumentBuilder,
  DocumentState,
  interruptAndCheck,
  isOperationCancelled,
  type LangiumDocument,
  type URI,
} from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Diagnostic } from 'vscode-languageserver';
import type { CoalescingUpdateHandler } from './coalescing-update-handler.ts';
import { movedFindings } from './moved-findings.ts';

type Token = Cancellation.CancellationToken;

interface Findings {
  /** In which the slow checks found what they found, or to which that was moved. */
  readonly text: string;
  readonly cheap: readonly Diagnostic[];
  readonly slow: readonly Diagnostic[];
}

export class SettlingDocumentBuilder extends DefaultDocumentBuilder {
  private readonly updates: () => CoalescingUpdateHandler;
  private readonly findings = new WeakMap<LangiumDocument, Findings>();
  /** Files whose slow findings are those of an older text, here or in what they import. */
  private readonly behind = new Set<LangiumDocument>();

  constructor(services: LangiumSharedServices) {
    super(services);
    this.updates = () => services.lsp.DocumentUpdateHandler as CoalescingUpdateHandler;
  }

  /** Have slow checks been put off? */
  get isBehind(): boolean {
    return this.behind.size > 0;
  }

  /** Runs the slow checks that were put off, for open files first. What a cancelled run leaves over is still put off. */
  async catchUp(cancel: Token): Promise<void> {
    for (const document of this.sortDocuments([...this.behind])) {
      await interruptAndCheck(cancel);
      this.behind.delete(document);
      const known = this.findings.get(document);
      const isPresent = this.langiumDocuments.getDocument(document.uri) === document;
      if (known === undefined || !isPresent || document.state < DocumentState.Validated) continue;
      try {
        const slow = await this.check(document, ['slow'], cancel);
        this.keep(document, { ...known, slow });
        await this.notifyDocumentPhase(document, DocumentState.Validated, cancel);
      } catch (error) {
        if (isOperationCancelled(error)) this.behind.add(document);
        throw error;
      }
    }
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

  protected override async validate(document: LangiumDocument, cancel: Token): Promise<void> {
    const known = this.getBuildOptions(document).validation === true ? undefined : this.findings.get(document);
    const cheap = await this.check(document, ['built-in', 'fast'], cancel);
    const text = document.textDocument.getText();
    if (known === undefined) {
      const slow = await this.check(document, ['slow'], cancel);
      this.keep(document, { text, cheap, slow });
      this.behind.delete(document);
    } else {
      this.keep(document, { text, cheap, slow: movedFindings(known.slow, known.text, text) });
      this.behind.add(document);
    }
  }

  private check(document: LangiumDocument, categories: string[], cancel: Token): Promise<Diagnostic[]> {
    const { DocumentValidator } = this.serviceRegistry.getServices(document.uri).validation;
    return DocumentValidator.validateDocument(document, { categories }, cancel);
  }

  private keep(document: LangiumDocument, findings: Findings): void {
    this.findings.set(document, findings);
    document.diagnostics = [...findings.cheap, ...findings.slow];
  }
}
