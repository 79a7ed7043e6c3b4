/** Actions in the short form that stands on a line of a diagram: `attempts += 1`, `send Refund`, `log`. */
import type { Action, ElementId } from '@pollux/engine/model';
import type { NameOf } from './names.ts';
import { printExpression } from './print-expression.ts';

export function printActions(actions: readonly Action[], nameOf: NameOf): string {
  return actions.map((action) => printAction(action, nameOf)).join('; ');
}

export function printAction(action: Action, nameOf: NameOf): string {
  switch (action.kind) {
    case 'assign':
      return `${path(action, nameOf)} ${action.operator} ${printExpression(action.value, nameOf)}`;
    case 'send':
      return `send ${nameOf(action.signal)}`;
    case 'call': {
      const called = `call ${nameOf(action.operation)}()`;
      return action.result === undefined ? called : `${path(action.result, nameOf)} = ${called}`;
    }
    case 'log':
      return 'log';
    case 'if':
      return `if ${printExpression(action.condition, nameOf)} …`;
    case 'for':
      return `for ${nameOf(action.variable)} in ${printExpression(action.collection, nameOf)} …`;
    case 'while':
      return `while ${printExpression(action.condition, nameOf)} …`;
    case 'assert':
      return `assert ${printExpression(action.condition, nameOf)}`;
    case 'return':
      return action.value === undefined ? 'return' : `return ${printExpression(action.value, nameOf)}`;
  }
}

/** `card.holder.name` */
function path(
  { variable, attributes }: { readonly variable: ElementId; readonly attributes?: readonly ElementId[] },
  nameOf: NameOf,
): string {
  return [variable, ...(attributes ?? [])].map(nameOf).join('.');
}
