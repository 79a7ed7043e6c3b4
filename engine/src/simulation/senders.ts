/**
 * Who sent a signal, as one number that goes along with it, so that whoever handles it can send something back. Negative, as calls
 * have the number of a token. Knows nothing of how anything is delivered.
 */

/** The timeline, a timer, somebody outside: what is sent back comes to nobody. */
export const NOBODY = -1;

export type Sender =
  | { readonly kind: 'nobody' }
  /** Of a machine: which population, and which of its instances. */
  | { readonly kind: 'instance'; readonly index: number; readonly number: number }
  /** Of an activity: its token, and what tells it from others that had that token. */
  | { readonly kind: 'invocation'; readonly index: number; readonly number: number }
  /** By its index in the model, and the replica; -1: whichever. */
  | { readonly kind: 'component'; readonly index: number; readonly number: number };

const kinds = ['instance', 'invocation', 'component'] as const;
/** Above all indices. */
const RANGE = 1 << 21;

export function senderAddress(kind: (typeof kinds)[number], index: number, number: number): number {
  return -2 - (kinds.indexOf(kind) + kinds.length * (index + RANGE * (number + 1)));
}

export function senderAt(address: number): Sender {
  if (address > -2) return { kind: 'nobody' };
  const code = -2 - address;
  const rest = Math.floor(code / kinds.length);
  return { kind: kinds[code % kinds.length]!, index: rest % RANGE, number: Math.floor(rest / RANGE) - 1 };
}
