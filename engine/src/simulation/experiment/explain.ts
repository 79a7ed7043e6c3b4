/** What limits a scenario, what each change would bring, and the smallest change that meets every expectation: answers, not only numbers. */
import type { ElementId, Model } from '../../model/index.ts';
import { utilisations } from '../analytic/index.ts';
import type { CompiledScenario, SimulationOptions } from '../compile-scenario.ts';
import { impossible } from '../impossible.ts';
import type { Finding, SimulationResult } from '../result.ts';
import { ANSWERS_SCHEMA, type Answers, type SmallestChange } from './answers.ts';
import { bottlenecksOf, type Tried } from './bottlenecks.ts';
import { candidatesOf } from './candidates.ts';
import { compileVariant, type Experiment, type Round, type RoundResults, type Variant } from './experiment.ts';
import { goalsOf } from './goals.ts';
import { replicate, type TrialResults } from './replicate.ts';
import { ReplicationFigures } from './replication-figures.ts';
import { type Dimension, dimensionsOf } from './search-space.ts';
import { isSameSettable } from './setting.ts';
import { singleChanges, worthTrying } from './single-changes.ts';
import { SEARCH_BUDGET, smallestChange } from './smallest-change.ts';
import { trialOf } from './trial-of.ts';

interface ExplainOptions extends SimulationOptions {
  /** Look for the smallest change too; combinations to simulate at most, where given. */
  readonly search?: boolean | number;
}

/** More parameters than these make the search too wide to say anything. */
const DIMENSIONS = 4;
/** A place as busy as this may hide behind another one that is worse. */
const NEARLY_FULL = 0.8;
/** So often the search is widened. */
const FURTHER = 2;

export function explain(model: Model, scenario: ElementId, options: ExplainOptions = {}): Experiment<Answers> {
  const models = [model];
  const { seed, replications, search = true } = options;
  const variant: Variant = { model: 0, scenario, settings: [], seed };

  function* rounds(): Generator<Round, Answers, RoundResults> {
    const { value, problems } = compileVariant(models, variant);
    const empty = { goals: [], bottlenecks: [], sensitivities: [], change: null, sentences: [], findings: [] } as const;
    if (value === null)
      return { schema: ANSWERS_SCHEMA, result: impossible(model, scenario, seed, problems), ...empty };
    const trial = trialOf(variant, value, replications);
    const { candidates, note } = worthTrying(value);
    const ledger = { label: 'as it stands', done: 0, planned: trial.replications * (1 + candidates.length) };
    const own = yield* replicate(models, [trial], ledger);
    const base = own.trials[0]!;
    const figures = new ReplicationFigures(base);
    const goals = goalsOf(model, value.scenario, base.result);
    if (own.isCancelled) return { schema: ANSWERS_SCHEMA, result: base.result, ...empty, goals };

    const { tried, notes, isCancelled } = yield* singleChanges(models, variant, base, goals, candidates, ledger);
    const bottlenecks = bottlenecksOf(model, base, figures, goals, tried);
    const change = isCancelled ? null : yield* searchFor(value, base, tried);
    const helpful = tried.filter(({ sensitivity }) => sensitivity.gain > 0).slice(0, 5);
    return {
      schema: ANSWERS_SCHEMA,
      result: base.result,
      goals,
      bottlenecks,
      sensitivities: tried.map(({ sensitivity }) => sensitivity),
      change,
      sentences: [
        ...bottlenecks.map(({ sentence }) => sentence),
        ...helpful.map(({ sensitivity }) => sensitivity.sentence),
        ...(change === null ? [] : [change.sentence]),
      ],
      findings: [...(note === undefined ? [] : [note]), ...notes, ...warnings(scenario, goals.length, isCancelled)],
    };

    function* searchFor(
      compiled: CompiledScenario,
      { result, compiled: asRun, settings }: TrialResults,
      changes: readonly Tried[],
    ): Generator<Round, SmallestChange | null, RoundResults> {
      if (search === false) return null;
      const judged = result.expectations;
      const known = (status: SmallestChange['status'], sentence: string): SmallestChange => ({
        status,
        settings: [],
        text: '',
        objective: 'units',
        price: null,
        simulated: 0,
        pruned: 0,
        searched: '',
        sentence,
      });
      if (judged.length === 0)
        return known(
          'no-expectations',
          'The scenario expects nothing that a change could meet: add `expect p95(…) < …` to have one searched for.',
        );
      if (judged.every(({ verdict }) => verdict === 'met'))
        return known('not-needed', 'Every expectation is met as it stands: no change is needed.');
      const budget = typeof search === 'number' ? search : SEARCH_BUDGET;
      const how = { settings, replications: base.replications.length, budget };
      const full = new Set([...fullIn(model, result), ...askedForAll(asRun)]);
      let dimensions = worthSearching(asRun, full, changes);
      let searched = yield* smallestChange(models, compiled, dimensions, how, ledger);
      // What was hidden behind something worse shows once that is relieved.
      for (let again = 0; again < FURTHER && searched.change.status === 'none' && searched.atMost !== null; again++) {
        for (const element of fullIn(model, searched.atMost)) full.add(element);
        const wider = worthSearching(asRun, full, changes);
        if (wider.every((one) => dimensions.includes(one) || dimensions.some(({ text }) => text === one.text))) break;
        dimensions = wider;
        searched = yield* smallestChange(models, compiled, dimensions, how, ledger);
      }
      return searched.change;
    }
  }
  return { models, rounds: rounds() };
}

