/** What a scenario may change of costs while it runs, found before it is compiled. */
import type { CostVariants } from '../../behavior/interaction/index.ts';
import type { Deployment, ElementId, Model, Scenario } from '../../model/index.ts';
import { inVersion } from './as-deployed.ts';

/** Versions of components that may run beside the one that they begin with, by component. */
type VersionNames = ReadonlyMap<ElementId, readonly string[]>;

export function versionsIn(scenario: Scenario, deployment: Deployment | undefined): VersionNames {
  const names = new Map<ElementId, Set<string>>();
  for (const { component, version } of placesOf(deployment)) {
    if (version !== undefined && isMixed(deployment, component)) put(names, component, version);
  }
  for (const { change } of scenario.timeline)
    if (change.kind === 'rollout') put(names, change.component, change.version);
  return new Map([...names].map(([component, wanted]) => [component, [...wanted]]));
}

/** `model`: with the components as they are written. */
export function costVariants(model: Model, scenario: Scenario, names: VersionNames): CostVariants {
  const set = new Map<ElementId, Set<string>>();
  const threaded = new Set<ElementId>();
  const connected = new Set<ElementId>();
  for (const { change } of scenario.timeline) {
    if (change.kind !== 'set') continue;
    put(set, change.parameter.element, change.parameter.name);
    if (change.parameter.name === 'threads') threaded.add(change.parameter.element);
    if (change.parameter.name === 'connections') connected.add(change.parameter.element);
  }
  const versions = [...names].flatMap(([id, wanted]) => {
    const component = model.components.find((candidate) => candidate.id === id);
    if (component === undefined) return [];
    const kinds = wanted.map((name) => ({ name, component: inVersion(component, name) }));
    if (kinds.some((kind) => kind.component.threads !== undefined)) threaded.add(id);
    if (kinds.some((kind) => kind.component.connections !== undefined)) connected.add(id);
    return [[id, kinds] as const];
  });
  return { versions: new Map(versions), set, threaded, connected };
}

/** Any operation that costs something may come to fail, and who declares that it tries once may come to try more often. */
export function withAllInputs(variants: CostVariants, { components }: Model): CostVariants {
  const set = new Map<ElementId, ReadonlySet<string>>(variants.set);
  for (const { id, takes, delays, fails } of components.flatMap(({ operations }) => operations)) {
    if (takes === undefined && delays === undefined && fails === undefined) continue;
    set.set(id, new Set([...(set.get(id) ?? []), 'fails']));
  }
  for (const { id, policy } of components.flatMap(({ requires }) => requires))
    if (policy.retries !== undefined) set.set(id, new Set([...(set.get(id) ?? []), 'retry']));
  return { ...variants, set };
}

/** Whether replicas of a component run in different versions from the beginning. */
function isMixed(deployment: Deployment | undefined, component: ElementId): boolean {
  const versions = placesOf(deployment).filter((place) => place.component === component);
  return new Set(versions.map(({ version }) => version)).size > 1;
}

function placesOf(
  deployment: Deployment | undefined,
): readonly { readonly component: ElementId; readonly version?: string }[] {
  if (deployment === undefined) return [];
  return [...deployment.nodes.flatMap(({ deploys }) => deploys), ...deployment.spreads];
}

function put<Item>(groups: Map<ElementId, Set<Item>>, key: ElementId, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Set([item]));
  else group.add(item);
}
