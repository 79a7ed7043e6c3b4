/**
 * Runs one command in its own process group and ends that group, and nothing else, when asked to or when this script ends.
 * Knows nothing of what the commands are for. Plain Node 20.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';

const alive = new Set();

/** A failed command: `output` holds what it printed, where that was captured. */
class CommandFailed extends Error {
  constructor(command, code, output) {
    const tail = output.trim().split('\n').slice(-15).join('\n');
    super(`${command} ended with ${code}${tail === '' ? '' : `:\n${tail}`}`);
    this.code = code;
    this.output = output;
  }
}

/** Runs to the end. `capture` keeps the output instead of showing it; `check: false` answers the exit code whatever it is. */
export function runCommand(command, parameters, { cwd, env, capture = false, check = true, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const kept = [];
    const piped = capture || onLine !== undefined;
    const child = spawn(command, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', piped ? 'pipe' : 'inherit', piped ? 'pipe' : 'inherit'],
      detached: true,
    });
    alive.add(child);
    for (const stream of piped ? [child.stdout, child.stderr] : []) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        kept.push(text);
        if (onLine === undefined) return;
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        for (const line of lines) onLine(line);
      });
      stream.on('end', () => {
        if (rest !== '') onLine?.(rest);
      });
    }
    child.once('error', (error) => {
      alive.delete(child);
      reject(error);
    });
    child.once('close', (code, signal) => {
      alive.delete(child);
      const output = kept.join('');
      const status = code ?? `signal ${signal}`;
      if (check && code !== 0) reject(new CommandFailed([command, ...parameters].join(' '), status, output));
      else resolve({ code: code ?? 1, output });
    });
  });
}

/** Starts something that stays; `log` is a file that takes its output, without one it is shown. */
export function startCommand(command, parameters, { cwd, env, log } = {}) {
  const file = log === undefined ? 'inherit' : fs.openSync(log, 'a');
  const child = spawn(command, parameters, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', file, file],
    detached: true,
  });
  if (typeof file === 'number') fs.closeSync(file);
  alive.add(child);
  child.once('close', () => alive.delete(child));
  return child;
}

/** Ends the process group of a child that this script started: politely, then for good. */
export async function stopCommand(child, patience_ms = 4000) {
  const ended = new Promise((resolve) => child.once('close', resolve));
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    signalGroup(child, 'SIGKILL');
    return;
  }
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patience_ms);
  await ended;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
}

/** Everything that is still running. */
export async function stopAll() {
  await Promise.all([...alive].map((child) => stopCommand(child)));
}

/** Ctrl-C and SIGTERM end what was started, then this process. */
export function stopAllOnSignal(before = () => {}) {
  let stopping = false;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      before(signal);
      await stopAll();
      process.exit(code);
    });
  }
  process.on('exit', () => {
    for (const child of alive) signalGroup(child, 'SIGKILL');
  });
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
