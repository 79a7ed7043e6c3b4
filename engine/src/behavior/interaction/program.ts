/**
 * Interactions flattened for generation: one array of integers for all that a run generates, so that a token is a
 * handful of numbers and going on is a `switch`. Knows the order of things; what work costs in time is the driver's business.
 */
import type { Behaviour, Evaluate, Frame } from '../../expressions/index.ts';
import type { Cache, ElementId, Expression, Interaction, Place, Topic } from '../../model/index.ts';
import type { Filler } from '../../numeric/index.ts';
import type { CompiledInteraction, CompiledMessage } from './compiled-interaction.ts';

/**
 * Instructions and their operands. A token is: a transaction (the root of one interaction), a call (one execution of a
 * message), a loop, or a branch of `par`; each has a parent and a position in `Program.code`.
 */
export const op = {
  /** message — starts its execution in a new token; a synchronous one is waited for. */
  call: 0,
  /** message — hands a signal to a lifeline that is a machine. */
  signal: 1,
  /** message — may fail at once, after a time of its own. */
  failFast: 2,
  /** message — asks for a core and holds it for the demand. */
  work: 3,
  /** message — gives the core back. */
  release: 4,
  /** message — lets time pass without a core. */
  delay: 5,
  /** message — may fail, after its work. */
  fail: 6,
  /** message — the execution is over, the reply leaves. */
  end: 7,
  /** message — the reply has arrived. */
  done: 8,
  /** — the interaction is over. */
  finish: 9,
  /** choice — goes on at one of its exits. */
  choose: 10,
  /** position */
  jump: 11,
  /** condition, position — goes there where the condition does not hold. */
  unless: 12,
  /** loop, position behind it — makes the loop's token. */
  enterLoop: 13,
  /** loop — leaves it where it is done, else goes on with the next turn. */
  testLoop: 14,
  /** — ends the loop's token; its parent goes on behind the loop. */
  leaveLoop: 15,
  /** position — ends the loop's token; its parent goes on there. */
  dropLoop: 16,
  /** position behind it, number, position of each operand. */
  fork: 17,
  /** — ends a branch; the last one lets the parent go on. */
  join: 18,
  /** index of a behaviour */
  act: 19,
  /** index of a condition */
  check: 20,
  /** message — is sent, and nothing is known of its receiver. */
  note: 21,
  /** index into the interaction's machines — makes the lifeline's instance. */
  create: 22,
  /** index into the interaction's machines — ends the lifeline's instance. */
  destroy: 23,
  /** site — like `work`, at its place. */
  workHere: 24,
  /** site — like `delay`, at its place. */
  delayHere: 25,
  /** critical region — goes on when nothing is inside of it. */
  gate: 26,
  /** critical region, position behind it — makes its token, when those that it excludes are over; `leaveLoop` ends it. */
  enterCritical: 27,
  /** message — hands the call that this execution is to a lifeline that is a machine, and waits for the reply. */
  callMachine: 28,
  /** message — takes a thread of the callee, waits in its queue, or is refused. */
  enter: 29,
  /** message — gives the thread back. */
  leave: 30,
  /** message — like `call`, as the caller's policy says: in a token of its own, which makes the attempts. */
  try: 31,
  /** message — begins the next attempt. */
  attempt: 32,
  /** message, position of the work — goes on where a cache answers, or there. */
  lookUp: 33,
  /** message — leaves the answer in the cache. */
  fill: 34,
  /** message — puts what was published in line for its consumer, at its delivery; nothing waits for it. */
  publish: 35,
  /** message — the consumer has done with it. */
  delivered: 36,
  /** message — begins the method of its operation, and waits for its end. */
  perform: 37,
} as const;

