/** What paths say about vertices that go one level further in: a dotted path through their old owner needs the new step. */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import { inserted } from '../../language/fixes/changes.ts';
import type { TextChange } from '../../language/problems/fix.ts';
import type { TwinServices } from '../../language/services.ts';

/** Puts `step.` in front of the vertices' names where their owner stands before the dot. */
export function lengthenedPaths(vertices: ReadonlySet<AstNode>, step: string, services: TwinServices): TextChange[] {
  const changes: TextChange[] = [];
  for (const document of services.shared.workspace.LangiumDocuments.all) {
    for (const reference of document.references) {
      const name = reference.$refNode;
      const target = 'ref' in reference ? reference.ref : undefined;
      if (name === undefined || target === undefined || !vertices.has(vertexOf(target))) continue;
      if (ast.isStep(name.astNode) && name.astNode.$containerIndex !== 0)
        changes.push(inserted(document, name.offset, `${step}.`));
    }
  }
  return changes;
}

/** Final states stand in a row of their own. */
function vertexOf(node: AstNode): AstNode {
  return ast.isFinal(node) ? node.$container : node;
}
