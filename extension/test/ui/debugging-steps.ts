/** The debugger of machines as a person uses it: breakpoint, start, step, step back, what the Variables view says, the diagram. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { shows } from './diagram-steps.ts';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

/** Without indentation: the editor adds its own. */
const lamp = [
  '',
  'signal Press(force: Integer)',
  'machine Dimmer {',
  'var level: Integer = 0',
  'initial -> Dark',
  'state Dark {',
  'on Press(force) / { level += force  log "on" } -> Bright',
  '}',
  'state Bright { on Press -> Dark }',
  '}',
  '',
];

export async function debuggingSteps({ step }: Steps, session: Session): Promise<void> {
  const { workbench } = session;
  const { page } = workbench;
  let diagram!: Frame;
  // The text ends two lines further down, with an empty line.
  const first = session.lineOf('expect drift') + 2;
  const lineOf = (text: string) => first + lamp.findIndex((line) => line.includes(text));
  const frames = page.locator('.debug-call-stack .monaco-list-row');
  const lens = page.locator('.codelens-decoration a', { hasText: 'Debug' }).filter({ visible: true }).last();
  const rows = page.locator('.debug-variables .monaco-list-row');
  const isShown = async (name: string, value: string): Promise<boolean> => {
    // The scope is folded when the view is opened for the first time.
    if ((await rows.filter({ hasText: `${name} =` }).count()) === 0) await rows.first().click();
    return (await rows.allTextContents()).some((text) => text.replaceAll(/\s/g, '') === `${name}=${value}`);
  };
  const shown = (name: string, value: string) => workbench.until(`${name} is ${value}`, () => isShown(name, value));

  await step('a click in the margin sets a breakpoint on a transition', async () => {
    await workbench.openFile('shop.twin');
    await workbench.goToEnd(first);
    await page.keyboard.insertText(lamp.join('\n'));
    await lens.waitFor();
    await workbench.goTo(lineOf('on Press(force)'));
    await page.keyboard.press('F9');
    await page.locator('.codicon-debug-breakpoint').first().waitFor();
  });

  await step('the lens above a machine starts the debugger, which stops before anything has happened', async () => {
    await workbench.goTo(lineOf('machine Dimmer'));
    await workbench.command('Pollux: Open Live Diagram');
    diagram = await workbench.panel('diagram');
    await workbench.goTo(lineOf('machine Dimmer'));
    await shows(diagram, 'stm', 'Dimmer');
    await lens.click();
    await page.locator('.debug-toolbar').waitFor();
    await page.keyboard.press('Control+Shift+D');
    await frames.filter({ hasText: 'Dimmer' }).first().waitFor();
    await shown('level', '0');
  });

  await step('it waits for an event, which the debug console gives; the breakpoint stops it', async () => {
    await page.keyboard.press('F5');
    await diagram.locator('[data-ring="shop.Dimmer.Dark"]').first().waitFor();
    await workbench.command('Debug Console: Focus on Debug Console View');
    await page.keyboard.insertText('send Press(force: 3)');
    await page.keyboard.press('Enter');
    await workbench.cursorIs(lineOf('on Press(force)'));
    await page.locator('.debug-top-stack-frame-line').first().waitFor();
    await shown('level', '0');
    await workbench.shot('breakpoint');
  });

  await step('stepping on changes a variable and the diagram; stepping back undoes it', async () => {
    for (let i = 0; i < 2; i++) await workbench.command('Debug: Step Into');
    await shown('level', '3');
    await workbench.command('Debug: Step Out');
    await diagram.locator('[data-ring="shop.Dimmer.Bright"]').first().waitFor();
    await workbench.shot('stepped');
    await workbench.until('level is 0 again', async () => {
      await page.locator('.debug-toolbar .codicon-debug-step-back').click();
      await page.waitForTimeout(500);
      return isShown('level', '0');
    });
    await workbench.shot('stepped-back');
    assert.equal(await diagram.locator('[data-ring="shop.Dimmer.Bright"]').count(), 0);
  });

  await step('it ends, and leaves the text as it was', async () => {
    await workbench.command('Debug: Stop');
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
    await workbench.goTo(lineOf('on Press(force)'));
    await page.keyboard.press('F9');
    await page.locator('.codicon-debug-breakpoint').first().waitFor({ state: 'hidden' });
    await workbench.cutBehind(first);
    await workbench.command('View: Hide Panel');
  });
}
