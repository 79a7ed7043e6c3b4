/** Weights of branches that compete make at most 100 %. */
import type { Expression, Place } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

interface Weighted {
  readonly weight?: number;
  readonly guard?: Expression;
}

/** Branches compete where they have the same guard; unguarded ones compete with all. */
export function checkWeights(branches: readonly Weighted[], place: Place, report: Report): void {
  const sums = new Map<string, number>();
  let open = 0;
  for (const { weight = 0, guard } of branches) {
    if (guard === undefined) open += weight;
    else {
      const key = JSON.stringify(guard, (name, value) => (name === 'place' ? undefined : value));
      sums.set(key, (sums.get(key) ?? 0) + weight);
    }
  }
  const most = Math.max(open, ...[...sums.values()].map((sum) => sum + open));
  if (most <= 1 + 1e-9) return;
  const percent = Number((most * 100).toPrecision(6));
  report('weights-over-100', place, `The weights of the branches add up to ${percent} %. Lower them to 100 % at most.`);
}
