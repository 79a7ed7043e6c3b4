/** The outline: declarations and what they hold, as UML nests them. */
import { type AstNode, AstUtils, GrammarUtils, type LangiumDocument } from 'langium';
import { DefaultDocumentSymbolProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver';
import { isBinding } from '../generated/ast.ts';

export class TwinDocumentSymbolProvider extends DefaultDocumentSymbolProvider {
  protected override getSymbol(document: LangiumDocument, node: AstNode): DocumentSymbol[] {
    const cst = node.$cstNode;
    if (isBinding(node)) return [];
    const name = 'name' in node && typeof node.name === 'string' ? node.name : '';
    const nameNode = GrammarUtils.findNodeForProperty(cst, 'name');
    if (name !== '' && cst !== undefined && nameNode !== undefined) {
      return [this.createSymbol(document, node, cst, nameNode, name)];
    }
    return AstUtils.streamContents(node)
      .toArray()
      .flatMap((child) => this.getSymbol(document, child));
  }
}
