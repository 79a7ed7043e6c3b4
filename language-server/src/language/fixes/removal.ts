/** Takes away what nothing uses. */

import type { AstNode, CstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { removed, replaced } from './changes.ts';
import type { Found } from './found.ts';

/** The declaration that the finding points at, with its line. */
export function withoutDeclaration({ document, node, text }: Found): Fix[] {
  const list = listAround(node);
  const isAlone = list === undefined || list.length === 1;
  const cst = list?.length === 1 ? node.$container?.$cstNode : node.$cstNode;
  if (cst === undefined || node.$container === undefined) return [];
  const { start, end } = withComma(cst, list ?? [], node);
  const edit = isAlone ? removed(cst, document) : replaced(document, start, end, '');
  return [{ title: `Remove \`${text}\``, edits: [edit], certainty: 'possible' }];
}

/** What is declared in a row behind one keyword: `final A, B`. */
function listAround(node: AstNode): readonly AstNode[] | undefined {
  const owner = node.$container;
  if (ast.isFinals(owner)) return owner.finals;
  if (ast.isLifelines(owner)) return owner.lifelines;
  if (ast.isActors(owner)) return owner.actors;
  if (ast.isPartitions(owner)) return owner.partitions;
  if (ast.isFlowFinals(owner)) return owner.finals;
  return undefined;
}

/** A member of a list with the comma that goes with it. */
export function withComma(cst: CstNode, list: readonly AstNode[], node: AstNode): { start: number; end: number } {
  const position = list.indexOf(node);
  const before = list[position - 1]?.$cstNode;
  const behind = list[position + 1]?.$cstNode;
  if (before !== undefined) return { start: before.end, end: cst.end };
  return { start: cst.offset, end: behind?.offset ?? cst.end };
}
