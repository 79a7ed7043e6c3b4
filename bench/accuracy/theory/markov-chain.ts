/** Small systems without a formula: the states that can be reached, and how likely each of them is in the long run. */

export interface Move<State> {
  readonly to: State;
  readonly rate: number;
}

interface Stationary<State> {
  /** The mean over all states of what is to be known of each. */
  mean(of: (state: State) => number): number;
}

/** States are told apart by their text in JSON. Where a model knows no bound, its moves have to keep to one. */
export function stationary<State>(
  start: State,
  moves: (state: State) => readonly Move<State>[],
  precision = 1e-12,
): Stationary<State> {
  const states: State[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (state: State): number => {
    const key = JSON.stringify(state);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    states.push(state);
    return states.length - 1;
  };
  numberOf(start);
  const leave: number[] = [];
  const into: { from: number; rate: number }[][] = [];
  for (let from = 0; from < states.length; from++) {
    const state = states[from];
    if (state === undefined) break;
    leave[from] = 0;
    for (const { to, rate } of moves(state)) {
      if (rate <= 0) continue;
      const target = numberOf(to);
      if (target === from) continue;
      leave[from] = (leave[from] ?? 0) + rate;
      const ways = into[target] ?? [];
      ways.push({ from, rate });
      into[target] = ways;
    }
  }
  const share = solved(leave, into, precision);
  return { mean: (of) => states.reduce((total, state, i) => total + (share[i] ?? 0) * of(state), 0) };
}

/** Gauss and Seidel, forth and back, until nothing changes. */
function solved(
  leave: readonly number[],
  into: readonly (readonly { from: number; rate: number }[] | undefined)[],
  precision: number,
): Float64Array {
  const count = leave.length;
  const share = new Float64Array(count).fill(1 / count);
  for (let round = 0; round < 20_000; round++) {
    let change = 0;
    for (let step = 0; step < count; step++) {
      const state = round % 2 === 0 ? step : count - 1 - step;
      let flow = 0;
      for (const { from, rate } of into[state] ?? []) flow += (share[from] ?? 0) * rate;
      const next = flow / (leave[state] ?? 1);
      change = Math.max(change, Math.abs(next - (share[state] ?? 0)));
      share[state] = next;
    }
    const total = share.reduce((all, one) => all + one, 0);
    for (let state = 0; state < count; state++) share[state] = (share[state] ?? 0) / total;
    if (change < precision) return share;
  }
  throw new Error('The chain does not come to rest.');
}
