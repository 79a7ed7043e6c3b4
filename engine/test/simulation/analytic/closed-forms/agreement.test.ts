/** Closed forms agree with each other where two of them say the same thing in different ways. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Distribution } from '../../../../src/model/index.ts';
import { durationMoment, exp, quantileOf } from '../../../../src/numeric/index.ts';
import {
  allenCunneen,
  asymptoticBounds,
  delaySystem,
  erlangB,
  exactClasses,
  impatientQueue,
  limitedQueue,
  meanValueAnalysis,
  schweitzer,
  singleServer,
} from '../../../../src/simulation/analytic/closed-forms/index.ts';

const load = fc.record({
  arrivals: fc.double({ min: 0.01, max: 20, noNaN: true }),
  service: fc.double({ min: 0.01, max: 2, noNaN: true }),
  servers: fc.integer({ min: 1, max: 40 }),
});
const stations = fc.array(
  fc.record({ demand: fc.double({ min: 0.01, max: 3, noNaN: true }), servers: fc.constantFrom(1, 2, 5) }),
  { minLength: 1, maxLength: 4 },
);

describe('at the edges one formula is another', () => {
  it('with many places nobody is turned away: M/M/c/K is M/M/c', () => {
    fc.assert(
      fc.property(load, (system) => {
        fc.pre(system.arrivals * system.service < 0.9 * system.servers);
        expect(limitedQueue({ ...system, places: 1000 }).wait).toBeCloseTo(delaySystem(system).wait, 9);
      }),
      { numRuns: 100 },
    );
  });

  it('with no places to wait it is Erlang B', () => {
    fc.assert(
      fc.property(load, (system) => {
        const { blocked } = limitedQueue({ ...system, places: system.servers });
        expect(blocked).toBeCloseTo(erlangB(system.servers, system.arrivals * system.service), 12);
      }),
      { numRuns: 100 },
    );
  });

  it('with endless patience Erlang A is Erlang C', () => {
    fc.assert(
      fc.property(load, (system) => {
        fc.pre(system.arrivals * system.service < 0.9 * system.servers);
        expect(impatientQueue({ ...system, patience: 1e12 }).wait).toBeCloseTo(delaySystem(system).wait, 6);
      }),
      { numRuns: 50 },
    );
  });

  it('where patience is as long as service, as many are present as with endless servers: a Poisson law', () => {
    for (const [arrivals, servers] of [
      [3, 2],
      [12, 10],
      [40, 50],
    ] as const) {
      let probability = exp(-arrivals);
      let queue = 0;
      for (let n = 1; n < 400; n++) {
        probability *= arrivals / n;
        queue += probability * Math.max(0, n - servers);
      }
      const figures = impatientQueue({ arrivals, service: 1, servers, patience: 1 });
      expect(figures.queue).toBeCloseTo(queue, 10);
      expect(figures.number).toBeCloseTo(arrivals, 10);
      expect(figures.throughput + figures.abandoned * arrivals).toBeCloseTo(arrivals, 10);
    }
  });

  it('one server with exponential service: Pollaczek and Khinchine, Erlang C, Allen and Cunneen say the same', () => {
    const system = { arrivals: 0.7, service: 1, servers: 1 };
    const { wait } = delaySystem(system);
    expect(singleServer({ arrivals: 0.7, mean: 1, second: 2 }).wait).toBeCloseTo(wait, 12);
    expect(allenCunneen(system, 1).wait).toBeCloseTo(wait, 12);
    expect(allenCunneen(system, 0).wait).toBeCloseTo(singleServer({ arrivals: 0.7, mean: 1, second: 1 }).wait, 12);
  });

  it('a load that is too high waits for ever, and its throughput is what the servers can do', () => {
    expect(delaySystem({ arrivals: 30, service: 0.1, servers: 2 })).toMatchObject({
      wait: Number.POSITIVE_INFINITY,
      throughput: 20,
      utilisation: 1,
    });
  });
});

describe('closed loops', () => {
  it('recursion and convolution say the same: a station of two servers whose second is never needed', () => {
    fc.assert(
      fc.property(stations, fc.integer({ min: 1, max: 30 }), (own, users) => {
        const plain = own.map(({ demand }) => ({ demand, servers: 1 }));
        // As many servers as users are a delay.
        const delayed = meanValueAnalysis([...plain, { demand: 1.5, servers: Number.POSITIVE_INFINITY }], users, 2);
        const served = meanValueAnalysis([...plain, { demand: 1.5, servers: users + 1 }], users, 2);
        expect(served.throughput).toBeCloseTo(delayed.throughput, 9);
        for (const [at, number] of served.numbers.entries()) expect(number).toBeCloseTo(delayed.numbers[at] ?? 0, 8);
      }),
      { numRuns: 60 },
    );
  });

  it('lie within the asymptotic bounds, and nobody is lost', () => {
    fc.assert(
      fc.property(
        stations,
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (own, users, thinking) => {
          const { throughput, numbers } = meanValueAnalysis(own, users, thinking);
          const bounds = asymptoticBounds(own, users, thinking);
          expect(throughput).toBeLessThanOrEqual(bounds.throughput.high * (1 + 1e-9));
          expect(throughput).toBeGreaterThanOrEqual(bounds.throughput.low * (1 - 1e-9));
          expect(numbers.reduce((sum, one) => sum + one, throughput * thinking)).toBeCloseTo(users, 7);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('two classes that are alike are one class twice as large', () => {
    const one = { users: 4, thinking: 3, demands: [0.5, 1.2, 0.3] };
    const servers = [1, 1, Number.POSITIVE_INFINITY];
    const [first, second] = exactClasses([one, one], servers);
    const whole = meanValueAnalysis(
      one.demands.map((demand, at) => ({ demand, servers: servers[at] ?? 1 })),
      8,
      3,
    );
    expect((first?.throughput ?? 0) + (second?.throughput ?? 0)).toBeCloseTo(whole.throughput, 10);
    expect(first?.response).toBeCloseTo(whole.response, 10);
  });

  it('are met by the approximation of Bard and Schweitzer as well as it promises', () => {
    const user = fc.record({
      users: fc.integer({ min: 1, max: 12 }),
      thinking: fc.double({ min: 0, max: 10, noNaN: true }),
      demands: fc.array(fc.double({ min: 0.05, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
    });
    let worst = 0;
    let sum = 0;
    let count = 0;
    fc.assert(
      fc.property(fc.array(user, { minLength: 1, maxLength: 3 }), (classes) => {
        const exact = exactClasses(classes, [1, 1, 1]);
        for (const [at, figures] of schweitzer(classes, [1, 1, 1]).entries()) {
          const error = Math.abs(figures.throughput / (exact[at]?.throughput ?? 1) - 1);
          worst = Math.max(worst, error);
          sum += error;
          count++;
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    expect(sum / count).toBeLessThan(0.05);
    expect(worst).toBeLessThan(0.25);
  });
});

describe('moments', () => {
  const laws: Distribution[] = [
    { kind: 'uniform', from: 1, to: 5 },
    { kind: 'triangular', from: 2, mode: 4, to: 10 },
    { kind: 'normal', mean: 10, deviation: 1 },
    { kind: 'lognormal', mu: 0.5, sigma: 0.3 },
    { kind: 'gamma', shape: 2.5, mean: 4 },
    { kind: 'weibull', shape: 1.7, scale: 3 },
    { kind: 'pareto', alpha: 30, minimum: 2 },
    { kind: 'exponential', mean: 3 },
  ];
  test.each(laws.map((law) => [law.kind, law] as const))('of a %s law are those of its quantiles', (_, law) => {
    const steps = 20_000;
    const sums = [0, 0, 0];
    for (let i = 0; i < steps; i++) {
      const value = quantileOf(law, (i + 0.5) / steps);
      for (let order = 1; order <= 3; order++) sums[order - 1] = (sums[order - 1] ?? 0) + value ** order / steps;
    }
    for (const order of [1, 2, 3] as const)
      expect(durationMoment(law, order) / (sums[order - 1] ?? 0)).toBeCloseTo(1, 2);
  });
});
