/** Moments of durations: what formulas of queues want to know of a law. */
import type { Distribution, Value } from '../model/index.ts';
import { exp, logGamma, pow } from './elementary.ts';
import { durationMeanOf } from './quantile.ts';
import { isDistribution } from './sampler.ts';
import { zipfMoment } from './zipf.ts';

/**
 * The mean of the `order`-th power, in that power of the law's unit; NaN where no formula tells it, Infinity where there is none.
 * Normal laws are truncated at 0, as durations are.
 */
export function durationMoment(distribution: Distribution, order: 1 | 2 | 3): number {
  const law = distribution;
  switch (law.kind) {
    case 'constant':
      return whole(Math.max(0, law.value), order);
    case 'exponential':
      return (order === 3 ? 6 : order) * whole(law.mean, order);
    case 'uniform':
      return symmetric([law.from, law.to], order) / (order + 1);
    case 'triangular':
      return (2 * symmetric([law.from, law.mode, law.to], order)) / ((order + 1) * (order + 2));
    case 'normal': {
      // By parts: the term at the border, 0, vanishes.
      const first = durationMeanOf(law);
      const second = law.mean * first + law.deviation * law.deviation;
      const third = law.mean * second + 2 * law.deviation * law.deviation * first;
      return order === 1 ? first : order === 2 ? second : third;
    }
    case 'lognormal':
      return exp(order * law.mu + (order * order * law.sigma * law.sigma) / 2);
    case 'gamma': {
      const scale = law.mean / law.shape;
      let product = 1;
      for (let k = 0; k < order; k++) product *= (law.shape + k) * scale;
      return product;
    }
    case 'weibull':
      return whole(law.scale, order) * exp(logGamma(1 + order / law.shape));
    case 'pareto':
      return law.alpha > order ? (law.alpha * pow(law.minimum, order)) / (law.alpha - order) : Number.POSITIVE_INFINITY;
    case 'zipf':
      return zipfMoment(law, order);
    case 'mixture': {
      const weights = law.parts.reduce((sum, { weight }) => sum + weight, 0);
      return law.parts.reduce((sum, { weight, value }) => sum + weight * ofPart(value, order), 0) / weights;
    }
    case 'empirical': {
      const values = law.values ?? [];
      return values.reduce((sum, value) => sum + whole(Math.max(0, value), order), 0) / values.length;
    }
    case 'chance':
    case 'unknown':
      return Number.NaN;
  }
}

function ofPart(value: Value | Distribution, order: 1 | 2 | 3): number {
  if (isDistribution(value)) return durationMoment(value, order);
  return typeof value === 'number' ? whole(value, order) : Number.NaN;
}

function whole(value: number, order: number): number {
  let power = 1;
  for (let k = 0; k < order; k++) power *= value;
  return power;
}

/** The sum of all products of `order` of the values, repetition allowed. */
function symmetric(values: readonly number[], order: number): number {
  const [first, ...others] = values;
  if (first === undefined) return order === 0 ? 1 : 0;
  let sum = 0;
  for (let k = 0; k <= order; k++) sum += whole(first, k) * symmetric(others, order - k);
  return sum;
}
