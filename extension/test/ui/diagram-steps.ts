/** Step 3 of the tour: the live diagram, both directions of selection, and a syntax error that leaves it standing. */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

export async function diagramSteps({ step }: Steps, session: Session): Promise<void> {
  const { workbench, lineOf } = session;
  const { page } = workbench;
  let diagram!: Frame;

  await step('Open Live Diagram draws the state machine', async () => {
    await workbench.goTo(lineOf('machine Order'));
    await workbench.command('Pollux: Open Live Diagram');
    diagram = await workbench.panel('diagram');
    await shows(diagram, 'stm', 'Order');
    await diagram.locator('[data-id="shop.Order.Created"]').first().waitFor();
    await workbench.shot('machine');
  });

  await step('the cursor in an interaction shows its sequence diagram', async () => {
    await workbench.goTo(lineOf('interaction Checkout'), 15);
    await shows(diagram, 'sd', 'Checkout');
    await workbench.shot('sequence');
  });

  await step('the cursor in the deployment shows its nodes', async () => {
    await workbench.goTo(lineOf('deployment Production'), 15);
    await shows(diagram, 'dep', 'Production');
    await diagram.locator('[data-id="shop.Production.app"]').first().waitFor();
    await workbench.shot('deployment');
  });

  await step('a click in the diagram selects the text', async () => {
    await workbench.goTo(lineOf('machine Order'));
    await shows(diagram, 'stm', 'Order');
    await diagram.locator('[data-id="shop.Order.Paid"] rect').first().click();
    await workbench.cursorIs(lineOf('state Paid'));
    await workbench.shot('click-selects');
  });

  await step('the cursor in the text selects in the diagram', async () => {
    await workbench.goTo(lineOf('state Shipping'), 14);
    await diagram.locator('[data-ring="shop.Order.Fulfilment.Shipping"]').first().waitFor();
    await workbench.shot('cursor-selects');
  });

  await step('a syntax error leaves the last good diagram standing, with a mark', async () => {
    const states = await diagram.locator('svg [data-id]').count();
    const line = lineOf('state Refunding');
    await workbench.goTo(line, 100);
    await page.keyboard.type(' {{');
    const mark = diagram.locator('.strip.error');
    await mark.waitFor();
    assert.equal(await diagram.locator('svg [data-id]').count(), states);
    await workbench.shot('syntax-error');
    const text = await mark.textContent();
    await workbench.command('File: Revert File');
    await mark.waitFor({ state: 'detached' });
    return text?.trim();
  });

  await step('hidden and shown again, the diagram is whole', async () => {
    await page.getByRole('tab', { name: /shop diagram/ }).click();
    await workbench.command('File: New Untitled Text File');
    await workbench.until('the page is gone', async () => page.frames().every((frame) => frame !== diagram));
    await workbench.command('View: Close Editor');
    diagram = await workbench.panel('diagram');
    await diagram.locator('svg [data-id]').first().waitFor();
  });
}

/** The heading pentagon says the kind and the name. */
export async function shows(diagram: Frame, kind: 'stm' | 'sd' | 'dep', name: string): Promise<void> {
  await diagram.locator(`.heading svg[aria-label="${kind} ${name}"]`).waitFor();
}
