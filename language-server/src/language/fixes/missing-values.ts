/** The variable, literal or attribute that a value should be. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import type { Fix } from '../problems/fix.ts';
import { added } from './added.ts';
import { inserted, keywordOf, withMember } from './changes.ts';
import { initialOf, typeAtUse, typeOfValue } from './guessed-type.ts';

export function missingValue(step: ast.Step): Fix[] {
  const { steps } = step.$container;
  const position = step.$containerIndex ?? 0;
  const name = step.to?.$refText ?? '';
  const before = position > 0 ? steps[position - 1]?.to?.ref : undefined;
  if (ast.isEnumeration(before)) return withItem(before, before.literals, name);
  if (position > 0) return missingAttribute(before, step, name);
  if (!isValue(step.$container)) return [];
  return withVariable(step, name, steps.length > 1 ? undefined : (typeAtUse(step.$container) ?? 'Integer'));
}

/** Targets, measured elements and bound elements are paths too; a variable is none of them. */
function isValue({ $container: around, $containerProperty: property }: ast.Path): boolean {
  return (
    ast.isBinaryExpression(around) ||
    ast.isUnary(around) ||
    ast.isAssign(around) ||
    ast.isArgument(around) ||
    property === 'guard' ||
    property === 'condition'
  );
}

function missingAttribute(value: AstNode | undefined, step: ast.Step, name: string): Fix[] {
  if (!ast.isVariable(value) && !ast.isParameter(value)) return [];
  const type = value.type?.declared?.ref;
  if (!ast.isDataType(type) || value.type?.multiplicity !== undefined) return [];
  return withItem(type, type.attributes, `${name}: ${typeAtUse(step.$container) ?? 'Integer'}`);
}

/** What is assigned, or takes a reply. */
export function missingAssigned(container: AstNode, name: string): Fix[] {
  if (ast.isMessage(container)) {
    const called = container.operation?.ref;
    return withVariable(container, name, ast.isOperation(called) ? called.returnType?.$cstNode?.text : undefined);
  }
  return ast.isAssign(container) ? withVariable(container, name, typeOfValue(container.value) ?? 'Integer') : [];
}

function withVariable(at: AstNode, name: string, type: string | undefined): Fix[] {
  const owner = AstUtils.getContainerOfType(
    at,
    (node) => ast.isMachine(node) || ast.isInteraction(node) || ast.isActivity(node),
  );
  if (owner === undefined || type === undefined) return [];
  const initial = Object.hasOwn(initialOf, type) ? ` = ${initialOf[type as keyof typeof initialOf]}` : '';
  const member = `var ${name}: ${type}${initial}`;
  return added(`Add \`${member}\` to \`${owner.name}\``, withMember(owner, member, 'first'));
}

/** Behind the last of a list with commas. */
function withItem(owner: ast.Enumeration | ast.DataType, items: readonly AstNode[], item: string): Fix[] {
  const last = items.at(-1)?.$cstNode;
  const open = keywordOf(owner, '{');
  const document = AstUtils.getDocument(owner);
  const edit =
    last !== undefined
      ? inserted(document, last.end, `, ${item}`)
      : open === undefined
        ? undefined
        : inserted(document, open.end, ` ${item}`);
  return added(`Add \`${item}\` to \`${owner.name}\``, edit);
}
