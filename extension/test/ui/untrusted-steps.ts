/** An untrusted workspace edits and draws, but opens no port and runs nothing; the commands say so. */
import assert from 'node:assert/strict';
import { isFree } from '../../../scripts/host/free-port.mjs';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

export async function untrustedSteps({ step }: Steps, { workbench, workspace, lineOf }: Session): Promise<void> {
  await step('an untrusted workspace is drawn', async () => {
    await workbench.goTo(lineOf('machine Order'));
    await workbench.command('Pollux: Open Live Diagram');
    const diagram = await workbench.panel('diagram');
    await diagram.locator('svg [data-id]').first().waitFor();
  });

  await step('it opens no port, and says why', async () => {
    await workbench.command('Pollux: Attach Telemetry');
    await workbench.notification(/Attaching telemetry needs a trusted workspace/).waitFor();
    await workbench.shot('untrusted');
    assert.ok(await isFree(workspace.port));
    await workbench.clearNotifications();
  });

  await step('it runs no scenario, and says why', async () => {
    await workbench.command('Pollux: Run Scenario…');
    await workbench.notification(/Running a scenario needs a trusted workspace/).waitFor();
    await workbench.clearNotifications();
  });

  await step('it looks for no tests, and says why', async () => {
    await workbench.command('Pollux: Generate Tests…');
    await workbench.notification(/Generating tests needs a trusted workspace/).waitFor();
  });
}
