/** Step 2 of the tour: highlighting, completion, hover, go to definition, errors while typing; and a server that crashes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

export async function editingSteps({ step }: Steps, { workbench, lineOf, folder }: Session): Promise<void> {
  const { page } = workbench;

  await step('the text is highlighted', async () => {
    await workbench.goTo(lineOf('machine Order'));
    const colours = await workbench.until('several colours', async () => {
      const found = await workbench
        .editor()
        .locator('.view-line span span')
        .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
      return found >= 4 && found;
    });
    await workbench.shot('text');
    return `${colours} colours`;
  });

  await step('an error is underlined while typing, and gone after undo', async () => {
    const line = lineOf('on Pay(ok) [ok] -> Paid');
    await workbench.goTo(line, 100);
    await page.keyboard.type('x');
    await workbench.editor().locator('.squiggly-error').first().waitFor();
    await workbench.shot('squiggle');
    await page.keyboard.press('Control+z');
    await workbench.editor().locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  await step('completion offers the states of the machine', async () => {
    const line = lineOf('on Delivered -> Closed');
    await workbench.goTo(line, 100);
    for (let index = 0; index < 'Closed }'.length; index += 1) await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+Space');
    const rows = page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    const labels = await rows.allInnerTexts();
    await workbench.shot('completion');
    await page.keyboard.press('Escape');
    for (let index = 0; index < 'Closed }'.length; index += 1) await page.keyboard.press('Control+z');
    await workbench.command('File: Revert File');
    assert.ok(
      labels.some((label) => label.startsWith('Refunding')),
      labels.join(', '),
    );
    return labels.slice(0, 4).join(', ').replaceAll('\n', ' ');
  });

  await step('a hover explains', async () => {
    await workbench.goTo(lineOf('paid = orders -> bank.charge'), 34);
    const line = workbench.editor().locator('.view-line', { hasText: 'paid = orders' });
    const hover = page.locator('.monaco-hover:visible', { hasText: 'charge' }).first();
    const text = await workbench.until('a hover', async () => {
      await workbench.editor().locator('.margin').hover();
      await line.getByText('charge', { exact: true }).hover();
      const found = await hover.textContent({ timeout: 3000 }).catch(() => null);
      return found?.replace(/\s+/g, ' ');
    });
    await workbench.shot('hover');
    await page.keyboard.press('Escape');
    return text.slice(0, 100);
  });

  await step('go to definition leads to the operation', async () => {
    await workbench.goTo(lineOf('paid = orders -> bank.charge'), 34);
    await page.keyboard.press('F12');
    await workbench.cursorIs(lineOf('operation charge'));
  });

  await step('a crashed language server comes back', async () => {
    const before = serversUnder(folder);
    assert.equal(before.length, 1);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await workbench.until('a new server', async () => serversUnder(folder).some((pid) => !before.includes(pid)));
    await workbench.goTo(lineOf('on Pay(ok) [ok] -> Paid'), 100);
    await page.keyboard.type('x');
    await workbench.editor().locator('.squiggly-error').first().waitFor();
    await page.keyboard.press('Control+z');
    await workbench.editor().locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });
}

/** Language servers of the extension that is installed in the folder. */
function serversUnder(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return commandLine.includes(folder) && /dist\/server\.js\0/.test(commandLine);
      } catch {
        return false;
      }
    });
}
