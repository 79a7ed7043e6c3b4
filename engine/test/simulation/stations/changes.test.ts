import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scheduling } from '../../../src/model/index.ts';
import type { Stations } from '../../../src/simulation/stations/index.ts';
import { type Outcome, runStation } from './bench-of-stations.ts';

const three = [
  { at: 0, work: 10 },
  { at: 0, work: 10 },
  { at: 2, work: 10, replica: 1 },
];

describe('a node on which nothing changes', () => {
  it('does one piece of work after the other', () => {
    expect(runStation('fifo', 1, three).ended).toEqual([10, 20, 30]);
    expect(runStation('fifo', 2, three).ended).toEqual([10, 10, 20]);
    expect(runStation('fifo', Number.POSITIVE_INFINITY, three).ended).toEqual([10, 10, 12]);
  });

  it('that shares its cores serves everybody at once', () => {
    // Until 2 halves, then thirds.
    expect(runStation('sharing', 1, three).ended).toEqual([29, 29, 30]);
    expect(runStation('sharing', 3, three).ended).toEqual([10, 10, 12]);
  });

  it('tells who was served by which replica, who waited, and for how long', () => {
    const { figures, waited } = runStation('fifo', 1, three, [], 30);
    expect(figures).toMatchObject({ busyCores: [20 / 30, 10 / 30], cores: [1], queue: [28 / 30] });
    expect(waited).toEqual([0, 10, 18]);
    expect(figures).toMatchObject({ waited: [28], served: [3], growth: [0] });
    const shared = runStation('sharing', 1, three, [], 30);
    expect(shared.figures.busyCores.map((busy) => busy * 30)).toEqual([expect.closeTo(20), expect.closeTo(10)]);
    expect(shared.waited).toEqual([expect.closeTo(19), expect.closeTo(19), expect.closeTo(18)]);
    expect(shared.figures.queue[0]! * 30).toBeCloseTo(19 + 19 + 18);
  });
});

describe('a node that becomes slower', () => {
  it('takes so many times as long for what is left of the work under way, and for what comes', () => {
    const changes = [{ at: 4, change: (stations: Stations) => stations.setSpeed(0, 3) }];
    expect(runStation('fifo', 1, three, changes).ended).toEqual([22, 52, 82]);
    expect(runStation('sharing', 3, three, changes).ended).toEqual([22, 22, 28]);
  });

  it('goes on where it was when it recovers, or stood still', () => {
    const changes = [
      { at: 4, change: (stations: Stations) => stations.setSpeed(0, Number.POSITIVE_INFINITY) },
      { at: 14, change: (stations: Stations) => stations.setSpeed(0, 2) },
      { at: 18, change: (stations: Stations) => stations.setSpeed(0, 1) },
    ];
    expect(runStation('fifo', 1, three, changes).ended).toEqual([22, 32, 42]);
    expect(runStation('sharing', 3, three, changes).ended).toEqual([22, 22, 24]);
  });

  it('is as busy as before', () => {
    const changes = [{ at: 4, change: (stations: Stations) => stations.setSpeed(0, 3) }];
    expect(runStation('fifo', 1, three, changes, 82).figures).toMatchObject({
      busyCores: [52 / 82, 30 / 82],
      cores: [1],
    });
  });
});

describe('a node whose number of cores changes', () => {
  it('serves those who wait when there are more', () => {
    const changes = [{ at: 5, change: (stations: Stations) => stations.setCores(0, 3) }];
    const { ended, figures } = runStation('fifo', 1, three, changes, 20);
    expect(ended).toEqual([10, 15, 15]);
    expect(figures.cores).toEqual([(5 + 3 * 15) / 20]);
  });

  it('lets work under way end when there are fewer; until then its core counts as there', () => {
    const changes = [{ at: 5, change: (stations: Stations) => stations.setCores(0, 1) }];
    const { ended, figures } = runStation('fifo', 2, three, changes, 20);
    expect(ended).toEqual([10, 10, 20]);
    expect(figures).toMatchObject({ busyCores: [1, 0.5], cores: [1.5] });
  });

  it('that shares them serves everybody slower at once', () => {
    const changes = [{ at: 5, change: (stations: Stations) => stations.setCores(0, 1) }];
    const { ended, figures } = runStation('sharing', 3, three, changes, 30);
    // 5, 5 and 7 left, of one core.
    expect(ended).toEqual([20, 20, 22]);
    expect(figures.cores[0]).toBeCloseTo((15 + 25) / 30);
  });

  it('serves nobody where none is left, and goes on when there are some again', () => {
    const changes = [
      { at: 5, change: (stations: Stations) => stations.setCores(0, 0) },
      { at: 50, change: (stations: Stations) => stations.setCores(0, 1) },
    ];
    expect(runStation('fifo', 1, three, changes).ended).toEqual([10, 60, 70]);
    expect(runStation('sharing', 3, three, changes).ended).toEqual([65, 65, 67]);
  });
});

