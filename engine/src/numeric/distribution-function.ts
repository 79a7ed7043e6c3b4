/** P(X ≤ x) of every law that a model can name. Knows neither streams nor draws. */
import type { Distribution, Value } from '../model/index.ts';
import { exp, log, logGamma, pow } from './elementary.ts';
import { isDistribution } from './sampler.ts';
import { normalDistribution } from './student.ts';
import { zipfTable } from './zipf.ts';

/**
 * The probability that the law, before any truncation, stays at or below x; truth counts as 1. NaN where the law is not known
 * or draws no numbers.
 */
export function distributionFunction(distribution: Distribution, x: number): number {
  const law = distribution;
  switch (law.kind) {
    case 'constant':
      return step(law.value, x);
    case 'exponential':
      return x > 0 ? 1 - exp(-x / law.mean) : 0;
    case 'uniform':
      return x >= law.to ? 1 : x > law.from ? (x - law.from) / (law.to - law.from) : 0;
    case 'triangular':
      return triangular(law.from, law.mode, law.to, x);
    case 'normal':
      return law.deviation > 0 ? normalDistribution((x - law.mean) / law.deviation) : step(law.mean, x);
    case 'lognormal':
      if (!(x > 0)) return 0;
      return law.sigma > 0 ? normalDistribution((log(x) - law.mu) / law.sigma) : step(exp(law.mu), x);
    case 'gamma':
      return gammaDistribution((x * law.shape) / law.mean, law.shape);
    case 'weibull':
      return x > 0 ? 1 - exp(-pow(x / law.scale, law.shape)) : 0;
    case 'pareto':
      return x > law.minimum ? 1 - pow(law.minimum / x, law.alpha) : 0;
    case 'zipf':
      return x < 1 ? 0 : zipfTable(law)[Math.min(law.ranks, Math.floor(x)) - 1]!;
    case 'chance':
      return x >= 1 ? 1 : x >= 0 ? 1 - law.probability : 0;
    case 'mixture': {
      let sum = 0;
      let weights = 0;
      for (const { weight, value } of law.parts) {
        sum += weight * ofPart(value, x);
        weights += weight;
      }
      return sum / weights;
    }
    case 'empirical':
      return law.values === undefined ? Number.NaN : shareUpTo(law.values, x);
    case 'unknown':
      return Number.NaN;
  }
}

/** P(G ≤ x) for the gamma law of scale 1: the regularised lower incomplete gamma function (DLMF 8.2.4). */
export function gammaDistribution(x: number, shape: number): number {
  if (!(x > 0)) return 0;
  const front = exp(shape * log(x) - x - logGamma(shape + 1));
  if (x < shape + 1) {
    // DLMF 8.7.1, as x^a e^-x / Γ(a + 1) · Σ xⁿ / ((a + 1) … (a + n)).
    let term = 1;
    let sum = 1;
    for (let n = 1; term > sum * 1e-17 && n < 100_000; n++) {
      term *= x / (shape + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  // DLMF 8.9.2 for the upper part, by Lentz's evaluation of its continued fraction.
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return Math.max(0, 1 - front * shape * fraction);
}

function ofPart(value: Value | Distribution, x: number): number {
  if (isDistribution(value)) return distributionFunction(value, x);
  if (typeof value === 'number' || typeof value === 'boolean') return step(Number(value), x);
  return Number.NaN;
}

function shareUpTo(values: readonly number[], x: number): number {
  return values.filter((value) => value <= x).length / values.length;
}

function step(at: number, x: number): number {
  return x >= at ? 1 : 0;
}

function triangular(from: number, mode: number, to: number, x: number): number {
  if (x >= to) return 1;
  if (x <= from) return 0;
  const width = to - from;
  const [below, above] = [x - from, to - x];
  return x < mode ? (below * below) / (width * (mode - from)) : 1 - (above * above) / (width * (to - mode));
}
