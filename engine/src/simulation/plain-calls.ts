/**
 * Which calls are plain: waited for, nothing asked of them but their reply, the work drawn from a law and done on a core right where
 * they arrive. They are begun and ended in one go, with no steps between. Of other calls the work alone may be such. Knows nothing
 * of runs.
 */
import { op, type Program } from '../behavior/interaction/index.ts';
import type { Layout } from './layout.ts';
import { MESSAGE_SHIFT, type MessageTable, SYNCHRONOUS, TRAITS } from './message-table.ts';

export const plain = {
  no: 0,
  /** Only its work is: the call has attempts, travels, is not waited for, or asks for whatever else. */
  work: 1,
  yes: 2,
  /** Nothing follows its work. */
  leaf: 3,
} as const;

/** By message: one of `plain`. `isSteady`: whether a replica takes whatever comes, and hands out cores one after the other, for the whole run. */
export function plainCalls(
  { code, messages }: Program,
  { records }: MessageTable,
  { replicasOf }: Layout,
  isSteady: (replica: number) => boolean,
): Uint8Array {
  return Uint8Array.from(messages, ({ index, component, entry, takes, needsThread }) => {
    const replicas = component === null ? [] : (replicasOf.get(component) ?? []);
    const works =
      code[entry] === op.work &&
      takes !== null &&
      takes.kind !== 'expression' &&
      !needsThread &&
      replicas.length > 0 &&
      replicas.every(isSteady);
    if (!works) return plain.no;
    if (records[(index << MESSAGE_SHIFT) + TRAITS] !== SYNCHRONOUS) return plain.work;
    return code[entry + 2] === op.release && code[entry + 4] === op.end ? plain.leaf : plain.yes;
  });
}
