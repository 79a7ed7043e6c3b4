/** What a dot leads to where a scenario sets or varies something: numbers of what is declared, also of policies. Reports nothing. */
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import {
  breakerParts,
  bulkheadParts,
  cacheParts,
  componentProperties,
  isBuiltInName,
  limitParts,
  limitProperties,
  queueParts,
  requirementProperties,
} from './built-in-names.ts';
import { operationsOf } from './declared-names.ts';
import type { Names } from './name-scope.ts';
import { joined, membersOfNamed } from './value-members.ts';

/** Numbers that stand behind another one: `Orders.queue.within`. */
const parts: ReadonlyMap<AstNode | undefined, Names> = new Map([
  [componentProperties.get('queue')?.[0], queueParts],
  [componentProperties.get('cache')?.[0], cacheParts],
  [limitProperties.get('limit')?.[0], limitParts],
  [requirementProperties.get('breaker')?.[0], breakerParts],
  [requirementProperties.get('bulkhead')?.[0], bulkheadParts],
]);

/** Behind an element, which itself may stand behind another: `Orders.Bank` is what `Orders` requires of `Bank`. */
export function settableMembers(node: AstNode | undefined, before: AstNode | undefined): Names {
  if (isBuiltInName(node)) return parts.get(node) ?? new Map();
  if (ast.isOperation(node)) return joined(membersOfNamed(node), limitProperties);
  if (!ast.isComponent(node)) return membersOfNamed(node);
  if (ast.isComponent(before)) return requirementProperties;
  return joined(operationsOf(node), componentProperties, limitProperties, requiredBy(node));
}

/** How a component calls another, where it says so outside of its versions. */
export function requirementOf(caller: ast.Component, called: ast.Component): ast.Requires | undefined {
  return caller.members.filter(ast.isRequires).find(({ component }) => component?.ref === called);
}

function requiredBy(caller: ast.Component): Names {
  const names = new Map<string, readonly AstNode[]>();
  for (const { component } of caller.members.filter(ast.isRequires))
    if (component?.ref !== undefined) names.set(component.$refText, [component.ref]);
  return names;
}
