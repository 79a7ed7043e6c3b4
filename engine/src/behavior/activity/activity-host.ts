/**
 * What the invocations of activities ask of whoever runs them (a simulation, a test). The runtime has no calendar, no resources
 * and no network of its own. Host methods are called in the middle of a step: they must not step the runtime, but may call
 * `granted`, which only remembers.
 */
import type { Effects, Known, RunProblem } from '../../expressions/index.ts';
import type { RandomStream } from '../../numeric/index.ts';
import type { ActivityTimes } from './activity-times.ts';
import type { CompiledActivity, CompiledClaim, DelegatedWork, ResourceAmount } from './compiled-activity.ts';

export interface ActivityHost {
  /** One number, microseconds: an array so that reading it makes no object. */
  readonly clock: Float64Array;
  /** The next time at which it is that time of day, microseconds since midnight: after a time, never then. */
  nextTimeOfDay(timeOfDay: number, after: number): number;
  /** One for each of the program's `sources`. */
  readonly streams: readonly RandomStream[];
  /** How long nodes last and people wait, and how decisions are drawn. */
  readonly times: ActivityTimes;
  /** Asks for `runtime.awake(token)` at a time. What is asked for a token later takes the place of what was asked before. */
  wake(token: number, due: number): void;
  /** All of the claim's resources or none: true where they are there, else `runtime.granted(token)` is called later. */
  ask(token: number, claim: CompiledClaim, rank: number): boolean;
  /** The token waits no longer. */
  withdraw(token: number, claim: CompiledClaim): void;
  giveBack(uses: readonly ResourceAmount[]): void;
  giveBackOne(resource: number, amount: number): void;
  /** Work that is done elsewhere: ends in `runtime.resume(token, hasFailed)`, at once or later, outside of the step. */
  start(token: number, work: DelegatedWork, values: readonly Known[]): void;
  /** Nobody waits for that work any more. */
  abandon(token: number): void;
  /** A signal leaves an invocation. See `Effects.send`. */
  send(run: number, ...sent: Parameters<Effects['send']>): void;
  log(run: number, ...logged: Parameters<Effects['log']>): void;
  began(activity: CompiledActivity, run: number, waiter: number): void;
  /** A token stands at a node, has got what the node claims, has left. `isFirst`: none of its invocation stood there before. */
  entered(activity: CompiledActivity, token: number, node: number, isFirst: boolean): void;
  served(activity: CompiledActivity, token: number, node: number): void;
  /** `isDone` false: without having done what the node is for. */
  left(activity: CompiledActivity, token: number, node: number, isDone: boolean): void;
  /** A token goes along an edge. */
  took(activity: CompiledActivity, edge: number): void;
  /** Its values can be read for the last time. `waiter`: as given to `begin`. */
  ended(activity: CompiledActivity, run: number, waiter: number, hasFailed: boolean): void;
  /** A run-time error ends the invocation. */
  problem(activity: CompiledActivity, problem: RunProblem): void;
  /** There is no room for a further token. */
  full(activity: CompiledActivity): void;
}
