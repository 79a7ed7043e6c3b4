/** The language server's process, as the operating system knows it: children of this extension host that run the bundle. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux only; elsewhere nothing is found. */
export function serverProcesses(): number[] {
  try {
    return readdirSync('/proc').filter(isServer).map(Number);
  } catch {
    return [];
  }
}

function isServer(name: string): boolean {
  if (!/^\d+$/.test(name)) return false;
  try {
    const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8');
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
    return parent === String(process.pid) && /dist\/server\.js\0/.test(commandLine);
  } catch {
    return false;
  }
}
