import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalRate } from '../../src/simulation/arrival-rate.ts';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { steppedClock } from '../../src/simulation/wall-clock.ts';
import { measure, modelFrom } from './models.ts';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;

async function run(loads: string, more = ''): Promise<SimulationResult> {
  const { model, problems } = await modelFrom(`package t
component A { operation go() takes 1 ms  operation other() takes 1 ms }
component B { operation go() takes 1 ms }
interaction Job { actor user lifeline a: A  user -> a.go() }
interaction Other { actor user lifeline a: A, b: B  user -> a.other() { a -> b.go() } }
deployment D { node n * 2 { cores 1 deploy A } node m * 3 { cores 1 } deploy B * 4 across n, m ${more} }
scenario S of D { ${loads} seed 5 }
`);
  expect(problems).toEqual([]);
  const result = simulate(model, 't.S');
  expect(result.findings).toEqual([]);
  return result;
}

const started = (result: SimulationResult, what: string, seconds: number): number =>
  (measure(result, what, 'rate').value ?? Number.NaN) * seconds;

describe('a rate that changes', () => {
  it('of a ramp rises in a straight line, then stays', async () => {
    const result = await run('load Job ramp 0/s -> 200/s over 100 s  run 200 s replications 4');
    expect(started(result, 't.Job', 200)).toBeGreaterThan(30_000 * 0.98);
    expect(started(result, 't.Job', 200)).toBeLessThan(30_000 * 1.02);
  });

  it('of a pattern has each rate at its time of day', async () => {
    const pattern = 'load Job at { "00:00": 10/s  "06:00": 40/s } daily';
    const night = await run(`${pattern} run 1000 s replications 3`);
    expect(started(night, 't.Job', 1)).toBeCloseTo(10, 0);
    const across = await run(`${pattern} run 2000 s from "mon 05:43:20" replications 3`);
    expect(started(across, 't.Job', 1)).toBeCloseTo(25, 0);
  });

  const profiles = fc.oneof(
    fc.record({
      kind: fc.constant('ramp' as const),
      from: fc.integer({ min: 0, max: 50 }),
      to: fc.integer({ min: 1, max: 50 }),
      over: fc.integer({ min: 0, max: 100 }).map((seconds) => seconds * SECOND),
    }),
    fc.record(
      {
        kind: fc.constant('swing' as const),
        rate: fc.integer({ min: 1, max: 50 }),
        swing: fc.constantFrom(0, 0.3, 0.9, 1),
        period: fc.integer({ min: 1, max: 100_000 }).map((seconds) => seconds * SECOND),
        peak: fc.integer({ min: 0, max: 86_399 }).map((seconds) => seconds * SECOND),
      },
      { requiredKeys: ['kind', 'rate', 'swing', 'period'] },
    ),
    fc.record({
      kind: fc.constant('pattern' as const),
      daily: fc.boolean(),
      points: fc.array(
        fc.record({
          time: fc.integer({ min: 0, max: 86_399 }).map((seconds) => seconds * SECOND),
          rate: fc.integer({ min: 1, max: 50 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  );

  it('goes as far for two steps as for one of both', () => {
    const area = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(profiles, fc.integer({ min: 0, max: 2 * DAY }), area, area, (arrivals, begin, first, second) => {
        const rate = arrivalRate(arrivals, 0, steppedClock(7 * SECOND, []));
        if (rate === null) throw new Error('these rates change');
        const between = rate.after(begin, first);
        const [stepwise, atOnce] = [rate.after(between, second), rate.after(begin, first + second)];
        expect(between).toBeGreaterThanOrEqual(begin);
        expect(Math.abs(stepwise - atOnce)).toBeLessThanOrEqual(1e-6 * (atOnce - begin) + 1);
      }),
    );
  });

  it('of a swing is that of its sine, at every time', () => {
    const arrivals = { kind: 'swing', rate: 40, swing: 0.8, period: 3600 * SECOND, peak: 1800 * SECOND } as const;
    const rate = arrivalRate(arrivals, 0, steppedClock(900 * SECOND, []))!;
    const expected = (seconds: number): number => 40 * (1 + 0.8 * Math.cos((2 * Math.PI * (seconds - 900)) / 3600));
    for (const seconds of [0, 450, 900, 2700, 5000, 86_400]) {
      const gap = (rate.after(seconds * SECOND, 1e-3) - seconds * SECOND) / SECOND;
      expect(1e-3 / gap / expected(seconds)).toBeCloseTo(1, 4);
    }
    // A whole period brings its mean, whenever it begins.
    expect(rate.after(1234 * SECOND, 40 * 3600) / SECOND).toBeCloseTo(1234 + 3600, 6);
  });

  it('of a swing has the exact mean counts of its parts', async () => {
    const half = 'load Job at 30/s swing 100 % over 200 s  run 100 s replications 10';
    // The rising half of the period has 1 + 2/π of the mean.
    const seen = started(await run(half), 't.Job', 100);
    expect(Math.abs(seen / (3000 * (1 + 2 / Math.PI)) - 1)).toBeLessThan(0.02);
    const noon = await run(
      'load Job at 30/s swing 100 % over 24 h peak "12:00"  run 100 s from "mon 12:00" replications 10',
    );
    expect(Math.abs(started(noon, 't.Job', 100) / 6000 - 1)).toBeLessThan(0.02);
  });

  it('that comes to nothing expects nobody', () => {
    const gone = arrivalRate({ kind: 'ramp', from: 2, to: 0, over: 10 * SECOND }, 0, steppedClock(0, []));
    expect(gone?.after(0, 9.9)).toBeLessThan(10 * SECOND);
    expect(gone?.after(0, 10.1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('batches', () => {
  it('bring so many at a time', async () => {
    const fixed = await run('load Job every 1 s batch 7  run 100 s replications 2');
    expect(started(fixed, 't.Job', 100)).toBe(7 * 99);
    const sizes: readonly (readonly [string, number])[] = [
      ['uniform(1, 20)', 10.5],
      ['exp(3)', 1 / (1 - Math.exp(-1 / 3))],
      ['mixture(75 %: 1, 25 %: 9)', 3],
      ['uniform(0, 1)', 0.5],
    ];
    for (const [size, mean] of sizes) {
      const seen = started(await run(`load Job every 0.1 s batch ${size}  run 1000 s replications 2`), 't.Job', 1000);
      expect([size, Math.abs(seen / (9999 * mean) - 1) < 0.03]).toEqual([size, true]);
    }
  });

  it('wait as M[X]/M/1 says', async () => {
    const { model } = await modelFrom(`package t
component A { operation go() takes exp(1 ms) }
interaction Job { actor user lifeline a: A  user -> a.go() }
deployment D { node n { cores 1 deploy A } }
scenario S of D { load Job at 100/s batch uniform(1, 9)  run 400 s warmup 5 s replications 10 seed 5 }
`);
    const result = simulate(model, 't.S');
    expect(result.findings).toEqual([]);
    // L = ρ (1 + E[X²] / E[X]) / (2 (1 − ρ)) (Gross and Harris, Fundamentals of Queueing Theory, 3.1).
    const [mean, square, rho] = [5, (1 + 4 + 9 + 16 + 25 + 36 + 49 + 64 + 81) / 9, 0.5];
    const exact = (rho * (1 + square / mean)) / (2 * (1 - rho)) / 500;
    const { value, lower, upper } = measure(result, 't.Job', 'mean');
    expect(Math.abs(value! / exact - 1)).toBeLessThan(0.03);
    expect([lower! < exact * 1.005, upper! > exact * 0.995]).toEqual([true, true]);
  });

  it('of any size end, and what there is no room for is refused', async () => {
    const { model } = await modelFrom(`package t
component A { operation go() takes 1 ms }
interaction Job { actor user lifeline a: A  user -> a.go() }
deployment D { node n { cores 1 deploy A } }
scenario S of D { load Job every 1 s batch 1000000000  run 10 s replications 1 seed 5 }
`);
    const { counters, findings } = simulate(model, 't.S');
    expect(counters.started).toBe(counters.finished + counters.failed + counters.refused + counters.unfinished);
    expect(findings.map(({ code }) => code)).toContain('overloaded');
  });
});

describe('a load of the timeline', () => {
  it('is on for its time and no longer', async () => {
    const result = await run('load Job every 1 s  at 20 s load Other at 50/s for 10 s  run 100 s replications 4');
    expect(started(result, 't.Other', 100)).toBeGreaterThan(450);
    expect(started(result, 't.Other', 100)).toBeLessThan(550);
    expect(started(result, 't.Job', 100)).toBeCloseTo(99, 0);
  });

  it('lets its users go when it ends', async () => {
    const result = await run(
      'load Job every 1 s  at 10 s load Other by 5 users thinking 1 s for 20 s  run 100 s replications 2',
    );
    expect(started(result, 't.Other', 100)).toBeGreaterThan(90);
    expect(started(result, 't.Other', 100)).toBeLessThanOrEqual(100);
  });
});

describe('replicas', () => {
  const shares = async (balance: string): Promise<number> => {
    const result = await run('load Other at 100/s  run 100 s replications 2', balance);
    return measure(result, 't.D.m', 'utilization').value ?? Number.NaN;
  };

  it('of a total are placed over all nodes in turn, and called in turn', async () => {
    // Two of the four are on the three nodes m: half the work of B.
    expect(await shares('')).toBeCloseTo((100 * 0.001 * 0.5) / 3, 3);
  });

  it('are called by chance where the deployment says so', async () => {
    expect(await shares('balance B by random')).toBeCloseTo((100 * 0.001 * 0.5) / 3, 3);
  });
});
