/** Which machine a machine extends, and which extend it. */
import { type AstNode, AstUtils, GrammarUtils } from 'langium';
import { AbstractTypeHierarchyProvider } from 'langium/lsp';
import { SymbolKind, type TypeHierarchyItem } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import type { TwinLspServices } from './services.ts';
import { usesOf } from './uses-of.ts';

export class TwinTypeHierarchyProvider extends AbstractTypeHierarchyProvider {
  private readonly services: TwinLspServices;

  constructor(services: TwinLspServices) {
    super(services);
    this.services = services;
  }

  /** In the file that declares it, which need not be the one that was asked. */
  protected override getTypeHierarchyItems(node: AstNode): TypeHierarchyItem[] {
    const name = GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
    if (!ast.isMachine(node) || node.$cstNode === undefined || name === undefined) return [];
    return [
      {
        name: node.name,
        kind: SymbolKind.Class,
        uri: AstUtils.getDocument(node).uri.toString(),
        range: node.$cstNode.range,
        selectionRange: name.range,
      },
    ];
  }

  protected override getSupertypes(node: AstNode): TypeHierarchyItem[] {
    const base = ast.isMachine(node) ? node.base?.ref : undefined;
    return base === undefined ? [] : this.getTypeHierarchyItems(base);
  }

  protected override getSubtypes(node: AstNode): TypeHierarchyItem[] {
    if (!ast.isMachine(node)) return [];
    return usesOf(this.services, node)
      .filter(({ property }) => property === 'base')
      .flatMap(({ owner }) => this.getTypeHierarchyItems(owner));
  }
}
