/** The engine in a page of the browser gives what it gives under Node, to the last bit. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { simulateInWorkers } from '@pollux/runtime';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { shortRuns } from '../../../samples/test/same-bytes/short-runs.ts';
import type { Steps } from './steps.ts';

/** Of the model as JSON and the scenario's id, to the result as JSON. */
declare function polluxSimulate(model: string, scenario: string): string;

export async function browserEngineSteps({ step }: Steps, browser: Browser): Promise<void> {
  const entry = fileURLToPath(new URL('../../../samples/test/same-bytes/in-page.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' });
  const page = await browser.newPage();
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  for (const { name, model, scenario } of await shortRuns()) {
    await step(`${name} gives the same bytes in the browser as on two threads of Node`, async () => {
      const inPage = await page.evaluate(([given, id]) => polluxSimulate(given, id), [
        JSON.stringify(model),
        scenario,
      ] as const);
      assert.ok(JSON.parse(inPage).counters.finished > 0);
      assert.equal(inPage, JSON.stringify(await simulateInWorkers(model, scenario, { threads: 2 })));
    });
  }
  await page.close();
}
