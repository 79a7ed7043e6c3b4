/** Whether anything in a scenario changes what stands while it runs: then the run keeps what such changes need. */
import type { Deployment, Scenario } from '../../model/index.ts';

export function mayChange(scenario: Scenario, deployment: Deployment | undefined): boolean {
  return (
    scenario.timeline.some(({ change }) => change.kind !== 'load' && change.kind !== 'load-factor') ||
    (deployment !== undefined &&
      (deployment.autoscales.length > 0 ||
        [...deployment.zones, ...deployment.nodes].some(({ breakdown }) => breakdown !== undefined)))
  );
}
