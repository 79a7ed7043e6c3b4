/**
 * The pieces of `a + b * c` that operators bind together. The parser keeps a chain of operators flat, with its operands side by
 * side; only the tree of the expression knows that `b * c` is one.
 */
import { type AstNode, type CompositeCstNode, type CstNode, GrammarAST, isCompositeCstNode } from 'langium';
import * as ast from '../generated/ast.ts';

/** Around an operand or operator of a chain: every piece that holds it, smallest first; of anything else nothing. */
export function infixStretches(chain: CstNode, inner: CstNode | undefined): (readonly [start: number, end: number])[] {
  if (!isCompositeCstNode(chain) || !ast.isBinaryExpression(chain.astNode)) return [];
  const tree = wholeOf(chain.astNode, chain);
  const parts = chain.content.filter(isOperand);
  const found: (readonly [number, number])[] = [];
  const place = (node: AstNode, first: number): number => {
    if (!isOfChain(node, chain)) return first + 1;
    const end = place(node.right, place(node.left, first));
    const [start, stop] = [parts[first]?.offset, parts[end - 1]?.end];
    const holds = start !== undefined && stop !== undefined && inner !== undefined;
    if (holds && start <= inner.offset && inner.end <= stop) found.push([start, stop]);
    return end;
  };
  if (parts.length > 1) place(tree, 0);
  return found;
}

function wholeOf(operation: ast.BinaryExpression, chain: CstNode): ast.BinaryExpression {
  const owner = operation.$container;
  return isOfChain(owner, chain) ? wholeOf(owner, chain) : operation;
}

/** All operations of a chain have the stretch of the whole. */
function isOfChain(node: AstNode, { offset, end }: CstNode): node is ast.BinaryExpression {
  return ast.isBinaryExpression(node) && node.$cstNode?.offset === offset && node.$cstNode.end === end;
}

function isOperand(node: CompositeCstNode['content'][number]): boolean {
  return GrammarAST.isAssignment(node.grammarSource) && node.grammarSource.feature === 'parts';
}
