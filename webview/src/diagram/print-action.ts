/** Actions in the short form that stands on a line of a diagram: `attempts += 1`, `send Refund`, `log`. */
import type { Action } from '@pollux/engine/model';
import type { NameOf } from './names.ts';
import { printExpression } from './print-expression.ts';

export function printActions(actions: readonly Action[], nameOf: NameOf): string {
  return actions.map((action) => printAction(action, nameOf)).join('; ');
}

export function printAction(action: Action, nameOf: NameOf): string {
  switch (action.kind) {
    case 'assign':
      return `${nameOf(action.variable)} ${action.operator} ${printExpression(action.value, nameOf)}`;
    case 'send':
      return `send ${nameOf(action.signal)}`;
    case 'log':
      return 'log';
    case 'if':
      return `if ${printExpression(action.condition, nameOf)} …`;
    case 'while':
      return `while ${printExpression(action.condition, nameOf)} …`;
    case 'assert':
      return `assert ${printExpression(action.condition, nameOf)}`;
  }
}
