/** One line of code that says what a declaration is: for hover and for completion details. */
import type { AstNode } from 'langium';
import * as ast from '../generated/ast.ts';
import { isBuiltInName } from '../language/links/built-in-names.ts';
import { kindWord } from '../language/links/kind-names.ts';
import { boundParameter } from '../language/links/value-members.ts';
import { contentOf } from '../language/lower/element-ids.ts';
import { signatureOf } from '../language/lower/variables.ts';

export function declarationText(node: AstNode): string {
  if (isBuiltInName(node)) return node.name;
  if (ast.isSignal(node)) return `signal ${signatureOf(node)}`;
  if (ast.isMachine(node)) return `machine ${signatureOf(node)}`;
  if (ast.isActivity(node)) return `activity ${signatureOf(node)}`;
  if (ast.isInteraction(node)) return `interaction ${signatureOf(node)}`;
  if (ast.isOperation(node)) return contentOf(node);
  if (ast.isParameter(node) || ast.isVariable(node) || ast.isLifeline(node)) return `${prefix(node)}${contentOf(node)}`;
  if (ast.isBinding(node)) {
    const attribute = boundParameter(node);
    return `${node.name}${attribute === undefined ? '' : `: ${contentOf(attribute.type)}`}`;
  }
  if (ast.isEnumeration(node) || ast.isDataType(node) || ast.isResource(node)) return contentOf(node);
  if (ast.isAttribute(node) || ast.isTopic(node) || ast.isExpectation(node)) return contentOf(node);
  if (ast.isLiteral(node)) return `${node.$container.name}.${node.name}`;
  if (ast.isNode(node)) return contentOf(node);
  const name = 'name' in node && typeof node.name === 'string' ? node.name : '';
  return `${kindWord(node)} ${name}`.trim();
}

function prefix(node: AstNode): string {
  return ast.isLifeline(node) ? 'lifeline ' : '';
}
