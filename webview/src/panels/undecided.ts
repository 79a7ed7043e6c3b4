/** How many replications would decide an expectation whose interval spans its bound. Pure. */
import type { SimulationResult } from '@pollux/engine/simulation';

/** More than so many times the replications is no proposal. */
const most = 50;

/**
 * An interval shrinks with the root of the number of replications: it no longer holds the bound once its half-width is below the
 * distance to it. Null where nothing is undecided for that reason, or where no reasonable number would do.
 */
export function decidingReplications({ expectations, replications }: SimulationResult): number | null {
  const wanted = expectations.flatMap(({ verdict, value, lower, upper, bound }) => {
    if (verdict !== 'undecided' || value === null || lower === null || upper === null || replications < 2) return [];
    if (bound < lower || bound > upper) return [];
    const half = (upper - lower) / 2;
    const distance = Math.abs(value - bound);
    const factor = distance > 0 ? (half / distance) ** 2 : Number.POSITIVE_INFINITY;
    return [Math.ceil(replications * factor * 1.1) + 1];
  });
  const greatest = Math.max(0, ...wanted.filter((count) => count <= most * replications));
  return greatest > replications ? greatest : null;
}
