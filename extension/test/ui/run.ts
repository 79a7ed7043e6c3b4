/**
 * `node extension/test/ui/run.ts`: the tour of a new user with real keys and clicks, in the browser-hosted VS Code, against the
 * packaged extension. Leaves screenshots. Ends with `N passed, M failed`.
 */
import { openBrowser } from '../host/browser.ts';
import { diagramSteps } from './diagram-steps.ts';
import { editingSteps } from './editing-steps.ts';
import { openSession, type Session } from './session.ts';
import { simulationSteps } from './simulation-steps.ts';
import { recordSteps, type Steps } from './steps.ts';
import { telemetrySteps } from './telemetry-steps.ts';
import { untrustedSteps } from './untrusted-steps.ts';

let current: Session | undefined;
let failures = 0;
const steps = recordSteps(async () => {
  failures += 1;
  await current?.workbench.shot(`failed-${failures}`);
});
const browser = await openBrowser();
try {
  await inSession('a trusted workspace', { trust: false }, [
    editingSteps,
    diagramSteps,
    simulationSteps,
    telemetrySteps,
  ]);
  await inSession('an untrusted workspace', { trust: true }, [untrustedSteps]);
} finally {
  await browser.close();
}
console.log(`${steps.passed} passed, ${steps.failed} failed`);
process.exit(steps.failed === 0 ? 0 : 1);

type Part = (steps: Steps, session: Session) => Promise<void>;

async function inSession(name: string, options: { trust: boolean }, parts: readonly Part[]): Promise<void> {
  console.log(`In ${name}`);
  const opened = await steps.step('the workbench opens', async () => {
    current = await openSession(browser, options);
  });
  if (!opened || current === undefined) return;
  try {
    for (const part of parts) await part(steps, current);
  } finally {
    await current.close();
    current = undefined;
  }
}
