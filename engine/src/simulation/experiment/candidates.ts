/** The single changes that are worth a try in a scenario, each said in words. Knows the model and what a run reaches, no figures. */
import type { ElementId, Model, Requirement, Scenario } from '../../model/index.ts';
import { formatCount } from '../../numeric/index.ts';
import type { CompiledScenario } from '../compile-scenario.ts';
import { currentValue, deploymentOf } from './current-value.ts';
import { nameIn } from './figure-text.ts';
import type { Settable, SettableName, Setting } from './setting.ts';
import { settingValueText } from './setting-text.ts';

export interface Candidate {
  readonly setting: Setting;
  /** `one more replica of Orders`. */
  readonly words: string;
  /** Where it would relieve: nodes, components, resources. */
  readonly relieves: readonly ElementId[];
  /** More of something, which somebody has to provide; otherwise work has to become less, or callers more patient. */
  readonly isCapacity: boolean;
}

/** Threads and connections come in pools: a tenth more, times a tenth less. */
const PART = 0.1;
/** Limits of a rate move in larger steps. */
const QUARTER = 0.25;

export function candidatesOf({ model, scenario, program, activities }: CompiledScenario): readonly Candidate[] {
  const components = reached(program.messages.map(({ component }) => component));
  const operations = reached(program.messages.map(({ operation }) => operation));
  const homes = homesOf(model, scenario);
  const candidates: Candidate[] = [];
  const grow = (settable: Settable, step: number, words: string, relieves: readonly ElementId[]): void => {
    const now = currentValue(model, scenario, settable);
    if (typeof now !== 'number' || now <= 0) return;
    candidates.push({ setting: { ...settable, value: now + step }, words, relieves, isCapacity: true });
  };
  for (const element of components) {
    const name = nameIn(model, element);
    const nodes = homes.get(element) ?? [];
    // It shares the cores of its node with those that are there.
    grow({ element, name: 'replicas' }, 1, `one more replica of ${name}`, [element]);
    for (const pool of ['threads', 'connections'] as const) {
      const now = currentValue(model, scenario, { element, name: pool });
      if (typeof now !== 'number') continue;
      const step = partOf(now);
      grow({ element, name: pool }, step, `${formatCount(step)} more ${plural(pool, step)} in each ${name}`, [element]);
    }
    const hit = currentValue(model, scenario, { element, name: 'cache' });
    if (typeof hit === 'number' && hit < 1) {
      const better = hit + (1 - hit) * PART;
      const words = `a cache of ${name} that answers ${settingValueText('cache', better)}`;
      candidates.push({
        setting: { element, name: 'cache', value: better },
        words,
        relieves: [element, ...nodes],
        isCapacity: false,
      });
    }
  }
  const used = new Set([...homes].filter(([component]) => components.has(component)).flatMap(([, nodes]) => nodes));
  for (const element of used) {
    const name = nameIn(model, element);
    grow({ element, name: 'cores' }, 1, `one more core on each ${name}`, [element]);
    grow({ element, name: 'count' }, 1, `one more ${name} with all that runs there`, [
      element,
      ...componentsOn(homes, element),
    ]);
  }
  if (activities.claims.length > 0) {
    const claimed = new Set(activities.claims.flatMap(({ uses }) => uses.map(({ resource }) => resource)));
    model.resources.forEach(({ id }, at) => {
      if (claimed.has(at)) grow({ element: id, name: 'count' }, 1, `one more ${nameIn(model, id)}`, [id]);
    });
  }
  for (const element of operations) {
    const owner = model.components.find((one) => one.operations.some(({ id }) => id === element));
    const operation = owner?.operations.find(({ id }) => id === element);
    for (const name of ['takes', 'delays'] as const) {
      if (operation?.[name] === undefined || owner === undefined) continue;
      const words = `${nameIn(model, element)} with a tenth less time ${name === 'takes' ? 'on a core' : 'beside the cores'}`;
      const relieves = [owner.id, ...(name === 'takes' ? (homes.get(owner.id) ?? []) : [])];
      candidates.push({ setting: { element, name, factor: 1 - PART }, words, relieves, isCapacity: false });
    }
  }
  for (const { id: caller, requires } of model.components) {
    if (!components.has(caller)) continue;
    for (const requirement of requires)
      if (components.has(requirement.component)) candidates.push(...policyCandidates(model, caller, requirement));
  }
  for (const { id: element, subject } of deploymentOf(model, scenario)?.limits ?? []) {
    if (!components.has(subject) && !operations.has(subject)) continue;
    for (const [factor, words] of [
      [1 + QUARTER, 'a quarter more'],
      [1 - QUARTER, 'a quarter less'],
    ] as const)
      candidates.push({
        setting: { element, name: 'limit', factor },
        words: `a limit of ${nameIn(model, subject)} that lets ${words} in`,
        relieves: [subject],
        isCapacity: false,
      });
  }
  return candidates;
}

