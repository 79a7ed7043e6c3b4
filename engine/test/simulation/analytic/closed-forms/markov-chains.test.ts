/** Closed forms against the balance equations of all states, solved directly: the slow way that knows no formula. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  delaySystem,
  erlangB,
  exactClasses,
  impatientQueue,
  limitedQueue,
  meanValueAnalysis,
} from '../../../../src/simulation/analytic/closed-forms/index.ts';

type Move = readonly [to: readonly number[], rate: number];

/** How likely each state is that can be reached from the first: Gauss, the last equation being that all shares are 1 together. */
function steady(first: readonly number[], moves: (state: readonly number[]) => readonly Move[]) {
  const states = [first];
  const numbers = new Map([[String(first), 0]]);
  const rows: number[][] = [];
  const flow = (into: number, from: number, rate: number): void => {
    const row = rows[into] ?? [];
    row[from] = (row[from] ?? 0) + rate;
    rows[into] = row;
  };
  for (let from = 0; from < states.length; from++) {
    for (const [to, rate] of moves(states[from]!)) {
      if (rate === 0) continue;
      let at = numbers.get(String(to));
      if (at === undefined) {
        at = states.push(to) - 1;
        numbers.set(String(to), at);
      }
      flow(at, from, rate);
      flow(from, from, -rate);
    }
  }
  const count = states.length;
  const matrix = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count + 1 }, (_, j) => (i === count - 1 ? 1 : j === count ? 0 : (rows[i]?.[j] ?? 0))),
  );
  for (let i = 0; i < count; i++) {
    let pivot = i;
    for (let k = i + 1; k < count; k++) if (Math.abs(matrix[k]![i]!) > Math.abs(matrix[pivot]![i]!)) pivot = k;
    [matrix[i], matrix[pivot]] = [matrix[pivot]!, matrix[i]!];
    for (let k = 0; k < count; k++) {
      if (k === i || matrix[k]![i] === 0) continue;
      const factor = matrix[k]![i]! / matrix[i]![i]!;
      for (let j = i; j <= count; j++) matrix[k]![j]! -= factor * matrix[i]![j]!;
    }
  }
  const shares = matrix.map((row, i) => row[count]! / row[i]!);
  return (of: (state: readonly number[]) => number): number =>
    states.reduce((sum, state, i) => sum + shares[i]! * of(state), 0);
}

const moved = (state: readonly number[], from: number, to: number): number[] =>
  state.map((n, i) => n - (i === from ? 1 : 0) + (i === to ? 1 : 0));

const near = (found: number, exact: number): void =>
  expect(Math.abs(found - exact)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(exact)));

const demand = fc.double({ min: 0.05, max: 3, noNaN: true });

