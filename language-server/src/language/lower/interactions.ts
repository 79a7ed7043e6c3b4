/** Interactions: lifelines and fragments. */
import type { Fragment, Interaction, InvariantFragment, Lifeline, ReturnFragment } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerAction } from './actions.ts';
import { lowerCombinedFragment } from './combined-fragments.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf, placeOfKeyword } from './lowering.ts';
import { lowerMessage } from './messages.ts';
import { enclosingOperation, expectedReturn } from './replies.ts';
import { primitive } from './value-types.ts';
import { lowerArguments, lowerVariable } from './variables.ts';

export function lowerInteraction(lowering: Lowering, node: ast.Interaction): Interaction {
  const lifelines: Lifeline[] = [];
  for (const member of node.members) {
    if (ast.isActors(member)) lifelines.push(...member.actors.map((actor) => lowerActor(lowering, actor)));
    else if (ast.isLifelines(member)) {
      lifelines.push(
        ...member.lifelines.map((line) => lowerLifeline(lowering, line)).filter((line) => line !== undefined),
      );
    }
  }
  return {
    ...elementOf(lowering, node),
    kind: 'interaction',
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    variables: node.members.filter(ast.isVariable).map((variable) => lowerVariable(lowering, variable)),
    lifelines,
    body: lowerFragments(lowering, node.members.filter(ast.isFragment)),
  };
}

function lowerActor(lowering: Lowering, node: ast.Actor): Lifeline {
  return { ...elementOf(lowering, node), kind: 'lifeline', represents: { kind: 'actor' } };
}

/** A lifeline of unknown type is left out, with the messages at it. */
function lowerLifeline(lowering: Lowering, node: ast.Lifeline): Lifeline | undefined {
  const element = elementOf(lowering, node);
  if (node.type === undefined) {
    const message = `Lifeline \`${node.name}\` does not say what it represents. Write \`${node.name}: SomeComponent\`.`;
    lowering.report('missing-type', element.label, message);
    return undefined;
  }
  const type = node.type.ref;
  if (ast.isComponent(type)) {
    if (node.arguments.length > 0 || node.key !== undefined) {
      const message = `\`${type.name}\` is a component: only lifelines of machines take arguments or a key.`;
      lowering.report('wrong-arguments', element.place, message);
    }
    return { ...element, kind: 'lifeline', represents: { kind: 'component', component: idOf(type) } };
  }
  if (!ast.isMachine(type)) return undefined;
  const key = node.key === undefined ? undefined : lowerExpression(lowering, node.key);
  const values = lowerArguments(lowering, node.arguments, type, node, { mayOmit: key !== undefined });
  const represents = {
    kind: 'machine',
    machine: idOf(type),
    arguments: values,
    ...(key === undefined ? {} : { key }),
  } as const;
  return { ...element, kind: 'lifeline', represents };
}

export function lowerFragments(
  lowering: Lowering,
  fragments: readonly ast.Fragment[],
  executor?: ast.Participant,
): Fragment[] {
  return fragments
    .map((fragment) => lowerFragment(lowering, fragment, executor))
    .filter((fragment) => fragment !== undefined);
}

function lowerFragment(lowering: Lowering, node: ast.Fragment, executor?: ast.Participant): Fragment | undefined {
  if (ast.isMessage(node)) return lowerMessage(lowering, node, executor);
  if (ast.isCombinedFragment(node)) return lowerCombinedFragment(lowering, node, executor);
  if (ast.isReturn(node)) return lowerReturn(lowering, node);
  if (ast.isInvariant(node)) return lowerInvariant(lowering, node);
  const action = lowerAction(lowering, node);
  return action === undefined ? undefined : { ...elementOf(lowering, node), kind: 'action', action };
}

function lowerReturn(lowering: Lowering, node: ast.Return): ReturnFragment {
  const operation = enclosingOperation(node);
  const type = operation?.returnType;
  const element = { ...elementOf(lowering, node), label: placeOfKeyword(lowering, node, 'return') };
  if (node.value === undefined) return { ...element, kind: 'return' };
  if (operation !== undefined && type === undefined) {
    const message = `Operation \`${operation.name}\` returns nothing. Give it a type: \`operation ${operation.name}(…): Boolean\`.`;
    lowering.report('wrong-type', placeOf(lowering, node.value), message);
  }
  return { ...element, kind: 'return', value: lowerExpression(lowering, node.value, expectedReturn(lowering, type)) };
}

function lowerInvariant(lowering: Lowering, node: ast.Invariant): InvariantFragment {
  const condition = lowerExpression(lowering, node.condition, primitive('Boolean'));
  return { ...elementOf(lowering, node), kind: 'invariant', condition };
}
