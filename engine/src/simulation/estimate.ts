/** One figure with its interval, from what each replication says: the statistics across replications. */
import { log, meanInterval, QuantileSketch, SECOND, SKETCH_ERROR, skewedInterval } from '../numeric/index.ts';
import { measureNamed, partsOfMeasure } from '../property/index.ts';
import { CONFIDENCE, type Estimate, hasTails, notEstimable, ok, percentile, quantileOf } from './estimated.ts';
import { beyondLevel, isLevelName, levelEstimate, levelFigure } from './level-estimate.ts';
import { lawNames, type Sample } from './sample.ts';

export { CONFIDENCE, type Estimate, hasTails, quantileOf, TAIL_EVENTS } from './estimated.ts';

/** What one replication says of a statistic, in its unit; NaN where it says nothing. Extremes and tails are those of that replication. */
export function figureOf(statistic: string): (sample: Sample) => number {
  const { statistic: summary, of } = partsOfMeasure(statistic);
  if (isLevelName(of)) return (sample) => levelFigure(summary, sample, of);
  if (of !== null) {
    const figure = figureOf(summary);
    return (sample) => figure({ ...sample, latency: lawOf(of, sample) });
  }
  const q = quantileOf(statistic);
  if (q !== null) return ({ latency }) => latency.quantile(q) / SECOND;
  switch (statistic) {
    case 'min':
      return ({ latency }) => latency.minimum / SECOND;
    case 'max':
      return ({ latency }) => latency.maximum / SECOND;
    case 'mean':
      return ({ latency }) => latency.mean / SECOND;
    case 'rate':
      return ({ started, seconds }) => started / seconds;
    case 'throughput':
      return ({ completed, seconds }) => completed / seconds;
    case 'count':
      return ({ count }) => count;
    case 'errors':
      return (sample) => sample.failed / ended(sample);
    case 'availability':
      return (sample) => sample.latency.count / ended(sample);
    case 'concurrency':
      return ({ concurrency }) => concurrency;
    case 'utilization':
      return ({ utilization }) => utilization;
    case 'queue':
      return ({ queue }) => queue;
    case 'wait':
      return ({ waited, served }) => waited / served / SECOND;
    case 'time_in':
    case 'time_to':
      return (sample) => lawOf(statistic, sample).mean / SECOND;
    case 'cost':
      return ({ cost }) => cost;
    case 'saturation':
      return ({ saturated }) => saturated;
    case 'probability':
      return ({ instances }) => (instances === undefined ? Number.NaN : instances.seen / instances.ended);
    default:
      return () => Number.NaN;
  }
}

/** `pooled` is the latency of all replications together. */
export function estimate(
  statistic: string,
  samples: readonly Sample[],
  pooled: QuantileSketch,
  confidence = CONFIDENCE,
): Estimate {
  const { statistic: summary, of } = partsOfMeasure(statistic);
  if (isLevelName(of)) return levelEstimate(summary, of, samples, confidence);
  if (of !== null) {
    const laws = samples.map((sample) => ({ ...sample, latency: lawOf(of, sample) }));
    return estimate(summary, laws, pool(laws), confidence);
  }
  const unit = measureNamed(statistic)?.unit ?? '1';
  const figure = figureOf(statistic);
  const q = quantileOf(statistic);
  if (q !== null) return quantile(q, samples, pooled, confidence);
  switch (statistic) {
    case 'min':
      return extreme(pooled.minimum, pooled.count, confidence);
    case 'max':
      return extreme(pooled.maximum, pooled.count, confidence);
    case 'mean':
      return across(unit, samples, figure, pooled.count, confidence, skewedInterval);
    case 'rate':
      return across(unit, samples, figure, total(samples, 'started'), confidence);
    case 'concurrency':
      return across(unit, samples, figure, total(samples, 'started'), confidence, skewedInterval);
    case 'throughput':
      return across(unit, samples, figure, total(samples, 'completed'), confidence);
    case 'count':
      return across(unit, samples, figure, total(samples, 'count'), confidence);
    case 'time_in':
    case 'time_to': {
      const count = samples.reduce((sum, sample) => sum + lawOf(statistic, sample).count, 0);
      return across(unit, samples, figure, count, confidence, skewedInterval);
    }
    case 'cost':
    case 'saturation':
      return across(unit, samples, figure, samples.length, confidence);
    case 'probability':
      return share(
        samples,
        figure,
        ({ instances }) => instances?.seen ?? 0,
        confidence,
        ({ instances }) => instances?.ended ?? 0,
      );
    case 'errors':
      return share(samples, figure, (sample) => sample.failed, confidence);
    case 'availability':
      return share(samples, figure, (sample) => sample.latency.count, confidence);
    case 'utilization':
      return busyShare(samples, figure, confidence);
    case 'queue':
    case 'wait':
      return across(unit, samples, figure, total(samples, 'served'), confidence, skewedInterval);
    default:
      return notEstimable(unit, 0, confidence);
  }
}

/**
 * By how much more of what each replication holds lies beyond a percentile of all than of all together, counted by how much it
 * holds: what the interval of the percentile rests on. Undefined for what is no percentile.
 */
