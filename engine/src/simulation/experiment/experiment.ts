/**
 * An experiment is a plan: rounds of runs as plain data, each planned from what the rounds before it found. It knows neither threads nor
 * the clock; whoever carries it out may spread a round over as many workers as there are, and the answer does not depend on it.
 */
import type { ElementId, Model } from '../../model/index.ts';
import { type CompiledScenario, compileScenario } from '../compile-scenario.ts';
import type { RunControl } from '../kernel.ts';
import type { Finding } from '../result.ts';
import { type ReplicationResult, runReplication } from '../run-replication.ts';
import { runPilot } from './pilot.ts';
import type { Setting } from './setting.ts';
import { withSettings } from './with-settings.ts';

/** One scenario of one model, with what is changed in it. */
export interface Variant {
  /** Position among the models of the experiment. */
  readonly model: number;
  readonly scenario: ElementId;
  readonly settings: readonly Setting[];
  /** In place of the scenario's own. */
  readonly seed: number | undefined;
}

/** A run of one replication; equal numbers share their luck in all variants with the same seed. */
export interface PlannedRun {
  readonly variant: Variant;
  readonly replication: number;
  /** Only to see when the run forgets how it began: with its series, which other runs do not keep. */
  readonly isPilot?: boolean;
}

/** Runs that do not depend on each other, in the order in which their results are handed back. */
export interface Round {
  /** For the progress line: `3 of 21 points`. */
  readonly label: string;
  readonly runs: readonly PlannedRun[];
  /** Of the whole experiment, as far as it can be foretold: runs done before this round, and runs in all. */
  readonly done: number;
  readonly planned: number;
}

export interface RoundResults {
  /** By run of the round; null where it was not begun or not finished. */
  readonly results: readonly (ReplicationResult | null)[];
  /** True where it was cancelled: the experiment asks for no more runs and answers with what there is. */
  readonly isCancelled: boolean;
}

export interface Experiment<Answer> {
  readonly models: readonly Model[];
  readonly rounds: Generator<Round, Answer, RoundResults>;
}

export interface ExperimentProgress {
  readonly label: string;
  /** Runs that are over, and in all as far as can be foretold. */
  readonly done: number;
  readonly planned: number;
  /** Of all that is planned, 0 to 1. */
  readonly share: number;
  readonly events: number;
}

/** A variant as the thing that runs; `value` is null where it cannot run at all, and the problems say why. */
export function compileVariant(
  models: readonly Model[],
  { model, scenario, settings, seed }: Variant,
): { readonly value: CompiledScenario | null; readonly problems: readonly Finding[] } {
  const base = models[model];
  if (base === undefined) throw new Error(`the experiment has no model ${model} for ${scenario}`);
  return compileScenario(withSettings(base, scenario, settings), scenario, { seed });
}

/** One run of a round, with its variant compiled: all that a worker has to do. */
export function runPlanned(
  compiled: CompiledScenario,
  { replication, isPilot = false }: PlannedRun,
  control: RunControl,
): ReplicationResult {
  return isPilot ? runPilot(compiled, replication, control) : runReplication(compiled, replication, control);
}
