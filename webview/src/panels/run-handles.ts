/** What of a run can be changed by hand: its loads, the numbers of what serves them, what its operations take; each with its range. Pure. */
import type { Change, Distribution, ElementId, Model, ParameterName, Scenario } from '@pollux/engine/model';
import { isDistribution } from '@pollux/engine/numeric';
import { currentValue, replicasOf } from '@pollux/engine/simulation/experiment';
import { type LiveInput, scaledLaw, standingAt } from '@pollux/engine/simulation/live';
import { parameterName } from '../diagram/print-change.ts';
import { printPercent, printRate } from '../diagram/print-quantity.ts';

export interface Handle {
  readonly key: string;
  readonly text: string;
  readonly value: number;
  /** As the model says. */
  readonly initial: number;
  readonly values: readonly number[];
  words(value: number): string;
  change(value: number): Change;
}

const multiples = [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 5, 10] as const;
const shares = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 0.9, 1] as const;
const someShares = shares.filter((share) => share > 0);
const factors = [0, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 5, 7, 10, 20, 50] as const;

export function loadHandles(
  model: Model,
  scenario: Scenario,
  inputs: readonly LiveInput[],
  time: number,
): readonly Handle[] {
  const standing = standingAt(scenario, inputs, time);
  const behaviours = [...new Set(scenario.loads.map(({ behaviour }) => behaviour))];
  return behaviours.map((behaviour): Handle => {
    const own = standing.findLast(({ change }) => change.kind === 'load-factor' && change.behaviour === behaviour);
    const named = [...model.interactions, ...model.activities].find(({ id }) => id === behaviour);
    return {
      key: `load ${behaviour}`,
      text: named?.name ?? behaviour,
      value: own?.change.kind === 'load-factor' ? own.change.factor : 1,
      initial: 1,
      values: factors,
      words: times,
      change: (factor) => ({ kind: 'load-factor', behaviour, factor }),
    };
  });
}

/** How many there are of what serves: people and rooms, cores, threads, replicas; how full lines may be; what caches answer. */
export function parameterHandles(
  model: Model,
  scenario: Scenario,
  inputs: readonly LiveInput[],
  time: number,
): readonly Handle[] {
  const handle = handleMaker(model, scenario, inputs, time);
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  const nodes = deployment?.nodes ?? [];
  return [
    ...(hasActivities(model, scenario) ? model.resources.map(({ id }) => handle.count(id, 'count', 0)) : []),
    ...nodes.map(({ id }) => handle.count(id, 'cores', 1)),
    ...model.components.flatMap(({ id, name }) => {
      const replicas = deployment === undefined ? 0 : replicasOf(deployment, id);
      return [
        handle.count(id, 'threads', 1),
        handle.count(id, 'queue', 0),
        handle.count(id, 'connections', 1),
        handle.share(id, 'cache'),
        replicas > 0 ? handle.scale(id, name, replicas) : null,
      ];
    }),
  ].filter((each) => each !== null);
}

/** What callers do about trouble, what lets calls in, and how late is too late. */
export function policyHandles(
  model: Model,
  scenario: Scenario,
  inputs: readonly LiveInput[],
  time: number,
): readonly Handle[] {
  const handle = handleMaker(model, scenario, inputs, time);
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  return [
    ...(deployment?.limits ?? []).flatMap(({ id }) => [handle.rate(id, 'limit'), handle.count(id, 'limit.burst', 1)]),
    ...model.components.flatMap(({ id, requires }) => [
      handle.time(id, 'queue.within'),
      handle.count(id, 'cache.entries', 1),
      handle.time(id, 'cache.ttl'),
      ...requires.flatMap(({ id: requirement }) => [
        handle.time(requirement, 'timeout'),
        handle.count(requirement, 'retry', 0),
        handle.time(requirement, 'backoff'),
        handle.share(requirement, 'budget'),
        handle.share(requirement, 'breaker', someShares),
        handle.count(requirement, 'breaker.calls', 1),
        handle.time(requirement, 'breaker.open'),
        handle.count(requirement, 'bulkhead', 1),
        handle.count(requirement, 'bulkhead.queue', 0),
        handle.time(requirement, 'hedge'),
      ]),
    ]),
  ].filter((each) => each !== null);
}

/** What the operations take and how often they fail. */
export function operationHandles(
  model: Model,
  scenario: Scenario,
  inputs: readonly LiveInput[],
  time: number,
): readonly Handle[] {
  const handle = handleMaker(model, scenario, inputs, time);
  return model.components
    .flatMap(({ operations }) => operations)
    .flatMap(({ id, takes, delays, fails }) => [
      handle.time(id, 'takes'),
      handle.time(id, 'delays'),
      // Where nothing takes any time nothing is simulated that could fail.
      takes === undefined && delays === undefined && fails === undefined
        ? null
        : handle.share(id, 'fails', shares, fails?.probability ?? 0),
    ])
    .filter((each) => each !== null);
}

