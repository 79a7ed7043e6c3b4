/** What deployments say that the simulation does not do yet. */
import type { Deployment, DeploymentSettings, Element } from '../../model/index.ts';
import { type NotExecutable, quiet, unreadRecordings, when } from './entry.ts';

export function inDeployment(deployment: Deployment): readonly NotExecutable[] {
  const { zones, nodes, spreads } = deployment;
  return [
    ...[...zones, ...nodes].flatMap((place) => unreadRecordings(place.breakdown, place)),
    ...nodes.flatMap((node) => [
      ...when(node.memory, () =>
        quiet('memory', node, 'No work takes memory yet: how much there is makes no difference.'),
      ),
      ...node.deploys.flatMap((deployed) => inSettings(deployed, deployed)),
    ]),
    ...spreads.flatMap((spread) => inSettings(spread, spread)),
  ];
}

function inSettings(settings: DeploymentSettings, where: Pick<Element, 'id' | 'place'>): readonly NotExecutable[] {
  return [
    ...(settings.config.length > 0
      ? [quiet('config', where, 'No figure depends on the settings of a component yet.')]
      : []),
  ];
}
