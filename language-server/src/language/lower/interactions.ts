/** Interactions: their parameters, variables, lifelines, and what happens between them. */
import type { Interaction, Lifeline } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFragments } from './fragments.ts';
import { keyTypeOf } from './instance-keys.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { lowerArguments, lowerVariable } from './variables.ts';

export function lowerInteraction(lowering: Lowering, node: ast.Interaction): Interaction {
  const lifelines: Lifeline[] = [];
  const fragments = node.members.filter(ast.isFragment);
  for (const member of node.members) {
    if (ast.isActors(member)) lifelines.push(...member.actors.map((actor) => lowerActor(lowering, actor)));
    else if (ast.isLifelines(member)) {
      lifelines.push(
        ...member.lifelines.map((line) => lowerLifeline(lowering, line)).filter((line) => line !== undefined),
      );
    }
  }
  const element = elementOf(lowering, node);
  if (fragments.length === 0) {
    const message = `Nothing happens in \`${node.name ?? ''}\`. Add a message: \`a -> b.operation(…)\`.`;
    lowering.report('empty-interaction', element.label, message);
  }
  return {
    ...element,
    kind: 'interaction',
    parameters: node.parameters.map((parameter) => lowerVariable(lowering, parameter)),
    variables: node.members.filter(ast.isVariable).map((variable) => lowerVariable(lowering, variable)),
    lifelines,
    body: lowerFragments(lowering, fragments),
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
  const key = node.key === undefined ? undefined : lowerKey(lowering, node.key, type);
  const values = lowerArguments(lowering, node.arguments, type, node, { mayOmit: key !== undefined });
  const represents = {
    kind: 'machine',
    machine: idOf(type),
    arguments: values,
    ...(key === undefined ? {} : { key }),
  } as const;
  return { ...element, kind: 'lifeline', represents };
}

function lowerKey(lowering: Lowering, node: ast.Expression, machine: ast.Machine) {
  const type = keyTypeOf(machine);
  if (type !== undefined) return lowerExpression(lowering, node, type);
  const message = `Instances of \`${machine.name}\` have no key: a machine's first parameter is its key. Write \`machine ${machine.name}(id: String)\`.`;
  lowering.report('wrong-arguments', placeOf(lowering, node), message);
  return lowerExpression(lowering, node);
}
