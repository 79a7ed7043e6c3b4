/** The vertex that a transition should lead to, or the end that an edge of an activity should. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { withMember } from './changes.ts';

export function isTarget(step: ast.Step): boolean {
  const { $containerProperty: property } = step.$container;
  return property === 'target' || property === 'targets' || property === 'abandoned';
}

/** Beside the source; behind a dot, inside what stands in front of it. */
export function missingVertex(step: ast.Step): Fix[] {
  const { steps } = step.$container;
  const position = step.$containerIndex ?? 0;
  const name = step.to?.$refText;
  if (position < steps.length - 1 || name === undefined) return [];
  const before = position > 0 ? steps[position - 1]?.to?.ref : undefined;
  const owner = position > 0 ? before : ownerOfVertices(step);
  if (ast.isMachine(owner) || ast.isState(owner) || ast.isRegion(owner)) {
    return added(`Add state \`${name}\` to \`${owner.name}\``, withMember(owner, `state ${name}`));
  }
  const activity = AstUtils.getContainerOfType(step, ast.isActivity);
  if (activity === undefined || position > 0) return [];
  return added(`Add \`final ${name}\` to \`${activity.name}\``, withMember(activity, `final ${name}`));
}

/** What is around the vertex that a transition leaves. */
function ownerOfVertices(step: ast.Step): AstNode | undefined {
  return AstUtils.getContainerOfType(step, ast.isRegionMember)?.$container;
}
