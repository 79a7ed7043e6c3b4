/** Runs a suite in the extension host of the browser-hosted VS Code, against the packaged extension. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { startCodeServer } from '../../../scripts/host/code-server.mjs';
import { testSettings } from '../../../scripts/host/quiet-settings.mjs';
import { openBrowser, openPage } from './browser.ts';
import type { HostRun } from './host-run.ts';

const LIMIT_MS = 180_000;

/** Chatter of the workbench itself. */
const noise =
  /^(Ignoring fetching|Resolv(ing|ed) connection token|Creating a socket|\[|Updating additional builtin|getaddrinfo|Timed out waiting for auth|Failed to fetch|Canceled|No search provider)/;

/** Answers the exit code that the host reports; 124 where it reports none in time. */
export async function runInBrowser({ vsix, stub, suite, workspace, report }: HostRun): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pollux-host-'));
  const host = await startCodeServer({
    folder,
    vsix,
    settings: testSettings,
    // Without this driver the workbench ignores the test payload and the run would never end.
    options: ['--vscode-option', 'enable-smoke-test-driver'],
    env: { POLLUX_TEST_REPORT: report },
    say: (message) => console.log(message),
  });
  const browser = await openBrowser();
  try {
    const page = await openPage(browser, { width: 1200, height: 800 });
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(() => resolve(124), LIMIT_MS).unref();
    });
    await page.exposeFunction('codeAutomationLog', (_kind: string, parts: unknown[]) => {
      const line = format(...parts);
      if (!noise.test(line)) console.log(line);
    });
    const remote = (file: string) => `vscode-remote://${host.authority}${file}`;
    await page.goto(
      host.url(workspace, [
        ['extensionDevelopmentPath', remote(stub)],
        ['extensionTestsPath', remote(path.join(suite, 'index.js'))],
        ['skipWelcome', 'true'],
      ]),
    );
    return await ended;
  } finally {
    await browser.close();
    await host.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
