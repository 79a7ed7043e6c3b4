/** Instance bindings: which telemetry belongs to which instance of a machine or activity, and what it says about it. */
import type { EventBinding, InstanceBinding } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerBinding } from './bindings.ts';
import { contentOf, idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering } from './lowering.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { lowerText } from './texts.ts';
import { primitive } from './value-types.ts';
import { lowerArguments } from './variables.ts';

export function lowerInstances(lowering: Lowering, node: ast.InstanceBinding): InstanceBinding | undefined {
  const behaviour = node.behaviour?.ref;
  const { members } = node;
  const values = lowerArguments(lowering, node.arguments, behaviour, node, { mayOmit: true });
  const key = lowerText(lowering, node, 'key', node.key, 'the attribute that tells instances apart: `"order.id"`');
  reportRepeatedClauses(lowering, members, (member) => {
    if (ast.isStateReport(member)) return 'state = attribute';
    return ast.isTelemetryBinding(member) ? contentOf(member.subject) : contentOf(member);
  });
  const events = members.filter(ast.isEventBinding).flatMap((event) => lowerEvent(lowering, event));
  const bindings = members
    .filter(ast.isTelemetryBinding)
    .map((binding) => lowerBinding(lowering, binding))
    .filter((binding) => binding !== undefined);
  const [state] = members
    .filter(ast.isStateReport)
    .map((report) =>
      lowerText(lowering, report, 'key', report.key, 'the attribute that holds the state: `"order.state"`'),
    );
  if (behaviour === undefined) return undefined;
  return {
    ...elementOf(lowering, node, 'behaviour'),
    kind: 'instances',
    machine: idOf(behaviour),
    key,
    arguments: values,
    events,
    bindings,
    ...(state === undefined ? {} : { stateAttribute: state }),
  };
}

function lowerEvent(lowering: Lowering, node: ast.EventBinding): EventBinding[] {
  const signal = node.signal?.ref;
  const values = lowerArguments(lowering, node.arguments, signal, node);
  const guard = node.guard === undefined ? undefined : lowerExpression(lowering, node.guard, primitive('Boolean'));
  const name = lowerText(lowering, node, 'text', node.text, 'the name of what is observed: `on span "charge" / Pay`');
  if (signal === undefined) return [];
  return [
    {
      ...elementOf(lowering, node, 'text'),
      kind: 'event',
      observed: { kind: node.start ? 'span-start' : node.observed, name },
      ...(guard === undefined ? {} : { guard }),
      signal: idOf(signal),
      arguments: values,
    },
  ];
}
