/** Finds declarations of every kind in all files of the workspace, open or not. The editor ranks them; this finds enough. */
import { type AstNode, GrammarUtils, isAstNode, type LangiumDocument, type LangiumDocuments } from 'langium';
import type { LangiumSharedServices, NodeKindProvider, WorkspaceSymbolProvider } from 'langium/lsp';
import type { WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver';
import { isBinding } from '../generated/ast.ts';

/** More are of no use to a person who looks for one. */
const mostSymbols = 1000;

/** A declaration, with its names as they are compared; its place is looked up only where it is found. */
interface Declared {
  readonly node: AstNode;
  readonly name: string;
  readonly owners: string;
  readonly short: string;
  readonly long: string;
}

interface Found extends Declared {
  readonly document: LangiumDocument;
  readonly rank: number;
}

export class TwinWorkspaceSymbolProvider implements WorkspaceSymbolProvider {
  private readonly documents: LangiumDocuments;
  private readonly kinds: NodeKindProvider;
  private readonly known = new WeakMap<AstNode, Declared[]>();

  constructor(services: LangiumSharedServices) {
    this.documents = services.workspace.LangiumDocuments;
    this.kinds = services.lsp.NodeKindProvider;
  }

  getSymbols({ query }: WorkspaceSymbolParams): WorkspaceSymbol[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found: Found[] = [];
    for (const document of this.documents.all) {
      for (const declared of this.declaredIn(document)) {
        const rank = rankOf(declared, words);
        if (rank !== undefined) found.push({ ...declared, document, rank });
      }
    }
    found.sort((a, b) => a.rank - b.rank);
    return found.slice(0, mostSymbols).flatMap((item) => this.symbolOf(item) ?? []);
  }

  private declaredIn(document: LangiumDocument): Declared[] {
    const root = document.parseResult.value;
    let declared = this.known.get(root);
    if (declared === undefined) {
      declared = [];
      collect(root, '', declared);
      this.known.set(root, declared);
    }
    return declared;
  }

  private symbolOf({ node, name, owners, document }: Found): WorkspaceSymbol | undefined {
    const nameNode = GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
    if (nameNode === undefined) return undefined;
    return {
      name,
      kind: this.kinds.getSymbolKind(node),
      location: { uri: document.uri.toString(), range: nameNode.range },
      ...(owners === '' ? {} : { containerName: owners }),
    };
  }
}

/** Plain loops, because this runs over every file of the workspace. */
function collect(node: AstNode, owners: string, into: Declared[]): void {
  let inside = owners;
  if ('name' in node && typeof node.name === 'string' && node.name !== '' && !isBinding(node)) {
    inside = owners === '' ? node.name : `${owners}.${node.name}`;
    into.push({ node, name: node.name, owners, short: node.name.toLowerCase(), long: inside.toLowerCase() });
  }
  for (const [property, value] of Object.entries(node)) {
    if (property.startsWith('$')) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isAstNode(item)) collect(item, inside, into);
    } else if (isAstNode(value)) collect(value, inside, into);
  }
}

/** The smaller, the better; nothing where a word fits neither the name nor the name with its owners. */
function rankOf({ short, long }: Declared, words: readonly string[]): number | undefined {
  let rank = 0;
  for (const word of words) {
    if (short === word) continue;
    if (short.startsWith(word)) rank += 1;
    else if (short.includes(word)) rank += 2;
    else if (holdsInOrder(short, word)) rank += 3;
    else if (holdsInOrder(long, word)) rank += 4;
    else return undefined;
  }
  return rank;
}

function holdsInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
