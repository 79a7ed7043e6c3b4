/** What a `return` answers to. */
import type { ValueType } from '@pollux/engine/model';
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Lowering } from './lowering.ts';
import { lowerType } from './value-types.ts';

/** The operation whose execution encloses the node. */
export function enclosingOperation(node: AstNode): ast.Operation | undefined {
  return AstUtils.getContainerOfType(node, ast.isMessage)?.operation?.ref;
}

/** The type that a reply has; unknown types expect nothing. */
export function expectedReturn(lowering: Lowering, type: ast.Type | undefined): ValueType | undefined {
  return type === undefined ? undefined : lowerType({ uri: lowering.uri, report: () => undefined }, type);
}
