/**
 * Intervals of figures that were observed, not simulated: free of any assumption about the distribution of times.
 * Only exact elementary operations, so that a verdict is the same on every machine.
 */

/** A figure with its interval; `Infinity` where the sample is too small to bound it from above. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Ranks (1 = smallest) between which the quantile lies; 0 and `count + 1` stand for no bound. */
export interface RankInterval {
  readonly lower: number;
  readonly upper: number;
}

/** Past it the binomial law is close enough to the normal one. */
const EXACT = 500;
const NORMAL = 1.96;

/**
 * Order statistics that enclose the quantile `q` with at least 95 %, whatever the distribution
 * (David and Nagaraja, Order Statistics, 7.1): at most 2.5 % of the binomial law on either side.
 */
export function quantileRanks(count: number, q: number): RankInterval {
  if (count <= 0) return { lower: 0, upper: 1 };
  if (count > EXACT) {
    const half = NORMAL * Math.sqrt(count * q * (1 - q));
    return {
      lower: Math.max(0, Math.floor(count * q - half)),
      upper: Math.min(count + 1, Math.ceil(count * q + half) + 1),
    };
  }
  const law = binomial(count, q);
  let lower = 0;
  for (let below = law[0] as number; lower < count && below <= 0.025; below += law[lower] as number) lower++;
  let upper = count + 1;
  for (let above = law[count] as number; upper > 1 && above <= 0.025; above += law[upper - 1] as number) upper--;
  return { lower, upper };
}

/** Wilson's interval of a share. */
export function shareInterval(hits: number, count: number): Estimate {
  if (count <= 0) return { value: Number.NaN, lower: 0, upper: 1 };
  const share = hits / count;
  const square = NORMAL * NORMAL;
  const centre = (share + square / (2 * count)) / (1 + square / count);
  const half =
    (NORMAL / (1 + square / count)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count));
  return {
    value: share,
    lower: hits === 0 ? 0 : Math.max(0, centre - half),
    upper: hits === count ? 1 : Math.min(1, centre + half),
  };
}

/** Interval of the mean of a Poisson count: the square root stabilises its variance. */
export function countInterval(count: number): Estimate {
  const root = Math.max(0, Math.sqrt(count) - NORMAL / 2);
  const high = Math.sqrt(count + 1) + NORMAL / 2;
  return { value: count, lower: root * root, upper: high * high };
}

/** The probabilities of 0 … count, built outwards from the most likely one, so that nothing underflows. */
function binomial(count: number, q: number): Float64Array {
  const law = new Float64Array(count + 1);
  const mode = Math.min(count, Math.floor((count + 1) * q));
  law[mode] = 1;
  for (let k = mode; k < count; k++) law[k + 1] = ((law[k] as number) * (count - k) * q) / ((k + 1) * (1 - q));
  for (let k = mode; k > 0; k--) law[k - 1] = ((law[k] as number) * k * (1 - q)) / ((count - k + 1) * q);
  const sum = law.reduce((total, weight) => total + weight, 0);
  return law.map((weight) => weight / sum);
}
