/** Which machines some behaviour sends signals to by the key of an instance, and whether any answers who sent it one. */
import type { ElementId } from '../model/index.ts';

/** Looks anywhere inside. */
export function addressed(value: unknown): readonly ElementId[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'kind' in value && value.kind === 'instance' && 'behaviour' in value ? [String(value.behaviour)] : [];
  const inside = Object.entries(value).flatMap(([key, part]) =>
    key === 'place' || key === 'type' ? [] : addressed(part),
  );
  return [...own, ...inside];
}

/** Somewhere inside something is sent to the sender of what is being handled. */
export function answersSenders(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('kind' in value && value.kind === 'sender') return true;
  return Object.entries(value).some(([key, part]) => key !== 'place' && key !== 'type' && answersSenders(part));
}
