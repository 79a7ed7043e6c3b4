/**
 * Who calls an operation, and whom it calls. A message is a caller of its own: in its braces acts the operation that it calls,
 * once as the declaration says and in each interaction as its messages say.
 */
import { type AstNode, AstUtils, type CstNode, CstUtils, GrammarUtils, type LangiumDocument, URI } from 'langium';
import type { CallHierarchyProvider } from 'langium/lsp';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
  Position,
  Range,
} from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { kindWord } from '../language/links/kind-names.ts';
import {
  type Called,
  type Caller,
  type CallingMessage,
  type CallMade,
  callerAround,
  callsOf,
  isCall,
  isCallingMessage,
} from './calls.ts';
import type { TwinLspServices } from './services.ts';
import { type Use, usesOf } from './uses-of.ts';

type Item = Caller | Called;

export class TwinCallHierarchyProvider implements CallHierarchyProvider {
  private readonly services: TwinLspServices;

  constructor(services: TwinLspServices) {
    this.services = services;
  }

  prepareCallHierarchy(document: LangiumDocument, { position }: CallHierarchyPrepareParams): CallHierarchyItem[] {
    const leaf = this.leafAt(document, position);
    const declarations = leaf === undefined ? [] : this.services.references.References.findDeclarations(leaf);
    return declarations.filter((node) => isItem(node)).flatMap((node) => this.itemOf(node));
  }

  async incomingCalls({ item }: CallHierarchyIncomingCallsParams): Promise<CallHierarchyIncomingCall[] | undefined> {
    const target = await this.resolve(item);
    if (target === undefined) return undefined;
    const calls = isCallingMessage(target) ? [useIn(target)] : usesOf(this.services, target);
    const byCaller = new Map<Caller, Range[]>();
    for (const use of calls) {
      if (use === undefined || !isCall(use.owner, use.property)) continue;
      const caller = callerAround(use.owner);
      if (caller !== undefined) byCaller.set(caller, [...(byCaller.get(caller) ?? []), use.leaf.range]);
    }
    return [...byCaller].flatMap(([caller, fromRanges]) => this.itemOf(caller).map((from) => ({ from, fromRanges })));
  }

  async outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): Promise<CallHierarchyOutgoingCall[] | undefined> {
    const source = await this.resolve(item);
    if (source === undefined) return undefined;
    const byCalled = new Map<Called, Range[]>();
    for (const { reference, called } of this.callsFrom(source)) {
      const node = reference.$refNode;
      // Ranges count in the item's own file; messages of the operation may stand in others.
      const isHere = node !== undefined && AstUtils.getDocument(node.astNode).uri.toString() === item.uri;
      byCalled.set(called, [...(byCalled.get(called) ?? []), ...(isHere ? [node.range] : [])]);
    }
    return [...byCalled].flatMap(([called, fromRanges]) => this.itemOf(called).map((to) => ({ to, fromRanges })));
  }

  /**
   * What an operation calls is said by its own text and by the braces of every message that calls it; what is published to a
   * topic goes to its consumers.
   */
  private callsFrom(source: Item): CallMade[] {
    if (ast.isTopic(source)) return usesOf(this.services, source).flatMap(({ owner }) => consumption(owner));
    if (!ast.isOperation(source)) return isCaller(source) ? callsOf(source) : [];
    const messages = usesOf(this.services, source).filter(({ owner, property }) => isCall(owner, property));
    return [source, ...messages.map(({ owner }) => owner).filter(isCallingMessage)].flatMap(callsOf);
  }

  private async resolve({ uri, selectionRange }: CallHierarchyItem): Promise<Item | undefined> {
    const document = await this.services.shared.workspace.LangiumDocuments.getOrCreateDocument(URI.parse(uri));
    const node = this.leafAt(document, selectionRange.start)?.astNode;
    return node !== undefined && isItem(node) ? node : undefined;
  }

  private leafAt(document: LangiumDocument, position: Position): CstNode | undefined {
    const root = document.parseResult.value.$cstNode;
    const { nameRegexp } = this.services.parser.GrammarConfig;
    return root && CstUtils.findDeclarationNodeAtOffset(root, document.textDocument.offsetAt(position), nameRegexp);
  }

  private itemOf(node: Item): CallHierarchyItem[] {
    const named = isCallingMessage(node) ? node.operation?.ref : node;
    const label = GrammarUtils.findNodeForProperty(node.$cstNode, isCallingMessage(node) ? 'operation' : 'name');
    if (named === undefined || node.$cstNode === undefined || label === undefined) return [];
    return [
      {
        name: 'name' in named ? named.name : label.text,
        detail: detailOf(node, named),
        kind: this.services.shared.lsp.NodeKindProvider.getSymbolKind(named),
        uri: AstUtils.getDocument(node).uri.toString(),
        range: node.$cstNode.range,
        selectionRange: label.range,
      },
    ];
  }
}

/** `Orders`, `Orders, in Checkout`, `interaction`. */
function detailOf(node: Item, named: AstNode): string {
  const owner = named.$container;
  const whole = owner !== undefined && 'name' in owner ? String(owner.name) : kindWord(named);
  const interaction = isCallingMessage(node) ? AstUtils.getContainerOfType(node, ast.isInteraction) : undefined;
  return interaction === undefined ? whole : `${whole}, in ${interaction.name}`;
}

function useIn(message: CallingMessage): Use | undefined {
  const leaf = GrammarUtils.findNodeForProperty(message.$cstNode, 'operation');
  const first = leaf && CstUtils.findLeafNodeAtOffset(leaf, leaf.offset);
  if (first === undefined) return undefined;
  return { document: AstUtils.getDocument(message), leaf: first, owner: message, property: 'operation' };
}

function consumption(node: AstNode): CallMade[] {
  const called = ast.isConsumer(node) ? node.operation?.ref : undefined;
  return ast.isConsumer(node) && called !== undefined ? [{ reference: node.operation, called }] : [];
}

function isCaller(node: Item): node is Caller {
  return isCallingMessage(node) || ast.isOperation(node) || ast.isDeclaration(node);
}

function isItem(node: AstNode): node is Item {
  return (
    ast.isCalled(node) ||
    ast.isSignal(node) ||
    ast.isBehaviour(node) ||
    ast.isScenario(node) ||
    ast.isTestCase(node) ||
    isCallingMessage(node)
  );
}
