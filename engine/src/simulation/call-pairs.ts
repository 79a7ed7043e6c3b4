/** Numbers the pairs of a calling replica and a called component. Callers that run nowhere count as one replica each. */
import type { Program } from '../behavior/interaction/index.ts';
import type { Layout } from './layout.ts';
import { calledComponents } from './message-table.ts';

export class CallPairs {
  readonly size: number;
  /** Calling replicas and components. */
  readonly callers: number;
  readonly #called: Int32Array;
  readonly #homeless: Int32Array;
  readonly #components: number;

  constructor({ messages }: Program, { nodeOfReplica }: Layout) {
    const components = calledComponents(messages);
    const callers = [...new Set(messages.map(({ caller }) => caller))];
    this.#components = components.length;
    this.#called = Int32Array.from(messages, ({ component }) => components.indexOf(component));
    this.#homeless = Int32Array.from(messages, ({ caller }) => nodeOfReplica.length + callers.indexOf(caller));
    this.callers = nodeOfReplica.length + callers.length;
    this.size = this.callers * components.length;
  }

  /** `replica`: of the caller; negative where it runs nowhere. */
  of(replica: number, message: number): number {
    return this.callerOf(replica, message) * this.#components + this.#called[message]!;
  }

  /** A replica counts as itself, one that runs nowhere as its component. */
  callerOf(replica: number, message: number): number {
    return replica >= 0 ? replica : this.#homeless[message]!;
  }
}
