/** `warmup auto`: how long the pilot runs of a scenario take to forget how they began, and how sure that is. */
import type { Model, Scenario } from '../../model/index.ts';
import { formatSeconds, SECOND } from '../../numeric/index.ts';
import type { Finding } from '../result.ts';
import type { ReplicationResult } from '../run-replication.ts';
import { whatChanges } from '../steadiness/what-changes.ts';
import { mser5 } from './mser.ts';
import { SLICES } from './pilot.ts';

/** Averaged over, so that the beginning that all have in common stands out of the chance of each. */
export const PILOTS = 5;

/**
 * Pilots have luck of their own, that of replications nobody runs: cut where the very runs that are measured lie flattest, those
 * would look calmer, and shorter of work, than they are.
 */
export const FIRST_PILOT = 1_000_000;

interface DetectedWarmup {
  /** Microseconds. */
  readonly warmup: number;
  readonly finding: Finding;
}

export function detectedWarmup(model: Model, scenario: Scenario, pilots: readonly ReplicationResult[]): DetectedWarmup {
  const changing = whatChanges(model, scenario);
  if (changing !== undefined) {
    const message = `\`warmup auto\` looks for the moment from which nothing changes any more, and ${changing}: nothing was left out. Write the warm-up as a time.`;
    return { warmup: 0, finding: { code: 'warmup-not-detected', severity: 'warning', element: scenario.id, message } };
  }
  const truncations = scenario.loads.map((_, load) => mser5(meanSeries(pilots, load)));
  const slice = scenario.duration / SLICES;
  const cut = truncations.reduce((most, one) => Math.max(most, one.cut), 0);
  const warmup = Math.min(cut * slice, scenario.duration / 2);
  const seconds = formatSeconds(warmup / SECOND);
  const runs = `${pilots.length} pilot ${pilots.length === 1 ? 'run' : 'runs'}`;
  if (truncations.some(({ isSteady }) => !isSteady)) {
    const message = `The number in progress does not come to rest within the run (MSER-5 over ${runs}): half of it, ${seconds}, was left out, and the figures are of a system that still changes. Run longer, or see what grows.`;
    return { warmup, finding: { code: 'warmup-not-detected', severity: 'warning', element: scenario.id, message } };
  }
  const message = `The warm-up was found to end after ${seconds} (MSER-5 of the number in progress, over ${runs}).`;
  return { warmup, finding: { code: 'warmup-detected', severity: 'information', element: scenario.id, message } };
}

function meanSeries(pilots: readonly ReplicationResult[], load: number): readonly number[] {
  const all = pilots.flatMap(({ pilot }) => (pilot?.[load] === undefined ? [] : [pilot[load]]));
  const length = all.reduce((least, one) => Math.min(least, one.length), all.length === 0 ? 0 : SLICES);
  return Array.from({ length }, (_, slice) => all.reduce((sum, one) => sum + one[slice]!, 0) / all.length);
}
