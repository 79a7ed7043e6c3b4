/** What a closed loop can do at most and must do at least, from its demands alone: no law, no discipline is assumed. Exact as bounds. */
import type { Bounds } from '../bounds.ts';
import type { ClosedStation } from './closed-network.ts';

export interface ClosedBounds {
  readonly throughput: Bounds;
  readonly response: Bounds;
  /** What the busiest station lets through, however many users there are; Infinity where none is limited. */
  readonly saturation: number;
  /** From so many users on they stand in each other's way for sure. */
  readonly users: number;
}

/**
 * X ≤ min(1/Dmax, N / (D + Z)), X ≥ N / (N D + Z), where a station of c servers counts as D / c.
 * Source: E. D. Lazowska et al., Quantitative System Performance, 1984, section 5.2.
 */
export function asymptoticBounds(stations: readonly ClosedStation[], users: number, thinking: number): ClosedBounds {
  const total = stations.reduce((sum, { demand }) => sum + demand, 0);
  const most = Math.max(0, ...stations.map(({ demand, servers }) => demand / servers));
  const queued = stations.reduce((sum, { demand, servers }) => sum + (servers < users ? demand : 0), 0);
  const saturation = most > 0 ? 1 / most : Number.POSITIVE_INFINITY;
  const high = Math.min(saturation, users / (total + thinking));
  const low = users / (total + (users - 1) * queued + thinking);
  return {
    throughput: { low, high },
    response: { low: Math.max(total, users / high - thinking), high: users / low - thinking },
    saturation,
    users: (total + thinking) * saturation,
  };
}
