/** Bindings of telemetry to what it shows: services, spans, traces, metrics, log records. */
import type { Binding, Element } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { isBuiltInName } from '../links/built-in-names.ts';
import { kindName } from '../links/kind-names.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { elementOf, type Lowering, placeOf } from './lowering.ts';
import { lowerText } from './texts.ts';
import { primitive } from './value-types.ts';

/** Undefined where what is bound cannot be found, or cannot show in that way. */
export function lowerBinding(lowering: Lowering, node: ast.TelemetryBinding): Binding | undefined {
  const { evidence } = node;
  const subject = node.subject?.steps.at(-1)?.to?.ref;
  if (evidence === undefined) return undefined;
  const element = elementOf(lowering, node, 'subject');
  const binding = lowerEvidence(lowering, evidence, element, subject);
  if (subject === undefined || binding === undefined) return undefined;
  const problem = wrongSubject(evidence, node.subject, subject);
  if (problem === undefined) return binding;
  lowering.report('wrong-kind', placeOf(lowering, node.subject), problem);
  return undefined;
}

function lowerEvidence(
  lowering: Lowering,
  node: ast.Evidence,
  element: Element,
  subject: ast.Named | undefined,
): Binding | undefined {
  const text = (what: string) => lowerText(lowering, node, 'text', node.text, what);
  switch (node.$type) {
    case 'ServiceEvidence':
      return {
        ...element,
        kind: 'service',
        component: idOf(subject),
        service: text('the name of a service: `service "orders"`'),
      };
    case 'SpanEvidence': {
      const where = node.where === undefined ? undefined : lowerExpression(lowering, node.where, primitive('Boolean'));
      const span = text('the name of a span: `span "POST /orders"`');
      return { ...element, kind: 'span', operation: idOf(subject), span, ...(where === undefined ? {} : { where }) };
    }
    case 'TraceEvidence': {
      const span = text('the name of a span: `trace "POST /checkout"`');
      return { ...element, kind: 'trace', interaction: idOf(subject), span, containing: node.containing };
    }
    case 'MetricEvidence': {
      const isProperty = isBuiltInName(subject);
      const owner = isProperty ? node.$container.subject?.steps.at(-2)?.to?.ref : subject;
      const metric = text('the name of a metric: `metric "process_cpu_utilization"`');
      return { ...element, kind: 'metric', subject: idOf(owner), quantity: isProperty ? subject.name : '', metric };
    }
    case 'LogEvidence': {
      const begins = text('the text of a log record: `log "registration.begin"`');
      const ends =
        node.end === undefined
          ? undefined
          : lowerText(lowering, node, 'end', node.end, 'the text of a log record: `to log "registration.end"`');
      return { ...element, kind: 'log', subject: idOf(subject), begins, ...(ends === undefined ? {} : { ends }) };
    }
  }
}

/** Why that evidence cannot show that element; undefined where it can. */
function wrongSubject(evidence: ast.Evidence, path: ast.Path, subject: ast.Named): string | undefined {
  const name = path.steps.map((step) => step.to?.$refText ?? '').join('.');
  const is = `\`${name}\` is ${isBuiltInName(subject) ? 'a property, which only a `metric` shows' : kindName(subject)}`;
  switch (evidence.$type) {
    case 'ServiceEvidence':
      return ast.isComponent(subject) ? undefined : `\`service\` binds a component, but ${is}.`;
    case 'SpanEvidence':
      if (ast.isOperation(subject) || isAction(subject)) return undefined;
      return `\`span\` binds an operation or an action of an activity, but ${is}.`;
    case 'TraceEvidence':
      return ast.isInteraction(subject) ? undefined : `\`trace\` binds an interaction, but ${is}.`;
    case 'LogEvidence':
      return isAction(subject) ? undefined : `\`log\` binds an action of an activity, but ${is}.`;
    case 'MetricEvidence':
      return wrongMetric(subject, name, is);
  }
}

function isAction(node: ast.Named): boolean {
  return (
    ast.isActionNode(node) ||
    ast.isStructuredNode(node) ||
    ast.isAcceptNode(node) ||
    ast.isSendNode(node) ||
    ast.isAcquireNode(node) ||
    ast.isReleaseNode(node)
  );
}

/** A metric shows a property, or how many there are of what is counted. */
function wrongMetric(subject: ast.Named, name: string, is: string): string | undefined {
  const isCounted = ast.isResource(subject) || ast.isBufferNode(subject) || ast.isState(subject) || isAction(subject);
  if (isBuiltInName(subject) || isCounted) return undefined;
  if (ast.isComponent(subject) || ast.isNode(subject)) {
    return `What of \`${name}\` does the metric show? Write it behind a dot: \`${name}.cpu\`.`;
  }
  return `\`metric\` binds a property (\`Orders.cpu\`), a resource, state or action, but ${is}.`;
}
