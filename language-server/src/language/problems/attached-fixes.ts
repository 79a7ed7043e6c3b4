/**
 * Keeps the fixes that a finding was reported with beside its diagnostic, which goes over the wire without them. They live as
 * long as the diagnostic.
 */
import type { Fix } from './fix.ts';

const attached = new WeakMap<object, () => readonly Fix[]>();

export function attachFixes<T extends object>(diagnostic: T, fixes: (() => readonly Fix[]) | undefined): T {
  if (fixes !== undefined) attached.set(diagnostic, fixes);
  return diagnostic;
}

export function attachedFixes(diagnostic: object): readonly Fix[] {
  return attached.get(diagnostic)?.() ?? [];
}
