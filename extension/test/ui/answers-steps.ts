/** The four questions of docs/answers, asked and answered in the editor: no terminal, no command line. */
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../../scripts/lib/paths.mjs';
import type { Session } from './session.ts';
import type { Steps } from './steps.ts';

interface Question {
  readonly name: string;
  readonly file: string;
  readonly scenario: string;
  readonly command: string;
  /** Of the notification while it runs. */
  readonly progress: RegExp;
  /** What the page says when the answer is there. */
  readonly answer: readonly RegExp[];
}

const questions: readonly Question[] = [
  {
    name: 'what it would take on Black Friday',
    file: 'shop.twin',
    scenario: 'BlackFriday',
    command: 'Pollux: Explain Scenario: What Would It Take…',
    progress: /Explaining BlackFriday/,
    answer: [/store is the bottleneck/, /store\.cores = 5 is the smallest change found/],
  },
  {
    name: 'whether the exchange comes back after a flash crash',
    file: 'trading.twin',
    scenario: 'Throttled',
    command: 'Pollux: Compare Scenario with…',
    progress: /Comparing Throttled/,
    answer: [/p99\(Trade\) goes from .* better by/, /is met with Throttled, and missed with FlashCrash/],
  },
  {
    name: 'when the backlog of a closed port is gone',
    file: 'warehouse.twin',
    scenario: 'Closure',
    command: 'Pollux: Sweep Scenario…',
    progress: /Sweeping Closure/,
    answer: [
      /1 meets every expectation, the first of them with truck\.count = 16/,
      /p90\(time_to\(Import\.shelved\)\) < 15 h/,
    ],
  },
  {
    name: 'what breaks first in a hard winter',
    file: 'hospital.twin',
    scenario: 'Winter',
    command: 'Pollux: Sweep Scenario…',
    progress: /Sweeping Winter/,
    answer: [/Of 2 it is undecided/, /p95\(wait\(bed\)\) < 6 h/],
  },
];

export async function answersSteps({ step }: Steps, { workbench, workspace }: Session): Promise<void> {
  for (const sample of ['trading', 'warehouse', 'hospital']) {
    await cp(path.join(root, 'samples', sample), workspace.folder, { recursive: true });
  }
  for (const { name, file, scenario, command, progress, answer } of questions) {
    await step(`the editor answers ${name}`, async () => {
      await workbench.openFile(file);
      await workbench.command(command);
      await workbench.pick(scenario);
      await workbench.notification(/run \d+ of \d+/).waitFor();
      const running = workbench.notification(progress);
      const began = Date.now();
      await workbench.shot('answer-asked');
      await running.waitFor({ state: 'detached', timeout: 400_000 });
      const took = Date.now() - began;
      const results = await workbench.panel('results');
      await results.locator('.toolbar .code', { hasText: scenario }).waitFor();
      const answered = results.locator('main section').first();
      for (const each of answer) await answered.getByText(each).first().waitFor();
      await workbench.shot('answer');
      assert.ok(await answered.evaluate((section) => section.getBoundingClientRect().top < innerHeight / 2));
      return `${(took / 1000).toFixed(1)} s`;
    });
  }
}
