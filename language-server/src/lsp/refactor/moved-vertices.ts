/** What paths say about vertices that go one level further in: a dotted path through their old owner needs the new step. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { inserted } from '../../language/fixes/changes.ts';
import type { TextChange } from '../../language/problems/fix.ts';
import type { TwinServices } from '../../language/services.ts';

/** Puts `step.` in front of the vertices' names where their owner stands before the dot. */
export function lengthenedPaths(vertices: ReadonlySet<AstNode>, step: string, services: TwinServices): TextChange[] {
  const changes: TextChange[] = [];
  for (const document of services.shared.workspace.LangiumDocuments.all) {
    for (const node of AstUtils.streamAllContents(document.parseResult.value)) {
      if (!ast.isPath(node)) continue;
      for (const { to, $containerIndex: index = 0 } of node.steps) {
        const target = to?.ref;
        if (index === 0 || target === undefined || !vertices.has(vertexOf(target))) continue;
        if (to?.$refNode !== undefined) changes.push(inserted(document, to.$refNode.offset, `${step}.`));
      }
    }
  }
  return changes;
}

/** Final states stand in a row of their own. */
function vertexOf(node: AstNode): AstNode {
  return ast.isFinal(node) ? node.$container : node;
}
