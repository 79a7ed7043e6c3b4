/** A scenario with every combination of some values, each under the same luck. Combinations that formulas show to be of no use are not run. */
import type { ElementId, Model, Variation } from '../../model/index.ts';
import { formatCount } from '../../numeric/index.ts';
import type { SimulationOptions } from '../compile-scenario.ts';
import type { Finding, SimulationResult } from '../result.ts';
import { costOf } from './cost-of.ts';
import { compileVariant, type Experiment, type Round, type RoundResults, type Variant } from './experiment.ts';
import { hopeless } from './hopeless.ts';
import { type Ledger, replicate, type Trial } from './replicate.ts';
import type { Settable, Setting } from './setting.ts';
import { settableText, settingText, settingValueText } from './setting-text.ts';
import { SWEEP_SCHEMA, type SweepAxis, type SweepPoint, type SweepResult } from './sweep-result.ts';
import { sweepSentences } from './sweep-sentences.ts';
import { trialOf } from './trial-of.ts';
import { withSettings } from './with-settings.ts';

interface SweepOptions extends SimulationOptions {
  /** In place of those that the scenario's `vary` names. */
  readonly axes?: readonly SweptAxis[];
  /** Simulate combinations too that formulas show to be hopeless. */
  readonly prunes?: boolean;
}

interface SweptAxis {
  readonly parameter: Settable;
  readonly values: Variation['values'];
}

/** Each is a whole result in memory, and some seconds of work. */
export const POINT_LIMIT = 2000;
/** Runs of a round: enough for any number of workers, few enough that a cancelled sweep has something to show. */
const RUNS_A_ROUND = 64;

export function sweep(model: Model, scenario: ElementId, options: SweepOptions = {}): Experiment<SweepResult> {
  const models = [model];
  const { seed, replications, prunes = true } = options;
  const found = model.scenarios.find(({ id }) => id === scenario);
  const swept = options.axes ?? found?.variations ?? [];
  const axes = swept.map(axisOf);
  const count = axes.reduce((product, { values }) => product * values.length, 1);

  function* rounds(): Generator<Round, SweepResult, RoundResults> {
    const answer = (points: readonly SweepPoint[], findings: readonly Finding[]): SweepResult => {
      const meetAll = positions(points, ({ verdict }) => verdict === 'met').sort(
        (a, b) => (points[a]?.cost ?? 0) - (points[b]?.cost ?? 0) || a - b,
      );
      const sentences = sweepSentences(found, axes, points, meetAll);
      return {
        schema: SWEEP_SCHEMA,
        model: model.uri,
        scenario,
        seed: seed ?? found?.seed ?? 0,
        axes,
        points,
        meetAll,
        sentences,
        findings,
      };
    };
    const refused = whyNot(scenario, found?.name, axes, count);
    if (refused !== undefined) return answer([], [refused]);
    const asItStands = compileVariant(models, { model: 0, scenario, settings: [], seed });
    if (asItStands.value === null) return answer([], asItStands.problems);

    const points: SweepPoint[] = [];
    const open: { readonly at: number; readonly trial: Trial }[] = [];
    for (let at = 0; at < count; at++) {
      const point = pointAt(model, scenario, axes, at);
      const { settings, changed } = point;
      const reason = prunes ? hopeless(changed, scenario) : undefined;
      const variant: Variant = { model: 0, scenario, settings, seed };
      const { value, problems } = compileVariant(models, variant);
      if (value === null) {
        points.push({ ...point.shown, status: 'impossible', reason: problems[0]?.message ?? '' });
      } else if (reason === undefined) {
        points.push({ ...point.shown, status: 'not-run' });
        open.push({ at, trial: trialOf(variant, value, replications) });
      } else points.push({ ...point.shown, status: 'pruned', reason, verdict: 'missed' });
    }
    const planned = open.reduce((sum, { trial }) => sum + trial.replications, 0);
    const ledger: Ledger = { label: '', done: 0, planned };
    let isCancelled = false;
    for (let from = 0; from < open.length && !isCancelled; ) {
      let to = from;
      for (let runs = 0; to < open.length && (runs === 0 || runs < RUNS_A_ROUND); to++)
        runs += open[to]!.trial.replications;
      const part = open.slice(from, to);
      ledger.label = `${formatCount(from)} of ${formatCount(open.length)} points`;
      const ran = yield* replicate(
        models,
        part.map(({ trial }) => trial),
        ledger,
      );
      isCancelled = ran.isCancelled;
      ran.trials.forEach(({ compiled, result }, index) => {
        const { at } = part[index]!;
        // A point that was cut short would be judged by fewer replications than its neighbours.
        if (result.replications < compiled.replications && isCancelled) return;
        points[at] = { ...points[at]!, status: 'simulated', result, verdict: verdictOf(result) };
      });
      from = to;
    }
    const missing = points.filter(({ status }) => status === 'not-run').length;
    return answer(points, missing === 0 ? [] : [incomplete(scenario, missing, count)]);
  }
  return { models, rounds: rounds() };
}

