/** Folds whatever has braces, and comments. */
import type { AstNode, CstNode } from 'langium';
import { DefaultFoldingRangeProvider } from 'langium/lsp';
import { isExpression, isPath, isStep } from '../generated/ast.ts';

export class TwinFoldingRangeProvider extends DefaultFoldingRangeProvider {
  protected override shouldProcess(node: AstNode): boolean {
    const cst = node.$cstNode;
    return cst !== undefined && cst.range.end.line > cst.range.start.line;
  }

  protected override shouldProcessContent(node: AstNode): boolean {
    return !isExpression(node) && !isPath(node) && !isStep(node);
  }

  /** The closing brace stays visible. */
  protected override includeLastFoldingLine(node: CstNode, kind?: string): boolean {
    return kind === 'comment' || !node.text.endsWith('}');
  }
}
