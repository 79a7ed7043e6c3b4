/** Step 4 of the tour: a scenario is cancelled, another runs to its end; results, coloured diagram, missed expectations. */
import assert from 'node:assert/strict';
import { shows } from './diagram-steps.ts';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

export async function simulationSteps({ step }: Steps, { workbench, lineOf }: Session): Promise<void> {
  const { page } = workbench;

  await step('a running scenario can be cancelled', async () => {
    await workbench.goTo(lineOf('scenario BlackFriday'));
    await workbench.command('Pollux: Run Scenario…');
    assert.deepEqual(await workbench.pickable(), ['Weekday', 'BlackFriday', 'Evening']);
    await workbench.pick('BlackFriday');
    const running = workbench.notification(/Running BlackFriday/);
    await running.waitFor();
    await workbench.shot('progress');
    await running.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await running.waitFor({ state: 'detached' });
    await workbench.clearNotifications();
  });

  await step('a scenario runs to its end and its results show', async () => {
    await workbench.command('Pollux: Run Scenario…');
    await workbench.pick('BlackFriday');
    await workbench.notification(/Running BlackFriday/).waitFor();
    const began = Date.now();
    await workbench.notification(/Running BlackFriday/).waitFor({ state: 'detached', timeout: 180_000 });
    const took = Date.now() - began;
    const results = await workbench.panel('results');
    await results.locator('table').first().waitFor();
    await results.locator('svg, canvas').first().waitFor();
    await workbench.shot('results');
    const text = (await results.locator('body').textContent()) ?? '';
    assert.match(text, /±/);
    return `${(took / 1000).toFixed(1)} s for 10 replications`;
  });

  await step('an expectation that was missed is a warning on its line, in the same words as the results', async () => {
    await workbench.openProblems();
    const row = workbench.problem(/is missed in BlackFriday/);
    await row.waitFor();
    const text = (await row.textContent()) ?? '';
    const line = Number(/Ln (\d+)/.exec(text)?.[1]);
    const first = lineOf('scenario BlackFriday');
    assert.ok(line > first && line < lineOf('twin Live'), text);
    await workbench.shot('missed-expectation');
    await workbench.command('View: Hide Panel');
    return text;
  });

  await step('the deployment is coloured by utilisation', async () => {
    await page.getByRole('tab', { name: /shop diagram/ }).click();
    await page.mouse.move(200, 600);
    await workbench.goTo(lineOf('deployment Production'), 15);
    const diagram = await workbench.panel('diagram');
    await shows(diagram, 'dep', 'Production');
    await diagram
      .locator('svg', { hasText: /\d+\s*%/ })
      .first()
      .waitFor();
    await workbench.shot('utilisation');
  });
}
