/**
 * Loads that become so many times as much on the timeline. A factor stretches or shortens what is left of a gap between arrivals,
 * so that nothing before it changes and no further number is drawn. Knows nothing of what arrives.
 */
import type { ElementId, Scenario } from '../model/index.ts';
import { type ArrivalRate, areaUntil } from './arrival-rate.ts';

/** From a time on, microseconds; before the first it is 1. */
interface FactorStep {
  readonly time: number;
  readonly factor: number;
}

/** In the order of time; empty where the timeline says nothing of the behaviour. Of several that last at once the latest counts. */
export function factorSteps(scenario: Scenario, behaviour: ElementId): readonly FactorStep[] {
  const factors = scenario.timeline.flatMap(({ time, change }) =>
    change.kind === 'load-factor' && change.behaviour === behaviour
      ? [{ from: time, until: time + (change.duration ?? Number.POSITIVE_INFINITY), factor: change.factor }]
      : [],
  );
  const times = [...new Set(factors.flatMap(({ from, until }) => [from, until]))].filter(Number.isFinite);
  return times
    .sort((a, b) => a - b)
    .map((time) => {
      const lasting = factors.filter(({ from, until }) => from <= time && time < until);
      const latest = lasting.reduce((a, b) => (b.from >= a.from ? b : a), { from: -1, until: 0, factor: 1 });
      return { time, factor: latest.factor };
    });
}

/** The rate, so many times as much; null stands for gaps that do not depend on the time. */
export function factoredRate(rate: ArrivalRate | null, steps: readonly FactorStep[]): ArrivalRate | null {
  if (steps.length === 0) return rate;
  const after = (time: number, area: number): number => rate?.after(time, area) ?? time + area;
  return {
    after(time, area) {
      // Nothing comes after what never comes.
      if (time === Number.POSITIVE_INFINITY) return time;
      let at = time;
      let left = area;
      for (let next = 0; ; next++) {
        const end = steps[next]?.time ?? Number.POSITIVE_INFINITY;
        if (end <= at) continue;
        const factor = next === 0 ? 1 : steps[next - 1]!.factor;
        if (factor > 0) {
          const found = after(at, left / factor);
          if (found < end) return found;
          if (end < Number.POSITIVE_INFINITY) left -= factor * areaUntil(after, at, end, left / factor);
        }
        if (end === Number.POSITIVE_INFINITY) return end;
        at = end;
        // What rounding has left of nothing.
        left = Math.max(0, left);
      }
    },
  };
}
