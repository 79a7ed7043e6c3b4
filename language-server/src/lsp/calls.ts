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
  [ast.LoadFactor.$type]: ['behaviour'],
  [ast.Message.$type]: ['operation', 'signal'],
  [ast.Method.$type]: ['behaviour'],
  [ast.Raise.$type]: ['signal'],
  [ast.Send.$type]: ['signal'],
  [ast.SendNode.$type]: ['signal'],
  [ast.State.$type]: ['submachine'],
  [ast.TestCall.$type]: ['operation'],
  [ast.TestCase.$type]: ['behaviour'],
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
  const body = isCallingMessage(caller) ? caller.execution : caller;
  return body === undefined ? [] : [...callsIn(body)];
}

function* callsIn(node: AstNode): Generator<CallMade> {
  for (const property of callProperties[node.$type] ?? []) {
    const reference = (node as unknown as Record<string, Reference<Called> | undefined>)[property];
    if (reference?.ref !== undefined) yield { reference, called: reference.ref };
  }
  const receivers = isActing(node) ? node.execution : undefined;
  for (const child of AstUtils.streamContents(node)) if (child !== receivers) yield* callsIn(child);
}

/** Who acts where the node stands, or with it. */
export function callerAround(node: AstNode): Caller | undefined {
  let inner: AstNode | undefined;
  for (let owner: AstNode | undefined = node; owner !== undefined; owner = owner.$container) {
    if (ast.isOperation(owner) || ast.isDeclaration(owner)) return owner;
    if (inner !== undefined && isActing(owner) && inner === owner.execution) return owner;
    inner = owner;
  }
  return undefined;
}

/** In the braces of the message acts the operation that it calls. */
function isActing(node: AstNode): node is CallingMessage {
  return isCallingMessage(node) && ast.isOperation(node.operation?.ref);
}

export function isCallingMessage(node: AstNode | undefined): node is CallingMessage {
  return ast.isMessage(node) || ast.isFoundMessage(node) || ast.isConsumer(node);
}
