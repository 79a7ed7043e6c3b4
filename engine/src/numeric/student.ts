/** Normal and Student distributions and their quantiles, built on the exact elementary functions. */
import { bisect } from './bisect.ts';
import { exp, log, logGamma } from './elementary.ts';

/** P(T ≤ t) for Student's law with `freedom` > 0 degrees of freedom. */
function studentDistribution(t: number, freedom: number): number {
  const tail = 0.5 * incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** The t that Student's law stays below with probability p, 0 < p < 1. */
export function studentQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, freedom);
  const low = 0;
  let high = 1;
  while (studentDistribution(high, freedom) < p && high < 1e15) high *= 2;
  return bisect(low, high, (t) => studentDistribution(t, freedom) < p);
}

/** P(Z ≤ z) for the standard normal law. */
export function normalDistribution(z: number): number {
  const x = Math.abs(z);
  if (x > 38) return z > 0 ? 1 : 0;
  const density = 0.3989422804014327 * exp(-0.5 * x * x);
  let upper: number;
  if (x < 3) {
    // Φ(x) = 1/2 + φ(x) (x + x³/3 + x⁵/15 + …)
    let term = x;
    let sum = x;
    for (let n = 3; term > sum * 1e-17; n += 2) {
      term *= (x * x) / n;
      sum += term;
    }
    upper = 0.5 - density * sum;
  } else {
    // Laplace's continued fraction of the tail.
    let fraction = x;
    for (let n = 200; n > 0; n--) fraction = x + n / fraction;
    upper = density / fraction;
  }
  return z > 0 ? 1 - upper : upper;
}

/** The z that the standard normal law stays below with probability p, 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  return bisect(-39, 0, (z) => normalDistribution(z) < p);
}

/** The regularised incomplete beta function, by Lentz's evaluation of its continued fraction. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x)) / a;
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}
