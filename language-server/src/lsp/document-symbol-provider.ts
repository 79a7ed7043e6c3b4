/** The outline: whatever has a name, and whatever has a body of its own under its first words, nested as UML nests them. */
import { type AstNode, AstUtils, type CstNode, CstUtils, GrammarUtils, type LangiumDocument } from 'langium';
import { DefaultDocumentSymbolProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';
import { kindWord } from '../language/links/kind-names.ts';

/** The first words of an element without a name are cut off behind so many characters. */
const MOST = 80;

export class TwinDocumentSymbolProvider extends DefaultDocumentSymbolProvider {
  protected override getSymbol(document: LangiumDocument, node: AstNode): DocumentSymbol[] {
    const cst = node.$cstNode;
    if (cst === undefined || isLocal(node) || ast.isExpression(node) || ast.isPath(node)) return [];
    const name = 'name' in node && typeof node.name === 'string' ? node.name : '';
    const nameNode = name === '' ? undefined : GrammarUtils.findNodeForProperty(cst, 'name');
    if (nameNode !== undefined) {
      return [{ ...this.createSymbol(document, node, cst, nameNode, name), detail: kindWord(node) }];
    }
    const head = isToldByItsHead(node) ? headOf(cst) : undefined;
    if (head !== undefined) return [this.createSymbol(document, node, cst, head.first, head.text)];
    return AstUtils.streamContents(node)
      .toArray()
      .flatMap((child) => this.getSymbol(document, child));
  }
}

/** Names that a trigger, a loop or a mark of data gives in passing. */
function isLocal(node: AstNode): boolean {
  return ast.isBinding(node) || ast.isLoopVariable(node) || ast.isClassification(node);
}

function isToldByItsHead(node: AstNode): boolean {
  if (ast.isMessage(node) || ast.isFoundMessage(node) || ast.isConsumer(node)) return node.execution !== undefined;
  return (
    ast.isCombinedFragment(node) ||
    ast.isRequires(node) ||
    ast.isOperationChange(node) ||
    ast.isDeploy(node) ||
    ast.isDeployAcross(node) ||
    ast.isLoad(node) ||
    ast.isTimelineEvent(node) ||
    ast.isExpectation(node) ||
    ast.isInstanceBinding(node) ||
    ast.isReaction(node) ||
    ast.isCalibration(node)
  );
}

/** The words before its body. */
function headOf(cst: CstNode): { readonly first: CstNode; readonly text: string } | undefined {
  let first: CstNode | undefined;
  let last: CstNode | undefined;
  for (const leaf of CstUtils.flattenCst(cst)) {
    if (leaf.hidden) continue;
    if (leaf.text === '{') break;
    first ??= leaf;
    last = leaf;
  }
  if (first === undefined || last === undefined) return undefined;
  const text = cst.root.fullText.slice(first.offset, last.end).replace(/\s+/g, ' ');
  return { first, text: text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text };
}
