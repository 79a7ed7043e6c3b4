/** The Test Explorer: tests are found, run with coverage from the palette, and a failure stands at the step that failed. */
import assert from 'node:assert/strict';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

const lamp =
  '\nsignal Press\nmachine Lamp { initial -> Off  state Off { on Press -> On }  state On { on Press -> Off } }\n' +
  'test goes_on of Lamp { send Press  expect in(On) }\ntest stays_off of Lamp { send Press  expect in(Off) }\n';

export async function testingSteps({ step }: Steps, { workbench, lineOf }: Session): Promise<void> {
  const { page } = workbench;
  const rows = page.locator('.test-explorer .monaco-list-row');

  await step('the tests of a text are shown', async () => {
    await workbench.goToEnd(lineOf('expect drift') + 2);
    await page.keyboard.insertText(lamp);
    await page.locator('.codelens-decoration', { hasText: 'Run test' }).first().waitFor();
    await workbench.command('Testing: Focus on Test Explorer View');
    await rows.filter({ hasText: 'shop.twin' }).waitFor();
  });

  await step('they run with coverage, and a failure stands at its step', async () => {
    await workbench.command('Test: Run All Tests with Coverage');
    await page.locator('.test-explorer .monaco-list-row[aria-label*="Failed"]').waitFor();
    await rows.first().click();
    await page.keyboard.press('ArrowRight');
    await rows.filter({ hasText: 'stays_off' }).waitFor();
    await workbench.shot('tests');
    const shown = await rows.allTextContents();
    assert.ok(shown.some((row) => row.includes('goes_on')));
    await page.getByText('It does not hold: in On.').first().waitFor();
  });

  await step('without their text they are gone', async () => {
    await workbench.openFile('shop.twin');
    await workbench.cutBehind(lineOf('expect drift') + 2);
    await rows.filter({ hasText: 'stays_off' }).waitFor({ state: 'detached' });
    await workbench.command('View: Hide Panel');
  });
}
