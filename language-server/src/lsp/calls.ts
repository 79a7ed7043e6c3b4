/** What calls what: which pieces of a text call, whom, and who is acting there. Knows the syntax tree, no protocol. */
import { type AstNode, AstUtils, type Reference } from 'langium';
import * as ast from '../generated/ast.ts';

/** What can be called: an operation or topic, a signal that can be sent, a behaviour that others use. */
export type Called = ast.Called | ast.Signal | ast.Behaviour;

/** A declaration that acts itself, or a message whose receiver acts in its braces. */
export type Caller = ast.Declaration | ast.Operation | CallingMessage;

/** A message with an execution specification: in its braces acts the operation that it calls. */
export type CallingMessage = ast.Message | ast.FoundMessage | ast.Consumer;

const callProperties: Readonly<Record<string, readonly string[]>> = {
  [ast.ActionNode.$type]: ['operation', 'behaviour'],
  [ast.CallAction.$type]: ['operation'],
  [ast.Consumer.$type]: ['operation'],
  [ast.DoActivity.$type]: ['behaviour'],
  [ast.FoundMessage.$type]: ['operation', 'signal'],
  [ast.InteractionUse.$type]: ['behaviour'],
  [ast.Load.$type]: ['behaviour'],
  [ast.Message.$type]: ['operation', 'signal'],
  [ast.Method.$type]: ['behaviour'],
  [ast.Raise.$type]: ['signal'],
  [ast.Send.$type]: ['signal'],
  [ast.SendNode.$type]: ['signal'],
  [ast.TestCall.$type]: ['operation'],
  [ast.TestSend.$type]: ['signal'],
  [ast.TimedLoad.$type]: ['behaviour'],
};

/** Does naming a declaration by this property of the node call it? */
export function isCall(node: AstNode, property: string): boolean {
  return callProperties[node.$type]?.includes(property) === true;
}

export interface CallMade {
  readonly reference: Reference<Called>;
  readonly called: Called;
}

/** The calls that a caller makes itself: what the receivers do in braces of their own is theirs. */
export function callsOf(caller: Caller): CallMade[] {
  const bodies: readonly (AstNode | undefined)[] = isCallingMessage(caller) ? [caller.execution] : [caller];
  return bodies.flatMap((body) => (body === undefined ? [] : [...callsBelow(body)]));
}

function* callsBelow(node: AstNode): Generator<CallMade> {
  for (const child of AstUtils.streamContents(node)) {
    for (const property of callProperties[child.$type] ?? []) {
      const reference = (child as unknown as Record<string, Reference<Called> | undefined>)[property];
      if (reference?.ref !== undefined) yield { reference, called: reference.ref };
    }
    const acts = isCallingMessage(child) && ast.isOperation(child.operation?.ref) ? child.execution : undefined;
    if (acts === undefined) yield* callsBelow(child);
    else yield* callsBesides(child, acts);
  }
}

/** Of a message whose braces belong to its receiver: what its sender does as a fallback. */
function* callsBesides(message: AstNode, execution: AstNode): Generator<CallMade> {
  for (const child of AstUtils.streamContents(message)) if (child !== execution) yield* callsBelow(child);
}

/** Who acts where the node stands. */
export function callerAround(node: AstNode): Caller | undefined {
  for (let inner = node, owner = node.$container; owner !== undefined; inner = owner, owner = owner.$container) {
    if (ast.isOperation(owner) || ast.isDeclaration(owner)) return owner;
    if (isCallingMessage(owner) && inner === owner.execution && ast.isOperation(owner.operation?.ref)) return owner;
  }
  return undefined;
}

export function isCallingMessage(node: AstNode | undefined): node is CallingMessage {
  return ast.isMessage(node) || ast.isFoundMessage(node) || ast.isConsumer(node);
}