export interface Program {
  readonly code: Int32Array;
  readonly interactions: readonly ProgramInteraction[];
  /** `messages[i].index === i`, over all interactions. */
  readonly messages: readonly ProgramMessage[];
  readonly choices: readonly Choice[];
  readonly loops: readonly Loop[];
  readonly conditions: readonly Condition[];
  readonly behaviours: readonly Behaviour[];
  readonly sites: readonly Site[];
  readonly criticals: readonly CriticalRegion[];
  /** Those that have partitions. */
  readonly topics: readonly Topic[];
  /** The name of each random source that expressions draw from, by its index in `Frame.streams`. */
  readonly sources: readonly string[];
}

export interface ProgramInteraction {
  readonly index: number;
  readonly interaction: Interaction;
  readonly compiled: CompiledInteraction;
  readonly start: number;
  /** Position of its `finish`. */
  readonly finish: number;
  /** Slots of a transaction; 0 where no expression reads or writes any. */
  readonly slotCount: number;
  /** Whether anything reads the slot: the arguments of others need not be computed. */
  readonly isUsed: readonly boolean[];
  /** Sets variables to their initial values; null where there is nothing to do. */
  readonly initialise: Behaviour | null;
  readonly machines: readonly MachineLifeline[];
  /** Where the `return` of a method leaves its value; -1: nobody asks for it. */
  readonly methodReply: number;
  /** No synchronous call at its top: it lasts until everything that it started has ended. */
  readonly lastsUntilAllEnded: boolean;
}

export interface MachineLifeline {
  readonly lifeline: number;
  readonly machine: ElementId;
  /** In the order of the machine's parameters. */
  readonly arguments: readonly Evaluate[];
  /** The key of an existing instance; null: one is created. */
  readonly key: Evaluate | null;
}

/** Work at its place in an execution. */
export interface Site {
  readonly cost: Cost;
  /** The message in whose execution it stands; -1 at the top of the interaction. */
  readonly message: number;
}

export interface CriticalRegion {
  /** Those that may not be inside at the same time. */
  readonly excludes: readonly number[];
}

export interface ProgramMessage extends Costs {
  readonly index: number;
  readonly interaction: number;
  readonly compiled: CompiledMessage;
  /** Null for signals and for operations that the model does not have. */
  readonly operation: ElementId | null;
  /** The component called; null where the receiver is none. */
  readonly component: ElementId | null;
  /** The component that calls; null where it is none. */
  readonly caller: ElementId | null;
  /** Null where the caller simply waits. */
  readonly policy: Policy | null;
  /** By version that the caller may come to run in; empty where all of them do the same. */
  readonly policyVersions: readonly Policy[];
  /** Position of its `attempt`; -1 without a policy. */
  readonly attempt: number;
  /** Sent from within an execution of the sending lifeline, so the sender's place is known. */
  readonly fromEnclosing: boolean;
  /** Sender and receiver are the same lifeline: it stays on the same replica. */
  readonly toItself: boolean;
  readonly entry: number;
  /** Where its execution ends, however it went: its `leave`, or its `end`. */
  readonly end: number;
  /** The callee may have threads to wait for. */
  readonly needsThread: boolean;
  /** Caches that a replica of the callee may have. */
  readonly caches: readonly CacheSite[];
  /** How a consumer gets it; null for all but those of topics with partitions. */
  readonly delivery: TopicDelivery | null;
  /** Says which replica takes it: the same for the same value. */
  readonly balanceKey: Evaluate | null;
  /** Who goes first where cores serve by priority; null: nobody before others. */
  readonly priority: Priority | null;
  /** Who goes first in a queue for threads, by what the queue says: component and deployment may differ. */
  readonly queuePriorities: ReadonlyMap<Expression, Priority>;
  /** What it costs in other versions of the component that may come to run, in their order. */
  readonly versions: readonly Costs[];
  /** Puts arguments where the costs of the operation read them. */
  readonly bind: Behaviour | null;
  /** Where the reply goes, and where it waits until it arrives; -1: nobody asks for it. */
  readonly resultSlot: number;
  readonly replySlot: number;
  /** What the caller does where the call fails stands behind the instruction behind the call. */
  readonly fallsBack: boolean;
  /** What a call of the operation invokes; null where nothing is. */
  readonly method: { readonly behaviour: ElementId; readonly values: readonly Evaluate[] } | null;
  /** Calls of machines: the operation; null for other messages. */
  readonly called: ElementId | null;
  /** To machines: index into the interaction's `machines`, the model's index of the signal, what the event carries. */
  readonly machine: number;
  readonly signal: number;
  readonly values: readonly Evaluate[];
}

