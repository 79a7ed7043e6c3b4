/**
 * Every single change, run under the luck of the scenario as it stands: a short look at all of them, and all replications only of those that
 * promise most. What formulas show to leave an overload as it is, is not run at all.
 */
import type { ElementId, Model } from '../../model/index.ts';
import { formatCount } from '../../numeric/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import { mergeReplications } from '../merge-replications.ts';
import type { Finding } from '../result.ts';
import type { Goal } from './answers.ts';
import type { Tried } from './bottlenecks.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { compileVariant, type Round, type RoundResults, type Variant } from './experiment.ts';
import { overload } from './hopeless.ts';
import { type Ledger, replicate, type Trial, type TrialResults } from './replicate.ts';
import { ReplicationFigures } from './replication-figures.ts';
import { likelyGain, sensitivityOf } from './sensitivities.ts';
import { withSettings } from './with-settings.ts';

/** So many single changes are tried at most, those that relieve what is busiest first. */
const CANDIDATES = 60;
/** Enough to tell which changes are worth more. */
const FIRST_LOOK = 3;
/** So many are run as often as the scenario itself. */
const CLOSELY = 6;

interface SingleChanges {
  /** The most helpful first. */
  readonly tried: readonly Tried[];
  readonly notes: readonly Finding[];
  readonly isCancelled: boolean;
}

/** Those that are worth a run, and what is said of the others; undefined where nothing is left out. */
export function worthTrying(compiled: CompiledScenario): {
  readonly candidates: readonly Candidate[];
  readonly note: Finding | undefined;
} {
  const { model, scenario } = compiled;
  const all = candidatesOf(compiled);
  const stands = overload(model, scenario);
  const changesIt = ({ setting }: Candidate): boolean => {
    if (stands === undefined) return true;
    const changed = withSettings(model, scenario.id, [setting]);
    const after = changed.scenarios.find(({ id }) => id === scenario.id);
    const left = after === undefined ? undefined : overload(changed, after);
    return left?.element !== stands.element || left.asked !== stands.asked;
  };
  const open = all.filter(changesIt);
  // Where nothing relieves it, all are shown to be of no use by a run.
  if (stands === undefined || open.length === 0 || open.length === all.length)
    return { candidates: all.slice(0, CANDIDATES), note: undefined };
  const message = `${counted(all.length - open.length)} elsewhere cannot help and were not run: ${stands.sentence}`;
  const note: Finding = { code: 'left-out', severity: 'information', element: stands.element, message };
  return { candidates: open.slice(0, CANDIDATES), note };
}

export function* singleChanges(
  models: readonly Model[],
  variant: Variant,
  base: TrialResults,
  goals: readonly Goal[],
  candidates: readonly Candidate[],
  ledger: Ledger,
): Generator<Round, SingleChanges, RoundResults> {
  const all = base.replications.length;
  const least = all < 2 * FIRST_LOOK ? all : FIRST_LOOK;
  const trials = candidates.flatMap((candidate) => {
    const changed: Variant = { ...variant, settings: [...base.settings, candidate.setting] };
    const compiled = compileVariant(models, changed).value;
    const one: Trial | null = compiled === null ? null : { variant: changed, compiled, replications: least };
    return one === null ? [] : [{ candidate, trial: one }];
  });
  const isScreened = least < all && trials.length > CLOSELY;
  const count = isScreened ? least : all;
  ledger.label = 'one change at a time';
  ledger.planned = ledger.done + trials.length * count + (isScreened ? CLOSELY * (all - least) : 0);
  const plans = trials.map(({ trial }) => ({ ...trial, replications: count }));
  const ran = yield* replicate(models, plans, ledger);
  const judged = judge(base, goals, count);
  const tried = trials.flatMap(({ candidate, trial }, at) => {
    const changed = ran.trials[at];
    return changed === undefined || changed.result.replications < count
      ? []
      : [{ candidate, trial, changed, sensitivity: judged(candidate, changed) }];
  });
  if (!isScreened || ran.isCancelled) return { tried: sorted(tried), notes: [], isCancelled: ran.isCancelled };

  ledger.label = 'the most promising once more';
  const likely = new Map(tried.map((one) => [one, likelyGain(goals, one.sensitivity.effects)]));
  const best = [...tried].sort((a, b) => (likely.get(b) ?? 0) - (likely.get(a) ?? 0)).slice(0, CLOSELY);
  const closer = yield* replicate(
    models,
    best.map(({ trial, changed: { replications: before } }) => ({ ...trial, replications: all, before })),
    ledger,
  );
  const close = judge(base, goals, all);
  const looked = tried.map((one) => {
    const changed = closer.trials[best.indexOf(one)];
    if (changed === undefined || changed.result.replications < all) return one;
    return { ...one, sensitivity: close(one.candidate, changed) };
  });
  const message = `${counted(tried.length)} ran in ${formatCount(count)} replications, the ${formatCount(best.length)} most promising of them in all ${formatCount(all)}.`;
  const element: ElementId = variant.scenario;
  return {
    tried: sorted(looked),
    notes: [{ code: 'first-look', severity: 'information', element, message }],
    isCancelled: closer.isCancelled,
  };
}

function counted(changes: number): string {
  return `${formatCount(changes)} change${changes === 1 ? '' : 's'}`;
}

/** Pairs need the same replications on both sides. */
function judge(
  base: TrialResults,
  goals: readonly Goal[],
  count: number,
): (candidate: Candidate, changed: TrialResults) => Tried['sensitivity'] {
  const replications = base.replications.slice(0, count);
  const isWhole = count === base.replications.length;
  const result = isWhole ? base.result : mergeReplications({ ...base.compiled, replications: count }, replications);
  const trial: TrialResults = { ...base, replications, result };
  const figures = new ReplicationFigures(trial);
  const own = goals.map((goal): Goal => {
    const found = result.measures.find(({ element, measure }) => element === goal.element && measure === goal.measure);
    return { ...goal, value: found?.value ?? null, lower: found?.lower ?? null, upper: found?.upper ?? null };
  });
  return (candidate, changed) =>
    sensitivityOf(candidate, own, { trial, figures }, { trial: changed, figures: new ReplicationFigures(changed) });
}

function sorted(tried: readonly Tried[]): readonly Tried[] {
  return [...tried]
    .map(({ candidate, sensitivity }) => ({ candidate, sensitivity }))
    .sort((a, b) => b.sensitivity.gain - a.sensitivity.gain || b.sensitivity.replications - a.sensitivity.replications);
}
