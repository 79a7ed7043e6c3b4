/** The misbehaviours that can be switched on. What each does stands where it is done: orders.ts and bank.ts. */

export const FAULTS = {
  'illegal-refund': 'orders refunds parcels that are on their way, though nobody cancelled',
  'slow-bank': 'the bank takes eight times as long for a charge',
  'skip-stock': 'orders are accepted without reserving stock',
  off: 'everything behaves as shop.twin says',
} as const;

export type FaultName = keyof typeof FAULTS;

export function isFaultName(name: unknown): name is FaultName {
  return typeof name === 'string' && Object.hasOwn(FAULTS, name);
}

export function faultList(): string {
  return Object.entries(FAULTS)
    .map(([name, meaning]) => `  ${name.padEnd(16)}${meaning}`)
    .join('\n');
}
