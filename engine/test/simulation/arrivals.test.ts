import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalRate } from '../../src/simulation/arrival-rate.ts';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
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
        const rate = arrivalRate(arrivals, 0, 7 * SECOND);
        if (rate === null) throw new Error('these rates change');
        const between = rate.after(begin, first);
        const [stepwise, atOnce] = [rate.after(between, second), rate.after(begin, first + second)];
        expect(between).toBeGreaterThanOrEqual(begin);
        expect(Math.abs(stepwise - atOnce)).toBeLessThanOrEqual(1e-6 * (atOnce - begin) + 1);
      }),
    );
  });

  it('that comes to nothing expects nobody', () => {
    const gone = arrivalRate({ kind: 'ramp', from: 2, to: 0, over: 10 * SECOND }, 0, 0);
    expect(gone?.after(0, 9.9)).toBeLessThan(10 * SECOND);
    expect(gone?.after(0, 10.1)).toBe(Number.POSITIVE_INFINITY);
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
