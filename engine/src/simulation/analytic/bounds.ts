/** Closed intervals of numbers from 0 on: what is known of a mean before anything is run. */

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const none: Bounds = { low: 0, high: 0 };
export const once: Bounds = { low: 1, high: 1 };
/** A probability of which nothing is known. */
export const perhaps: Bounds = { low: 0, high: 1 };

export function exactly(value: number): Bounds {
  return { low: value, high: value };
}

export function plus(a: Bounds, b: Bounds): Bounds {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function times(a: Bounds, b: Bounds): Bounds {
  return { low: product(a.low, b.low), high: product(a.high, b.high) };
}

/** What never happens costs nothing, however much it would cost. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** A probability that holds that many times, one after the other; beyond a thousand what is left is nothing. */
export function raised(probability: number, count: number): number {
  let power = 1;
  for (let i = 0; i < Math.min(count, 1000); i++) power *= probability;
  return count > 1000 && probability < 1 ? 0 : power;
}

/** Of a probability: that it does not happen. */
export function complement(probability: Bounds): Bounds {
  return { low: Math.max(0, 1 - probability.high), high: Math.min(1, 1 - probability.low) };
}

/**
 * The mean of alternatives of which exactly one is taken, each with a probability within its bounds: the shares that
 * are left over go to the cheapest for the lower end, to the dearest for the upper one.
 */
export function meanOfAlternatives(alternatives: readonly { readonly share: Bounds; readonly cost: Bounds }[]): Bounds {
  const end = (side: 'low' | 'high'): number => {
    const order = [...alternatives].sort((a, b) => (side === 'low' ? 1 : -1) * (a.cost[side] - b.cost[side] || 0));
    let left = 1 - alternatives.reduce((sum, { share }) => sum + share.low, 0);
    let mean = 0;
    for (const { share, cost } of order) {
      const extra = Math.max(0, Math.min(left, share.high - share.low));
      left -= extra;
      mean += product(share.low + extra, cost[side]);
    }
    return mean;
  };
  return { low: end('low'), high: end('high') };
}
