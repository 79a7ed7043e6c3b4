/** Values that may not be known: what follows from some of them. Knows neither expressions nor actions. */
import type { Value } from '../model/index.ts';
import { areEqualPartly } from './composite-values.ts';
import type { EvaluatePartly, Known } from './frame.ts';
import { RunError } from './run-error.ts';

/** What both ways lead to. */
export function agreed(a: Known, b: Known): Known {
  return areEqualPartly(a, b) === true ? a : undefined;
}

/** Unknown where any part is, or where the known values would be an error. */
export function lifted(parts: readonly EvaluatePartly[], apply: (values: readonly Value[]) => Known): EvaluatePartly {
  return (frame) => {
    const values: Value[] = [];
    for (const part of parts) {
      const value = part(frame);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return orUnknown(() => apply(values));
  };
}

export function orUnknown(work: () => Known): Known {
  try {
    return work();
  } catch (error) {
    if (error instanceof RunError) return undefined;
    throw error;
  }
}
