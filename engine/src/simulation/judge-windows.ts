/**
 * Expectations `in every d`: each window is judged on its own, and the worst one is told. The intervals of all windows together hold
 * with 95 %: that of each one is wider for it (Bonferroni). Knows nothing of how windows are measured.
 */
import type { Expectation } from '../model/index.ts';
import { formatCount, SECOND } from '../numeric/index.ts';
import { type BoundDemand, judge, type Verdict, windowText } from '../property/index.ts';
import type { CompiledScenario } from './compile-scenario.ts';
import { CONFIDENCE, type Estimate, estimate, pool, pooledOf, withSketchError } from './estimate.ts';
import type { JudgedExpectation } from './result.ts';
import type { ReplicationResult } from './run-replication.ts';
import type { Sample } from './subjects.ts';
import { unfinishedOf, withUnfinished } from './unfinished.ts';
import { sampleOf, WINDOW_LIMIT, windowCount, windowPlans } from './windows.ts';

type JudgedInWindows = Pick<JudgedExpectation, 'verdict' | 'value' | 'lower' | 'upper' | 'window' | 'reason'>;

interface Window {
  readonly index: number;
  readonly verdict: Verdict;
  readonly found: Estimate;
}

export function judgeWindows(
  compiled: CompiledScenario,
  results: readonly ReplicationResult[],
  { inEvery: length = 0, measure }: Expectation,
  statistic: string,
  demand: BoundDemand,
): JudgedInWindows {
  const count = windowCount(compiled.scenario, length);
  const none = { verdict: 'undecided', value: null, lower: null, upper: null } as const;
  if (count < 1) return { ...none, reason: 'What is measured is shorter than one window.' };
  if (count > WINDOW_LIMIT) {
    const reason = `${formatCount(count)} windows are too many: ${formatCount(WINDOW_LIMIT)} are looked at, so longer ones are needed.`;
    return { ...none, reason };
  }
  if (results.length === 0) return { ...none, reason: 'No replication was finished.' };
  const plan = windowPlans(compiled).find((one) => one.length === length);
  const subject = plan?.subjects.findIndex(({ element }) => element === measure.element) ?? -1;
  if (subject < 0) return { ...none, reason: 'The scenario never reaches this element.' };
  const windowed = results.flatMap(({ windows }) => windows.find((one) => one.length === length) ?? []);
  if (windowed.some(({ isComplete }) => !isComplete)) {
    return {
      ...none,
      reason: 'The response times of so many windows are too many to be kept: longer ones are needed.',
    };
  }
  const confidence = 1 - (1 - CONFIDENCE) / count;
  const windows = Array.from({ length: count }, (_, index): Window | null => {
    const samples = windowed.flatMap(({ samples }): Sample[] => {
      const sample = samples[index]?.[subject];
      return sample === undefined ? [] : [sampleOf(sample)];
    });
    return judgeOne(index, statistic, samples, demand, confidence);
  }).filter((window) => window !== null);
  const worst = worstOf(windows, demand);
  if (worst === undefined) return { ...none, reason: 'Nothing was observed in any window.' };
  const { value, lower, upper } = worst.found;
  const from = (Math.max(0, compiled.scenario.warmup) + worst.index * length) / SECOND;
  const window = { from_s: from, length_s: length / SECOND, windows: windows.length };
  const judged = { verdict: worst.verdict, value, lower, upper, window };
  return worst.verdict === 'undecided'
    ? { ...judged, reason: reasonFor(worst.found, windowText(window), results.length) }
    : judged;
}

/** Null where there was nothing that could have been measured. */
function judgeOne(
  index: number,
  statistic: string,
  samples: readonly Sample[],
  demand: BoundDemand,
  confidence: number,
): Window | null {
  const found = withSketchError(statistic, estimate(statistic, samples, pool(samples), confidence));
  const isIdle = samples.every(({ started, concurrency, served }) => started + concurrency + served === 0);
  if (found.status === 'not-estimable' && isIdle) return null;
  // What began in it and ended in a later one evens out with what it took over from earlier ones.
  const { missing, began } = unfinishedOf(statistic, samples);
  const widened = withUnfinished(
    statistic,
    found,
    { missing: Math.max(0, missing), began },
    pooledOf(statistic, samples),
  );
  const verdict = judge(found.value, widened.lower, widened.upper, demand);
  return { index, verdict, found };
}

/** One that misses it before one that may, the farthest off first. */
function worstOf(windows: readonly Window[], { operator }: BoundDemand): Window | undefined {
  const badness: Readonly<Record<Verdict, number>> = { missed: 2, undecided: 1, met: 0 };
  const sign = operator === '<' || operator === '<=' ? 1 : -1;
  const distance = ({ found: { value } }: Window): number => (value === null ? Number.NEGATIVE_INFINITY : sign * value);
  return windows.reduce<Window | undefined>((worst, window) => {
    if (worst === undefined) return window;
    const difference = badness[window.verdict] - badness[worst.verdict] || distance(window) - distance(worst);
    return difference > 0 ? window : worst;
  }, undefined);
}

function reasonFor({ status, lower, samples }: Estimate, window: string, replications: number): string {
  const where = `In the window ${window}`;
  if (status === 'not-estimable') return `${where} ${formatCount(samples)} occurrences are too few.`;
  if (lower === null && replications < 2) return 'One replication gives no interval: run at least two.';
  if (lower === null) return `${where} only one replication has anything to tell.`;
  return `${where} the interval spans the bound, or work that had not ended could turn the verdict: more replications narrow it.`;
}
