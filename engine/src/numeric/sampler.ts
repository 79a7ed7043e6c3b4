/**
 * Distributions → functions that draw. Each law is compiled once; the stream is given at each draw, so that one law
 * can serve many random sources.
 */
import type { Distribution, Value } from '../model/index.ts';
import { exp, log, logGamma, pow } from './elementary.ts';
import type { RandomStream } from './random-stream.ts';
import { exponential, normal } from './ziggurat.ts';
import { zipfMoment, zipfRank, zipfTable } from './zipf.ts';

/** Draws one value. */
export type Sampler<T extends Value = Value> = (stream: RandomStream) => T;

/** After so many rejections a truncated law gives its bound: the mass left is below 1e-300 or the law has none. */
const PATIENCE = 1000;

/** A function that draws a number: truth as 0 or 1, no number (strings, `?`) as NaN. */
export function numberSampler(distribution: Distribution): Sampler<number> {
  const law = distribution;
  switch (law.kind) {
    case 'constant':
      return () => law.value;
    case 'exponential':
      return (stream) => law.mean * exponential(stream);
    case 'uniform':
      return (stream) => law.from + (law.to - law.from) * stream.uniform();
    case 'triangular':
      return triangular(law.from, law.mode, law.to);
    case 'normal':
      return (stream) => law.mean + law.deviation * normal(stream);
    case 'lognormal':
      return (stream) => exp(law.mu + law.sigma * normal(stream));
    case 'gamma':
      return gamma(law.shape, law.mean / law.shape);
    case 'weibull':
      return (stream) => law.scale * pow(exponential(stream), 1 / law.shape);
    case 'pareto':
      return (stream) => law.minimum * exp(exponential(stream) / law.alpha);
    case 'zipf': {
      const table = zipfTable(law);
      return (stream) => zipfRank(table, stream.uniform());
    }
    case 'chance':
      return (stream) => (stream.uniform() < law.probability ? 1 : 0);
    case 'mixture': {
      const choose = chooser(law.parts.map((part) => part.weight));
      const parts = law.parts.map((part) => numberPart(part.value));
      return (stream) => parts[choose(stream)]!(stream);
    }
    case 'empirical': {
      const values = Float64Array.from(law.values ?? []);
      return values.length === 0 ? () => Number.NaN : (stream) => values[stream.below(values.length)]!;
    }
    case 'unknown':
      return () => Number.NaN;
  }
}

/** A function that draws a duration: a number, truncated (drawn again) where it would be negative. */
export function durationSampler(distribution: Distribution): Sampler<number> {
  const draw = numberSampler(distribution);
  if (!canBeNegative(distribution)) return draw;
  return (stream) => {
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      const value = draw(stream);
      if (!(value < 0)) return value;
    }
    return 0;
  };
}

/** A function that draws a value of whatever type the distribution is of; null where it is not known. */
export function sampler(distribution: Distribution): Sampler {
  const law = distribution;
  switch (law.kind) {
    case 'unknown':
      return () => null;
    case 'chance':
      return (stream) => stream.uniform() < law.probability;
    case 'mixture': {
      const choose = chooser(law.parts.map((part) => part.weight));
      const parts = law.parts.map(({ value }): Sampler => (isDistribution(value) ? sampler(value) : () => value));
      return (stream) => parts[choose(stream)]!(stream);
    }
    default:
      return numberSampler(law);
  }
}

/** The index of one of several weights, drawn in proportion. */
function chooser(weights: readonly number[]): Sampler<number> {
  const bounds = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, index) => {
    sum += Math.max(0, weight);
    bounds[index] = sum;
  });
  const last = weights.length - 1;
  return (stream) => {
    const at = stream.uniform() * sum;
    for (let index = 0; index < last; index++) if (at < bounds[index]!) return index;
    return last;
  };
}

