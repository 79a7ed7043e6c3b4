/**
 * `node extension/test/ui/run.ts`: the tour of a new user with real keys and clicks, in the browser-hosted VS Code, against the
 * packaged extension. Leaves screenshots. Ends with `N passed, M failed`. Names of parts as parameters run only those.
 */
import { screenshots } from '../../../scripts/lib/paths.mjs';
import { stopAll, stopAllOnSignal } from '../../../scripts/lib/run-command.mjs';
import { openBrowser } from '../host/browser.ts';
import { answersSteps } from './answers-steps.ts';
import { browserEngineSteps } from './browser-engine-steps.ts';
import { debuggingSteps } from './debugging-steps.ts';
import { diagramSteps } from './diagram-steps.ts';
import { editingSteps } from './editing-steps.ts';
import { liveRunSteps } from './live-run-steps.ts';
import { PictureFolder } from './picture-folder.ts';
import { openSession, type Session } from './session.ts';
import { simulationSteps } from './simulation-steps.ts';
import { recordSteps, type Steps } from './steps.ts';
import { telemetrySteps } from './telemetry-steps.ts';
import { testingSteps } from './testing-steps.ts';
import { untrustedSteps } from './untrusted-steps.ts';

type Part = (steps: Steps, session: Session) => Promise<void>;

const trusted = {
  editing: editingSteps,
  diagram: diagramSteps,
  simulation: simulationSteps,
  live: liveRunSteps,
  telemetry: telemetrySteps,
  testing: testingSteps,
  debugging: debuggingSteps,
  // Last: it brings the other samples into the workspace.
  answers: answersSteps,
};
const untrusted = { untrusted: untrustedSteps };
const only = process.argv.slice(2);
const pictures = new PictureFolder(screenshots);

stopAllOnSignal();
let current: Session | undefined;
const steps = recordSteps(async () => {
  await current?.workbench.shot('failed');
});
const browser = await openBrowser();
try {
  if (only.length === 0 || only.includes('engine')) await browserEngineSteps(steps, browser);
  await inSession('a trusted workspace', { trust: false }, trusted);
  await inSession('an untrusted workspace', { trust: true }, untrusted);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
} finally {
  await browser.close();
  await stopAll();
}
console.log(`${steps.passed} passed, ${steps.failed} failed`);
process.exit(steps.failed === 0 ? 0 : 1);

async function inSession(name: string, options: { trust: boolean }, parts: Record<string, Part>): Promise<void> {
  const chosen = Object.entries(parts).filter(([part]) => only.length === 0 || only.includes(part));
  if (chosen.length === 0) return;
  console.log(`In ${name}`);
  const opened = await steps.step('the workbench opens', async () => {
    current = await openSession(browser, pictures, options);
  });
  if (!opened || current === undefined) return;
  try {
    for (const [, part] of chosen) await part(steps, current);
  } finally {
    await current.close();
    current = undefined;
  }
}
