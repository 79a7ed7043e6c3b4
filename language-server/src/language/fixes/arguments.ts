/** Ways to mend the arguments of a call, a signal or an instance: those that are missing, those that are too many. */
import { type AstNode, AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { allParameters } from '../links/parameters.ts';
import { calleeOf } from '../links/scope-provider.ts';
import type { Fix } from '../problems/fix.ts';
import { inserted, replaced } from './changes.ts';
import type { Found } from './found.ts';
import { initialOf } from './guessed-type.ts';
import { withComma } from './removal.ts';

export function fittingArguments(found: Found): Fix[] {
  const argument = AstUtils.getContainerOfType(found.node, ast.isArgument);
  return argument?.$cstNode?.offset === found.start ? withoutArgument(found, argument) : withArguments(found);
}

function withoutArgument({ document, text }: Found, argument: ast.Argument): Fix[] {
  const cst = argument.$cstNode;
  if (cst === undefined) return [];
  const { start, end } = withComma(cst, argument.$container.arguments, argument);
  return [{ title: `Remove \`${text}\``, edits: [replaced(document, start, end, '')], certainty: 'possible' }];
}

/** By name, each with a value to begin with. */
function withArguments({ document, node, start, end }: Found): Fix[] {
  if (!isCaller(node) || node.$cstNode?.offset !== start || node.$cstNode.end !== end) return [];
  const callee = calleeOf(node);
  if (callee === undefined) return [];
  const given = node.arguments;
  const parameters = allParameters(callee);
  const served = new Set(given.map((argument, index) => argument.parameter?.ref ?? parameters[index]));
  const missing = parameters.filter((parameter) => !served.has(parameter) && parameter.initial === undefined);
  const list = missing.map((parameter) => `${parameter.name}: ${beginning(parameter)}`).join(', ');
  const last = given.at(-1)?.$cstNode;
  const name = referenceEnd(node);
  const text = document.textDocument.getText();
  const open = name === undefined ? undefined : /^\s*\(/.exec(text.slice(name))?.[0].length;
  const edit =
    last !== undefined
      ? inserted(document, last.end, `, ${list}`)
      : name === undefined
        ? undefined
        : inserted(document, name + (open ?? 0), open === undefined ? `(${list})` : list);
  return edit === undefined || list === '' ? [] : [{ title: `Add \`${list}\``, edits: [edit], certainty: 'possible' }];
}

function isCaller(node: AstNode): node is ast.Argument['$container'] {
  return 'arguments' in node && Array.isArray(node.arguments) && !ast.isCall(node) && !ast.isStep(node);
}

function beginning({ type }: ast.Parameter): string {
  const word = type.primitive === 'Decimal' ? 'Real' : type.primitive;
  if (word !== undefined) return initialOf[word];
  const declared = type.declared?.ref;
  const literal = ast.isEnumeration(declared) ? declared.literals[0] : undefined;
  return literal === undefined ? '?' : `${literal.$container.name}.${literal.name}`;
}

/** Behind the name that the arguments belong to. */
function referenceEnd(node: AstNode): number | undefined {
  for (const property of ['operation', 'signal', 'behaviour', 'submachine', 'type']) {
    const reference: unknown = Reflect.get(node, property);
    if (typeof reference !== 'object' || reference === null || !('$refNode' in reference)) continue;
    const { $refNode } = reference as { readonly $refNode?: { readonly end: number } };
    if ($refNode !== undefined) return $refNode.end;
  }
  return undefined;
}
