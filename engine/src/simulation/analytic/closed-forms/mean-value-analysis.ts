/**
 * Closed product-form networks of one kind of user, exactly: N users go round, think, and wait for each other. Holds for
 * stations that are shared by all present, or first come, first served with exponential service.
 */
import { type ClosedFigures, type ClosedStation, closedFigures } from './closed-network.ts';
import { convolved } from './convolution.ts';

/**
 * Exact. With single servers by mean value analysis, R(n) = D (1 + Q(n-1)); with several servers at a station by convolution, whose
 * terms are all positive, where the recursion over marginal probabilities loses its digits.
 * Source: M. Reiser, S. S. Lavenberg, Mean-Value Analysis of Closed Multichain Queuing Networks, 1980; J. P. Buzen, 1973.
 */
export function meanValueAnalysis(stations: readonly ClosedStation[], users: number, thinking: number): ClosedFigures {
  const isPlain = stations.every(({ servers }) => servers === 1 || servers === Number.POSITIVE_INFINITY);
  if (!isPlain) return convolved(stations, users, thinking);
  let numbers = stations.map(() => 0);
  let responses = stations.map(() => 0);
  let throughput = 0;
  for (let n = 1; n <= users; n++) {
    responses = stations.map(({ demand, servers }, at) => (servers === 1 ? demand * (1 + (numbers[at] ?? 0)) : demand));
    const round = thinking + responses.reduce((sum, one) => sum + one, 0);
    throughput = round > 0 ? n / round : Number.POSITIVE_INFINITY;
    numbers = responses.map((one) => (one === 0 ? 0 : one * throughput));
  }
  return closedFigures(stations, throughput, responses);
}
