/** Stations on their own: work that comes at times that a test says, changes between, and when each piece of it ended. */

import type { Scheduling } from '../../../src/model/index.ts';
import { AT, Calendar } from '../../../src/simulation/calendar.ts';
import { indexOf } from '../../../src/simulation/event.ts';
import { layout } from '../../../src/simulation/layout.ts';
import { Stations } from '../../../src/simulation/stations/index.ts';
import { PLACE, TokenPool, WORD_SHIFT } from '../../../src/simulation/token-pool.ts';

const place = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const element = { name: 'n', label: place, place };

export interface Job {
  readonly at: number;
  readonly work: number;
  readonly priority?: number;
  readonly replica?: number;
}

export interface Change {
  readonly at: number;
  /** What it returns is taken for the tokens that were taken away. */
  readonly change: (stations: Stations) => unknown;
}

export interface Outcome {
  /** By job: when its work was done; null: it was taken away, or has not ended. */
  readonly ended: readonly (number | null)[];
  readonly evicted: readonly number[];
  readonly waited: readonly number[];
  readonly figures: ReturnType<Stations['figures']>;
  /** How many events the calendar ever held at a time. */
  readonly pending: number;
}

/** One node with two replicas. What it measures is measured until the time. */
export function runStation(
  scheduling: Scheduling,
  cores: number,
  jobs: readonly Job[],
  changes: readonly Change[] = [],
  until = Number.POSITIVE_INFINITY,
): Outcome {
  const places = layout(
    {
      ...element,
      id: 'D',
      kind: 'deployment',
      zones: [],
      nodes: [
        {
          ...element,
          id: 'D.n',
          kind: 'node',
          count: 1,
          cores,
          scheduling: 'fifo',
          deploys: [
            {
              ...element,
              id: 'D.n.C',
              kind: 'deployed',
              component: 'C',
              replicas: 2,
              config: [],
            },
          ],
        },
      ],
      links: [],
      spreads: [],
      balances: [],
      autoscales: [],
      limits: [],
      backgrounds: [],
      costs: [],
    },
    [],
  );
  const clock = new Float64Array(1);
  const pool = new TokenPool(jobs.length + 1);
  const calendar = new Calendar();
  const waited = jobs.map(() => 0);
  const stations = new Stations({
    layout: { ...places, schedulingOfNode: [scheduling] },
    pool,
    clock,
    calendar,
    canChange: true,
    workplaces: [],
    worked: () => undefined,
    backgrounds: [],
    waited: (token, time) => {
      waited[token]! += time;
    },
    isCancelled: () => false,
  });
  stations.clear();
  const script = [
    ...jobs.map(({ at }, index) => ({ at, index, change: null })),
    ...changes.map(({ at, change }) => ({ at, index: -1, change })),
  ].sort((one, other) => one.at - other.at);
  const ended: (number | null)[] = jobs.map(() => null);
  const evicted: number[] = [];
  let pending = 0;
  const passTo = (time: number): void => {
    for (;;) {
      pending = Math.max(pending, calendar.pending);
      const event = calendar.next();
      if (event < 0) break;
      if (calendar.moments[AT]! > time) {
        calendar.push(calendar.moments[AT]!, event);
        break;
      }
      clock[0] = calendar.moments[AT]!;
      const token = stations.ring(indexOf(event));
      if (token < 0) continue;
      ended[token] = clock[0];
      stations.leave(token, pool.words[(token << WORD_SHIFT) + PLACE]!);
    }
  };
  for (let i = 0; i < jobs.length; i++) pool.take();
  for (const { at, index, change } of script) {
    passTo(at);
    clock[0] = at;
    if (change !== null) {
      const taken = change(stations);
      if (Array.isArray(taken)) evicted.push(...taken);
    } else {
      const { work, priority = 0, replica = 0 } = jobs[index]!;
      pool.words[(index << WORD_SHIFT) + PLACE] = replica;
      stations.arrive(index, replica, work, priority);
    }
  }
  passTo(until);
  if (until < Number.POSITIVE_INFINITY) clock[0] = until;
  return { ended, evicted, waited, figures: stations.figures(clock[0]!), pending };
}
