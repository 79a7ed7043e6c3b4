/** Quantiles of the laws that a model can name, and what truncation at 0 makes of a law where it is one of durations. */
import type { Distribution, Value } from '../model/index.ts';
import { bisect } from './bisect.ts';
import { distributionFunction, gammaDistribution } from './distribution-function.ts';
import { exp, log, pow } from './elementary.ts';
import { isDistribution, meanOf } from './sampler.ts';
import { normalDistribution, normalQuantile } from './student.ts';
import { zipfRank, zipfTable } from './zipf.ts';

/**
 * The value that the law, before any truncation, stays at or below with probability p, 0 < p < 1. NaN where the law is not
 * known or draws no numbers.
 */
export function quantileOf(distribution: Distribution, p: number): number {
  const law = distribution;
  switch (law.kind) {
    case 'constant':
      return law.value;
    case 'exponential':
      return -law.mean * log(1 - p);
    case 'uniform':
      return law.from + p * (law.to - law.from);
    case 'triangular':
      return triangular(law.from, law.mode, law.to, p);
    case 'normal':
      return law.mean + law.deviation * normalQuantile(p);
    case 'lognormal':
      return exp(law.mu + law.sigma * normalQuantile(p));
    case 'gamma':
      return (gammaQuantile(p, law.shape) * law.mean) / law.shape;
    case 'weibull':
      return law.scale * pow(-log(1 - p), 1 / law.shape);
    case 'pareto':
      return law.minimum * pow(1 - p, -1 / law.alpha);
    case 'zipf':
      return zipfRank(zipfTable(law), p);
    case 'chance':
      return p > 1 - law.probability ? 1 : 0;
    case 'mixture': {
      // The whole crosses p between the first and the last of its parts to do so.
      const ends = law.parts.filter(({ weight }) => weight > 0).map(({ value }) => quantileOfPart(value, p));
      const [low, high] = [Math.min(...ends), Math.max(...ends)];
      return low < high ? bisect(low, high, (x) => distributionFunction(law, x) < p) : low === high ? low : Number.NaN;
    }
    case 'empirical': {
      const sorted = Float64Array.from(law.values ?? []).sort();
      return sorted[Math.ceil(p * sorted.length) - 1] ?? Number.NaN;
    }
    case 'unknown':
      return Number.NaN;
  }
}

/** The quantile of durations drawn from the law: draws below 0 are drawn again. */
export function durationQuantileOf(distribution: Distribution, p: number): number {
  const cut = negativeShare(distribution);
  return Math.max(0, quantileOf(distribution, cut + p * (1 - cut)));
}

/** The mean of durations drawn from the law; NaN where no formula tells it. */
export function durationMeanOf(distribution: Distribution): number {
  const cut = negativeShare(distribution);
  if (cut === 0) return meanOf(distribution);
  if (distribution.kind !== 'normal' || !(cut < 1)) return Number.NaN;
  const z = distribution.mean / distribution.deviation;
  const density = 0.3989422804014327 * exp(-0.5 * z * z);
  return distribution.mean + (distribution.deviation * density) / normalDistribution(z);
}

/** P(X < 0); values of exactly 0 are durations. */
function negativeShare(distribution: Distribution): number {
  return distributionFunction(distribution, -Number.MIN_VALUE);
}

function quantileOfPart(value: Value | Distribution, p: number): number {
  if (isDistribution(value)) return quantileOf(value, p);
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : Number.NaN;
}

function triangular(from: number, mode: number, to: number, p: number): number {
  const width = to - from;
  if (!(width > 0)) return from;
  if (p < (mode - from) / width) return from + Math.sqrt(p * width * (mode - from));
  return to - Math.sqrt((1 - p) * width * (to - mode));
}

function gammaQuantile(p: number, shape: number): number {
  let high = shape + 1;
  while (gammaDistribution(high, shape) < p && high < 1e300) high *= 2;
  return bisect(0, high, (x) => gammaDistribution(x, shape) < p);
}
