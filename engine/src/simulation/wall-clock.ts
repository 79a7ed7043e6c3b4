/**
 * What a clock on the wall shows during a run: the week goes on from where the run begins, and where the model knows the date, clocks are put
 * forward and back. Knows no calendar: the model says when, and by how much.
 */
import type { ClockStep, Scenario } from '../model/index.ts';

export interface WallClock {
  /** Microseconds since Monday 00:00 of the week in which the run begins, by this clock. */
  at(time: number): number;
  /** When it is put forward or back next; Infinity where that never happens. */
  nextStep(time: number): number;
  /** Stretches of the run in which it goes evenly, the first from its beginning; `shown`: what it would have shown then. */
  readonly stretches: readonly { readonly from: number; readonly shown: number }[];
}

/** Of the time zone; without one, and where the date is not known, of the run. */
export function wallClock({ beginning = 0, date }: Pick<Scenario, 'beginning' | 'date'>, timezone?: string): WallClock {
  const wanted = timezone ?? date?.timezone;
  return steppedClock(beginning, date?.clocks.find((clock) => clock.timezone === wanted)?.steps ?? []);
}

/** `steps` rise in time; before the first it shows what the run's clock shows. */
export function steppedClock(beginning: number, steps: readonly ClockStep[]): WallClock {
  const later = steps.filter(({ time }) => time > 0);
  const first = steps.filter(({ time }) => time <= 0).at(-1)?.ahead ?? 0;
  const stretches = [
    { from: 0, shown: beginning + first },
    ...later.map(({ time, ahead }) => ({ from: time, shown: beginning + ahead })),
  ];
  if (later.length === 0) {
    const shown = beginning + first;
    return { at: (time) => shown + time, nextStep: () => Number.POSITIVE_INFINITY, stretches };
  }
  return {
    at: (time) => (stretches.findLast(({ from }) => from <= time)?.shown ?? beginning + first) + time,
    nextStep: (time) => later.find((step) => step.time > time)?.time ?? Number.POSITIVE_INFINITY,
    stretches,
  };
}
