/** Components: operations, topics, versions, limits, and how they treat those they call. */
import type { Component, ComponentVersion, Requirement, Topic } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerCallPolicy } from './call-policies.ts';
import { lowerCapacity } from './capacities.ts';
import { lowerCount } from './counts.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerKnownTime } from './known-quantities.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword, placeOfProperty } from './lowering.ts';
import { lowerCost, lowerOperation } from './operations.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { lowerVariable } from './variables.ts';

const MOST_PARTITIONS = 1_000_000;

export function lowerComponent(lowering: Lowering, node: ast.Component): Component {
  const owned = node.members.filter(ast.isOwns).flatMap(({ machines }) => machines);
  const versions = node.members.filter(ast.isVersion);
  if (node.external) for (const operation of node.members.filter(ast.isOperation)) checkExternal(lowering, operation);
  return {
    ...elementOf(lowering, node),
    kind: 'component',
    external: node.external,
    broker: node.broker,
    operations: node.members.filter(ast.isOperation).map((operation) => lowerOperation(lowering, operation)),
    topics: node.members.filter(ast.isTopic).map((topic) => lowerTopic(lowering, node, topic)),
    owns: owned.map(({ ref }) => idOf(ref)).filter((id) => id !== ''),
    requires: lowerRequirements(lowering, node.members.filter(ast.isRequires)),
    versions: versions.map((version) => lowerVersion(lowering, node, version)),
    ...lowerCapacity(lowering, node.members.filter(ast.isCapacity)),
  };
}

function lowerTopic(lowering: Lowering, component: ast.Component, node: ast.Topic): Topic {
  const retention = lowerKnownTime(lowering, node.retention);
  const key = node.key === undefined ? {} : { key: lowerExpression(lowering, node.key) };
  // Who asks for an order, or for an end of waiting, has a line.
  const partitions =
    node.partitions === undefined && node.key === undefined && node.retention === undefined
      ? {}
      : { partitions: lowerCount(lowering, node, 'partitions', node.partitions, 1, 1, MOST_PARTITIONS) };
  if (!component.broker) {
    const message = `Only a broker has topics. Write \`component ${component.name} broker { … }\`, or make \`${node.name}\` an operation.`;
    lowering.report('no-broker', placeOfProperty(lowering, node, 'name'), message);
  }
  return {
    ...elementOf(lowering, node),
    kind: 'topic',
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    ...partitions,
    ...key,
    ...(retention === undefined ? {} : { retention }),
  };
}

function lowerRequirements(lowering: Lowering, nodes: readonly ast.Requires[]): Requirement[] {
  reportRepeatedClauses(lowering, nodes, ({ component }) =>
    component === undefined ? undefined : `requires ${component.$refText}`,
  );
  return nodes.flatMap((node): Requirement[] => {
    const policy = lowerCallPolicy(lowering, node.clauses);
    const component = node.component?.ref;
    if (component === undefined) return [];
    const element = elementOf(lowering, node, 'component');
    return [{ ...element, kind: 'requirement', component: idOf(component), policy }];
  });
}

function lowerVersion(lowering: Lowering, component: ast.Component, node: ast.Version): ComponentVersion {
  const changes = node.members.filter(ast.isOperationChange);
  reportRepeatedClauses(lowering, changes, ({ operation }) =>
    operation === undefined ? undefined : `operation ${operation.$refText}`,
  );
  return {
    ...elementOf(lowering, node),
    kind: 'version',
    operations: changes.flatMap((change) => {
      const operation = change.operation?.ref;
      for (const clause of change.clauses) checkChange(lowering, component, clause);
      const cost = lowerCost(lowering, operation, change.clauses);
      return operation === undefined ? [] : [{ operation: idOf(operation), cost }];
    }),
    requires: lowerRequirements(lowering, node.members.filter(ast.isRequires)),
    ...lowerCapacity(lowering, node.members.filter(ast.isCapacity)),
  };
}

function checkChange(lowering: Lowering, component: ast.Component, clause: ast.OperationClause): void {
  if (component.external && ast.isTakes(clause)) reportExternalWork(lowering, clause);
  if (!ast.isMethod(clause) && !ast.isPriority(clause)) return;
  const word = ast.isMethod(clause) ? 'method' : 'priority';
  const message = `A version changes what operations cost, not what they do: \`${word}\` stands at the operation itself.`;
  lowering.report('misplaced-clause', placeOf(lowering, clause), message);
}

function checkExternal(lowering: Lowering, operation: ast.Operation): void {
  for (const clause of operation.clauses) if (ast.isTakes(clause)) reportExternalWork(lowering, clause);
}

function reportExternalWork(lowering: Lowering, clause: ast.Takes): void {
  const message =
    'An external component has no cores of ours that it could occupy. Write `delays` for the time it needs.';
  lowering.report('external-work', placeOfKeyword(lowering, clause, 'takes'), message);
}
