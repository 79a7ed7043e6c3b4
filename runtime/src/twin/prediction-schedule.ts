/**
 * When the observed load is worth simulating: soon after data began to flow, when the load has moved, and now and then. Goes
 * by event time, so that a recording is predicted as it would have been live.
 */
import type { ElementId, Model } from '@pollux/engine/model';
import type { TwinState } from '@pollux/engine/twin';

const SECOND = 1e6;
/** Event time that must have been seen before the first simulation. */
const FIRST_AFTER = 5 * SECOND;
const AGAIN_AFTER = 300 * SECOND;
/** However much the load moves. */
const NEVER_WITHIN = 10 * SECOND;
/** Relative change of a rate that calls for a new simulation … */
const MOVED = 0.25;
/** … where it is more than chance: in standard deviations of the counts behind it. */
const DEVIATIONS = 3;

export class PredictionSchedule {
  readonly #interactions: readonly ElementId[];
  #began: number | undefined;
  #last: { readonly at: number; readonly rates: ReadonlyMap<ElementId, number> } | undefined;

  constructor(model: Model) {
    this.#interactions = model.interactions.map(({ id }) => id);
  }

  /** Whether to simulate now; true counts as done. */
  due(state: TwinState): boolean {
    const rates = this.#rates(state);
    if (rates.size === 0) return false;
    this.#began ??= state.newest;
    if (!this.#isDue(state.newest, rates, state.window_s)) return false;
    this.#last = { at: state.newest, rates };
    return true;
  }

  #isDue(newest: number, rates: ReadonlyMap<ElementId, number>, window: number): boolean {
    if (this.#last === undefined) return newest - (this.#began ?? newest) >= FIRST_AFTER;
    const since = newest - this.#last.at;
    if (since >= AGAIN_AFTER) return true;
    if (since < NEVER_WITHIN) return false;
    const before = this.#last.rates;
    return this.#interactions.some((id) => hasMoved(before.get(id) ?? 0, rates.get(id) ?? 0, window));
  }

  #rates({ figures }: TwinState): Map<ElementId, number> {
    const rates = new Map<ElementId, number>();
    for (const id of this.#interactions) {
      const rate = figures[id]?.rate;
      if (rate !== undefined && rate > 0) rates.set(id, rate);
    }
    return rates;
  }
}

function hasMoved(before: number, now: number, window: number): boolean {
  const change = Math.abs(now - before);
  return change > MOVED * Math.max(before, now) && change * window > DEVIATIONS * Math.sqrt((before + now) * window);
}
