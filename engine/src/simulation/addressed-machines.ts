/** Which machines some behaviour sends signals to by the key of an instance. */
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
