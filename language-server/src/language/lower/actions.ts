/** Actions: effects, entry and exit behaviours, statements of interactions. */
import {
  type Action,
  type Argument,
  type Expression,
  isAssignable,
  type SendTarget,
  type ValueType,
} from '@pollux/engine/model';
import { AstUtils } from 'langium';
import * as ast from '../../generated/ast.ts';
import { kindName } from '../links/kind-names.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { keyTypeOf } from './instance-keys.ts';
import { lowerLogText } from './log-text.ts';
import { type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { isPrimitive, lowerType, primitive, typeName, unknownType } from './value-types.ts';
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
    case 'ForAction':
      return lowerFor(lowering, node);
    case 'CallAction':
      return lowerCallAction(lowering, node);
    case 'ReturnAction':
      return lowerReturnAction(lowering, node);
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
  const attributes = node.attributes.map((attribute) => attribute.ref);
  const assigned = attributes.length === 0 ? variable : attributes.at(-1);
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const type = assigned === undefined ? undefined : lowerType(silent, assigned.type);
  if (ast.isParameter(variable) && attributes.length === 0) {
    const message = `\`${variable.name}\` is a parameter: its value stays. Declare \`var\` and assign to that.`;
    lowering.report('wrong-kind', placeOfProperty(lowering, node, 'variable'), message);
  }
  const path = attributes.length === 0 ? {} : { attributes: attributes.map((attribute) => idOf(attribute)) };
  if (node.call !== undefined) {
    const call = lowerCallAction(lowering, node.call, type ?? unknownType);
    if (node.operator !== '=') {
      const message = `A reply is taken with \`=\`: write \`${assigned?.name ?? 'x'} = call …\`.`;
      lowering.report('wrong-arguments', placeOfProperty(lowering, node, 'operator'), message);
    }
    if (call?.kind !== 'call' || variable === undefined) return undefined;
    return { ...call, result: { variable: idOf(variable), ...path }, place: placeOf(lowering, node) };
  }
  const value = lowerExpression(lowering, node.value, type);
  if (variable === undefined || assigned === undefined || type === undefined || node.operator === undefined)
    return undefined;
  if (node.operator !== '=' && !isPrimitive(type, 'Integer', 'Real', 'Decimal', 'Duration')) {
    const message = `\`${node.operator}\` needs a number or a time, and \`${assigned.name}\` is neither. Use \`=\`.`;
    lowering.report('wrong-type', placeOfProperty(lowering, node, 'operator'), message);
  }
  return {
    kind: 'assign',
    variable: idOf(variable),
    ...path,
    operator: node.operator,
    value,
    place: placeOf(lowering, node),
  };
}

/** `wanted` is the type of what takes the reply; absent where nothing does. */
function lowerCallAction(lowering: Lowering, node: ast.CallAction, wanted?: ValueType): Action | undefined {
  const operation = node.operation?.ref;
  const values = lowerArguments(lowering, node.arguments, operation, node);
  if (operation === undefined) return undefined;
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  if (wanted !== undefined && operation.returnType === undefined) {
    const message = `Operation \`${operation.name}\` returns nothing. Give it a type: \`operation ${operation.name}(…): Boolean\`.`;
    lowering.report('wrong-type', placeOfProperty(lowering, node, 'operation'), message);
  } else if (wanted !== undefined) {
    const returned = lowerType(silent, operation.returnType);
    if (!isAssignable(returned, wanted)) {
      const message = `\`${operation.name}\` returns a ${typeName(returned)}, but a ${typeName(wanted)} takes it.`;
      lowering.report('wrong-type', placeOfProperty(lowering, node, 'operation'), message);
    }
  }
  return { kind: 'call', operation: idOf(operation), arguments: values, place: placeOf(lowering, node) };
}

function lowerFor(lowering: Lowering, node: ast.ForAction): Action | undefined {
  const collection = lowerExpression(lowering, node.collection);
  if (collection.type.kind !== 'list' && collection.type.kind !== 'unknown') {
    const message = `\`for\` runs over several values, but this is one ${typeName(collection.type)}.`;
    lowering.report('wrong-type', collection.place, message);
  }
  const body = lowerActions(lowering, node.body?.actions ?? []);
  if (node.variable === undefined) return undefined;
  return { kind: 'for', variable: idOf(node.variable), collection, body, place: placeOf(lowering, node) };
}

/** What the enclosing operation, activity or call trigger answers. */
function lowerReturnAction(lowering: Lowering, node: ast.ReturnAction): Action {
  const transition = AstUtils.getContainerOfType(node, ast.isTransition);
  const trigger = transition?.trigger;
  const type = ast.isCallTrigger(trigger) ? trigger.operation?.ref?.returnType : undefined;
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const value =
    node.value === undefined
      ? undefined
      : lowerExpression(lowering, node.value, type === undefined ? undefined : lowerType(silent, type));
  if (transition !== undefined && value !== undefined && !ast.isCallTrigger(trigger)) {
    const message = 'Only a transition `on call …` answers somebody. Remove the value, or let the trigger be a call.';
    lowering.report('wrong-kind', placeOf(lowering, node), message);
  }
  return { kind: 'return', ...(value === undefined ? {} : { value }), place: placeOf(lowering, node) };
}

function lowerSend(lowering: Lowering, node: ast.Send): Action | undefined {
  const signal = node.signal?.ref;
  const values: Argument[] = lowerArguments(lowering, node.arguments, signal, node);
  const delay: Expression | undefined =
    node.delay === undefined ? undefined : lowerExpression(lowering, node.delay, primitive('Duration'));
  const target = lowerSendTarget(lowering, node.target);
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

/** Undefined where the receiver cannot be found. */
export function lowerSendTarget(lowering: Lowering, node: ast.SendTarget | undefined): SendTarget | undefined {
  if (node === undefined) return undefined;
  if (node.toSelf) return { kind: 'self' };
  if (node.toSender) return { kind: 'sender' };
  const receiver = node.receiver?.ref;
  const type = ast.isMachine(receiver) || ast.isActivity(receiver) ? keyTypeOf(receiver) : undefined;
  const key = node.key === undefined ? undefined : lowerExpression(lowering, node.key, type);
  if (receiver === undefined) return undefined;
  if (ast.isMachine(receiver) || ast.isActivity(receiver)) {
    if (key !== undefined) return { kind: 'instance', behaviour: idOf(receiver), key };
    const message = `Which \`${receiver.name}\`? Write its key behind: \`${receiver.name}(id)\`.`;
    lowering.report('wrong-arguments', placeOf(lowering, node), message);
    return undefined;
  }
  if (key !== undefined) {
    const message = `\`${receiver.name}\` is ${kindName(receiver)}: only machines and activities are told apart by a key. Remove it.`;
    lowering.report('wrong-arguments', placeOf(lowering, node), message);
  }
  if (ast.isComponent(receiver)) return { kind: 'component', component: idOf(receiver) };
  return { kind: 'lifeline', lifeline: idOf(receiver) };
}
