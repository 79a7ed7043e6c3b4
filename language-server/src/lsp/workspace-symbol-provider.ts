/** Finds declarations of every kind in all files of the workspace, open or not. The editor ranks them; this finds enough. */
import { type AstNode, AstUtils, GrammarUtils, type LangiumDocument, type LangiumDocuments } from 'langium';
import type { LangiumSharedServices, NodeKindProvider, WorkspaceSymbolProvider } from 'langium/lsp';
import type { WorkspaceSymbol, WorkspaceSymbolParams } from 'vscode-languageserver';
import { isBinding } from '../generated/ast.ts';

/** More are of no use to a person who looks for one. */
const mostSymbols = 1000;

export class TwinWorkspaceSymbolProvider implements WorkspaceSymbolProvider {
  private readonly documents: LangiumDocuments;
  private readonly kinds: NodeKindProvider;
  private readonly known = new WeakMap<AstNode, WorkspaceSymbol[]>();

  constructor(services: LangiumSharedServices) {
    this.documents = services.workspace.LangiumDocuments;
    this.kinds = services.lsp.NodeKindProvider;
  }

  getSymbols({ query }: WorkspaceSymbolParams): WorkspaceSymbol[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
    for (const document of this.documents.all) {
      for (const symbol of this.symbolsOf(document)) {
        const rank = rankOf(symbol, words);
        if (rank !== undefined) found.push({ symbol, rank });
      }
    }
    found.sort((a, b) => a.rank - b.rank);
    return found.slice(0, mostSymbols).map(({ symbol }) => symbol);
  }

  private symbolsOf(document: LangiumDocument): WorkspaceSymbol[] {
    const root = document.parseResult.value;
    let symbols = this.known.get(root);
    if (symbols === undefined) {
      symbols = AstUtils.streamAllContents(root)
        .toArray()
        .flatMap((node) => this.symbolOf(document, node) ?? []);
      this.known.set(root, symbols);
    }
    return symbols;
  }

  private symbolOf(document: LangiumDocument, node: AstNode): WorkspaceSymbol | undefined {
    const name = nameOf(node);
    const nameNode = name === undefined ? undefined : GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
    if (name === undefined || nameNode === undefined || isBinding(node)) return undefined;
    const containerName = ownersOf(node).join('.');
    return {
      name,
      kind: this.kinds.getSymbolKind(node),
      location: { uri: document.uri.toString(), range: nameNode.range },
      ...(containerName === '' ? {} : { containerName }),
    };
  }
}

function nameOf(node: AstNode): string | undefined {
  return 'name' in node && typeof node.name === 'string' && node.name !== '' ? node.name : undefined;
}

function ownersOf(node: AstNode): string[] {
  const names: string[] = [];
  for (let owner = node.$container; owner !== undefined; owner = owner.$container) {
    const name = nameOf(owner);
    if (name !== undefined) names.unshift(name);
  }
  return names;
}

/** The smaller, the better; nothing where a word fits neither the name nor the name with its owners. */
function rankOf({ name, containerName }: WorkspaceSymbol, words: readonly string[]): number | undefined {
  const short = name.toLowerCase();
  const long = containerName === undefined ? short : `${containerName.toLowerCase()}.${short}`;
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
