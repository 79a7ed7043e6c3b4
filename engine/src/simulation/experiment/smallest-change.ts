/**
 * The smallest change that meets every expectation: combinations in the order of their price, without those that formulas rule out and those
 * that are nowhere more than one that failed (more is taken to be no worse, which holds mostly but not always). What is found is confirmed with
 * other random numbers than those that it was found with.
 */
import type { Model } from '../../model/index.ts';
import { formatCount, formatFigure, formatInterval } from '../../numeric/index.ts';
import { isShare } from '../../property/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import type { SimulationResult } from '../result.ts';
import type { SmallestChange } from './answers.ts';
import { costOf } from './cost-of.ts';
import { compileVariant, type Round, type RoundResults, type Variant } from './experiment.ts';
import { hopeless } from './hopeless.ts';
import { type Ledger, replicate, type Trial, type TrialResults } from './replicate.ts';
import { type Dimension, isWithin, type Price, PriceOrder, priceOf, type Steps, settingsAt } from './search-space.ts';
import type { Setting } from './setting.ts';
import { settingText } from './setting-text.ts';
import { verdictOf } from './sweep.ts';
import { withSettings } from './with-settings.ts';

/** Combinations that are simulated at most. */
export const SEARCH_BUDGET = 60;
/** Combinations that are looked at by formula at most. */
const LOOKED_AT = 20_000;
/** Enough to tell what is far off. */
const FIRST_LOOK = 3;
/** Tried at a time, so that workers have something to do. */
const AT_ONCE = 4;

interface SearchOptions {
  /** What every run has on top of the scenario: the warm-up that was found. */
  readonly settings: readonly Setting[];
  readonly replications: number;
  readonly budget: number;
}

interface Searched {
  readonly change: SmallestChange;
  /** With all of it at its most, where that is not enough: what is still full then is worth searching too. */
  readonly atMost: SimulationResult | null;
}

type Verdict = 'met' | 'missed' | 'undecided';

