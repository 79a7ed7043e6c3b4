/**
 * What formulas show before anything is run: that a model is asked for more than it can do, or that an expectation cannot be met. Only
 * what is sure counts; where it says nothing, only a run can tell.
 */
import type { ElementId, Model, Scenario } from '../../model/index.ts';
import { formatFigure, formatSeconds, formatShare, SECOND } from '../../numeric/index.ts';
import { plainMeasure } from '../../property/index.ts';
import { analyse, type Solution, solvedPercentiles } from '../analytic/index.ts';
import { deploymentOf } from './current-value.ts';
import { measureText, nameIn } from './figure-text.ts';

/** Undefined where nothing speaks against it. */
export function hopeless(model: Model, scenarioId: ElementId): string | undefined {
  const scenario = model.scenarios.find(({ id }) => id === scenarioId);
  // What changes on the way can relieve what is too much at first.
  if (scenario === undefined || scenario.timeline.length > 0) return undefined;
  const solution = analyse(model, scenario);
  return overloadIn(model, scenario, solution)?.sentence ?? unreachable(model, scenario, solution);
}

interface Overload {
  readonly element: ElementId;
  /** Share of what it can do. */
  readonly asked: number;
  readonly sentence: string;
}

/** The utilisation law: open loads that ask a node for all it has, or more, let its queue grow without an end. */
export function overload(model: Model, scenario: Scenario): Overload | undefined {
  return scenario.timeline.length > 0 ? undefined : overloadIn(model, scenario, analyse(model, scenario));
}

function overloadIn(model: Model, scenario: Scenario, { stations }: Solution): Overload | undefined {
  const isOpen = scenario.loads.every(({ arrivals: { kind } }) => kind === 'poisson' || kind === 'renewal');
  if (!isOpen || mayLose(model, scenario)) return undefined;
  const station = stations.find(({ kind, utilisation }) => kind === 'cores' && utilisation.low >= 1);
  if (station === undefined) return undefined;
  const { element, utilisation } = station;
  const asked = formatShare(utilisation.low);
  const sentence = `${nameIn(model, element)} is asked for ${asked} of what it can do: its queue grows without an end (utilisation law).`;
  return { element, asked: utilisation.low, sentence };
}

/** Work that is turned away, given up or sent elsewhere does not reach the node: then the law says what is asked for, not what comes. */
function mayLose(model: Model, scenario: Scenario): boolean {
  const deployment = deploymentOf(model, scenario);
  const placed = [...(deployment?.nodes.flatMap(({ deploys }) => deploys) ?? []), ...(deployment?.spreads ?? [])];
  return (
    (deployment?.limits.length ?? 0) > 0 ||
    (deployment?.autoscales.length ?? 0) > 0 ||
    [...model.components, ...placed].some(({ queue }) => queue !== undefined) ||
    model.components.some(({ requires }) =>
      requires.some(({ policy: { breaker, cancels } }) => breaker !== undefined || cancels === true),
    )
  );
}

function unreachable(model: Model, scenario: Scenario, solution: Solution): string | undefined {
  for (const { measure, demand, inEvery } of scenario.expectations) {
    if (demand.kind !== 'bound' || inEvery !== undefined) continue;
    const statistic = plainMeasure(measure);
    const known = exactFigure(solution, measure.element, statistic);
    if (known !== undefined && isSurelyBroken(known.value, demand.operator, inSeconds(demand.bound, known.unit))) {
      const figure = known.unit === 's' ? formatSeconds(known.value) : formatFigure(known.value);
      return `${measureText(model, measure.element, statistic)} is ${figure} in the long run (${known.form}), which the expectation does not allow.`;
    }
    const least = solution.behaviours.find(({ element }) => element === measure.element)?.response.low;
    const isUpper = demand.operator === '<' || demand.operator === '<=';
    if (statistic === 'mean' && isUpper && least !== undefined && least > SLACK * (demand.bound / SECOND)) {
      return `${measureText(model, measure.element, 'mean')} is at least ${formatSeconds(least)} without any waiting, more than the expectation allows.`;
    }
  }
  return undefined;
}

/** A finite run scatters around the long run: so far beyond the bound it does not come back. */
const SLACK = 1.25;

function isSurelyBroken(value: number, operator: '<' | '<=' | '>' | '>=', bound: number): boolean {
  return operator === '<' || operator === '<=' ? value > SLACK * bound : value * SLACK < bound;
}

function inSeconds(bound: number, unit: 's' | '1'): number {
  return unit === 's' ? bound / SECOND : bound;
}

interface Known {
  readonly value: number;
  readonly unit: 's' | '1';
  readonly form: string;
}

/** Only of forms that apply without any approximation. */
function exactFigure({ stations, behaviours }: Solution, element: ElementId, statistic: string): Known | undefined {
  const station = stations.find((one) => one.element === element && one.kind === 'cores' && one.exact);
  if (station?.form != null) {
    const { form } = station;
    if (statistic === 'utilization') return { value: station.utilisation.low, unit: '1', form };
    if (statistic === 'wait' && station.wait !== null) return { value: station.wait, unit: 's', form };
    if (statistic === 'queue' && station.queue !== null) return { value: station.queue, unit: '1', form };
  }
  const same = behaviours.filter((one) => one.element === element);
  const [behaviour] = same;
  if (behaviour?.form == null || same.length > 1 || !behaviour.exact) return undefined;
  const { form, response, percentiles } = behaviour;
  const percentile = solvedPercentiles.find((name) => name === statistic);
  const value = percentile === undefined ? undefined : percentiles?.[percentile];
  if (value !== undefined) return { value, unit: 's', form };
  return statistic === 'mean' ? { value: response.low, unit: 's', form } : undefined;
}
