/**
 * `node extension/test/host/run.ts`: the in-host suite against the packaged extension, and a suite that fails on purpose, which
 * must give exit code 1. Says which host it uses. Ends with `N passed, M failed`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, vsix } from '../../../scripts/lib/paths.mjs';
import { bundleSuites } from './bundle-suites.ts';
import { runInBrowser } from './in-browser.ts';
import { findElectron, runInElectron } from './in-electron.ts';
import { shopWorkspace } from './workspace.ts';

const stub = path.join(root, 'extension/test/host/stub');

const electron = await findElectron();
const desktop = 'executable' in electron;
console.log(
  desktop
    ? `Host: desktop VS Code ${electron.executable}, through @vscode/test-electron`
    : `Host: browser-hosted VS Code with Chromium, because ${electron.reason}`,
);
const real = await runSuite('suite');
const deliberate = await runSuite('failing');
const caught = deliberate.code === 1 && deliberate.failed === 1;
console.log(`A suite that fails on purpose ${caught ? 'gave' : 'did NOT give'} exit code 1 (${deliberate.code}).`);

const unexplained = real.code !== 0 && real.failed === 0 ? 1 : 0;
const failed = real.failed + unexplained + (caught ? 0 : 1);
console.log(`${real.passed + (caught ? 1 : 0)} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function runSuite(name: 'suite' | 'failing'): Promise<{ code: number; passed: number; failed: number }> {
  const workspace = await shopWorkspace(root);
  const folder = await mkdtemp(path.join(tmpdir(), 'pollux-report-'));
  const report = path.join(folder, 'counts.json');
  try {
    const run = { vsix, stub, suite: await bundleSuites(root, name), workspace: workspace.folder, report };
    const code = desktop ? await runInElectron(electron.executable, run) : await runInBrowser(run);
    if (code === 124) console.error('The host reported no end in time.');
    const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { passed: 0, failed: 0 };
    return { code, passed: Number(counts.passed), failed: Number(counts.failed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(workspace.folder, { recursive: true, force: true });
  }
}