export function beyondPercentile(statistic: string, samples: readonly Sample[]): readonly number[] | undefined {
  const { statistic: summary, of } = partsOfMeasure(statistic);
  if (isLevelName(of)) return beyondLevel(summary, of, samples);
  const q = quantileOf(summary);
  if (q === null) return undefined;
  const laws = of === null ? samples : samples.map((sample) => ({ ...sample, latency: lawOf(of, sample) }));
  const value = pool(laws).quantile(q);
  return laws.map(({ latency }) => (latency.count === 0 ? 0 : latency.count * (q - latency.shareUpTo(value))));
}

/** `p95(queue)`: of what holds at a moment, over time. */
export function isLevelMeasure(measure: string): boolean {
  return isLevelName(partsOfMeasure(measure).of);
}

/** The interval widened by what the sketch of a percentile may be off. */
export function withSketchError(statistic: string, estimated: Estimate): Estimate {
  const { statistic: summary, of } = partsOfMeasure(statistic);
  // Levels are counted as they are.
  if (quantileOf(summary) === null || isLevelName(of)) return estimated;
  const { lower, upper } = estimated;
  return {
    ...estimated,
    lower: lower === null ? null : lower * (1 - SKETCH_ERROR),
    upper: upper === null ? null : upper * (1 + SKETCH_ERROR),
  };
}

function across(
  unit: string,
  samples: readonly Sample[],
  figure: (sample: Sample) => number,
  count: number,
  confidence: number,
  intervalOf = meanInterval,
): Estimate {
  const { mean, lower, upper } = intervalOf(samples.map(figure), confidence);
  if (!Number.isFinite(mean)) return notEstimable(unit, count, confidence);
  // None of these figures can be negative.
  return ok(unit, mean, lower < 0 && mean >= 0 ? 0 : lower, upper, count, confidence);
}

function quantile(q: number, samples: readonly Sample[], pooled: QuantileSketch, confidence: number): Estimate {
  const count = pooled.count;
  if (!hasTails(q, count)) return notEstimable('s', count, confidence);
  const value = pooled.quantile(q);
  const runs = samples.map(({ latency }) => ({ share: latency.shareUpTo(value), weight: latency.count }));
  const own = samples.map(({ latency }) => latency.quantile(q));
  return percentile({ q, value, count, runs, own, at: (rank) => pooled.quantile(rank) }, 's', SECOND, confidence);
}

function extreme(value: number, count: number, confidence: number): Estimate {
  const seconds = value / SECOND;
  return count === 0 ? notEstimable('s', 0, confidence) : ok('s', seconds, seconds, seconds, count, confidence);
}

/** A share of the occurrences that ended. */
function share(
  samples: readonly Sample[],
  figure: (sample: Sample) => number,
  part: (sample: Sample) => number,
  confidence: number,
  whole = ended,
): Estimate {
  const count = samples.reduce((sum, sample) => sum + whole(sample), 0);
  const hits = samples.reduce((sum, sample) => sum + part(sample), 0);
  const estimated = across('1', samples, figure, count, confidence);
  if (estimated.lower === null || estimated.upper === null || (hits > 0 && hits < count)) return estimated;
  // None seen, or nothing else: the bound that the spread, being zero, cannot give. For 95 % it is the rule of three.
  const bound = Math.min(1, -log(1 - confidence) / count);
  return hits === 0 ? { ...estimated, upper: bound } : { ...estimated, lower: 1 - bound };
}

/** Always busy as far as was seen: how long it may be idle all the same, the spread, being zero, cannot tell. */
function busyShare(samples: readonly Sample[], figure: (sample: Sample) => number, confidence: number): Estimate {
  const served = total(samples, 'served');
  const estimated = across('1', samples, figure, served, confidence);
  const { lower } = estimated;
  // What is left to 1 is the rounding of sums of times.
  if (lower === null || lower < 1 - 1e-9 || served === 0) return estimated;
  return { ...estimated, lower: 1 - Math.min(1, -log(1 - confidence) / served) };
}

const nothing = new QuantileSketch();

/** The times that a measure is about; those of response where nothing else was recorded as its time in something. */
function lawOf(measure: string, { laws, latency }: Sample): QuantileSketch {
  const law = lawNames.find((name) => name === measure);
  return (law === undefined ? undefined : laws[law]) ?? (measure === 'time_in' ? latency : nothing);
}

function ended({ failed, latency }: Sample): number {
  return failed + latency.count;
}

function total(samples: readonly Sample[], field: 'started' | 'completed' | 'count' | 'served'): number {
  return samples.reduce((sum, sample) => sum + sample[field], 0);
}

/** The times that a statistic is about, of all replications together. */
export function pooledOf(statistic: string, samples: readonly Sample[]): QuantileSketch {
  const { of } = partsOfMeasure(statistic);
  return pool(of === null ? samples : samples.map((sample) => ({ ...sample, latency: lawOf(of, sample) })));
}

/** The latencies of all replications in one sketch. */
export function pool(samples: readonly Sample[]): QuantileSketch {
  const pooled = new QuantileSketch();
  for (const sample of samples) pooled.merge(sample.latency);
  return pooled;
}
