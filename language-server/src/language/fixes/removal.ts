/** Takes away what nothing uses. */

import type { AstNode, CstNode } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { removed, replaced } from './changes.ts';
import type { Found } from './found.ts';

/** The declaration that the finding points at, with its line. */
export function withoutDeclaration({ document, node, text }: Found): Fix[] {
  const cst = node.$cstNode;
  if (cst === undefined || node.$container === undefined) return [];
  const title = `Remove \`${text}\``;
  const list = listAround(node);
  if (list === undefined) return [{ title, edits: [removed(cst, document)], certainty: 'possible' }];
  if (list.length === 1) {
    const whole = node.$container.$cstNode;
    return whole === undefined ? [] : [{ title, edits: [removed(whole, document)], certainty: 'possible' }];
  }
  const { start, end } = withComma(cst, list, node);
  return [{ title, edits: [replaced(document, start, end, '')], certainty: 'possible' }];
}

/** What is declared in a row behind one keyword: `final A, B`. */
function listAround(node: AstNode): readonly AstNode[] | undefined {
  const owner = node.$container;
  if (ast.isFinals(owner)) return owner.finals;
  if (ast.isLifelines(owner)) return owner.lifelines;
  if (ast.isActors(owner)) return owner.actors;
  return undefined;
}

function withComma(cst: CstNode, list: readonly AstNode[], node: AstNode): { start: number; end: number } {
  const position = list.indexOf(node);
  const before = list[position - 1]?.$cstNode;
  const behind = list[position + 1]?.$cstNode;
  if (before !== undefined) return { start: before.end, end: cst.end };
  return { start: cst.offset, end: behind?.offset ?? cst.end };
}
