/** Whatever a scenario's loads need runs somewhere in its deployment. Sees the whole model, imports included. */
import type { ActivityNode, Component, ElementId, Model, Scenario } from '@pollux/engine/model';
import { replicasOf } from '@pollux/engine/simulation/analytic';
import type { Report } from '../problems/problem.ts';
import { componentsOf, fragmentsBelow, interactionsFrom } from './fragments-below.ts';

export function checkDeployed(scenario: Scenario, model: Model, report: Report): void {
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  if (deployment === undefined) return;
  const told = new Set<ElementId>();
  for (const load of scenario.loads) {
    for (const { component, needer } of neededBy(load.behaviour, model)) {
      if (component.external || component.broker || told.has(component.id)) continue;
      if (replicasOf(deployment, component.id) > 0) continue;
      told.add(component.id);
      const message =
        `\`${needer}\` needs \`${component.name}\`, which no node of \`${deployment.name}\` runs. ` +
        `Add \`deploy ${component.name}\` to a node, or make the component \`external\`.`;
      report('not-deployed', load.label, message);
    }
  }
}

interface Need {
  readonly component: Component;
  readonly needer: string;
}

function* neededBy(behaviour: ElementId, model: Model): Generator<Need> {
  for (const interaction of interactionsFrom(behaviour, model)) {
    const ends = componentsOf(interaction, model);
    const messages = [...fragmentsBelow(interaction.body)].filter(
      ({ kind }) => kind === 'message' || kind === 'consumer',
    );
    for (const { id } of interaction.lifelines) {
      const component = ends.get(id);
      const isMet = messages.some(
        (message) => 'to' in message && (message.to === id || ('from' in message && message.from === id)),
      );
      if (component !== undefined && isMet) yield { component, needer: interaction.name };
    }
  }
  const activity = model.activities.find(({ id }) => id === behaviour);
  for (const operation of activity === undefined ? [] : calledBelow(activity.nodes)) {
    const component = model.components.find(({ operations }) => operations.some(({ id }) => id === operation));
    if (component !== undefined) yield { component, needer: activity?.name ?? '' };
  }
}

function* calledBelow(nodes: readonly ActivityNode[]): Generator<ElementId> {
  for (const node of nodes) {
    if (node.kind === 'action' && node.work.kind === 'call') yield node.work.operation;
    if (node.kind === 'structured' || node.kind === 'interruptible') yield* calledBelow(node.nodes);
  }
}
