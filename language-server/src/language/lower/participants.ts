/** Who takes part in a message: lifelines, and brokers, which need none. */
import * as ast from '../../generated/ast.ts';
import { type Lowering, placeOfProperty } from './lowering.ts';

type End = ast.Message | ast.FoundMessage | ast.Consumer | ast.Create | ast.Destroy;

/** What stands at that end of the message; reports a component that is no broker and so needs a lifeline. One with topics is reported as no broker. */
export function participantAt(
  lowering: Lowering,
  node: End,
  property: 'from' | 'to' | 'broker',
  reference: { readonly ref?: ast.Participant | undefined } | undefined,
): ast.Participant | undefined {
  const participant = reference?.ref;
  if (!ast.isComponent(participant) || participant.broker || participant.members.some(ast.isTopic)) return participant;
  const name = `${participant.name.charAt(0).toLowerCase()}${participant.name.slice(1)}`;
  const message =
    `\`${participant.name}\` is a component; in an interaction a lifeline stands for it. ` +
    `Add \`lifeline ${name}: ${participant.name}\` and write \`${name}\` here. Only brokers are written as themselves.`;
  lowering.report('no-lifeline', placeOfProperty(lowering, node, property), message);
  return undefined;
}

/** Within the braces of a call acts whom it was sent to; `executor` is undefined outside of braces. */
export function checkActor(
  lowering: Lowering,
  node: End,
  from: ast.Participant | undefined,
  executor: ast.Participant | undefined,
  instead: string,
): void {
  if (executor === undefined || from === undefined || from === executor) return;
  const message = `In the braces of a call to \`${executor.name}\` acts \`${executor.name}\`, not \`${from.name}\`. Write \`${instead}\`, or move it.`;
  lowering.report('sender-elsewhere', placeOfProperty(lowering, node, 'from'), message);
}
