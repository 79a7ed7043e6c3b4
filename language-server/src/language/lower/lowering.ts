/** What every part of lowering needs: where things stand in the text, and whom to tell about problems. */
import type { Element, Place } from '@pollux/engine/model';
import { type AstNode, type CstNode, CstUtils, GrammarUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { propertyNode } from '../parser/property-node.ts';
import { writtenRange } from '../parser/written-range.ts';
import type { Report } from '../problems/problem.ts';
import { idOf } from './element-ids.ts';

export interface Lowering {
  readonly uri: string;
  readonly report: Report;
}

/** The place of a whole node. */
export function placeOf(lowering: Lowering, node: AstNode | undefined): Place {
  if (isInnerOperation(node)) {
    const { uri, start } = placeOf(lowering, node.left);
    return { uri, start, end: placeOf(lowering, node.right).end };
  }
  return placeOfCst(lowering, node?.$cstNode);
}

/** In a chain of operators, all operations share the piece of text of the whole: `b * c` in `a + b * c`. */
function isInnerOperation(node: AstNode | undefined): node is ast.BinaryExpression {
  return ast.isBinaryExpression(node) && node.$container.$cstNode === node.$cstNode;
}

/** The place of one property of a node; of the whole node where the property is missing. */
export function placeOfProperty(lowering: Lowering, node: AstNode, property: string, index?: number): Place {
  return placeOfCst(lowering, propertyNode(node.$cstNode, property, index) ?? node.$cstNode);
}

/** The place of a keyword of a node; of the whole node where it is missing. */
export function placeOfKeyword(lowering: Lowering, node: AstNode, keyword: string): Place {
  return placeOfCst(lowering, GrammarUtils.findNodeForKeyword(node.$cstNode, keyword) ?? node.$cstNode);
}

function placeOfCst(lowering: Lowering, cst: CstNode | undefined): Place {
  const nowhere = { line: 0, character: 0 };
  if (cst === undefined) return { uri: lowering.uri, start: nowhere, end: nowhere };
  const { start, end } = writtenRange(cst);
  return { uri: lowering.uri, start, end };
}

/** What an element has in common with all others. `label` names the property that stands for it, `name` by default. */
export function elementOf(lowering: Lowering, node: AstNode & { readonly name?: string }, label = 'name'): Element {
  const documentation = documentationOf(node);
  return {
    id: idOf(node),
    name: node.name ?? '',
    place: placeOf(lowering, node),
    label: placeOfProperty(lowering, node, label),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** The text of the documentation comment right in front, without its stars. */
export function documentationOf(node: AstNode): string | undefined {
  const comment = CstUtils.findCommentNode(node.$cstNode, ['ML_COMMENT'])?.text;
  if (comment === undefined || !comment.startsWith('/**')) return undefined;
  const lines = comment.slice(3, -2).split(/\r?\n/);
  const text = lines.map((line) => line.replace(/^\s*\*? ?/, '').trimEnd()).join('\n');
  return text.trim() === '' ? undefined : text.trim();
}
