/** The two shapes of random durations that shop.twin uses, in milliseconds. Knows nothing of what they are used for. */

export interface Distribution {
  /** As the model writes it; a test holds the two against each other. */
  readonly text: string;
  sample(): number;
}

/** z of the 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

export function exponential(mean: number): Distribution {
  return { text: `exp(${mean} ms)`, sample: () => -mean * Math.log(1 - Math.random()) };
}

export function lognormal(median: number, p99: number): Distribution {
  return {
    text: `lognormal(median: ${median} ms, p99: ${p99} ms)`,
    sample: () => sampleLognormal(median, p99),
  };
}

/** Without a unit: amounts of money have this shape too. */
export function sampleLognormal(median: number, p99: number): number {
  return median * Math.exp((Math.log(p99 / median) / Z99) * standardNormal());
}

export function uniform(low: number, high: number): number {
  return low + (high - low) * Math.random();
}

/** Box and Muller's method; the second of the pair is thrown away. */
function standardNormal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
