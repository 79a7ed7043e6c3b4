/**
 * Where a series forgets how it began: the marginal standard error rule over batches of five (MSER-5; White, "An effective truncation
 * heuristic for bias reduction in simulation output", 1997; White, Cobb and Spratt, 2000). Knows only numbers.
 */

export const BATCH = 5;

interface Truncation {
  /** How many numbers of the series are to be left out. */
  readonly cut: number;
  /** False where the rule wants the second half of the series cut off too: it has not come to rest. */
  readonly isSteady: boolean;
}

/** Of batch means Y, the d that makes the squared standard error of the mean of those after it the least, Σ(Y − mean)² / (n − d)². */
export function mser5(series: readonly number[]): Truncation {
  const count = Math.floor(series.length / BATCH);
  const means = Array.from({ length: count }, (_, batch) => {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += series[batch * BATCH + i] ?? 0;
    return sum / BATCH;
  });
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let mean = 0;
  let squares = 0;
  // From the end, so that each d adds one batch to the moments of the last.
  for (let d = count - 1; d >= 0; d--) {
    const size = count - d;
    const difference = means[d]! - mean;
    mean += difference / size;
    squares += difference * (means[d]! - mean);
    // Over few batches it is small by chance.
    if (size < Math.max(BATCH, count / 10)) continue;
    const error = squares / (size * size);
    if (error <= least) {
      least = error;
      best = d;
    }
  }
  return { cut: best * BATCH, isSteady: best <= count / 2 };
}
