/** Whether anything in a scenario changes nodes while it runs: then their work is kept so that it can be changed. */
import type { Deployment, Scenario } from '../../model/index.ts';

export function mayChange(scenario: Scenario, deployment: Deployment | undefined): boolean {
  return (
    scenario.timeline.some(({ change }) => change.kind !== 'load' && change.kind !== 'send') ||
    (deployment !== undefined &&
      (deployment.autoscales.length > 0 ||
        [...deployment.zones, ...deployment.nodes].some(({ breakdown }) => breakdown !== undefined)))
  );
}