/** How long a caller waits, and how often it tries; of what it declares. */
function policyCandidates(
  model: Model,
  caller: ElementId,
  { id: element, component, policy }: Requirement,
): readonly Candidate[] {
  const { timeout, hedge, retries, backoff, bulkhead } = policy;
  const [from, to] = [nameIn(model, caller), nameIn(model, component)];
  const given = (setting: Setting, words: string, isCapacity = false): Candidate => ({
    setting,
    words,
    relieves: [caller, component],
    isCapacity,
  });
  const candidates: Candidate[] = [];
  const stretched = (name: 'timeout' | 'backoff' | 'hedge', what: string): void => {
    candidates.push(given({ element, name, factor: 2 }, what.replace('#', 'twice as long')));
    candidates.push(given({ element, name, factor: 0.5 }, what.replace('#', 'half as long')));
  };
  if (timeout !== undefined) stretched('timeout', `${from} waiting for ${to} # before it gives up`);
  if (retries !== undefined) {
    const words = `${from} trying ${to} once`;
    candidates.push(given({ element, name: 'retry', value: retries + 1 }, `${words} more before it gives up`));
    if (retries > 0)
      candidates.push(given({ element, name: 'retry', value: retries - 1 }, `${words} less before it gives up`));
    if (backoff !== undefined && retries > 0) stretched('backoff', `${from} waiting # before it tries ${to} again`);
  }
  if (hedge !== undefined) stretched('hedge', `${from} waiting # before it asks ${to} a second time`);
  if (bulkhead !== undefined) {
    const step = partOf(bulkhead.calls);
    const words = `${formatCount(step)} more call${step === 1 ? '' : 's'} of each ${from} to ${to} at once`;
    candidates.push(given({ element, name: 'bulkhead', value: bulkhead.calls + step }, words, true));
  }
  return candidates;
}

/** A tenth of a pool, and one at least. */
export function partOf(now: number): number {
  return Math.max(1, Math.round(now * PART));
}

function plural(pool: SettableName, count: number): string {
  return count === 1 ? pool.slice(0, -1) : pool;
}

function reached(ids: readonly (ElementId | null)[]): Set<ElementId> {
  return new Set(ids.filter((id) => id !== null));
}

/** The kinds of node that each component runs on. */
function homesOf(model: Model, scenario: Scenario): Map<ElementId, ElementId[]> {
  const homes = new Map<ElementId, ElementId[]>();
  const add = (component: ElementId, node: ElementId): void => {
    const nodes = homes.get(component) ?? [];
    if (!nodes.includes(node)) homes.set(component, [...nodes, node]);
  };
  const deployment = deploymentOf(model, scenario);
  for (const node of deployment?.nodes ?? []) for (const { component } of node.deploys) add(component, node.id);
  for (const { component, nodes } of deployment?.spreads ?? []) for (const node of nodes) add(component, node);
  return homes;
}

function componentsOn(homes: ReadonlyMap<ElementId, readonly ElementId[]>, node: ElementId): readonly ElementId[] {
  return [...homes].filter(([, nodes]) => nodes.includes(node)).map(([component]) => component);
}
