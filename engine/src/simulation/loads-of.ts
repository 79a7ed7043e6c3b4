/** The loads of a scenario with the time in which they are on: those of the whole run, and those of its timeline. */
import type { Load, Scenario } from '../model/index.ts';

export interface TimedLoad {
  readonly load: Load;
  /** Microseconds since the beginning of the run; `until` Infinity: until it ends. */
  readonly from: number;
  readonly until: number;
}

export function loadsOf(scenario: Scenario): readonly TimedLoad[] {
  return [
    ...scenario.loads.map((load) => ({ load, from: 0, until: Number.POSITIVE_INFINITY })),
    ...scenario.timeline.flatMap(({ time, change }): TimedLoad[] => {
      if (change.kind !== 'load') return [];
      return [{ load: change.load, from: time, until: time + (change.duration ?? Number.POSITIVE_INFINITY) }];
    }),
  ];
}