/** What helped on its own, and what stands where it is nearly full: there it may help only once something else has been relieved. */
function worthSearching(
  compiled: CompiledScenario,
  full: ReadonlySet<ElementId>,
  tried: readonly Tried[],
): readonly Dimension[] {
  const candidates = candidatesOf(compiled);
  const weightOf = ({ parameter }: Dimension): number => {
    const own = tried.filter(({ candidate }) => isSameSettable(candidate.setting, parameter));
    const gain = own.reduce((most, { sensitivity }) => Math.max(most, sensitivity.gain), 0);
    const isFull = candidates.some(
      ({ setting, isCapacity, relieves }) =>
        isCapacity && isSameSettable(setting, parameter) && relieves.some((place) => full.has(place)),
    );
    return gain + (isFull ? 1e-3 : 0);
  };
  return dimensionsOf(compiled)
    .map((dimension) => ({ dimension, weight: weightOf(dimension) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, DIMENSIONS)
    .map(({ dimension }) => dimension);
}

/** What a component keeps busy are the cores of its nodes: only those who wait for its threads speak of itself. */
function fullIn({ components }: Model, { measures }: SimulationResult): readonly ElementId[] {
  const isComponent = (element: ElementId): boolean => components.some(({ id }) => id === element);
  return measures.flatMap(({ element, measure, value }) =>
    (measure === 'utilization' && (value ?? 0) >= NEARLY_FULL && !isComponent(element)) ||
    (measure === 'queue' && (value ?? 0) >= 1)
      ? [element]
      : [],
  );
}

/** By the utilisation law: also what starves now behind something worse. */
function askedForAll({ model, scenario }: CompiledScenario): readonly ElementId[] {
  return utilisations(model, scenario).flatMap(({ element, utilisation }) =>
    utilisation.low >= NEARLY_FULL ? [element] : [],
  );
}

function warnings(element: ElementId, goals: number, isCancelled: boolean): readonly Finding[] {
  const findings: Finding[] = [];
  if (goals === 0)
    findings.push({
      code: 'no-goal',
      severity: 'warning',
      element,
      message: 'Nothing that is expected was measured: no change can be judged.',
    });
  if (isCancelled)
    findings.push({
      code: 'incomplete',
      severity: 'information',
      element,
      message: 'Not every change was tried any more.',
    });
  return findings;
}