describe('users who go round', () => {
  it('have the throughput and the numbers present of all states together', () => {
    const network = fc.record({
      stations: fc.array(fc.record({ demand, servers: fc.constantFrom(1, 2, 3) }), { minLength: 1, maxLength: 3 }),
      users: fc.integer({ min: 1, max: 5 }),
      thinking: fc.double({ min: 0.05, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(network, ({ stations, users, thinking }) => {
        // The first place of a state are those who think.
        const mean = steady([users, ...stations.map(() => 0)], (state) => [
          ...(state[0]! > 0 ? [[moved(state, 0, 1), state[0]! / thinking] as const] : []),
          ...stations.flatMap((station, i): Move[] =>
            state[i + 1]! === 0
              ? []
              : [
                  [
                    moved(state, i + 1, (i + 2) % (stations.length + 1)),
                    Math.min(state[i + 1]!, station.servers) / station.demand,
                  ],
                ],
          ),
        ]);
        const found = meanValueAnalysis(stations, users, thinking);
        near(found.throughput, mean((state) => state[0]!) / thinking);
        found.responses.forEach((response, i) => {
          near(
            found.throughput * response,
            mean((state) => state[i + 1]!),
          );
        });
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('of two kinds at stations that all share have theirs', () => {
    const network = fc.record({
      own: fc.array(fc.tuple(demand, demand), { minLength: 1, maxLength: 2 }),
      users: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
      thinking: fc.tuple(demand, demand),
    });
    fc.assert(
      fc.property(network, ({ own, users, thinking }) => {
        const places = own.length + 1;
        // By kind: thinking, then at each station, where a core is shared by all who are there.
        const at = (kind: number, place: number): number => kind * places + place;
        const start = [0, 1].flatMap((kind) => [users[kind]!, ...own.map(() => 0)]);
        const mean = steady(start, (state) =>
          [0, 1].flatMap((kind) =>
            Array.from({ length: places }, (_, place): Move => {
              const here = state[at(kind, place)]!;
              const next = moved(state, at(kind, place), at(kind, (place + 1) % places));
              if (here === 0) return [state, 0];
              if (place === 0) return [next, here / thinking[kind]!];
              const present = state[at(0, place)]! + state[at(1, place)]!;
              return [next, here / present / own[place - 1]![kind]!];
            }),
          ),
        );
        const classes = [0, 1].map((kind) => ({
          users: users[kind]!,
          thinking: thinking[kind]!,
          demands: own.map((pair) => pair[kind]!),
        }));
        const found = exactClasses(
          classes,
          own.map(() => 1),
        );
        for (const kind of [0, 1])
          near(found[kind]!.throughput, mean((state) => state[at(kind, 0)]!) / thinking[kind]!);
      }),
      { seed: 4, numRuns: 40 },
    );
  });
});

describe('Erlang’s formulas', () => {
  const queue = fc.record({
    arrivals: fc.double({ min: 0.1, max: 6, noNaN: true }),
    service: fc.double({ min: 0.1, max: 2, noNaN: true }),
    servers: fc.integer({ min: 1, max: 6 }),
  });
  const line = (arrivals: number, places: number, leave: (present: number) => number) =>
    steady([0], ([present = 0]) => [
      [[present + 1], present < places ? arrivals : 0],
      [[present - 1], leave(present)],
    ]);

  it('B and the queue of M/M/c/K are those of births and deaths', () => {
    fc.assert(
      fc.property(queue, fc.integer({ min: 0, max: 12 }), ({ arrivals, service, servers }, waiting) => {
        const places = servers + waiting;
        const mean = line(arrivals, places, (present) => Math.min(present, servers) / service);
        const found = limitedQueue({ arrivals, service, servers, places });
        near(
          found.blocked,
          mean(([present]) => (present === places ? 1 : 0)),
        );
        near(
          found.number,
          mean(([present = 0]) => present),
        );
        if (waiting === 0) near(erlangB(servers, arrivals * service), found.blocked);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it('C is', () => {
    fc.assert(
      fc.property(queue, ({ arrivals: asked, service, servers }) => {
        const arrivals = Math.min(asked, (0.8 * servers) / service);
        const mean = line(arrivals, 140, (present) => Math.min(present, servers) / service);
        near(
          delaySystem({ arrivals, service, servers }).queue,
          mean(([present = 0]) => Math.max(0, present - servers)),
        );
      }),
      { seed: 6, numRuns: 15 },
    );
  });

  it('A is', () => {
    fc.assert(
      fc.property(queue, fc.double({ min: 0.1, max: 1, noNaN: true }), ({ arrivals, service, servers }, patience) => {
        const mean = line(
          arrivals,
          90,
          (present) => Math.min(present, servers) / service + Math.max(0, present - servers) / patience,
        );
        const found = impatientQueue({ arrivals, service, servers, patience });
        near(
          found.queue,
          mean(([present = 0]) => Math.max(0, present - servers)),
        );
        near(found.abandoned, mean(([present = 0]) => Math.max(0, present - servers)) / patience / arrivals);
      }),
      { seed: 7, numRuns: 20 },
    );
  });
});
