/** Twins: sources, bindings of telemetry to elements, expectations. */
import type { Binding, EventBinding, Expectation, InstanceBinding, Source, Twin } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { kindName } from '../links/kind-names.ts';
import { evaluateConstant } from './constants.ts';
import { idOf } from './element-ids.ts';
import { lowerExpectation } from './expectations.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { primitive } from './value-types.ts';
import { lowerArguments } from './variables.ts';

const DEFAULT_LATENESS = 5e6;
const OTLP_HTTP_PORT = 4318;

export function lowerTwin(lowering: Lowering, node: ast.Twin): Twin {
  const sources: Source[] = [];
  const bindings: Binding[] = [];
  const instances: InstanceBinding[] = [];
  const expectations: Expectation[] = [];
  let lateness = DEFAULT_LATENESS;
  for (const member of node.members) {
    if (ast.isOtlpSource(member)) sources.push(lowerOtlp(lowering, member));
    else if (ast.isFileSource(member))
      sources.push({ ...elementOf(lowering, member, 'pattern'), kind: 'file', pattern: member.pattern ?? '' });
    else if (ast.isTelemetryBinding(member)) push(bindings, lowerBinding(lowering, member));
    else if (ast.isInstanceBinding(member)) push(instances, lowerInstances(lowering, member));
    else if (ast.isExpectation(member)) push(expectations, lowerExpectation(lowering, member, true));
    else if (ast.isLateness(member)) {
      const value = evaluateConstant(lowerExpression(lowering, member.duration, primitive('Duration')));
      if (typeof value === 'number') lateness = value;
    }
  }
  const deployment = node.deployment?.ref;
  const where = deployment === undefined ? {} : { deployment: idOf(deployment) };
  return { ...elementOf(lowering, node), kind: 'twin', ...where, sources, bindings, instances, expectations, lateness };
}

function push<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

function lowerOtlp(lowering: Lowering, node: ast.OtlpSource): Source {
  const ports = node.ports.length === 0 ? [OTLP_HTTP_PORT] : node.ports.map(Number);
  for (const port of ports) {
    if (Number.isInteger(port) && port >= 1 && port <= 65535) continue;
    lowering.report(
      'out-of-range',
      placeOf(lowering, node),
      `A port is a whole number from 1 to 65535; here stands ${port}.`,
    );
  }
  return { ...elementOf(lowering, node, 'ports'), kind: 'otlp', ports };
}

const subjects = { ServiceEvidence: 'Component', SpanEvidence: 'Operation', TraceEvidence: 'Interaction' } as const;

function lowerBinding(lowering: Lowering, node: ast.TelemetryBinding): Binding | undefined {
  const subject = node.subject?.steps.at(-1)?.to?.ref;
  const { evidence } = node;
  const where =
    ast.isSpanEvidence(evidence) && evidence.where !== undefined
      ? lowerExpression(lowering, evidence.where, primitive('Boolean'))
      : undefined;
  if (subject === undefined || evidence === undefined) return undefined;
  const wanted = subjects[evidence.$type];
  if (subject.$type !== wanted) {
    const keyword = wanted === 'Component' ? 'service' : wanted === 'Operation' ? 'span' : 'trace';
    const message = `\`${keyword}\` binds ${kindName(wanted)}, but \`${subject.name}\` is ${kindName(subject)}.`;
    lowering.report('wrong-kind', placeOf(lowering, node.subject), message);
    return undefined;
  }
  const element = { ...elementOf(lowering, node, 'subject') };
  const text = evidence.text ?? '';
  if (ast.isServiceEvidence(evidence)) return { ...element, kind: 'service', component: idOf(subject), service: text };
  if (ast.isTraceEvidence(evidence)) {
    return { ...element, kind: 'trace', interaction: idOf(subject), span: text, containing: evidence.containing };
  }
  return { ...element, kind: 'span', operation: idOf(subject), span: text, ...(where === undefined ? {} : { where }) };
}

function lowerInstances(lowering: Lowering, node: ast.InstanceBinding): InstanceBinding | undefined {
  const machine = node.machine?.ref;
  const values = lowerArguments(lowering, node.arguments, machine, node, { mayOmit: true });
  const events = node.events.map((event) => lowerEvent(lowering, event)).filter((event) => event !== undefined);
  if (machine === undefined) return undefined;
  const element = elementOf(lowering, node, 'machine');
  return { ...element, kind: 'instances', machine: idOf(machine), key: node.key ?? '', arguments: values, events };
}

function lowerEvent(lowering: Lowering, node: ast.EventBinding): EventBinding | undefined {
  const signal = node.signal?.ref;
  const values = lowerArguments(lowering, node.arguments, signal, node);
  const guard = node.guard === undefined ? undefined : lowerExpression(lowering, node.guard, primitive('Boolean'));
  if (signal === undefined) return undefined;
  return {
    ...elementOf(lowering, node, 'text'),
    kind: 'event',
    observed: { kind: node.start ? 'span-start' : node.observed, name: node.text ?? '' },
    ...(guard === undefined ? {} : { guard }),
    signal: idOf(signal),
    arguments: values,
  };
}
