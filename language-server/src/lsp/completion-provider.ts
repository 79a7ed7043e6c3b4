/** Proposals that fit where the cursor stands. Reads only the declaration around the cursor, however long the file is. */

import { measures } from '@pollux/engine/property';
import {
  type AstNodeDescription,
  AstUtils,
  type Cancellation,
  GrammarAST,
  type LangiumDocument,
  type ReferenceInfo,
  type Stream,
} from 'langium';
import {
  type CompletionAcceptor,
  type CompletionBacktrackingInformation,
  type CompletionContext,
  type CompletionValueItem,
  DefaultCompletionProvider,
  type NextFeature,
} from 'langium/lsp';
import {
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import * as ast from '../generated/ast.ts';
import { distributions, functions } from '../language/links/built-in-functions.ts';
import { type BuiltInName, isBuiltInName } from '../language/links/built-in-names.ts';
import { documentationOf } from '../language/lower/lowering.ts';
import { declarationText } from './declaration-text.ts';
import { meaningOf, snippetText } from './keywords/keyword-meanings.ts';
import { labelCandidates, pathCandidates } from './path-candidates.ts';
import type { TwinLspServices } from './services.ts';
import { telemetryProposals } from './telemetry-proposals.ts';
import { unitProposals } from './unit-proposals.ts';

const declarationStart =
  /^(?:package|import|enum|data|signal|machine|component|interaction|activity|resource|deployment|scenario|twin|policy|calibration|test)\b/gm;

export class TwinCompletionProvider extends DefaultCompletionProvider {
  override readonly completionOptions = { triggerCharacters: ['.', '>', ':', '(', '"'] };
  private readonly services: TwinLspServices;

  constructor(services: TwinLspServices) {
    super(services);
    this.services = services;
  }

  override async getCompletion(
    document: LangiumDocument,
    params: CompletionParams,
    cancel?: Cancellation.CancellationToken,
  ): Promise<CompletionList | undefined> {
    const { textDocument } = document;
    const { position } = params;
    const seen = telemetryProposals(textDocument, position, this.services.lsp.SeenTelemetry.names, () => {
      const [text, offset] = [textDocument.getText(), textDocument.offsetAt(position)];
      return text.slice(startOfDeclaration(text, offset), offset);
    });
    // A quote that has just been typed begins or ends a text: nothing else can stand there.
    if (seen.length > 0 || params.context?.triggerCharacter === '"') return { isIncomplete: false, items: seen };
    const units = unitProposals(textDocument, position);
    if (units.length > 0) return { isIncomplete: true, items: units };
    return super.getCompletion(document, params, cancel);
  }

  /** Top-level declarations stand side by side: what came before the one around the cursor changes no proposal. */
  protected override findFeaturesAt(document: TextDocument, offset: number): NextFeature[] {
    const text = document.getText();
    const part = text.slice(startOfDeclaration(text, offset), offset);
    return super.findFeaturesAt(
      { ...document, getText: () => part, positionAt: (at) => document.positionAt(at) } as TextDocument,
      offset,
    );
  }

  protected override backtrackToAnyToken(text: string, offset: number): CompletionBacktrackingInformation {
    const start = startOfDeclaration(text, offset);
    const lineEnd = text.indexOf('\n', offset);
    const part = text.slice(start, lineEnd === -1 ? undefined : lineEnd);
    const found = super.backtrackToAnyToken(part, offset - start);
    const { previousTokenStart, previousTokenEnd } = found;
    return {
      nextTokenStart: found.nextTokenStart + start,
      nextTokenEnd: found.nextTokenEnd + start,
      ...(previousTokenStart === undefined ? {} : { previousTokenStart: previousTokenStart + start }),
      ...(previousTokenEnd === undefined ? {} : { previousTokenEnd: previousTokenEnd + start }),
    };
  }

  protected override completionFor(context: CompletionContext, next: NextFeature, acceptor: CompletionAcceptor) {
    const rule = AstUtils.getContainerOfType(next.feature, GrammarAST.isParserRule)?.name;
    if (rule === 'Statistic') return proposeMeasures(context, acceptor);
    return super.completionFor(context, next, acceptor);
  }

  protected override getReferenceCandidates(
    info: ReferenceInfo,
    context: CompletionContext,
  ): Stream<AstNodeDescription> {
    if (ast.isStep(info.container)) return pathCandidates(this.services, context);
    if (ast.isFunctionArgument(info.container)) return labelCandidates(this.services, context);
    const all = super.getReferenceCandidates(info, context);
    // Only brokers are written as themselves; other components have a lifeline.
    return isParticipant(info) ? all.filter(({ node }) => !ast.isComponent(node) || node.broker) : all;
  }

  protected override createReferenceCompletionItem(
    description: AstNodeDescription,
    info: ReferenceInfo,
    context: CompletionContext,
  ): CompletionValueItem {
    const item = super.createReferenceCompletionItem(description, info, context);
    const { node } = description;
    if (node === undefined) return item;
    if (isBuiltInName(node))
      return { ...item, detail: builtInDetail(node), documentation: node.meaning, sortText: '3' };
    const documentation = documentationOf(node);
    return { ...item, detail: declarationText(node), ...(documentation === undefined ? {} : { documentation }) };
  }

  protected override completionForKeyword(
    context: CompletionContext,
    keyword: GrammarAST.Keyword,
    acceptor: CompletionAcceptor,
  ): void {
    if (!this.filterKeyword(context, keyword)) return;
    const known = meaningOf(keyword.value, AstUtils.getContainerOfType(keyword, GrammarAST.isAbstractRule)?.name);
    const plain: CompletionValueItem = {
      label: keyword.value,
      kind: CompletionItemKind.Keyword,
      sortText: '1',
      ...(known === undefined ? {} : { documentation: known.meaning }),
    };
    acceptor(context, plain);
    if (known?.snippet === undefined) return;
    acceptor(context, {
      ...plain,
      label: `${keyword.value} …`,
      kind: CompletionItemKind.Snippet,
      filterText: keyword.value,
      insertText: snippetText(known.snippet),
      insertTextFormat: InsertTextFormat.Snippet,
      sortText: '2',
    });
  }
}

function isParticipant({ container, property }: ReferenceInfo): boolean {
  const isMessage = ast.isMessage(container) || ast.isFoundMessage(container) || ast.isConsumer(container);
  return isMessage && ['from', 'to', 'broker'].includes(property);
}

function startOfDeclaration(text: string, offset: number): number {
  let start = 0;
  for (const found of text.slice(0, offset).matchAll(declarationStart)) {
    if (found.index + found[0].length < offset) start = found.index;
  }
  return start;
}

function builtInDetail({ name }: BuiltInName): string {
  return distributions[name]?.signature ?? functions[name]?.signature ?? name;
}

function proposeMeasures(context: CompletionContext, acceptor: CompletionAcceptor): void {
  for (const { name, meaning } of measures) {
    acceptor(context, {
      label: name,
      kind: CompletionItemKind.Function,
      detail: 'measure',
      documentation: meaning,
      sortText: '0',
    });
  }
}
