/** What a scenario sets in motion: its interactions and those they use, the machines, components and deployment of those. */

import { consumersOf } from '../../behavior/interaction/index.ts';
import type { Component, Deployment, ElementId, Interaction, Machine, Model, Scenario } from '../../model/index.ts';
import { publishedIn, usedBy } from './leads-to.ts';

export interface Reached {
  readonly interactions: readonly Interaction[];
  readonly machines: readonly Machine[];
  readonly components: readonly Component[];
  readonly deployments: readonly Deployment[];
}

export function reachedFrom(model: Model, scenario: Scenario, loaded: readonly Interaction[]): Reached {
  const interactions = new Set<Interaction>();
  const topics = new Set<ElementId>();
  const add = (interaction: Interaction): void => {
    if (interactions.has(interaction)) return;
    interactions.add(interaction);
    for (const used of usedBy(interaction.body)) {
      const other = model.interactions.find(({ id }) => id === used);
      if (other !== undefined) add(other);
    }
    for (const topic of publishedIn(interaction.body)) {
      if (topics.has(topic)) continue;
      topics.add(topic);
      // Of an interaction that consumes only the consumer takes part.
      for (const other of model.interactions) {
        const body = consumersOf([other]).flatMap(({ consumer }) => (consumer.topic === topic ? [consumer] : []));
        if (body.length > 0) add({ ...other, body });
      }
    }
  };
  loaded.forEach(add);
  const lifelines = [...interactions].flatMap((interaction) =>
    interaction.lifelines.map(({ represents }) => represents),
  );
  const ids = new Set(
    lifelines.flatMap((represents) => {
      if (represents.kind === 'actor') return [];
      return represents.kind === 'component' ? [represents.component] : [represents.machine];
    }),
  );
  return {
    interactions: [...interactions],
    machines: withRelated(model.machines, ids),
    components: model.components.filter(({ id }) => ids.has(id)),
    deployments: model.deployments.filter(({ id }) => id === scenario.deployment),
  };
}

/** With the machines that these extend or stand for in their states. */
function withRelated(machines: readonly Machine[], ids: ReadonlySet<ElementId>): readonly Machine[] {
  const found = new Set<Machine>();
  const add = (id: ElementId | undefined): void => {
    const machine = machines.find((each) => each.id === id);
    if (machine === undefined || found.has(machine)) return;
    found.add(machine);
    add(machine.extends);
    submachines(machine.regions).forEach(add);
  };
  ids.forEach(add);
  return [...found];
}

function submachines(regions: Machine['regions']): readonly ElementId[] {
  return regions.flatMap(({ vertices }) =>
    vertices.flatMap((vertex) => {
      if (vertex.kind !== 'state') return [];
      const own = vertex.submachine === undefined ? [] : [vertex.submachine.machine];
      return [...own, ...submachines(vertex.regions)];
    }),
  );
}
