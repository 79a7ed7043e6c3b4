/** Where a running shop leaves word of itself, so that `fault` and scripts find it. Knows nothing of its processes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface SystemState {
  /** Of the process that started all others. */
  readonly pid: number;
  /** Takes `GET /status` and `POST /fault`. */
  readonly control: string;
  readonly services: Readonly<Record<string, { readonly pid: number; readonly port: number }>>;
  readonly collector: string;
  readonly started: string;
}

export const DEFAULT_STATE_FILE = join(import.meta.dirname, '.run', 'state.json');

export function writeState(file: string, state: SystemState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(state, null, 2)}\n`);
}

/** Null where there is none that can be read. */
export function readState(file: string): SystemState | null {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as SystemState;
    return typeof state.pid === 'number' && typeof state.control === 'string' ? state : null;
  } catch {
    return null;
  }
}

/** Removes only its own word: another system may have started since. */
export function removeState(file: string, pid: number): void {
  if (readState(file)?.pid === pid) rmSync(file, { force: true });
}
