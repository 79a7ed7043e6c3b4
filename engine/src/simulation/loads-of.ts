/** The loads of a scenario with the time in which they are on: those of the whole run, and those of its timeline. */
import type { Load, Scenario } from '../model/index.ts';

export interface TimedLoad {
  readonly load: Load;
  /**
   * What the names of its random sources begin with: what it starts, and which of those that start it this is. The scenario has no part in
   * it, so that the same load has the same luck in two scenarios that are compared.
   */
  readonly luck: string;
  /** Microseconds since the beginning of the run; `until` Infinity: until it ends. */
  readonly from: number;
  readonly until: number;
}

export function loadsOf(scenario: Scenario): readonly TimedLoad[] {
  const lasting = lucky(scenario.loads, 'load');
  const timed = scenario.timeline.flatMap(({ time, change }) =>
    change.kind === 'load' ? [{ load: change.load, time, duration: change.duration ?? Number.POSITIVE_INFINITY }] : [],
  );
  const lucks = lucky(
    timed.map(({ load }) => load),
    'timed load',
  );
  return [
    ...scenario.loads.map((load, at) => ({
      load,
      luck: lasting[at] ?? load.id,
      from: 0,
      until: Number.POSITIVE_INFINITY,
    })),
    ...timed.map(({ load, time, duration }, at) => ({
      load,
      luck: lucks[at] ?? load.id,
      from: time,
      until: time + duration,
    })),
  ];
}

function lucky(loads: readonly Load[], kind: string): readonly string[] {
  const counts = new Map<string, number>();
  return loads.map(({ behaviour }) => {
    const count = (counts.get(behaviour) ?? 0) + 1;
    counts.set(behaviour, count);
    return `${behaviour}/${kind}${count === 1 ? '' : `#${count}`}`;
  });
}
