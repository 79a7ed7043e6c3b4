/** The normalisation constants of closed product-form networks, as logarithms: they range over hundreds of powers of ten. */
import { exp, log } from '../../../numeric/index.ts';
import { type ClosedFigures, type ClosedStation, closedFigures } from './closed-network.ts';

/** By number of users, from 0 on. */
type Constants = Float64Array;

/** Exact; the cost grows with the square of the users. Source: J. P. Buzen, Computational Algorithms for Closed Queueing Networks, 1973. */
export function convolved(stations: readonly ClosedStation[], users: number, thinking: number): ClosedFigures {
  const each = stations.map((station) => constantsOf(station, users));
  const think = constantsOf({ demand: thinking, servers: Number.POSITIVE_INFINITY }, users);
  // What is before a station and what is behind it: together all the others.
  const before = [think];
  for (const [at, one] of each.entries()) before.push(product(before[at] ?? think, one));
  const all = before.at(-1) ?? think;
  const whole = all[users] ?? 0;
  const throughput = exp((all[users - 1] ?? 0) - whole);
  const numbers = each.map(() => 0);
  let behind: Constants | undefined;
  for (let at = each.length - 1; at >= 0; at--) {
    const [own, first] = [each[at] ?? think, before[at] ?? think];
    const others = behind === undefined ? first : product(first, behind);
    for (let n = 1; n <= users; n++)
      numbers[at] = (numbers[at] ?? 0) + n * exp((own[n] ?? 0) + (others[users - n] ?? 0) - whole);
    behind = behind === undefined ? own : product(behind, own);
  }
  return closedFigures(
    stations,
    throughput,
    numbers.map((number) => number / throughput),
  );
}

/** Of a station alone: the demand to the n-th over the product of how many serve. */
function constantsOf({ demand, servers }: ClosedStation, users: number): Constants {
  const constants = new Float64Array(users + 1);
  const own = demand > 0 ? log(demand) : Number.NEGATIVE_INFINITY;
  for (let n = 1; n <= users; n++) constants[n] = (constants[n - 1] ?? 0) + own - log(Math.min(n, servers));
  return constants;
}

function product(a: Constants, b: Constants): Constants {
  const result = new Float64Array(a.length);
  for (let n = 0; n < result.length; n++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i <= n; i++) most = Math.max(most, (a[i] ?? 0) + (b[n - i] ?? 0));
    let sum = 0;
    for (let i = 0; i <= n; i++) sum += exp((a[i] ?? 0) + (b[n - i] ?? 0) - most);
    result[n] = most === Number.NEGATIVE_INFINITY ? most : most + log(sum);
  }
  return result;
}
