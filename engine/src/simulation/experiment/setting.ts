/**
 * What an experiment changes: one number of a model, by its element and name, and how it is said. Knows every number that may be
 * changed, nothing of how a run takes it.
 */
import type { Distribution, ElementId, ParameterName, Value } from '../../model/index.ts';

/**
 * Beyond what a scenario may set or vary: of a load its `rate` (a second) or its `users`, of a scenario the `warmup` that is left out;
 * times in microseconds.
 */
export type SettableName = ParameterName | 'rate' | 'users' | 'warmup';

export interface Settable {
  readonly element: ElementId;
  readonly name: SettableName;
}

/** A value in the unit of the parameter; a factor multiplies what stands there, whatever law it is. */
export type Setting = Settable &
  (
    | { readonly value: Value | Distribution; readonly factor?: never }
    | { readonly factor: number; readonly value?: never }
  );

export function isSameSettable(a: Settable, b: Settable): boolean {
  return a.element === b.element && a.name === b.name;
}
