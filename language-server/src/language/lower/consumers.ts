/** Consumers: what follows a publication. */
import type { Consumer, Variable } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { idOf } from './element-ids.ts';
import { lowerFragments } from './fragments.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { lowerClauses } from './messages.ts';
import { participantAt } from './participants.ts';
import { lowerType, unknownType } from './value-types.ts';
import { lowerArguments, signatureOf } from './variables.ts';

/** Undefined where the topic, the receiver or its operation cannot be found. */
export function lowerConsumer(lowering: Lowering, node: ast.Consumer): Consumer | undefined {
  const broker = participantAt(lowering, node, 'broker', node.broker);
  const to = participantAt(lowering, node, 'to', node.to);
  const topic = node.topic?.ref;
  const operation = node.operation?.ref;
  const bindings = lowerBindings(lowering, node, topic);
  const values = lowerArguments(lowering, node.arguments, operation, node);
  const clauses = lowerClauses(lowering, node.clauses);
  const execution = lowerFragments(lowering, node.execution?.fragments ?? [], to);
  if (broker === undefined || to === undefined || topic === undefined || operation === undefined) return undefined;
  return {
    ...elementOf(lowering, node, 'operation'),
    kind: 'consumer',
    broker: idOf(broker),
    topic: idOf(topic),
    bindings,
    to: idOf(to),
    operation: idOf(operation),
    arguments: values,
    ...clauses,
    execution,
  };
}

function lowerBindings(lowering: Lowering, node: ast.Consumer, topic: ast.Topic | undefined): Variable[] {
  const silent: Lowering = { uri: lowering.uri, report: () => undefined };
  const surplus = topic === undefined ? undefined : node.bindings[topic.parameters.length];
  if (topic !== undefined && surplus !== undefined) {
    const message = `A message of topic \`${topic.name}\` carries less than that: \`${signatureOf(topic)}\`. Remove the name.`;
    lowering.report('wrong-arguments', placeOf(lowering, surplus), message);
  }
  return node.bindings.map((binding, index): Variable => {
    const parameter = topic?.parameters[index];
    const type = parameter === undefined ? unknownType : lowerType(silent, parameter.type);
    return { ...elementOf(lowering, binding), kind: 'variable', type };
  });
}
