/** What never changes about messages, as one record of integers each: what the kernel reads at every call. */
import type { Program } from '../behavior/interaction/index.ts';
import type { ElementId } from '../model/index.ts';
import type { Layout } from './layout.ts';

export const MESSAGE_SHIFT = 3;
export const ENTRY = 0;
export const END = 1;
export const TRAITS = 2;
/** Where its component's replicas begin in `replicas`, and how many there are. */
export const FIRST_REPLICA = 3;
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
/** Goes to a replica drawn by chance; else to each in turn. */
export const RANDOM = 64;
/** The caller has a policy: attempts stand between it and the execution. */
export const POLICED = 128;

export interface MessageTable {
  readonly records: Int32Array;
  readonly replicas: Int32Array;
  readonly componentCount: number;
}

/** In the order of their indices; null stands for messages to nobody. */
export function calledComponents(messages: Program['messages']): readonly (ElementId | null)[] {
  return [...new Set(messages.map((message) => message.component))];
}

export function messageTable({ messages }: Program, layout: Layout): MessageTable {
  const records = new Int32Array(messages.length << MESSAGE_SHIFT);
  const components = calledComponents(messages);
  const first: number[] = [];
  const replicas: number[] = [];
  for (const component of components) {
    first.push(replicas.length);
    if (component !== null) replicas.push(...(layout.replicasOf.get(component) ?? []));
  }
  first.push(replicas.length);
  for (const message of messages) {
    const at = message.index << MESSAGE_SHIFT;
    const component = components.indexOf(message.component);
    const count = first[component + 1]! - first[component]!;
    records[at + ENTRY] = message.entry;
    records[at + END] = message.end;
    records[at + FIRST_REPLICA] = first[component]!;
    records[at + REPLICA_COUNT] = count;
    records[at + COMPONENT] = component;
    records[at + TRAITS] =
      (message.compiled.sort === 'synchronous-call' ? SYNCHRONOUS : 0) |
      (message.toItself ? TO_ITSELF : 0) |
      (layout.latency !== null && message.fromEnclosing && count > 0 ? TRAVELS : 0) |
      (message.bind !== null ? BINDS : 0) |
      (message.resultSlot >= 0 ? REPLIES : 0) |
      (message.fallsBack ? FALLS_BACK : 0) |
      (message.component !== null && layout.balancedByChance.has(message.component) ? RANDOM : 0) |
      (message.policy !== null ? POLICED : 0);
  }
  return { records, replicas: Int32Array.from(replicas), componentCount: components.length };
}
