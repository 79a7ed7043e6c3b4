/** Confidence intervals of a mean from independent figures, one a replication. */
import { studentQuantile } from './student.ts';

export interface Interval {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** How many figures it rests on. */
  readonly count: number;
}

const quantiles = new Map<string, number>();

/**
 * Student's interval. Figures that are not finite are left out; with fewer than two there is no interval, and `lower`
 * and `upper` are NaN.
 */
export function meanInterval(figures: readonly number[], confidence = 0.95): Interval {
  const finite = figures.filter(Number.isFinite);
  const count = finite.length;
  let mean = 0;
  let squares = 0;
  finite.forEach((figure, i) => {
    const difference = figure - mean;
    mean += difference / (i + 1);
    squares += difference * (figure - mean);
  });
  if (count === 0) return { mean: Number.NaN, lower: Number.NaN, upper: Number.NaN, count };
  if (count === 1) return { mean, lower: Number.NaN, upper: Number.NaN, count };
  const half = twoSided(confidence, count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { mean, lower: mean - half, upper: mean + half, count };
}

function twoSided(confidence: number, freedom: number): number {
  const key = `${confidence}/${freedom}`;
  let quantile = quantiles.get(key);
  if (quantile === undefined) {
    quantile = studentQuantile((1 + confidence) / 2, freedom);
    quantiles.set(key, quantile);
  }
  return quantile;
}