export function* smallestChange(
  models: readonly Model[],
  base: CompiledScenario,
  dimensions: readonly Dimension[],
  { settings: always, replications, budget }: SearchOptions,
  ledger: Ledger,
): Generator<Round, Searched, RoundResults> {
  const { model, scenario } = base;
  const objective = costOf(model, scenario) === null ? 'units' : 'cost';
  const searched = dimensions.map(({ text }) => text).join(', ');
  const variantAt = (steps: Steps, seed = base.seed): Variant => ({
    model: 0,
    scenario: scenario.id,
    settings: [...always, ...settingsAt(dimensions, steps)],
    seed,
  });
  let simulated = 0;
  let pruned = 0;
  let isCancelled = false;
  /** The first that is tried. */
  let atMost: SimulationResult | null = null;
  const failed: Steps[] = [];
  const doubtful: Steps[] = [];

  function* judge(
    many: readonly { readonly steps: Steps; readonly before?: TrialResults }[],
    count: number,
  ): Generator<Round, readonly (TrialResults | null)[], RoundResults> {
    const trials = many.map(({ steps, before }): Trial | null => {
      const variant = variantAt(steps);
      const { value } = compileVariant(models, variant);
      const known = before === undefined ? {} : { before: before.replications };
      return value === null ? null : { variant, compiled: value, replications: count, ...known };
    });
    ledger.label = `${formatCount(simulated)} changes tried`;
    const ran = yield* replicate(
      models,
      trials.filter((trial) => trial !== null),
      ledger,
    );
    isCancelled ||= ran.isCancelled;
    let next = 0;
    return trials.map((trial) => (trial === null ? null : (ran.trials[next++] ?? null)));
  }
  /** A short look first; all replications only of what it does not rule out. */
  function* verdictsOf(many: readonly Steps[]): Generator<Round, readonly Verdict[], RoundResults> {
    const least = Math.min(FIRST_LOOK, replications);
    const first = yield* judge(
      many.map((steps) => ({ steps })),
      least,
    );
    simulated += many.length;
    const open = many.flatMap((steps, at) => {
      const before = first[at];
      return before != null && verdictOf(before.result) !== 'missed' ? [{ steps, before }] : [];
    });
    const more = isCancelled ? [] : yield* judge(open, replications);
    return many.map((steps, at) => {
      const again = open.findIndex((one) => one.steps === steps);
      const result = (again < 0 ? first[at] : more[again])?.result;
      atMost ??= result ?? null;
      return result === undefined ? 'missed' : verdictOf(result);
    });
  }
  const isRuledOut = (steps: Steps): boolean => {
    if (failed.some((one) => isWithin(steps, one))) return true;
    const isHopeless =
      hopeless(withSettings(model, scenario.id, settingsAt(dimensions, steps)), scenario.id) !== undefined;
    if (isHopeless) pruned++;
    return isHopeless;
  };
  const answer = (status: SmallestChange['status'], more: Partial<SmallestChange> = {}): Searched => {
    const found = {
      status,
      settings: [],
      text: '',
      objective,
      price: null,
      simulated,
      pruned,
      searched,
      ...more,
    } as const;
    return { change: { ...found, sentence: sentenceOf(found) }, atMost };
  };

  const limits = dimensions.map(({ settings }) => settings.length);
  if (limits.length === 0) return answer('none');
  // Along the diagonal first: where all together fail, nothing below has to be tried.
  const greatest = Math.max(...limits);
  const diagonal = (level: number): Steps => limits.map((limit) => Math.ceil((limit * level) / greatest));
  let low = 0;
  let high = greatest;
  const [all] = isRuledOut(diagonal(high)) ? (['missed'] as const) : yield* verdictsOf([diagonal(high)]);
  if (isCancelled) return answer('cancelled');
  if (all === 'missed') return answer('none');
  while (high - low > 1 && !isCancelled) {
    const middle = Math.floor((low + high) / 2);
    const steps = diagonal(middle);
    const verdict = isRuledOut(steps) ? 'missed' : (yield* verdictsOf([steps]))[0];
    if (verdict === 'missed') {
      failed.push(steps);
      low = middle;
    } else high = middle;
  }

  const order = new PriceOrder(limits, (steps): Price => priceOf(base, dimensions, steps));
  for (let looked = 0; looked < LOOKED_AT && !isCancelled; ) {
    const batch: { readonly steps: Steps; readonly price: Price }[] = [];
    let isAll = false;
    while (batch.length < AT_ONCE && looked++ < LOOKED_AT) {
      const next = order.next();
      isAll = next === undefined;
      if (next === undefined) break;
      if (!isRuledOut(next.steps)) batch.push(next);
    }
    if (batch.length === 0 && isAll) return answer('none');
    if (simulated + batch.length > budget) return answer('out-of-budget');
    const verdicts = yield* verdictsOf(batch.map(({ steps }) => steps));
    for (const [at, { steps, price }] of batch.entries()) {
      const verdict = verdicts[at];
      if (verdict === 'missed') failed.push(steps);
      if (verdict === 'undecided') doubtful.push(steps);
      if (verdict !== 'met' || isCancelled) continue;
      const confirmation = yield* confirm(steps);
      if (confirmation === null || verdictOf(confirmation) !== 'met') {
        doubtful.push(steps);
        continue;
      }
      const settings = settingsAt(dimensions, steps);
      return answer('found', {
        settings,
        text: settings.map(settingText).join(', '),
        price: objective === 'cost' ? price.cost : price.units,
        confirmation,
      });
    }
  }
  return answer(isCancelled ? 'cancelled' : 'out-of-budget');

  function* confirm(steps: Steps): Generator<Round, SimulationResult | null, RoundResults> {
    const variant = variantAt(steps, base.seed + 1);
    const { value } = compileVariant(models, variant);
    if (value === null) return null;
    ledger.label = 'confirming';
    const ran = yield* replicate(
      models,
      [{ variant, compiled: value, replications: Math.max(10, replications) }],
      ledger,
    );
    isCancelled ||= ran.isCancelled;
    return ran.isCancelled ? null : (ran.trials[0]?.result ?? null);
  }

  function sentenceOf(found: Omit<SmallestChange, 'sentence'>): string {
    const tried = `${formatCount(simulated)} combinations were simulated${pruned === 0 ? '' : `, ${formatCount(pruned)} ruled out by formula`}; searched: ${searched}`;
    switch (found.status) {
      case 'found': {
        const figures = (found.confirmation?.expectations ?? []).map(({ text, value, lower, upper, unit }) =>
          value === null || lower === null || upper === null
            ? text
            : `${text}: ${formatInterval(value, lower, upper, unit, isShare(text))}`,
        );
        const price =
          objective === 'cost'
            ? `for ${formatFigure((found.price ?? 0) * 3600)}/h more`
            : `with the fewest added cores and steps (${formatCount(found.price ?? 0)})`;
        const doubts =
          doubtful.length === 0 ? '' : ` Of ${formatCount(doubtful.length)} that cost no more it stayed undecided.`;
        return `${found.text} is the smallest change found that meets every expectation, ${price}. Confirmed with other random numbers: ${figures.join('; ')}. ${tried}.${doubts}`;
      }
      case 'none':
        return searched === ''
          ? 'There is nothing here of which there could be more: no deployment, pool or resource that the loads reach.'
          : `Nothing that was searched meets every expectation, not even all of it at its most. Less work, or less load, has to help. ${tried}.`;
      case 'out-of-budget':
        return `No change was found before the combinations that are simulated at most were used up (${formatCount(budget)}). ${tried}.`;
      case 'cancelled':
        return `The search was cancelled before anything was found. ${tried}.`;
      case 'not-needed':
        return 'Every expectation is met as it stands.';
      case 'no-expectations':
        return 'The scenario expects nothing that a change could meet: add `expect p95(…) < …`.';
    }
  }
}
