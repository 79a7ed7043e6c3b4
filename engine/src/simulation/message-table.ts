/** What never changes about messages, as one record of integers each: what the kernel reads at every call. */
import type { Program } from '../behavior/interaction/index.ts';
import type { ElementId } from '../model/index.ts';
import type { Layout } from './layout.ts';

export const MESSAGE_SHIFT = 3;
export const ENTRY = 0;
export const END = 1;
export const TRAITS = 2;
/** How many replicas its component has. */
export const REPLICA_COUNT = 4;
/** Index of its component. */
export const COMPONENT = 5;

/** Traits. */
export const SYNCHRONOUS = 1;
/** Stays on the replica that sends it. */
export const TO_ITSELF = 2;
/** May cross a link that has a latency. */
export const TRAVELS = 4;
/** Puts arguments into slots. */
export const BINDS = 8;
/** Somebody takes the reply. */
export const REPLIES = 16;
/** The caller goes on elsewhere where the call fails. */
export const FALLS_BACK = 32;
/** Goes to the replica of its key. */
export const KEYED = 64;
/** The caller has a policy: attempts stand between it and the execution. */
export const POLICED = 128;
/** How busy its replicas are decides where the next call goes. */
export const WATCHED = 256;
/** A limit of a rate may turn it away. */
export const LIMITED = 512;
/** Comes from a partition of a topic, which says the replica. */
export const ASSIGNED = 16_384;
/** Set while a run goes on: nobody takes it, part of it goes to a canary, some nodes are cut off, a rollout looks at its outcome. */
export const UNREACHABLE = 1024;
export const SPLIT = 2048;
export const CUT = 4096;
export const JUDGED = 8192;

export interface MessageTable {
  readonly records: Int32Array;
}

/** In the order of their indices; null stands for messages to nobody. */
export function calledComponents(messages: Program['messages']): readonly (ElementId | null)[] {
  return [...new Set(messages.map((message) => message.component))];
}

export function messageTable({ messages }: Program, layout: Layout): MessageTable {
  const records = new Int32Array(messages.length << MESSAGE_SHIFT);
  const components = calledComponents(messages);
  for (const message of messages) {
    const at = message.index << MESSAGE_SHIFT;
    const count = message.component === null ? 0 : (layout.replicasOf.get(message.component)?.length ?? 0);
    const strategy = message.component === null ? undefined : layout.strategyOf.get(message.component)?.kind;
    records[at + ENTRY] = message.entry;
    records[at + END] = message.end;
    records[at + REPLICA_COUNT] = count;
    records[at + COMPONENT] = components.indexOf(message.component);
    records[at + TRAITS] =
      (message.compiled.sort === 'synchronous-call' ? SYNCHRONOUS : 0) |
      // Its delivery waits for it.
      (message.delivery === null ? 0 : SYNCHRONOUS | ASSIGNED) |
      (message.toItself ? TO_ITSELF : 0) |
      (layout.latency !== null && message.fromEnclosing && count > 0 ? TRAVELS : 0) |
      (message.bind !== null ? BINDS : 0) |
      (message.resultSlot >= 0 ? REPLIES : 0) |
      (message.fallsBack ? FALLS_BACK : 0) |
      (message.balanceKey !== null ? KEYED : 0) |
      (message.policy !== null ? POLICED : 0) |
      (!message.toItself &&
      layout.limits.some(({ subject }) => subject === message.operation || subject === message.component)
        ? LIMITED
        : 0) |
      (strategy === 'least-connections' || strategy === 'two-choices' ? WATCHED : 0);
  }
  return { records };
}
