/** Actions: effects, entry and exit behaviours, statements of interactions. */
import type { Action, Argument, Expression, SendTarget } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerLogText } from './log-text.ts';
import { type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { isPrimitive, lowerType, primitive } from './value-types.ts';
import { lowerArguments } from './variables.ts';

export function lowerActions(lowering: Lowering, actions: readonly ast.Action[]): Action[] {
  return actions.map((action) => lowerAction(lowering, action)).filter((action) => action !== undefined);
}

/** Undefined where what the action is about cannot be found. */
export function lowerAction(lowering: Lowering, node: ast.Action): Action | undefined {
  const place = placeOf(lowering, node);
  switch (node.$type) {
    case 'Assign':
      return lowerAssign(lowering, node);
    case 'Send':
      return lowerSend(lowering, node);
    case 'Raise': {
      const signal = node.signal?.ref;
      const values = lowerArguments(lowering, node.arguments, signal, node);
      if (signal === undefined) return undefined;
      return { kind: 'send', signal: idOf(signal), arguments: values, target: { kind: 'self' }, place };
    }
    case 'Log':
      return { kind: 'log', parts: lowerLogText(lowering, node), place };
    case 'IfAction':
      return {
        kind: 'if',
        condition: lowerExpression(lowering, node.condition, primitive('Boolean')),
        // biome-ignore lint/suspicious/noThenProperty: the model's word; a list of actions is never awaited
        then: lowerActions(lowering, node.then?.actions ?? []),
        otherwise:
          node.elseIf === undefined
            ? lowerActions(lowering, node.otherwise?.actions ?? [])
            : lowerActions(lowering, [node.elseIf]),
        place,
      };
    case 'WhileAction': {
      const condition = lowerExpression(lowering, node.condition, primitive('Boolean'));
      return { kind: 'while', condition, body: lowerActions(lowering, node.body?.actions ?? []), place };
    }
    case 'AssertAction':
      return { kind: 'assert', condition: lowerExpression(lowering, node.condition, primitive('Boolean')), place };
  }
}

function lowerAssign(lowering: Lowering, node: ast.Assign): Action | undefined {
  const variable = node.variable?.ref;
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const type = variable === undefined ? undefined : lowerType(silent, variable.type);
  const value = lowerExpression(lowering, node.value, type);
  if (variable === undefined || type === undefined || node.operator === undefined) return undefined;
  if (node.operator !== '=' && !isPrimitive(type, 'Integer', 'Real', 'Duration')) {
    const message = `\`${node.operator}\` needs a number or a time, and \`${variable.name}\` is neither. Use \`=\`.`;
    lowering.report('wrong-type', placeOfProperty(lowering, node, 'operator'), message);
  }
  return { kind: 'assign', variable: idOf(variable), operator: node.operator, value, place: placeOf(lowering, node) };
}

function lowerSend(lowering: Lowering, node: ast.Send): Action | undefined {
  const signal = node.signal?.ref;
  const values: Argument[] = lowerArguments(lowering, node.arguments, signal, node);
  const delay: Expression | undefined =
    node.delay === undefined ? undefined : lowerExpression(lowering, node.delay, primitive('Duration'));
  const target = sendTarget(node);
  if (signal === undefined || target === undefined) return undefined;
  const place = placeOf(lowering, node);
  return {
    kind: 'send',
    signal: idOf(signal),
    arguments: values,
    target,
    ...(delay === undefined ? {} : { delay }),
    place,
  };
}

function sendTarget(node: ast.Send): SendTarget | undefined {
  if (node.toSelf) return { kind: 'self' };
  if (node.toSender) return { kind: 'sender' };
  const lifeline = node.lifeline?.ref;
  return lifeline === undefined ? undefined : { kind: 'lifeline', lifeline: idOf(lifeline) };
}
