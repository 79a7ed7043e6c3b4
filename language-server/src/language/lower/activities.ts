/** Activities: what stands in their braces, and in those of structured nodes and regions. UML 2.5.1 clauses 15 and 16. */
import type { Activity, ActivityEdge, ActivityNode } from '@pollux/engine/model';
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { lowerEdges } from './activity-edges.ts';
import { lowerNode } from './activity-nodes.ts';
import { elementOf, type Lowering } from './lowering.ts';
import { typeOfValue } from './paths.ts';
import { unknownType } from './value-types.ts';
import { lowerVariable } from './variables.ts';

export function lowerActivity(lowering: Lowering, node: ast.Activity): Activity {
  return {
    ...elementOf(lowering, node),
    kind: 'activity',
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    variables: [
      ...node.members.filter(ast.isVariable).map((variable) => lowerVariable(lowering, variable)),
      ...loopVariables(lowering, node),
    ],
    partitions: node.members
      .filter(ast.isPartitions)
      .flatMap(({ partitions }) => partitions.map((partition) => elementOf(lowering, partition))),
    ...lowerBody(lowering, node.members),
  };
}

function loopVariables(lowering: Lowering, node: ast.Activity): Activity['variables'] {
  const loops = AstUtils.streamAllContents(node).filter(ast.isLoopVariable).toArray();
  return loops.map((loop) => ({
    ...elementOf(lowering, loop),
    kind: 'variable',
    type: typeOfValue(loop) ?? unknownType,
  }));
}

/** Nodes and the edges that leave them, in the order of the text. */
export function lowerBody(
  lowering: Lowering,
  members: readonly (ast.ActivityMember | ast.InterruptibleMember)[],
): { readonly nodes: ActivityNode[]; readonly edges: ActivityEdge[] } {
  const nodes: ActivityNode[] = [];
  const edges: ActivityEdge[] = [];
  for (const member of members) {
    if (ast.isPartitions(member) || ast.isVariable(member) || ast.isInterrupt(member)) continue;
    nodes.push(...lowerNode(lowering, member));
    edges.push(...lowerEdges(lowering, member));
  }
  return { nodes, edges };
}
