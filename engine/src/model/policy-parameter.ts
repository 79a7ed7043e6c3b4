/** The numbers of a call's policy that a timeline may set. */

const names = [
  'timeout',
  'retry',
  'backoff',
  'budget',
  'breaker',
  'breaker.calls',
  'breaker.open',
  'bulkhead',
  'bulkhead.queue',
  'hedge',
] as const;

/**
 * What a caller does about trouble, as far as the requirement declares it: `timeout`, `backoff` and `hedge` in microseconds or as laws,
 * `retry` as further attempts, `budget` and `breaker` as fractions, the calls that a breaker looks at and how long it stays open, the
 * calls that a bulkhead lets through at once and how many may wait.
 */
export type PolicyParameterName = (typeof names)[number];

export function isPolicyParameter(name: string): name is PolicyParameterName {
  return (names as readonly string[]).includes(name);
}
