/** A scenario run live: started, played, a node crashed and brought back, looked back, saved as text, ended. */
import assert from 'node:assert/strict';
import { shows } from './diagram-steps.ts';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

export async function liveRunSteps({ step }: Steps, { workbench, lineOf }: Session): Promise<void> {
  const { page } = workbench;
  const seconds = (text: string | null): number => {
    const [, minutes = '0'] = /(\d+) min/.exec(text ?? '') ?? [];
    const [, rest = '0'] = /([\d.]+) s/.exec(text ?? '') ?? [];
    return Number(minutes) * 60 + Number(rest);
  };

  await step('a scenario runs live over its deployment, at the speed that is chosen', async () => {
    await workbench.goTo(lineOf('scenario BlackFriday'));
    await workbench.command('Pollux: Run Scenario Live…');
    await workbench.pick('BlackFriday');
    const diagram = await workbench.panel('diagram');
    await shows(diagram, 'dep', 'Production');
    await diagram.getByLabel('Speed, virtual seconds a second').selectOption('60');
    await diagram.getByRole('button', { name: 'Go on' }).click();
    await workbench.until('half a minute of the run', async () => {
      const now = seconds(await diagram.locator('.run .moment').textContent());
      return now > 30 && now;
    });
    await diagram.getByRole('button', { name: 'Pause' }).click();
    await workbench.shot('live-run');
  });

  await step('a node is crashed from its menu, and brought back', async () => {
    const diagram = await workbench.panel('diagram');
    await diagram.locator('[data-id="shop.Production.app"][tabindex]').click({ button: 'right', force: true });
    await diagram.getByRole('menuitem', { name: 'Crash app[2]' }).click();
    await diagram.locator('.mark', { hasText: 'app[2] crashed' }).waitFor();
    await diagram.getByLabel('Time of the run').focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
    await workbench.until('ten seconds more', async () => {
      const status = await diagram.locator('.run [role=status]').count();
      return status === 0 && seconds(await diagram.locator('.run .moment').textContent()) > 39;
    });
    await workbench.shot('live-crash');
    // Beside an editor the controls would cover the picture: they are asked for.
    await diagram.getByRole('button', { name: 'Controls' }).click();
    await diagram.getByRole('button', { name: 'Bring back' }).click();
    await diagram.getByRole('button', { name: 'Controls' }).click();
    await diagram.locator('.mark', { hasText: 'app[2] crashed' }).waitFor({ state: 'detached' });
  });

  await step('looking back shows what was, and going on from there is the same run', async () => {
    const diagram = await workbench.panel('diagram');
    await diagram.getByRole('button', { name: 'From the beginning' }).click();
    await diagram.getByText('looking back').waitFor();
    assert.equal(await diagram.locator('.run .moment').textContent(), '0 s');
    await diagram.getByLabel('Speed, virtual seconds a second').selectOption('600');
    await diagram.getByRole('button', { name: 'Go on' }).click();
    await diagram.getByText('at its end').waitFor();
    await workbench.shot('live-end');
  });

  await step('it is saved as a scenario, selected for review', async () => {
    const diagram = await workbench.panel('diagram');
    await diagram.getByRole('button', { name: 'Save as scenario' }).click();
    await workbench.editor().getByText('BlackFridayLive').first().waitFor();
    await workbench
      .editor()
      .locator('.view-line', { hasText: /crash\sapp\[2\]\sfor/ })
      .waitFor();
    await workbench.shot('live-saved');
    await workbench.goTo(lineOf('scenario BlackFriday'));
    await page.keyboard.press('Control+z');
    await workbench.editor().getByText('BlackFridayLive').first().waitFor({ state: 'detached' });
  });

  await step('it ends, and the diagram is that of the model again', async () => {
    const diagram = await workbench.panel('diagram');
    await diagram.getByRole('button', { name: 'End' }).click();
    await diagram.locator('.run').waitFor({ state: 'detached' });
  });
}
