/** What a deployment runs of a component, asked while something else is lowered. */
import type { Deployment } from '@pollux/engine/model';
import { replicasOf } from '@pollux/engine/simulation/analytic';
import * as ast from '../../generated/ast.ts';
import { lowerDeployment } from './deployments.ts';
import { idOf } from './element-ids.ts';

/** Over all nodes; 0 where the deployment does not run it. */
export function replicasIn(deployment: ast.Deployment, component: ast.Component): number {
  return replicasOf(lowered(deployment), idOf(component));
}

/** Versions that can be asked for: those that the component declares, and those that a deployment says it runs. */
export function versionsOf(component: ast.Component, deployment: ast.Deployment | undefined): string[] {
  const declared = component.members.filter(ast.isVersion).map(({ name }) => name ?? '');
  if (deployment === undefined) return declared;
  const { nodes, spreads } = lowered(deployment);
  const deployed = [...nodes.flatMap(({ deploys }) => deploys), ...spreads]
    .filter((one) => one.component === idOf(component))
    .map(({ version }) => version ?? '');
  return [...new Set([...declared, ...deployed])].filter((version) => version !== '');
}

/** What does not fit in it is said where it stands. */
function lowered(deployment: ast.Deployment): Deployment {
  return lowerDeployment({ uri: '', report: () => undefined }, deployment);
}

/** Why that cannot be done with a component, as it runs nowhere; `verb` is what is done: "crashes". */
export function whyNotDeployed(
  component: ast.Component,
  deployment: ast.Deployment | undefined,
  verb: string,
): string | undefined {
  if (component.external || component.broker) return undefined;
  if (deployment === undefined) {
    return `\`${component.name}\` ${verb}, but no deployment says where it runs. Write \`of\` and a deployment behind the name above.`;
  }
  if (replicasIn(deployment, component) > 0) return undefined;
  return `\`${component.name}\` ${verb}, but no node of \`${deployment.name}\` runs it. Add \`deploy ${component.name}\` to a node.`;
}