function axisOf({ parameter, values }: SweptAxis): SweepAxis {
  return {
    parameter,
    text: settableText(parameter),
    values: values.map((value) => ({ value, text: settingValueText(parameter.name, value) })),
  };
}

/** The last axis is the fastest. */
function pointAt(model: Model, scenario: ElementId, axes: readonly SweepAxis[], index: number) {
  const at: number[] = [];
  let rest = index;
  for (const { values } of [...axes].reverse()) {
    at.unshift(rest % values.length);
    rest = Math.floor(rest / values.length);
  }
  const settings = axes.flatMap(({ parameter, values }, axis): Setting[] => {
    const chosen = values[at[axis] ?? 0];
    return chosen === undefined ? [] : [{ ...parameter, value: chosen.value }];
  });
  const changed = withSettings(model, scenario, settings);
  const own = changed.scenarios.find(({ id }) => id === scenario);
  const shown = {
    at,
    text: settings.map(settingText).join(', '),
    verdict: 'undecided',
    cost: own === undefined ? null : costOf(changed, own),
  } as const;
  return { settings, changed, shown };
}

function whyNot(
  scenario: ElementId,
  name: string | undefined,
  axes: readonly SweepAxis[],
  count: number,
): Finding | undefined {
  const refuse = (code: string, message: string): Finding => ({ code, severity: 'error', element: scenario, message });
  if (name === undefined) return refuse('unknown-scenario', `The model has no scenario ${scenario}.`);
  if (axes.length === 0)
    return refuse(
      'nothing-varied',
      `${name} varies nothing: add \`vary Orders.replicas in 2..8\`, or say what to vary.`,
    );
  if (count === 0) return refuse('nothing-varied', `${name} varies over no values at all.`);
  if (count <= POINT_LIMIT) return undefined;
  const sizes = axes.map(({ text, values }) => `${formatCount(values.length)} of ${text}`).join(' × ');
  return refuse(
    'too-many-points',
    `${sizes} are ${formatCount(count)} combinations, each a whole run; ${formatCount(POINT_LIMIT)} are the most. Vary fewer parameters, or take fewer values of each.`,
  );
}

function incomplete(element: ElementId, missing: number, count: number): Finding {
  const message = `${formatCount(missing)} of ${formatCount(count)} combinations were not run any more.`;
  return { code: 'incomplete', severity: 'information', element, message };
}

export function verdictOf({ expectations }: SimulationResult): SweepPoint['verdict'] {
  if (expectations.some(({ verdict }) => verdict === 'missed')) return 'missed';
  return expectations.length > 0 && expectations.every(({ verdict }) => verdict === 'met') ? 'met' : 'undecided';
}

function positions(points: readonly SweepPoint[], isWanted: (point: SweepPoint) => boolean): number[] {
  return points.flatMap((point, at) => (isWanted(point) ? [at] : []));
}
