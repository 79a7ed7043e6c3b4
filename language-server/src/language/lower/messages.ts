/** Messages of interactions: calls and signals. */
import type { Message } from '@pollux/engine/model';
import type * as ast from '../../generated/ast.ts';
import { evaluateConstant } from './constants.ts';
import { idOf } from './element-ids.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFragments } from './interactions.ts';
import { elementOf, type Lowering, placeOf, placeOfProperty } from './lowering.ts';
import { expectedReturn } from './replies.ts';
import { isAssignable, primitive, typeName } from './value-types.ts';
import { lowerArguments } from './variables.ts';

/** Undefined where an end or the signature cannot be found. `executor` is the lifeline in whose braces it stands. */
export function lowerMessage(lowering: Lowering, node: ast.Message, executor?: ast.Participant): Message | undefined {
  const signature = node.operation?.ref ?? node.signal?.ref;
  const to = node.to?.ref;
  const from = node.from?.ref;
  const values = lowerArguments(lowering, node.arguments, signature, node);
  const within = lowerWithin(lowering, node.within);
  const result = lowerResult(lowering, node);
  checkArrow(lowering, node);
  checkSender(lowering, node, executor);
  const execution = lowerFragments(lowering, node.execution?.fragments ?? [], to);
  if (signature === undefined || from === undefined || to === undefined) return undefined;
  return {
    ...elementOf(lowering, node, node.operation === undefined ? 'signal' : 'operation'),
    kind: 'message',
    sort: node.signal !== undefined ? 'signal' : node.arrow === '->>' ? 'asynchronous-call' : 'synchronous-call',
    from: idOf(from),
    to: idOf(to),
    signature: idOf(signature),
    arguments: values,
    ...(result === undefined ? {} : { result }),
    ...(within === undefined ? {} : { within }),
    execution,
  };
}

function lowerWithin(lowering: Lowering, node: ast.Within | undefined): Message['within'] {
  if (node === undefined) return undefined;
  const first = evaluateConstant(lowerExpression(lowering, node.first, primitive('Duration')));
  const second =
    node.second === undefined
      ? undefined
      : evaluateConstant(lowerExpression(lowering, node.second, primitive('Duration')));
  const share =
    node.share === undefined
      ? undefined
      : evaluateConstant(lowerExpression(lowering, node.share, primitive('Percent')));
  if (typeof first !== 'number' || (node.second !== undefined && typeof second !== 'number')) return undefined;
  const part = typeof share === 'number' ? { share } : {};
  if (typeof second !== 'number') return { maximum: first, ...part };
  if (second < first) {
    lowering.report('out-of-range', placeOf(lowering, node), 'The upper bound lies below the lower one. Swap them.');
  }
  return { minimum: first, maximum: second, ...part };
}

function lowerResult(lowering: Lowering, node: ast.Message): string | undefined {
  const variable = node.result?.ref;
  if (node.result === undefined) return undefined;
  const operation = node.operation?.ref;
  if (node.arrow === '->>' || node.signal !== undefined) {
    const message = 'Only a synchronous call has a reply. Use `->`, or leave the variable out.';
    lowering.report('wrong-arrow', placeOfProperty(lowering, node, 'result'), message);
    return undefined;
  }
  if (variable === undefined || operation === undefined) return undefined;
  const returned = expectedReturn(lowering, operation.returnType);
  const wanted = expectedReturn(lowering, variable.type);
  if (returned === undefined) {
    const message = `Operation \`${operation.name}\` returns nothing. Give it a type: \`operation ${operation.name}(…): Boolean\`.`;
    lowering.report('wrong-type', placeOfProperty(lowering, node, 'operation'), message);
  } else if (wanted !== undefined && !isAssignable(returned, wanted)) {
    const message = `\`${operation.name}\` returns a ${typeName(returned)}, but \`${variable.name}\` is of type ${typeName(wanted)}.`;
    lowering.report('wrong-type', placeOfProperty(lowering, node, 'result'), message);
  }
  return idOf(variable);
}

function checkArrow(lowering: Lowering, node: ast.Message): void {
  if (node.signal !== undefined && node.arrow === '->') {
    const message = `A signal is sent without waiting: write \`${node.from?.$refText} ->> ${node.to?.$refText} : ${node.signal.$refText}\`.`;
    lowering.report('wrong-arrow', placeOfProperty(lowering, node, 'arrow'), message);
  }
  if (node.signal !== undefined && node.execution !== undefined && node.execution.fragments.length > 0) {
    const message =
      'What a signal causes is the receiver’s behaviour; the braces belong behind calls only. Remove them.';
    lowering.report('wrong-arrow', placeOf(lowering, node.execution), message);
  }
}

function checkSender(lowering: Lowering, node: ast.Message, executor: ast.Participant | undefined): void {
  const from = node.from?.ref;
  if (executor === undefined || from === undefined || from === executor) return;
  const message = `In the braces of a call to \`${executor.name}\` acts \`${executor.name}\`, not \`${from.name}\`. Write \`${executor.name} ${node.arrow} …\`, or move the message.`;
  lowering.report('sender-elsewhere', placeOfProperty(lowering, node, 'from'), message);
}
