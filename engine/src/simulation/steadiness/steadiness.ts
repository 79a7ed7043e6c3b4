/**
 * Whether the runs of a scenario are long enough for what they are to tell: whether they had forgotten their beginning when the warm-up ended, and
 * see enough of what comes and goes slowly. Says nothing where a scenario means to change, or where a line that grows says more.
 */
import { durationText } from '../../expressions/index.ts';
import type { ElementId } from '../../model/index.ts';
import {
  driftOf,
  exp,
  formatFigure,
  formatSeconds,
  handyTime,
  meanInterval,
  memoryOf,
  SECOND,
} from '../../numeric/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import type { Finding } from '../result.ts';
import type { ReplicationResult } from '../run-replication.ts';
import { seriesPlan } from '../series.ts';
import { whatChanges } from './what-changes.ts';

/** How often a scenario that is at rest is accused all the same, at most. */
const RISK = 0.005;
/** So few runs say next to nothing of how far they spread: few events of each look alike by chance. */
const FEWEST = 5;
/** A drift that moves the figure by less is no matter to anybody. */
const NEGLIGIBLE = 0.005;
/** So many independent moments, of all runs together: of fewer the intervals of what comes in crowds hold the truth too seldom. */
const ENOUGH = 150;
/** And they are wide then: half of them, over the figure. What hardly varies wants no more moments. */
const WIDE = 0.1;
/** A beginning fades with time over half of the memory (exactly so where nobody waits for others); after so many memories nothing is left of it. */
const FORGOTTEN = 3;
/** The share of the way to where it ends that may be left. */
const SETTLED = 0.1;
/** The share of the standard error by which the beginning may still move a figure: intervals of 95 % then hold 93 %. */
const BIASED = 0.5;

/** Findings that say what grows: how long it has to run is no question then. */
const growing = new Set(['saturated', 'line-grows', 'overloaded', 'deadlock', 'lost-for-ever']);

export function steadiness(
  compiled: CompiledScenario,
  finished: readonly ReplicationResult[],
  others: readonly Finding[],
): readonly Finding[] {
  const { model, scenario } = compiled;
  if (finished.length < FEWEST || whatChanges(model, scenario) !== undefined) return [];
  if (others.some(({ code }) => growing.has(code))) return [];
  const { step, lines } = seriesPlan(compiled);
  const first = Math.ceil(scenario.warmup / step);
  const length = Math.floor(scenario.duration / step);
  const behaviours = [...new Set(scenario.loads.map(({ behaviour }) => behaviour))];
  const findings = behaviours.flatMap((behaviour): Finding[] => {
    const line = lines.findIndex(({ element, measure }) => element === behaviour && measure === 'concurrency');
    const runs = finished.map(({ series }) => series[line]?.slice(0, length) ?? []);
    if (runs.some((run) => run.length < length || !run.every(Number.isFinite))) return [];
    const judged = { compiled, behaviour, runs, kept: runs.map((run) => run.slice(first)), step };
    return drifting(judged, RISK / behaviours.length) ?? forgetful(judged);
  });
  // All loads run for one time: the first that wants it longer says so.
  return findings.slice(0, 1);
}

interface Judged {
  readonly compiled: CompiledScenario;
  readonly behaviour: ElementId;
  /** The number in progress by bucket, of every run: from the beginning, and after the warm-up. */
  readonly runs: readonly (readonly number[])[];
  readonly kept: readonly (readonly number[])[];
  readonly step: number;
}

function drifting(
  { compiled: { scenario }, behaviour, runs, kept, step }: Judged,
  risk: number,
): Finding[] | undefined {
  const drift = driftOf(kept, risk);
  if (drift === undefined) return undefined;
  const mean = meanOf(kept.map(meanOf));
  if (!(Math.abs(drift.ends - mean) > NEGLIGIBLE * mean)) return undefined;
  const found = `${formatFigure(drift.begins)} are in progress in the ${formatSeconds((drift.steps * step) / SECOND)} after that, ${formatFigure(drift.ends)} in the second half of what is measured`;
  const secondHalf = kept.map((run) => run.slice(Math.ceil(run.length / 2)));
  if (driftOf(secondHalf, risk) !== undefined) {
    const what = 'It has not come to rest at the end of the run either: run several times as long, or see what grows.';
    return [tooShort(scenario, behaviour, found, what)];
  }
  const warmup = handyTime(Math.max(2 * settles(runs, drift.ends) * step, 2 * scenario.warmup));
  const what = `To measure the long run, write \`${written(warmup, Math.max(scenario.duration, 5 * warmup))}\`, or longer.`;
  return [tooShort(scenario, behaviour, found, what)];
}