/** What an operation costs, and what it yields. */
export interface Costs {
  readonly takes: Cost | null;
  readonly delays: Cost | null;
  /** After its work, or fast: after a time of its own. */
  readonly fails: { readonly probability: number; readonly after: Cost | null } | null;
  /** The law of the reply where no `return` gives it. */
  readonly reply: Evaluate | null;
  /** Bytes on a link; the reply is as large as the request where it has no size of its own. */
  readonly size: { readonly request: Cost; readonly reply: Cost | null } | null;
}

/** What was published is on its way to a consumer: a token of its own calls the consumer and waits until it has done. */
interface TopicDelivery {
  /** Index into the program's topics. */
  readonly topic: number;
  /** Says the partition; null: they take turns. */
  readonly key: Evaluate | null;
  /** Where the token begins, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/** What a call finds in the cache of the replica that takes it. */
export interface CacheSite {
  readonly clause: Cache;
  /** Null where a share of the calls is answered. */
  readonly key: Evaluate | null;
  readonly takes: Cost | null;
  /** Where a call that is answered goes on. */
  readonly position: number;
}

/** What a caller does about trouble, and what it needs for a call. */
export interface Policy {
  /** Null: it waits for ever. */
  readonly timeout: Cost | null;
  readonly retries: number;
  readonly backoff: { readonly first: Cost; readonly isExponential: boolean; readonly hasJitter: boolean } | null;
  /** Retries as a share of the calls; null: no bound. */
  readonly budget: number | null;
  readonly breaker: { readonly failures: number; readonly calls: number; readonly open: number } | null;
  /** A second sending beside the first after that time. */
  readonly hedge: Cost | null;
  readonly bulkhead: { readonly calls: number; readonly queue: number } | null;
  /** The caller may have only so many connections. */
  readonly needsConnection: boolean;
  readonly cancels: boolean;
  readonly deadlinePropagates: boolean;
}

/** The greater goes first. */
export type Priority = number | ((frame: Frame) => number);

/** What an execution costs, in microseconds. */
export type Cost =
  | { readonly kind: 'constant'; readonly value: number }
  /** Its own random source. */
  | { readonly kind: 'law'; readonly fill: Filler; readonly source: string }
  | { readonly kind: 'expression'; readonly evaluate: (frame: Frame) => number };

export interface Condition {
  readonly element: ElementId;
  readonly place: Place | null;
  readonly holds: (frame: Frame) => boolean;
}

export interface Choice {
  readonly element: ElementId;
  /** Name of its random source. */
  readonly source: string;
  readonly operands: readonly ChoiceOperand[];
  /** Whether any operand has a weight. */
  readonly isWeighted: boolean;
  /** Where the weights written add up to 1: those of the kept ones are scaled. */
  readonly isComplete: boolean;
  /** Where to go when no operand is taken. */
  readonly otherwise: number;
}

export interface ChoiceOperand {
  readonly guard: ((frame: Frame) => boolean) | null;
  /** Negative: none is written. */
  readonly weight: number;
  readonly isElse: boolean;
  readonly target: number;
}

export interface Loop {
  readonly element: ElementId;
  readonly source: string;
  readonly minimum: number;
  /** Infinity: no bound. */
  readonly maximum: number;
  /** Null: how often is drawn, evenly from minimum to maximum; without a bound it goes on until a `break`. */
  readonly guard: ((frame: Frame) => boolean) | null;
}
