/** Takes away a choice or junction that leads to one place only: whoever led to it leads there. */
import { type AstNode, AstUtils, CstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { removed, replaced } from '../../language/fixes/changes.ts';
import type { Refactoring, Selection } from './refactoring.ts';

export function inlinePseudostate({ document, services, start }: Selection): Refactoring[] {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeAtOffset(root, start);
  const vertex = AstUtils.getContainerOfType(leaf?.astNode, isChoiceOrJunction);
  const branch = vertex?.branches[0];
  const target = branch?.target;
  if (vertex?.$cstNode === undefined || branch === undefined || target?.$cstNode === undefined) return [];
  if (vertex.branches.length > 1 || branch.guard !== undefined || branch.weight !== undefined) return [];
  if (branch.actions.length > 0 || target.steps.at(-1)?.to?.ref === vertex) return [];
  const uses = services.shared.workspace.LangiumDocuments.all
    .flatMap((other) => other.references.filter((reference) => 'ref' in reference && reference.ref === vertex))
    .map((reference) => AstUtils.getContainerOfType(reference.$refNode?.astNode, ast.isPath)?.$cstNode)
    .toArray();
  const edits = uses.map((path) => {
    const inTarget = path?.astNode.$containerProperty === 'target' && AstUtils.getDocument(path.astNode) === document;
    return inTarget ? replaced(document, path.offset, path.end, target.$cstNode?.text ?? '') : undefined;
  });
  if (edits.some((edit) => edit === undefined)) return [];
  return [
    {
      title: `Inline \`${vertex.name}\``,
      kind: 'refactor.inline.pseudostate',
      edits: [removed(vertex.$cstNode, document), ...edits.filter((edit) => edit !== undefined)],
    },
  ];
}

function isChoiceOrJunction(node: AstNode): node is ast.Choice | ast.Junction {
  return ast.isChoice(node) || ast.isJunction(node);
}
