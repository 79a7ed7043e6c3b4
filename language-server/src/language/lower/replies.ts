/** What a `return` answers to. */
import type { ValueType } from '@pollux/engine/model';
import type { AstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Lowering } from './lowering.ts';
import { lowerType } from './value-types.ts';

/** The operation whose execution encloses the node. A fallback is the caller's: what it returns answers the call around. */
export function enclosingOperation(node: AstNode): ast.Operation | undefined {
  for (let current = node; current.$container !== undefined; current = current.$container) {
    const owner = current.$container;
    const isExecution = ast.isMessage(owner) || ast.isFoundMessage(owner) || ast.isConsumer(owner);
    if (!isExecution || current.$containerProperty !== 'execution') continue;
    const called = owner.operation?.ref;
    return ast.isOperation(called) ? called : undefined;
  }
  return undefined;
}

/** The type that a reply has; unknown types expect nothing. */
export function expectedReturn(lowering: Lowering, type: ast.Type | undefined): ValueType | undefined {
  return type === undefined ? undefined : lowerType({ uri: lowering.uri, report: () => undefined }, type);
}
