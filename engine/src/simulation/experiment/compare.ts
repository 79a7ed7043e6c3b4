/** Scenarios under the same luck, and what differs between them: of one model, or of several that name their elements alike. */
import type { ElementId, Model, Scenario } from '../../model/index.ts';
import { formatCount } from '../../numeric/index.ts';
import { measureNamed } from '../../property/index.ts';
import type { SimulationOptions } from '../compile-scenario.ts';
import { CONFIDENCE } from '../estimate.ts';
import { impossible } from '../impossible.ts';
import type { Finding, MeasuredValue, SimulationResult } from '../result.ts';
import { COMPARISON_SCHEMA, type Comparison, type ComparisonResult, type Difference } from './comparison-result.ts';
import { comparisonSentences } from './comparison-sentences.ts';
import { compileVariant, type Experiment, type Round, type RoundResults, type Variant } from './experiment.ts';
import { paired, verdictOf } from './paired.ts';
import { percentilesOf } from './percentiles-of.ts';
import { type Ledger, replicate, type Trial, type TrialResults } from './replicate.ts';
import { ReplicationFigures } from './replication-figures.ts';
import { trialOf } from './trial-of.ts';

/** A scenario of one of several models. */
export interface Compared {
  readonly model: Model;
  readonly scenario: ElementId;
}

/**
 * The first is what changed, the others are what it is held against. All take the seed of the first and as many replications, so that
 * pairs share their luck. One that cannot run has a result of no replications that says why, and no differences.
 */
export function comparison(
  compared: Compared,
  baselines: readonly Compared[],
  options: SimulationOptions = {},
): Experiment<ComparisonResult> {
  const all = [compared, ...baselines];
  const models = all.map(({ model }) => model);
  const seed = options.seed ?? scenarioOf(compared)?.seed;
  function* rounds(): Generator<Round, ComparisonResult, RoundResults> {
    const prepared = all.map(({ scenario }, model) => {
      const variant: Variant = { model, scenario, settings: [], seed };
      return { variant, ...compileVariant(models, variant) };
    });
    const cannot = prepared.map(({ problems }, at) => impossible(all[at]!.model, all[at]!.scenario, seed, problems));
    const [first, ...others] = prepared;
    if (first?.value == null) {
      const noBaseline = cannot.slice(1).map((baseline): Comparison => withoutPairs(baseline));
      return { schema: COMPARISON_SCHEMA, result: cannot[0]!, comparisons: noBaseline };
    }
    const trial = trialOf(first.variant, first.value, options.replications);
    const ledger: Ledger = { label: 'comparing', done: 0, planned: trial.replications * all.length };
    const own = trial.precision === undefined ? null : yield* replicate(models, [trial], ledger);
    const replications = own?.trials[0]?.replications.length ?? trial.replications;
    ledger.planned = ledger.done + replications * (own === null ? all.length : others.length);
    const rest = others.flatMap(({ variant, value }): Trial[] =>
      value === null ? [] : [{ variant, compiled: value, replications }],
    );
    const more =
      own?.isCancelled === true ? null : yield* replicate(models, own === null ? [trial, ...rest] : rest, ledger);
    const ran = [...(own?.trials ?? []), ...(more?.trials ?? [])];
    const result = ran[0]!;
    let next = 1;
    return {
      schema: COMPARISON_SCHEMA,
      result: result.result,
      comparisons: others.map(({ value }, at): Comparison => {
        const other = value === null ? undefined : ran[next++];
        return other === undefined
          ? withoutPairs(cannot[at + 1]!)
          : compareRuns({ model: compared.model, run: result }, { model: baselines[at]!.model, run: other });
      }),
    };
  }
  return { models, rounds: rounds() };
}

function withoutPairs(baseline: SimulationResult): Comparison {
  return { baseline, pairs: 0, differences: [], sentences: [], findings: [] };
}

interface Ran {
  readonly model: Model;
  readonly run: TrialResults;
}

function compareRuns(changed: Ran, before: Ran): Comparison {
  const differences = differencesOf(changed.run, before.run);
  const pairs = Math.min(changed.run.result.replications, before.run.result.replications);
  return {
    baseline: before.run.result,
    pairs,
    differences,
    sentences: comparisonSentences(changed.model, changed.run, before.run, differences),
    findings: unequalRuns(changed.run.compiled.scenario, before.run.compiled.scenario, pairs),
  };
}

/** Of every measure that both runs have a figure of. */
function differencesOf(changed: TrialResults, before: TrialResults): readonly Difference[] {
  const [figures, baselines] = [new ReplicationFigures(changed), new ReplicationFigures(before)];
  const known = new Map(before.result.measures.map((one) => [keyOf(one), one]));
  return changed.result.measures.flatMap((one): Difference[] => {
    const { element, measure, unit, value } = one;
    const other = known.get(keyOf(one));
    if (other === undefined) return [];
    const [ours, theirs] = [figures.of(element, measure), baselines.of(element, measure)];
    const percentiles = percentilesOf(figures, baselines, one, other);
    const pair = paired(measure, ours, theirs, value, other.value, percentiles);
    return [
      {
        element,
        measure,
        unit,
        value,
        baseline: other.value,
        ...pair,
        confidence: CONFIDENCE,
        verdict: verdictOf(pair.difference, other.value, measureNamed(measure)?.better),
      },
    ];
  });
}

function keyOf({ element, measure }: Pick<MeasuredValue, 'element' | 'measure'>): string {
  return `${measure}(${element})`;
}

function unequalRuns(changed: Scenario, before: Scenario, pairs: number): readonly Finding[] {
  const note = (code: string, message: string): Finding => ({
    code,
    severity: 'information',
    element: changed.id,
    message,
  });
  const findings: Finding[] = [];
  if (
    changed.duration !== before.duration ||
    changed.warmup !== before.warmup ||
    changed.beginning !== before.beginning ||
    changed.date?.instant !== before.date?.instant
  )
    findings.push(
      note(
        'different-times',
        `${changed.name} and ${before.name} do not measure the same time: run and warm-up differ. What differs between them may come from that.`,
      ),
    );
  if (changed.seed !== before.seed)
    findings.push(
      note(
        'other-seed',
        `${before.name} was run with the seed ${formatCount(changed.seed)} of ${changed.name}, so that both share their luck: its figures differ a little from those of its own seed.`,
      ),
    );
  if (pairs === 1) findings.push(note('one-pair', 'One pair gives no interval: run at least two replications.'));
  return findings;
}

function scenarioOf({ model, scenario }: Compared): Scenario | undefined {
  return model.scenarios.find(({ id }) => id === scenario);
}
