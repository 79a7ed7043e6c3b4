/**
 * Replications of several variants at once: pilot runs where the warm-up is to be found, then as many as each wants, then more until it is
 * as precise as it wants. What all experiments are made of.
 */
import { formatShare } from '../../numeric/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import { mergeReplications } from '../merge-replications.ts';
import type { Finding, SimulationResult } from '../result.ts';
import type { ReplicationResult } from '../run-replication.ts';
import { detectedWarmup, FIRST_PILOT, PILOTS } from './detected-warmup.ts';
import {
  compileVariant,
  type Experiment,
  type PlannedRun,
  type Round,
  type RoundResults,
  type Variant,
} from './experiment.ts';
import { type Precision, replicationsFor, widestHalf } from './precision.ts';

/** What is to be replicated. */
export interface Trial {
  readonly variant: Variant;
  readonly compiled: CompiledScenario;
  readonly replications: number;
  /** Those that ran already, from the first on. */
  readonly before?: readonly ReplicationResult[];
  /** Absent: so many and no more. */
  readonly precision?: Precision;
}

export interface TrialResults {
  /** As it ran: with the warm-up that was found, and as many replications as were planned. */
  readonly compiled: CompiledScenario;
  /** In their order; the last may be one that was cut short. */
  readonly replications: readonly ReplicationResult[];
  readonly result: SimulationResult;
  /** What was changed in the model for it: also the warm-up that was found. */
  readonly settings: Variant['settings'];
}

/** What a progress line says. */
export interface Ledger {
  label: string;
  done: number;
  planned: number;
}

type Models = Experiment<unknown>['models'];

export function* replicate(
  models: Models,
  trials: readonly Trial[],
  ledger: Ledger,
): Generator<Round, { readonly trials: readonly TrialResults[]; readonly isCancelled: boolean }, RoundResults> {
  const states = trials.map((trial) => ({
    trial,
    compiled: trial.compiled,
    variant: trial.variant,
    results: [...(trial.before ?? [])],
    goal: trial.replications,
    notes: [] as Finding[],
  }));
  let isCancelled = false;
  function* run(
    runs: readonly PlannedRun[],
    hear: (index: number, result: ReplicationResult) => void,
  ): Generator<Round, void, RoundResults> {
    if (runs.length === 0 || isCancelled) return;
    const { label, done } = ledger;
    ledger.planned = Math.max(ledger.planned, done + runs.length);
    const answer = yield { label, runs, done, planned: ledger.planned };
    ledger.done += runs.length;
    isCancelled ||= answer.isCancelled;
    answer.results.forEach((result, index) => {
      if (result !== null) hear(index, result);
    });
  }

  const piloted = states.filter(({ compiled }) => compiled.scenario.detectsWarmup === true);
  const pilots = new Map(piloted.map((state) => [state, [] as ReplicationResult[]]));
  const pilotRuns = piloted.flatMap((state) => {
    const variant = withWarmup(state.variant, 0);
    return Array.from({ length: Math.min(PILOTS, state.goal) }, (_, pilot) => ({
      state,
      run: { variant, replication: FIRST_PILOT + pilot, isPilot: true },
    }));
  });
  yield* run(
    pilotRuns.map((one) => one.run),
    (index, result) => {
      const at = pilotRuns[index];
      if (at !== undefined && result.finished) pilots.get(at.state)?.push(result);
    },
  );
  for (const [state, found] of pilots) {
    if (found.length === 0) continue;
    const { warmup, finding } = detectedWarmup(state.compiled.model, state.compiled.scenario, found);
    state.notes.push(finding);
    state.variant = withWarmup(state.variant, warmup);
    state.compiled = compileVariant(models, state.variant).value ?? state.compiled;
  }

  let open = states;
  while (open.length > 0 && !isCancelled) {
    const runs = open.flatMap((state) =>
      Array.from({ length: state.goal - state.results.length }, (_, more) => ({
        state,
        run: { variant: state.variant, replication: state.results.length + more },
      })),
    );
    yield* run(
      runs.map((one) => one.run),
      (index, result) => runs[index]?.state.results.push(result),
    );
    open = open.filter((state) => {
      const { precision } = state.trial;
      if (precision === undefined || isCancelled) return false;
      const widest = widestHalf(state.compiled, mergeReplications(state.compiled, state.results));
      const goal = replicationsFor(widest, precision, state.results.length);
      const isDone = goal <= state.goal;
      if (isDone) state.notes.push(precisionNote(state.compiled, precision, widest, state.results.length));
      state.goal = goal;
      return !isDone;
    });
  }
  return {
    isCancelled,
    trials: states.map(({ compiled, variant, goal, results, notes }): TrialResults => {
      const asRun = { ...compiled, replications: goal };
      const merged = mergeReplications(asRun, results);
      return {
        compiled: asRun,
        replications: results,
        settings: variant.settings,
        result: notes.length === 0 ? merged : { ...merged, findings: [...merged.findings, ...notes] },
      };
    }),
  };
}

function withWarmup(variant: Variant, warmup: number): Variant {
  const setting = { element: variant.scenario, name: 'warmup', value: warmup } as const;
  return { ...variant, settings: [...variant.settings.filter(({ name }) => name !== 'warmup'), setting] };
}

function precisionNote(
  { scenario }: CompiledScenario,
  { most, within }: Precision,
  widest: number,
  done: number,
): Finding {
  const element = scenario.id;
  const is = Number.isFinite(widest) ? `± ${formatShare(widest)}` : 'without an interval';
  if (widest <= within / (1 + within)) {
    const message = `After ${done} replications the least certain of what is judged is ${is}, within the wanted ${formatShare(within)}. Intervals of runs that stop so hold the truth a little less often than they say.`;
    return { code: 'precision-reached', severity: 'information', element, message };
  }
  const message = `After ${most} replications, the most that are allowed, the least certain of what is judged is still ${is} instead of ${formatShare(within)}. Longer runs help as well as more of them.`;
  return { code: 'precision-not-reached', severity: 'warning', element, message };
}