/** The mean of the law before any truncation; NaN where it is not known or not a number, Infinity where there is none. */
export function meanOf(distribution: Distribution): number {
  const law = distribution;
  switch (law.kind) {
    case 'constant':
      return law.value;
    case 'exponential':
    case 'normal':
    case 'gamma':
      return law.mean;
    case 'uniform':
      return (law.from + law.to) / 2;
    case 'triangular':
      return (law.from + law.mode + law.to) / 3;
    case 'lognormal':
      return exp(law.mu + (law.sigma * law.sigma) / 2);
    case 'weibull':
      return law.scale * exp(logGamma(1 + 1 / law.shape));
    case 'pareto':
      return law.alpha > 1 ? (law.alpha * law.minimum) / (law.alpha - 1) : Number.POSITIVE_INFINITY;
    case 'zipf':
      return zipfMoment(law, 1);
    case 'chance':
      return law.probability;
    case 'mixture': {
      let sum = 0;
      let weights = 0;
      for (const { weight, value } of law.parts) {
        sum += weight * (isDistribution(value) ? meanOf(value) : typeof value === 'number' ? value : Number.NaN);
        weights += weight;
      }
      return sum / weights;
    }
    case 'empirical': {
      const values = law.values ?? [];
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    }
    case 'unknown':
      return Number.NaN;
  }
}

/** Whether neither a `?` nor recorded values that nobody has read stand anywhere in the law. */
export function isKnown(distribution: Distribution): boolean {
  if (distribution.kind === 'unknown') return false;
  if (distribution.kind === 'empirical') return (distribution.values ?? []).length > 0;
  if (distribution.kind !== 'mixture') return true;
  return distribution.parts.every(({ value }) => !isDistribution(value) || isKnown(value));
}

function numberPart(value: Value | Distribution): Sampler<number> {
  if (isDistribution(value)) return numberSampler(value);
  const number = typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : Number.NaN;
  return () => number;
}

const laws: ReadonlySet<unknown> = new Set<Distribution['kind']>([
  'constant',
  'exponential',
  'uniform',
  'triangular',
  'normal',
  'lognormal',
  'gamma',
  'weibull',
  'pareto',
  'zipf',
  'chance',
  'mixture',
  'empirical',
  'unknown',
]);

/** Tells a law from a value that is always drawn. A record is told by its attributes: none may be a `kind` that names a law. */
export function isDistribution(value: Value | Distribution): value is Distribution {
  return typeof value === 'object' && value !== null && 'kind' in value && laws.has(value.kind);
}

function canBeNegative(distribution: Distribution): boolean {
  switch (distribution.kind) {
    case 'normal':
      return true;
    case 'constant':
      return distribution.value < 0;
    case 'uniform':
    case 'triangular':
      return distribution.from < 0;
    case 'empirical':
      return distribution.values?.some((value) => value < 0) ?? false;
    case 'mixture':
      return distribution.parts.some(({ value }) =>
        isDistribution(value) ? canBeNegative(value) : typeof value === 'number' && value < 0,
      );
    default:
      return false;
  }
}

function triangular(from: number, mode: number, to: number): Sampler<number> {
  const width = to - from;
  if (!(width > 0)) return () => from;
  const split = (mode - from) / width;
  return (stream) => {
    const u = stream.uniform();
    return u < split ? from + Math.sqrt(u * width * (mode - from)) : to - Math.sqrt((1 - u) * width * (to - mode));
  };
}

/** Marsaglia and Tsang 2000; below shape 1 by the power of a uniform. */
function gamma(shape: number, scale: number): Sampler<number> {
  if (shape < 1) {
    const larger = gamma(shape + 1, scale);
    return (stream) => larger(stream) * exp(-exponential(stream) / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return (stream) => {
    for (;;) {
      const x = normal(stream);
      const cube = 1 + c * x;
      if (cube <= 0) continue;
      const v = cube * cube * cube;
      // ln U < x²/2 + d - d v + d ln v, as a comparison of -ln U with an exponential variate.
      const bound = x * x * 0.5 + d - d * v + d * log(v);
      if (exponential(stream) > -bound) return scale * d * v;
    }
  };
}
