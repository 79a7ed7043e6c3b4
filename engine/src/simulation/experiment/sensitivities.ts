/** What each single change does to the goals: paired with the scenario as it stands. */
import type { Effect, Goal, Sensitivity } from './answers.ts';
import type { Candidate } from './candidates.ts';
import { costOf } from './cost-of.ts';
import { amountText, plainFigure } from './figure-text.ts';
import { paired, verdictOf } from './paired.ts';
import { percentilesOf } from './percentiles-of.ts';
import type { TrialResults } from './replicate.ts';
import type { ReplicationFigures } from './replication-figures.ts';
import { settingText } from './setting-text.ts';

export function sensitivityOf(
  candidate: Candidate,
  goals: readonly Goal[],
  base: Looked,
  changed: Looked,
): Sensitivity {
  const effects = goals.map((goal): Effect => effectOf(goal, base, changed));
  const [before, after] = [base, changed].map(({ trial: { compiled } }) => costOf(compiled.model, compiled.scenario));
  return {
    setting: candidate.setting,
    text: settingText(candidate.setting),
    words: candidate.words,
    effects,
    gain: gainOf(goals, effects, ({ verdict }) => verdict === 'better' || verdict === 'worse'),
    replications: changed.trial.replications.length,
    cost: before == null || after == null ? null : after - before,
    sentence: sentenceOf(candidate, goals, effects),
  };
}

/** What was run, and what each replication of it says. */
interface Looked {
  readonly trial: TrialResults;
  readonly figures: ReplicationFigures;
}

function effectOf({ element, measure, value: baseline, better }: Goal, base: Looked, changed: Looked): Effect {
  const [one, other] = [changed, base].map(({ trial: { result } }) =>
    result.measures.find((each) => each.element === element && each.measure === measure),
  );
  const value = one?.value ?? null;
  const [ours, theirs] = [changed.figures.of(element, measure), base.figures.of(element, measure)];
  // A goal's own figure may be of a window, which no measure of the whole run is.
  const isWhole = one !== undefined && other !== undefined && other.value === baseline;
  const percentiles = isWhole ? percentilesOf(changed.figures, base.figures, one, other) : undefined;
  const { difference } = paired(measure, ours, theirs, value, baseline, percentiles);
  const verdict = verdictOf(difference, baseline, better);
  // Every goal has a good side.
  return { value, difference, verdict: verdict === 'higher' || verdict === 'lower' ? 'undecided' : verdict };
}

/** As far as the figures say so far, beyond chance or not: tells what is worth a closer look. */
export function likelyGain(goals: readonly Goal[], effects: readonly Effect[]): number {
  return gainOf(goals, effects, () => true);
}

/** What is not met counts alone while anything is not met. */
function gainOf(goals: readonly Goal[], effects: readonly Effect[], counts: (effect: Effect) => boolean): number {
  const isOpen = goals.some(({ verdict }) => verdict !== undefined && verdict !== 'met');
  let sum = 0;
  let count = 0;
  goals.forEach(({ verdict, value, better }, at) => {
    if (isOpen && verdict === 'met') return;
    count++;
    const effect = effects[at];
    const change = effect?.difference.value ?? 0;
    if (effect === undefined || value === null || value === 0 || !counts(effect)) return;
    const isBetter = change < 0 === (better === 'lower');
    sum += (isBetter ? 1 : -1) * Math.abs(change / value);
  });
  return count === 0 ? 0 : sum / count;
}

/** The goal that changes most, seen against its value; undefined where none changes beyond chance. */
export function mostChanged(
  goals: readonly Goal[],
  effects: readonly Effect[],
  verdict: Effect['verdict'],
): number | undefined {
  let most: number | undefined;
  let share = 0;
  effects.forEach((effect, at) => {
    const { value } = goals[at] ?? { value: null };
    if (effect.verdict !== verdict || value === null || effect.difference.value === null) return;
    const own = Math.abs(effect.difference.value / (value === 0 ? 1 : value));
    if (own > share) [most, share] = [at, own];
  });
  return most;
}

/** `p99(Checkout) from 2.1 s to 0.8 s (by 1.3 ± 0.1 s)`: the interval is that of the difference. */
export function effectText({ text, unit, measure, value }: Goal, effect: Effect): string {
  const { difference } = effect;
  const isSure = difference.lower !== null && difference.upper !== null;
  const by = isSure ? ` (by ${amountText(difference, unit, measure)})` : '';
  return `${text} from ${plainFigure(value, unit, measure)} to ${plainFigure(effect.value, unit, measure)}${by}`;
}

function sentenceOf({ words }: Candidate, goals: readonly Goal[], effects: readonly Effect[]): string {
  const start = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  const [better, worse] = (['better', 'worse'] as const).map((verdict) => mostChanged(goals, effects, verdict));
  const parts = [better, worse].flatMap((at) => {
    const [goal, effect] = at === undefined ? [] : [goals[at], effects[at]];
    return goal === undefined || effect === undefined ? [] : [effectText(goal, effect)];
  });
  if (parts.length > 0) return `${start} would bring ${parts.join(', but ')}.`;
  const isKnown = effects.some(({ verdict }) => verdict === 'no-difference');
  return isKnown
    ? `${start} would change nothing that matters.`
    : `${start}: what that changes cannot be told from chance.`;
}