describe('work that is taken away', () => {
  const each = [
    ['fifo', 1],
    ['sharing', 1],
    ['priority', 1],
    ['preemptive-priority', 1],
  ] as const;
  for (const [scheduling, cores] of each) {
    it(`of one replica leaves the others their cores (${scheduling})`, () => {
      const changes = [{ at: 5, change: (stations: Stations) => stations.evict(0) }];
      const { ended, evicted, figures } = runStation(scheduling, cores, three, changes, 40);
      expect(evicted).toEqual([0, 1]);
      expect(ended).toEqual([null, null, scheduling === 'sharing' ? expect.closeTo(14) : 15]);
      expect(figures.busyCores.reduce((sum, busy) => sum + busy, 0) * 40).toBeCloseTo(
        scheduling === 'sharing' ? 14 : 15,
      );
      expect(figures.growth).toEqual([0]);
    });

    it(`of a whole node leaves nothing (${scheduling})`, () => {
      const changes = [{ at: 5, change: (stations: Stations) => stations.evictNode(0) }];
      const { ended, evicted, figures } = runStation(scheduling, cores, three, changes, 40);
      expect(evicted).toEqual([0, 1, 2]);
      expect(ended).toEqual([null, null, null]);
      expect(figures.busyCores.reduce((sum, busy) => sum + busy, 0)).toBeCloseTo(5 / 40);
    });
  }
});

const schedulings = fc.constantFrom<Scheduling>('fifo', 'sharing', 'priority', 'preemptive-priority');
const times = fc.integer({ min: 0, max: 400 });
const jobs = fc.array(
  fc.record({
    at: times,
    work: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 40, noNaN: true })),
    priority: fc.integer({ min: -2, max: 2 }),
    replica: fc.integer({ min: 0, max: 1 }),
  }),
  { minLength: 1, maxLength: 40 },
);
const changes = fc.array(
  fc.record({
    at: times,
    change: fc.oneof(
      fc.constantFrom(0.5, 1, 3, 1000, Number.POSITIVE_INFINITY).map((by) => (all: Stations) => all.setSpeed(0, by)),
      fc.integer({ min: 0, max: 5 }).map((cores) => (all: Stations) => all.setCores(0, cores)),
      fc.integer({ min: 0, max: 1 }).map((replica) => (all: Stations) => all.evict(replica)),
      fc.constant((all: Stations) => all.evictNode(0)),
    ),
  }),
  { maxLength: 8 },
);
/** All is well again. */
const recovery = [
  { at: 500, change: (all: Stations) => all.setSpeed(0, 1) },
  { at: 500, change: (all: Stations) => all.setCores(0, 1) },
];

describe('whatever happens to a node', () => {
  it('no work is lost: all of it ends, or was taken away', () => {
    fc.assert(
      fc.property(schedulings, jobs, changes, (scheduling, work, changing) => {
        const { ended, evicted, figures } = runStation(scheduling, 2, work, [...changing, ...recovery]);
        for (const [index, { at }] of work.entries()) {
          if (evicted.includes(index)) expect(ended[index]).toBeNull();
          else expect(ended[index]).toBeGreaterThanOrEqual(at);
        }
        expect(figures.growth).toEqual([0]);
      }),
    );
  });

  it("Little's law holds: who waits at a time is who comes in a time, times how long each waits", () => {
    fc.assert(
      fc.property(schedulings, jobs, changes, (scheduling, work, changing) => {
        const { figures, waited } = runStation(scheduling, 2, work, [...changing, ...recovery], 10_000);
        const all = waited.reduce((sum, time) => sum + time, 0);
        expect(figures.served).toEqual([work.length]);
        expect(figures.waited[0]).toBeCloseTo(all, 3);
        expect(figures.queue[0]! * 10_000).toBeCloseTo(all, 3);
      }),
    );
  });

  it('no more cores are busy than there are, and no figure is negative', () => {
    fc.assert(
      fc.property(schedulings, jobs, changes, fc.integer({ min: 1, max: 600 }), (scheduling, work, changing, until) => {
        const { figures } = runStation(scheduling, 2, work, [...changing, ...recovery], Math.max(500, until));
        const busy = figures.busyCores.reduce((sum, each) => sum + each, 0);
        expect(busy).toBeLessThanOrEqual(figures.cores[0]! + 1e-9);
        for (const figure of Object.values(figures).flat()) expect(figure).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('work is conserved: as long as nothing changes, nobody loses time on a core by who is served first', () => {
    fc.assert(
      fc.property(schedulings, jobs, (scheduling, work) => {
        const last = (outcome: Outcome): number => Math.max(...outcome.ended.map((time) => time ?? 0));
        expect(last(runStation(scheduling, 1, work))).toBeCloseTo(last(runStation('fifo', 1, work)), 6);
        const total = work.reduce((sum, one) => sum + one.work, 0);
        const { figures } = runStation(scheduling, 3, work, [], 10_000);
        expect(figures.busyCores.reduce((sum, busy) => sum + busy, 0) * 10_000).toBeCloseTo(total, 5);
      }),
    );
  });

  it('the calendar holds no more than one event for each piece of work and each change', () => {
    fc.assert(
      fc.property(schedulings, jobs, changes, (scheduling, work, changing) => {
        const { pending } = runStation(scheduling, 2, work, [...changing, ...recovery]);
        expect(pending).toBeLessThanOrEqual(work.length + changing.length + recovery.length);
      }),
    );
  });
});
