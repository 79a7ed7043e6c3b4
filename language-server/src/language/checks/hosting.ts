/** What is deployed can be hosted where it stands. Sees the whole model. */
import type { Component, Deployment, Model } from '@pollux/engine/model';
import { placementsOf, replicasOf } from '@pollux/engine/simulation/analytic';
import type { Report } from '../problems/problem.ts';

export function checkHosting(deployment: Deployment, model: Model, report: Report): void {
  const componentOf = (id: string) => model.components.find((candidate) => candidate.id === id);
  const seen = new Set<string>();
  for (const { node, deploy } of placementsOf(deployment)) {
    const component = componentOf(deploy.component);
    if (component === undefined) continue;
    const key = `${node.id} ${component.id} ${deploy.version ?? ''}`;
    if (deploy.kind === 'deployed' && seen.has(key)) {
      const message = `\`${component.name}\` stands twice on \`${node.name}\`. Write \`deploy ${component.name} * 2\` for two replicas, or give one of them another version.`;
      report('deployed-twice', deploy.label, message);
    }
    seen.add(key);
    if (node.cores === undefined && needsCores(component)) {
      const message = `\`${node.name}\` says nothing of its cores, so what \`${component.name}\` takes meets no contention there. Add \`cores 4\`, or leave it so on purpose.`;
      report('no-contention', deploy.label, message);
    }
  }
  for (const deploy of [...deployment.nodes.flatMap(({ deploys }) => deploys), ...deployment.spreads]) {
    const component = componentOf(deploy.component);
    if (component === undefined) continue;
    if (component.external) {
      const message = `\`${component.name}\` is external: not ours to deploy, and nothing of it runs here. Remove this, or remove \`external\`.`;
      report('external-deployed', deploy.label, message);
    }
    checkVersion(component, deploy, report);
  }
  checkRules(deployment, componentOf, report);
}

function needsCores({ operations, external }: Component): boolean {
  return !external && operations.some(({ takes }) => takes !== undefined);
}

function checkVersion(
  component: Component,
  { version, label }: { readonly version?: string; readonly label: Component['label'] },
  report: Report,
): void {
  const declared = component.versions.map(({ name }) => `"${name}"`);
  if (version === undefined || declared.length === 0 || declared.includes(`"${version}"`)) return;
  const message = `\`${component.name}\` declares no version "${version}", so what runs is the component as it stands. Declared: ${declared.join(', ')}.`;
  report('unknown-version', label, message);
}

function checkRules(deployment: Deployment, componentOf: (id: string) => Component | undefined, report: Report): void {
  for (const rule of [...deployment.balances, ...deployment.autoscales]) {
    const component = componentOf(rule.component);
    if (component === undefined || component.external) continue;
    const replicas = replicasOf(deployment, component.id);
    if (replicas === 0) {
      const message = `No node of \`${deployment.name}\` runs \`${component.name}\`, so there is nothing to ${rule.kind === 'balance' ? 'balance' : 'scale'}. Add \`deploy ${component.name}\` to a node.`;
      report('not-deployed', rule.label, message);
    } else if (
      rule.kind === 'autoscale' &&
      rule.minimum <= rule.maximum &&
      (replicas < rule.minimum || replicas > rule.maximum)
    ) {
      const message = `The run begins with ${replicas} replica${replicas === 1 ? '' : 's'} of \`${component.name}\`, but ${rule.minimum} to ${rule.maximum} are allowed here. Deploy as many, or change the bounds.`;
      report('replicas-out-of-bounds', rule.label, message);
    }
  }
}
