/** Runs a suite in a desktop VS Code, given by VSCODE_PATH or downloaded, against the packaged extension. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { cache } from '../../../scripts/lib/paths.mjs';
import type { HostRun } from './host-run.ts';

/** The executable, or why there is none. */
export async function findElectron(): Promise<{ executable: string } | { reason: string }> {
  const given = process.env.VSCODE_PATH;
  if (given !== undefined && given !== '') return { executable: given };
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { reason: 'VSCODE_PATH is not set and there is no display' };
  }
  try {
    return { executable: await downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(cache, 'vscode') }) };
  } catch (error) {
    return { reason: `VS Code cannot be downloaded (${error instanceof Error ? error.message : String(error)})` };
  }
}

export async function runInElectron(executable: string, run: HostRun): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pollux-host-'));
  const places = [
    `--extensions-dir=${path.join(folder, 'extensions')}`,
    `--user-data-dir=${path.join(folder, 'data')}`,
  ];
  try {
    const [cli = executable, ...parameters] = resolveCliArgsFromVSCodeExecutablePath(executable);
    const install = spawnSync(cli, [...parameters, ...places, '--force', '--install-extension', run.vsix], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (install.status !== 0) throw new Error(`The package could not be installed: ${install.stderr}`);
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: run.stub,
      extensionTestsPath: path.join(run.suite, 'index.js'),
      extensionTestsEnv: { POLLUX_TEST_REPORT: run.report },
      launchArgs: [run.workspace, ...places, '--disable-workspace-trust', '--skip-welcome'],
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
