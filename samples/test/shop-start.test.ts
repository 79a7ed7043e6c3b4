import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState, type SystemState, writeState } from '../shop/system/state-file.ts';
import { eventually } from './observed-shop.ts';

const SYSTEM = join(import.meta.dirname, '..', 'shop', 'system');

describe('the shop as commands', { timeout: 60_000 }, () => {
  let folder: string;
  let stateFile: string;
  const started: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shop-'));
    stateFile = join(folder, 'state.json');
  });
  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(...args: string[]): Promise<{ child: ChildProcess; line: string; state: SystemState }> {
    const child = spawn(process.execPath, [join(SYSTEM, 'start.ts'), '--no-load', '--state', stateFile, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    const state = readState(stateFile);
    if (!state) throw new Error('no state file was written');
    return { child, line: line.toString(), state };
  }

  function fault(...args: string[]) {
    return spawnSync(process.execPath, [join(SYSTEM, 'fault.ts'), '--state', stateFile, ...args], { encoding: 'utf8' });
  }

  it('says when it is ready and where, and ends everything on SIGTERM', async () => {
    const { child, line, state } = await start();
    expect(line).toMatch(/^shop is running: bank \d+, stock \d+, orders \d+, web \d+; control http:/);
    expect(Object.keys(state.services).sort()).toEqual(['bank', 'orders', 'stock', 'web']);
    child.kill('SIGTERM');
    await once(child, 'exit');
    await eventually(() => everyServiceEnded(state));
    expect(existsSync(stateFile)).toBe(false);
  });

  it('leaves no service behind when it is killed', async () => {
    const { child, state } = await start();
    child.kill('SIGKILL');
    await eventually(() => everyServiceEnded(state));
  });

  it('switches a fault on by name', async () => {
    const { state } = await start();
    const done = fault('slow-bank');
    expect([done.status, done.stdout]).toEqual([0, expect.stringContaining('eight times')]);
    expect(await (await fetch(`${state.control}/status`)).json()).toEqual({ fault: 'slow-bank' });
  });

  it('refuses an unknown fault over HTTP too, and keeps running', async () => {
    const { state } = await start();
    for (const body of ['{"name":"toString"}', 'not json', '[]']) {
      const answer = await fetch(`${state.control}/fault`, { method: 'POST', body });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('illegal-refund')]);
    }
    expect(await (await fetch(`${state.control}/status`)).json()).toEqual({ fault: 'off' });
  });

  it('does not start twice with the same state file', async () => {
    await start();
    const again = spawnSync(process.execPath, [join(SYSTEM, 'start.ts'), '--state', stateFile], { encoding: 'utf8' });
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('running already')]);
  });

  it('starts beside the word that a crashed shop left behind', async () => {
    const gone = { pid: process.pid, control: 'http://127.0.0.1:1', services: {}, collector: '', started: '' };
    writeState(stateFile, gone);
    const { state, child } = await start();
    expect(state.pid).toBe(child.pid);
  });

  it('says which port is taken', async () => {
    const { state } = await start();
    const taken = state.services.web?.port ?? 0;
    const other = ['--state', join(folder, 'other.json'), '--port', String(taken)];
    const second = spawnSync(process.execPath, [join(SYSTEM, 'start.ts'), '--no-load', ...other], { encoding: 'utf8' });
    expect([second.status, second.stderr]).toEqual([1, expect.stringMatching(/did not start.*EADDRINUSE/)]);
  });

  it('lists the faults when the name is wrong or missing', () => {
    for (const args of [['slow-bnak'], [], ['off', 'off']]) {
      const done = fault(...args);
      expect([done.status, done.stderr]).toEqual([3, expect.stringMatching(/illegal-refund[\s\S]*skip-stock/)]);
    }
  });

  it('says so when no shop is running', () => {
    const done = fault('off');
    expect([done.status, done.stderr]).toEqual([1, expect.stringContaining('No sample shop is running')]);
  });
});

function everyServiceEnded(state: SystemState): true | undefined {
  const alive = Object.values(state.services).filter(({ pid }) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  });
  return alive.length === 0 ? true : undefined;
}
