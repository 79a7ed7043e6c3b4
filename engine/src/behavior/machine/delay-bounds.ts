/** How long a delay can be at all: what an observer may assume of a draw it cannot see. */
import type { Distribution, Expression } from '../../model/index.ts';
import { isDistribution } from '../../numeric/index.ts';
import type { Timer } from './compiled-machine.ts';

export type Bounds = readonly [least: number, most: number];

const ANY: Bounds = [0, Number.POSITIVE_INFINITY];

const DAY = 24 * 60 * 60 * 1_000_000;

/** How long a timer may run where nothing else is known, microseconds. */
export function timerBounds(runs: Timer['runs']): Bounds {
  switch (runs.kind) {
    case 'delay':
      return delayBounds(runs.delay);
    case 'clock':
      return [0, DAY];
    case 'at-once':
      return [0, 0];
    case 'elsewhere':
      return ANY;
  }
}

/** Bounds of the values an expression for a delay can take where it cannot be evaluated, microseconds. */
function delayBounds(expression: Expression): Bounds {
  if (expression.kind === 'draw') return support(expression.distribution);
  if (expression.kind === 'literal' && typeof expression.value === 'number')
    return [expression.value, expression.value];
  if (expression.kind === 'conditional') {
    return around([delayBounds(expression.then), delayBounds(expression.otherwise)]);
  }
  return ANY;
}

/** Durations are never negative: laws that could be are truncated at 0. */
function support(law: Distribution): Bounds {
  switch (law.kind) {
    case 'constant':
      return [law.value, law.value];
    case 'uniform':
    case 'triangular':
      return [Math.max(0, law.from), Math.max(0, law.to)];
    case 'pareto':
      return [law.minimum, Number.POSITIVE_INFINITY];
    case 'zipf':
      return [1, law.ranks];
    case 'mixture':
      return around(
        law.parts.flatMap(({ value }) => {
          if (typeof value === 'number') return [[value, value] as const];
          return isDistribution(value) ? [support(value)] : [];
        }),
      );
    default:
      return ANY;
  }
}

function around(bounds: readonly Bounds[]): Bounds {
  if (bounds.length === 0) return ANY;
  return [Math.min(...bounds.map(([least]) => least)), Math.max(...bounds.map(([, most]) => most))];
}
