/** What of a run can be changed by hand: its loads and the numbers of its components and nodes, each with its range. Pure. */
import type { Change, ElementId, Model, ParameterName, Scenario } from '@pollux/engine/model';
import { type LiveInput, standingAt } from '@pollux/engine/simulation/live';
import { parameterName } from '../diagram/print-change.ts';

export interface Handle {
  readonly key: string;
  readonly text: string;
  readonly value: number;
  /** As the model says. */
  readonly initial: number;
  readonly values: readonly number[];
  /** Times, `×`, or a plain number. */
  readonly unit: '×' | '';
  change(value: number): Change;
}

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
      unit: '×',
      change: (factor) => ({ kind: 'load-factor', behaviour, factor }),
    };
  });
}

export function parameterHandles(
  model: Model,
  scenario: Scenario,
  inputs: readonly LiveInput[],
  time: number,
): readonly Handle[] {
  const standing = standingAt(scenario, inputs, time);
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  const setTo = (element: ElementId, name: ParameterName, initial: number): Handle => {
    const own = standing.findLast(
      ({ change }) => change.kind === 'set' && change.parameter.element === element && change.parameter.name === name,
    );
    const value = own?.change.kind === 'set' && typeof own.change.value === 'number' ? own.change.value : initial;
    return {
      key: `set ${element} ${name}`,
      text: parameterName({ element, name }, model),
      value,
      initial,
      values: countsAround(initial),
      unit: '',
      change: (next) => ({ kind: 'set', parameter: { element, name }, value: next }),
    };
  };
  const handles: Handle[] = [];
  for (const node of deployment?.nodes ?? [])
    if (node.cores !== undefined) handles.push(setTo(node.id, 'cores', node.cores));
  for (const component of model.components) {
    const placed = (deployment?.nodes ?? []).flatMap((node) =>
      node.deploys.filter((each) => each.component === component.id).map((each) => ({ each, count: node.count })),
    );
    const threads = placed.find(({ each }) => each.threads !== undefined)?.each.threads ?? component.threads;
    if (threads !== undefined) handles.push(setTo(component.id, 'threads', threads));
    const replicas = placed.reduce((sum, { each, count }) => sum + each.replicas * count, 0);
    if (replicas > 0) handles.push(scaleOf(component.id, component.name, replicas, standing));
  }
  return handles;
}

function scaleOf(component: ElementId, name: string, initial: number, standing: readonly LiveInput[]): Handle {
  const own = standing.findLast(({ change }) => change.kind === 'scale' && change.component === component);
  return {
    key: `scale ${component}`,
    text: `${name}.replicas`,
    value: own?.change.kind === 'scale' ? own.change.replicas : initial,
    initial,
    values: countsAround(initial),
    unit: '',
    change: (replicas) => ({ kind: 'scale', component, replicas }),
  };
}

/** From 1 to four times as many, every number as long as there are few. */
export function countsAround(initial: number): readonly number[] {
  const most = Math.max(8, initial * 4);
  const step = Math.max(1, Math.round(most / 40));
  const values = Array.from({ length: Math.floor((most - 1) / step) + 1 }, (_, index) => 1 + index * step);
  return [...new Set([...values, initial])].sort((a, b) => a - b);
}
