/**
 * Extremes and percentiles over time of what holds at a moment: how many waited, which share was busy. `p95(queue(bed))` is what the line
 * did not exceed for 95 % of the time. A peak that lasted for no time at all is none.
 */
import { allLevels, type LevelData, levelAt, noLevels, shareUpToLevel } from '../numeric/index.ts';
import { type Estimate, hasTails, notEstimable, ok, percentile, quantileOf } from './estimated.ts';
import { type LevelName, levelNames, type Sample } from './sample.ts';

export function isLevelName(name: string | null): name is LevelName {
  return levelNames.some((each) => each === name);
}

/** Of one replication; NaN where it says nothing. */
export function levelFigure(statistic: string, { levels }: Sample, name: LevelName): number {
  return figureAt(statistic, levels[name] ?? noLevels);
}

/** An extreme is that of all replications; a percentile wants enough who came for the share of them beyond it. */
export function levelEstimate(
  statistic: string,
  name: LevelName,
  samples: readonly Sample[],
  confidence: number,
): Estimate {
  const pooled = allLevels(samples.map(({ levels }) => levels[name] ?? noLevels));
  const value = figureAt(statistic, pooled);
  const came = samples.reduce((sum, { served, started }) => sum + Math.max(served, started), 0);
  if (Number.isNaN(value)) return notEstimable('1', came, confidence);
  const q = quantileOf(statistic);
  if (q === null) return ok('1', value, value, value, came, confidence);
  if (!hasTails(q, came)) return notEstimable('1', came, confidence);
  const runs = samples.map(({ levels }) => {
    const data = levels[name] ?? noLevels;
    return { share: shareUpToLevel(data, value), weight: data.times.reduce((sum, time) => sum + time, 0) };
  });
  const own = samples.map((sample) => levelFigure(statistic, sample, name));
  return percentile({ q, value, count: came, runs, own, at: (rank) => levelAt(pooled, rank) }, '1', 1, confidence);
}

/** As `beyondPercentile`, of a level; undefined for what is no percentile. */
export function beyondLevel(
  statistic: string,
  name: LevelName,
  samples: readonly Sample[],
): readonly number[] | undefined {
  const q = quantileOf(statistic);
  if (q === null) return undefined;
  const value = levelAt(allLevels(samples.map(({ levels }) => levels[name] ?? noLevels)), q);
  return samples.map(({ levels, seconds }) => seconds * (q - shareUpToLevel(levels[name] ?? noLevels, value)));
}

function figureAt(statistic: string, data: LevelData): number {
  const q = quantileOf(statistic);
  if (q !== null) return levelAt(data, q);
  return (statistic === 'max' ? data.levels.at(-1) : data.levels[0]) ?? Number.NaN;
}
