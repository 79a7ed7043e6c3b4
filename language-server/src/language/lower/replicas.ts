/** How many replicas of a component a deployment runs. Reads the text, so that it can be asked while anything is lowered. */
import * as ast from '../../generated/ast.ts';
import { nodesBelow, zonesBelow } from '../links/declared-names.ts';

/** Over all nodes; 0 where the deployment does not run it. */
export function replicasIn(deployment: ast.Deployment, component: ast.Component): number {
  let total = 0;
  for (const node of nodesBelow(deployment.members)) {
    for (const deploy of node.members.filter(ast.isDeploy)) {
      if (deploy.component?.ref === component) total += counted(node.count) * counted(deploy.replicas);
    }
  }
  for (const members of [deployment.members, ...[...zonesBelow(deployment.members)].map((zone) => zone.members)]) {
    for (const spread of members.filter(ast.isDeployAcross)) {
      if (spread.component?.ref === component) total += counted(spread.replicas);
    }
  }
  return total;
}

/** Versions that can be asked for: those that the component declares, and those that a deployment says it runs. */
export function versionsOf(component: ast.Component, deployment: ast.Deployment | undefined): string[] {
  const declared = component.members.filter(ast.isVersion).map(({ name }) => name ?? '');
  const deployed = deployment === undefined ? [] : deployedVersions(deployment, component);
  return [...new Set([...declared, ...deployed])].filter((version) => version !== '');
}

function deployedVersions(deployment: ast.Deployment, component: ast.Component): string[] {
  const zones = [...zonesBelow(deployment.members)];
  const spreads = [deployment.members, ...zones.map(({ members }) => members)].flatMap((members) =>
    members.filter(ast.isDeployAcross),
  );
  const deploys = [...nodesBelow(deployment.members)].flatMap((node) => node.members.filter(ast.isDeploy));
  return [...deploys, ...spreads]
    .filter((deploy) => deploy.component?.ref === component)
    .flatMap((deploy) => deploy.settings.filter(ast.isVersionSetting).map(({ version }) => version ?? ''));
}

function counted(text: string | undefined): number {
  const count = Number(text ?? 1);
  return Number.isSafeInteger(count) && count > 0 ? count : 1;
}

/** Reports a component that runs nowhere in the deployment; `verb` is what is asked of it: "crashes". */
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