function handleMaker(model: Model, scenario: Scenario, inputs: readonly LiveInput[], time: number) {
  const standing = standingAt(scenario, inputs, time);
  const setNow = (element: ElementId, name: ParameterName): number | Distribution | undefined => {
    const own = standing.findLast(
      ({ change }) => change.kind === 'set' && change.parameter.element === element && change.parameter.name === name,
    );
    const value = own?.change.kind === 'set' ? own.change.value : undefined;
    if (value === undefined || typeof value === 'number') return value;
    return isDistribution(value) ? value : undefined;
  };
  const of = (element: ElementId, name: ParameterName) => ({
    key: `set ${element} ${name}`,
    text: parameterName({ element, name }, model),
    change: (value: number | Distribution): Change => ({ kind: 'set', parameter: { element, name }, value }),
  });
  const known = (element: ElementId, name: ParameterName) => currentValue(model, scenario, { element, name });
  return {
    count(element: ElementId, name: ParameterName, least: number): Handle | null {
      const initial = known(element, name);
      if (typeof initial !== 'number' || !Number.isFinite(initial)) return null;
      const now = setNow(element, name);
      const value = typeof now === 'number' ? now : initial;
      return { ...of(element, name), value, initial, values: countsAround(initial, least), words: String };
    },
    share(
      element: ElementId,
      name: ParameterName,
      offered: readonly number[] = shares,
      initial = known(element, name),
    ): Handle | null {
      if (typeof initial !== 'number') return null;
      const now = setNow(element, name);
      const value = typeof now === 'number' ? now : initial;
      const values = [...new Set([...offered, initial])].sort((a, b) => a - b);
      return { ...of(element, name), value, initial, values, words: printPercent };
    },
    /** As it would be written: nobody thinks of a limit as a multiple. */
    rate(element: ElementId, name: ParameterName): Handle | null {
      const initial = known(element, name);
      if (typeof initial !== 'number') return null;
      const now = setNow(element, name);
      const value = typeof now === 'number' ? now : initial;
      return {
        ...of(element, name),
        value,
        initial,
        values: multiples.map((each) => each * initial),
        words: printRate,
      };
    },
    /** So many times what is written. */
    time(element: ElementId, name: ParameterName): Handle | null {
      const initial = known(element, name);
      if (initial === null || initial === 0 || !isScalable(initial)) return null;
      const { key, text, change } = of(element, name);
      const scaled = (factor: number) => (typeof initial === 'number' ? initial * factor : scaledLaw(initial, factor));
      const now = JSON.stringify(setNow(element, name));
      const value = multiples.find((factor) => JSON.stringify(scaled(factor)) === now) ?? 1;
      return {
        key,
        text,
        value,
        initial: 1,
        values: multiples,
        words: times,
        change: (factor) => change(scaled(factor)),
      };
    },
    scale(component: ElementId, name: string, initial: number): Handle {
      const own = standing.findLast(({ change }) => change.kind === 'scale' && change.component === component);
      return {
        key: `scale ${component}`,
        text: `${name}.replicas`,
        value: own?.change.kind === 'scale' ? own.change.replicas : initial,
        initial,
        values: countsAround(initial),
        words: String,
        change: (replicas) => ({ kind: 'scale', component, replicas }),
      };
    },
  };
}

/** Resources serve activities: where none is run by load or by call, they would stand idle. */
function hasActivities(model: Model, { loads, timeline }: Scenario): boolean {
  const begun = [...loads, ...timeline.flatMap(({ change }) => (change.kind === 'load' ? change.load : []))];
  return begun.some(({ behaviour }) => model.activities.some(({ id }) => id === behaviour));
}

/** A law that the text can write again when it is on another scale. */
function isScalable(law: number | Distribution): boolean {
  if (typeof law === 'number') return true;
  if (law.kind === 'mixture')
    return law.parts.every(({ value }) => (isDistribution(value) ? isScalable(value) : typeof value === 'number'));
  return !['empirical', 'chance', 'zipf', 'unknown'].includes(law.kind);
}

function times(factor: number): string {
  return `${factor}×`;
}

/** From the least to four times as many, every number as long as there are few. */
export function countsAround(initial: number, least = 1): readonly number[] {
  const most = Math.max(8, initial * 4);
  const step = Math.max(1, Math.round(most / 40));
  const values = Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, index) => least + index * step);
  return [...new Set([...values, initial])].sort((a, b) => a - b);
}
