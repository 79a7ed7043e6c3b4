/** Two percentiles of one measure, with what it takes to pair them; undefined for other measures, and where one of them has no interval. */
import { correlation, SKETCH_ERROR } from '../../numeric/index.ts';
import { isLevelMeasure } from '../estimate.ts';
import type { MeasuredValue } from '../result.ts';
import type { PairedPercentiles } from './paired.ts';
import type { Bounded } from './paired-percentile.ts';
import type { ReplicationFigures } from './replication-figures.ts';

/** So few replications say nothing of ranks: percentiles then have the interval of the single ones'. */
const FEWEST = 5;

export function percentilesOf(
  figures: ReplicationFigures,
  baselines: ReplicationFigures,
  one: MeasuredValue,
  other: MeasuredValue,
): PairedPercentiles | undefined {
  const [first, second] = [bounded(one), bounded(other)];
  const ours = figures.beyond(one.element, one.measure);
  const theirs = baselines.beyond(other.element, other.measure);
  if (first === undefined || second === undefined || ours === undefined || theirs === undefined) return undefined;
  if (ours.length !== theirs.length || ours.length < FEWEST) return undefined;
  // Levels are counted as they are.
  const error = isLevelMeasure(one.measure) ? 0 : SKETCH_ERROR;
  return { one: first, other: second, together: correlation(ours, theirs), error };
}

function bounded({ value, lower, upper }: MeasuredValue): Bounded | undefined {
  return value === null || lower === null || upper === null ? undefined : { value, lower, upper };
}
