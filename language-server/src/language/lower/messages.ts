/** Messages between lifelines: calls, signals, publications, lost ones. */
import { isAssignable, type Message } from '@pollux/engine/model';
import * as ast from '../../generated/ast.ts';
import { lowerCallPolicy } from './call-policies.ts';
import { lowerWithin } from './durations.ts';
import { idOf } from './element-ids.ts';
import { lowerFragments } from './fragments.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { returnsNothing } from './operations.ts';
import { checkActor, participantAt } from './participants.ts';
import { reportRepeatedClauses } from './repeated-clauses.ts';
import { expectedReturn } from './replies.ts';
import { typeName } from './value-types.ts';
import { lowerArguments } from './variables.ts';

/** Undefined where an end or the signature cannot be found. `executor` is whoever acts in the braces it stands in. */
export function lowerMessage(lowering: Lowering, node: ast.Message, executor?: ast.Participant): Message | undefined {
  const signature = node.operation?.ref ?? node.signal?.ref;
  const from = participantAt(lowering, node, 'from', node.from);
  const to = node.lost ? undefined : participantAt(lowering, node, 'to', node.to);
  const sort = sortOf(node);
  const values = lowerArguments(lowering, node.arguments, signature, node);
  const result = lowerResult(lowering, node);
  checkArrow(lowering, node, sort);
  checkActor(lowering, node, from, executor, `${executor?.name} ${node.arrow} …`);
  const clauses = lowerClauses(lowering, node.clauses);
  const isCall = sort === 'synchronous-call' || sort === 'asynchronous-call';
  const execution = lowerFragments(lowering, node.execution?.fragments ?? [], isCall ? to : undefined);
  const fallback =
    node.fallback === undefined ? {} : { fallback: lowerFragments(lowering, node.fallback.fragments, from) };
  if (from === undefined || (!node.lost && (to === undefined || signature === undefined))) return undefined;
  return {
    ...elementOf(lowering, node, labelOf(node)),
    kind: 'message',
    sort,
    from: idOf(from),
    to: idOf(to),
    signature: idOf(signature),
    arguments: values,
    ...(result === undefined ? {} : { result }),
    ...clauses,
    execution,
    ...fallback,
  };
}

/** A message that comes from nowhere in the picture. */
export function lowerFoundMessage(lowering: Lowering, node: ast.FoundMessage): Message | undefined {
  const to = participantAt(lowering, node, 'to', node.to);
  const signature = node.operation?.ref ?? node.signal?.ref;
  const values = lowerArguments(lowering, node.arguments, signature, node);
  const isCall = ast.isOperation(node.operation?.ref);
  if (node.execution !== undefined && !isCall) reportBraces(lowering, node.execution);
  const execution = lowerFragments(lowering, node.execution?.fragments ?? [], isCall ? to : undefined);
  if (to === undefined || signature === undefined) return undefined;
  return {
    ...elementOf(lowering, node, node.operation === undefined ? 'signal' : 'operation'),
    kind: 'message',
    sort: 'found',
    from: '',
    to: idOf(to),
    signature: idOf(signature),
    arguments: values,
    execution,
  };
}

/** `within` and what is done about trouble, of messages and consumers. */
export function lowerClauses(
  lowering: Lowering,
  clauses: readonly ast.MessageClause[],
): Pick<Message, 'within' | 'policy'> {
  const constraints = clauses.filter(ast.isWithin);
  reportRepeatedClauses(lowering, constraints, () => 'within');
  const within = lowerWithin(lowering, constraints[0]);
  const policies = clauses.filter(ast.isCallPolicy);
  const policy = policies.length === 0 ? {} : { policy: lowerCallPolicy(lowering, policies) };
  return { ...(within === undefined ? {} : { within }), ...policy };
}

function sortOf(node: ast.Message): Message['sort'] {
  if (node.lost) return 'lost';
  if (node.signal !== undefined) return 'signal';
  if (ast.isTopic(node.operation?.ref)) return 'publication';
  return node.arrow === '->>' ? 'asynchronous-call' : 'synchronous-call';
}

function labelOf(node: ast.Message): string {
  if (node.operation !== undefined) return 'operation';
  return node.signal === undefined ? 'lost' : 'signal';
}

function lowerResult(lowering: Lowering, node: ast.Message): string | undefined {
  const variable = node.result?.ref;
  if (node.result === undefined) return undefined;
  const operation = node.operation?.ref;
  if (node.arrow === '->>' || node.signal !== undefined || ast.isTopic(operation)) {
    const message = 'Only a synchronous call has a reply. Use `->`, or leave the variable out.';
    lowering.report('wrong-arrow', placeOfProperty(lowering, node, 'result'), message);
    return undefined;
  }
  if (variable === undefined || operation === undefined) return undefined;
  const returned = expectedReturn(lowering, operation.returnType);
  const wanted = expectedReturn(lowering, variable.type);
  if (returned === undefined) {
    lowering.report('wrong-type', placeOfProperty(lowering, node, 'operation'), returnsNothing(operation));
  } else if (wanted !== undefined && !isAssignable(returned, wanted)) {
    const message = `\`${operation.name}\` returns a ${typeName(returned)}, but \`${variable.name}\` is of type ${typeName(wanted)}.`;
    lowering.report('wrong-type', placeOfProperty(lowering, node, 'result'), message);
  }
  return idOf(variable);
}

const withoutWaiting = {
  signal: 'A signal is sent without waiting',
  publication: 'What is published goes to whoever consumes it, and nobody waits',
  lost: 'For a message that is lost nobody waits',
} as const;

function checkArrow(lowering: Lowering, node: ast.Message, sort: Message['sort']): void {
  if (node.arrow === '->' && (sort === 'signal' || sort === 'publication' || sort === 'lost')) {
    const what = node.signal === undefined ? `.${node.operation?.$refText}` : ` : ${node.signal.$refText}`;
    const end = node.lost ? '?' : `${node.to?.$refText}${what}`;
    const message = `${withoutWaiting[sort]}: write \`${node.from?.$refText} ->> ${end}\`.`;
    lowering.report('wrong-arrow', placeOfProperty(lowering, node, 'arrow'), message);
  }
  if (node.execution !== undefined && node.execution.fragments.length > 0) {
    if (sort === 'signal' || sort === 'lost') reportBraces(lowering, node.execution);
    if (sort === 'publication') {
      const message = `What follows a publication stands at its consumer: \`on ${node.to?.$refText}.${node.operation?.$refText} -> …\`.`;
      lowering.report('wrong-arrow', placeOf(lowering, node.execution), message);
    }
  }
  if (node.fallback !== undefined && sort !== 'synchronous-call') {
    const message =
      'Nobody waits for this message, so nobody learns that it failed: only calls with `->` have a `fallback`.';
    lowering.report('wrong-arrow', placeOf(lowering, node.fallback), message);
  }
}

function reportBraces(lowering: Lowering, execution: ast.Execution): void {
  if (execution.fragments.length === 0) return;
  const message = 'What a signal causes is the receiver’s behaviour; the braces belong behind calls only. Remove them.';
  lowering.report('wrong-arrow', placeOf(lowering, execution), message);
}
