/**
 * For how long a series remembers itself: its integrated autocorrelation time, as often as which its values tell something new. Averaged
 * over independent runs of it, around the mean of all: around its own, a short run looks calmer than it is. The sum ends where two
 * neighbours together are no longer positive (Geyer, "Practical Markov chain Monte Carlo", Statistical Science 7, 1992).
 */

/** In steps of the series, at least 1; NaN where nothing ever differs. All runs are of the same length. */
export function memoryOf(runs: readonly (readonly number[])[]): number {
  const length = runs[0]?.length ?? 0;
  let sum = 0;
  for (const run of runs) for (const value of run) sum += value;
  const mean = sum / (length * runs.length);
  const covariance = (lag: number): number => {
    let products = 0;
    for (const run of runs)
      for (let at = lag; at < length; at++) products += (run[at]! - mean) * (run[at - lag]! - mean);
    return products / ((length - lag) * runs.length);
  };
  const variance = covariance(0);
  if (!(variance > 0)) return Number.NaN;
  let memory = 1;
  for (let lag = 1; lag + 1 < length / 2; lag += 2) {
    const pair = (covariance(lag) + covariance(lag + 1)) / variance;
    if (!(pair > 0)) break;
    memory += 2 * pair;
  }
  return memory;
}
