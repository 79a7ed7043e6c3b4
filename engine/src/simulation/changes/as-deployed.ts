/**
 * A model whose components are what a deployment runs: where all replicas of a component have the same version, the component
 * is that version from the beginning, and nothing else in a simulation has to know of it.
 */
import type { Component, ComponentVersion, Deployment, ElementId, Model, Requirement } from '../../model/index.ts';
import { costOf } from '../analytic/placements.ts';

export function asDeployed(model: Model, deployment: Deployment | undefined): Model {
  if (deployment === undefined) return model;
  const components = model.components.map((component) => {
    const [version, ...others] = new Set(versionsDeployed(deployment, component.id));
    return version === undefined || others.length > 0 ? component : inVersion(component, version);
  });
  return components.every((component, index) => component === model.components[index])
    ? model
    : { ...model, components };
}

/** The component as it is in a version; as it stands where it declares none of that name. */
export function inVersion(component: Component, name: string): Component {
  const version = component.versions.find((candidate) => candidate.name === name);
  if (version === undefined) return component;
  const { threads, queue, connections, cache } = version;
  return {
    ...component,
    ...(threads === undefined ? {} : { threads }),
    ...(queue === undefined ? {} : { queue }),
    ...(connections === undefined ? {} : { connections }),
    ...(cache === undefined ? {} : { cache }),
    operations: component.operations.map((operation) => ({ ...operation, ...costOf(component, operation.id, name) })),
    requires: requirementsOf(component, version),
  };
}

/** What the version says of a component called goes before what stands outside of it, word by word. */
function requirementsOf(component: Component, version: ComponentVersion): readonly Requirement[] {
  const own = new Map(version.requires.map((requirement) => [requirement.component, requirement]));
  const kept = component.requires.map((requirement) => {
    const changed = own.get(requirement.component);
    own.delete(requirement.component);
    // It stays the same requirement: whoever sets a number of it sets that of every version.
    return changed === undefined
      ? requirement
      : { ...changed, id: requirement.id, policy: { ...requirement.policy, ...changed.policy } };
  });
  return [...kept, ...own.values()];
}

/** The version of each place where a component is deployed; undefined: as it stands. */
function versionsDeployed({ nodes, spreads }: Deployment, component: ElementId): readonly (string | undefined)[] {
  return [...nodes.flatMap(({ deploys }) => deploys), ...spreads]
    .filter((deployed) => deployed.component === component)
    .map(({ version }) => version);
}
