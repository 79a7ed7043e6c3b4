/** Whether a machine draws what cannot be tried in all its values. */
import type { CompiledMachine } from '../behavior/index.ts';

/** Anything but a chance or a delay is drawn: not every value can be tried. */
export function draws({ machine, timers, called }: CompiledMachine): boolean {
  const delays = new Set<unknown>(timers.flatMap(({ runs }) => (runs.kind === 'delay' ? [runs.delay] : [])));
  const open: unknown[] = [machine, ...called.map(({ result }) => result)];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null || delays.has(part)) continue;
    if ('kind' in part && part.kind === 'draw' && 'distribution' in part) {
      const law = part.distribution as { readonly kind: string };
      if (law.kind !== 'chance' && law.kind !== 'constant') return true;
    }
    for (const inner of Object.values(part)) if (typeof inner === 'object') open.push(inner);
  }
  return false;
}
