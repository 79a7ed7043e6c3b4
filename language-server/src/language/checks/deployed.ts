/** Whatever a scenario's loads need runs somewhere in its deployment. Sees the whole model, imports included. */
import type { Model, Scenario } from '@pollux/engine/model';
import type { Report } from '../problems/problem.ts';

export function checkDeployed(scenario: Scenario, model: Model, report: Report): void {
  const deployment = model.deployments.find(({ id }) => id === scenario.deployment);
  if (deployment === undefined) return;
  const deployed = new Set(deployment.nodes.flatMap((node) => node.deploys.map((deploy) => deploy.component)));
  const told = new Set<string>();
  for (const load of scenario.loads) {
    const interaction = model.interactions.find(({ id }) => id === load.behaviour);
    for (const { represents } of interaction?.lifelines ?? []) {
      if (represents.kind !== 'component' || deployed.has(represents.component) || told.has(represents.component))
        continue;
      const component = model.components.find(({ id }) => id === represents.component);
      if (component === undefined || component.external) continue;
      told.add(component.id);
      const message =
        `\`${interaction?.name}\` needs \`${component.name}\`, which no node of \`${deployment.name}\` runs. ` +
        `Add \`deploy ${component.name}\` to a node, or make the component \`external\`.`;
      report('not-deployed', load.label, message);
    }
  }
}
