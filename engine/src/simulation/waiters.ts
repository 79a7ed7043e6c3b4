/**
 * Who waits for the end of an invocation or a transaction, as one number: 0 and above is what that table itself counts by – a token of
 * an activity, or the load of a transaction –, -1 is nobody, below are all others, by their kind and their number.
 */

export const waiters = {
  /** A load that began an invocation. */
  load: 0,
  /** A visit of a state, whose activity it is. */
  visit: 1,
  /** An execution, whose operation has it as its method: the ticket. */
  method: 2,
  /** Tokens that go together. */
  batch: 3,
  /** The action of an activity that began a transaction: its token. */
  action: 4,
} as const;

type Waiter = (typeof waiters)[keyof typeof waiters];

const KINDS = 5;

export function waiterOf(kind: Waiter, number: number): number {
  return -2 - kind - KINDS * number;
}

/** The number of a waiter of this kind; -1 where it is of another. */
export function numberOf(kind: Waiter, waiter: number): number {
  const code = -2 - waiter;
  return code >= 0 && code % KINDS === kind ? (code - kind) / KINDS : -1;
}