/** After how many steps nine tenths of the way to where it ends are done, by the mean of all runs. */
function settles(runs: readonly (readonly number[])[], ends: number): number {
  const together = Array.from(runs[0] ?? [], (_, at) => meanOf(runs.map((run) => run[at]!)));
  const way = Math.abs(ends - (together[0] ?? ends));
  return 1 + together.findIndex((value) => Math.abs(ends - value) <= SETTLED * way);
}

/** Both times long enough for a memory that the runs show: they may be so short that no drift can be told from chance. */
function forgetful({ compiled: { scenario }, behaviour, kept, step }: Judged): Finding[] {
  const memory = memoryOf(kept);
  const length = kept[0]?.length ?? 0;
  // What is forgotten from one bucket to the next is forgotten soon enough.
  if (!(memory >= 2) || length < 10) return [];
  const { mean, upper } = meanInterval(kept.map(meanOf));
  const wide = (upper - mean) / mean;
  const told = (kept.length * length) / memory;
  const time = memory * step;
  const wanted = scenario.warmup + (length * step * ENOUGH * 2) / told;
  const span = formatSeconds(time / SECOND);
  if (told < ENOUGH && wide > WIDE) {
    const warmup = handyTime(Math.max(scenario.warmup, FORGOTTEN * time));
    const message = `${nameOf(behaviour)}: how many are in progress changes slowly, over some ${span}, and a run measures ${formatFigure(length / memory)} times that: all together tell as much as ${formatFigure(told)} moments that have nothing to do with each other. Intervals are wide, and hold the truth less often than they say. Write \`${written(warmup, wanted)}\`, or more replications.`;
    return [{ code: 'run-too-short', severity: 'warning', element: scenario.id, message }];
  }
  return faintly(scenario, behaviour, time, length * step, told);
}

/** A beginning that is not forgotten moves the mean by what is left of it, over the time that is measured. */
function faintly(
  scenario: CompiledScenario['scenario'],
  behaviour: ElementId,
  memory: number,
  measured: number,
  told: number,
): Finding[] {
  const left = (exp((-2 * scenario.warmup) / memory) * memory) / 2 / measured;
  if (scenario.warmup >= memory || left < BIASED / Math.sqrt(told)) return [];
  const found = `how many are in progress changes over some ${formatSeconds(memory / SECOND)}, so that an empty beginning still tells`;
  const warmup = handyTime(FORGOTTEN * memory);
  return [
    tooShort(
      scenario,
      behaviour,
      found,
      `To measure the long run, write \`${written(warmup, Math.max(scenario.duration, 5 * warmup))}\`, or longer.`,
    ),
  ];
}

/** Without a warm-up the beginning may be what is asked about: a note then, and no warning. */
function tooShort(
  { id, warmup }: CompiledScenario['scenario'],
  behaviour: ElementId,
  found: string,
  what: string,
): Finding {
  const name = nameOf(behaviour);
  const message =
    warmup > 0
      ? `${name} has not forgotten how the run began when the warm-up of ${formatSeconds(warmup / SECOND)} ends: ${found}. ${what}`
      : `${name} begins with nothing in progress, and no warm-up is left out: ${found}. ${what}`;
  return { code: 'warmup-too-short', severity: warmup > 0 ? 'warning' : 'information', element: id, message };
}

function written(warmup: number, run: number): string {
  return `run ${durationText(handyTime(run))}  warmup ${durationText(warmup)}`;
}

function nameOf(element: string): string {
  return element.slice(element.lastIndexOf('.') + 1);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
