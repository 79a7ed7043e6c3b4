/** How figures are written into a solution: what is exact has no width, and what has no end is left out. */
import type { Bounds } from './bounds.ts';
import type { SolvedBehaviour } from './solution.ts';

export function same(value: number): Bounds {
  return { low: value, high: value };
}

export function exactlyTime(seconds: number): SolvedBehaviour['response'] {
  return Number.isFinite(seconds) ? same(seconds) : { low: 0, high: null };
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
