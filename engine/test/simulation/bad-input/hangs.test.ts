import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalRate } from '../../../src/simulation/arrival-rate.ts';
import { CallLines } from '../../../src/simulation/call-lines.ts';
import { compileScenario, mergeReplications, runReplication, simulate } from '../../../src/simulation/index.ts';
import { factoredRate } from '../../../src/simulation/load-factors.ts';
import { FLAGS, NO_TOKEN, TokenPool, WORD_SHIFT } from '../../../src/simulation/token-pool.ts';
import { steppedClock } from '../../../src/simulation/wall-clock.ts';
import { modelFrom } from '../models.ts';

const SECOND = 1_000_000;

describe('the next arrival is found at once, however seldom they come', () => {
  const rates = fc.constantFrom(0, 5e-324, 1e-320, 1e-300, 1e-12, 1, 1e9);
  const times = fc.constantFrom(0, 1, 3e10, 1e300, Number.POSITIVE_INFINITY);
  const areas = fc.constantFrom(0, 1e-300, 1, 1e12, 1e300, Number.POSITIVE_INFINITY);
  const steps = fc.array(fc.record({ time: times, factor: fc.constantFrom(0, 5e-324, 1e-320, 0.5, 1e6) }), {
    maxLength: 4,
  });

  it('by day, in steps, on a ramp, in a swing, and so many times as many', () => {
    fc.assert(
      fc.property(rates, rates, fc.boolean(), times, areas, steps, (a, b, daily, time, area, factors) => {
        const points = [
          { time: 0, rate: a },
          { time: 36_000 * SECOND, rate: b },
        ];
        const sorted = factors.toSorted((x, y) => x.time - y.time);
        for (const rate of [
          arrivalRate({ kind: 'pattern', points, daily }, 0, steppedClock(0, [])),
          arrivalRate({ kind: 'pattern', points, daily }, 0, steppedClock(0, [{ time: 3e10, ahead: 3600 * SECOND }])),
          arrivalRate({ kind: 'ramp', from: a, to: b, over: 60 * SECOND }, 0, steppedClock(0, [])),
          arrivalRate({ kind: 'swing', rate: Math.max(a, 1e-12), swing: 1, period: SECOND }, 0, steppedClock(0, [])),
        ]) {
          for (const one of [rate, factoredRate(rate, sorted)]) expect(one?.after(time, area) ?? 0).not.toBeLessThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of a load that has become nearly nothing', async () => {
    const { model } = await modelFrom(`package t
component A { operation x() }
interaction Job { actor user lifeline a: A  user -> a.x() }
scenario S { load Job at { "08:00": 1/s  "18:00": 2/s } daily  at 1 s load Job * 1e-320  run 30 d  replications 1 }`);
    expect(simulate(model, 't.S').counters.started).toBeLessThan(3);
  });
});

describe('what has no end in time is ended', () => {
  it.each([
    ['activities', 'activity V { initial -> a  action a -> b  action b -> a }', 'V'],
    [
      'machines',
      `machine M { initial -> A  state A { after 0 s -> B }  state B { after 0 s -> A } }
component C { operation go() }
interaction V { actor user  lifeline c: C, m: M  user -> c.go() { create m } }`,
      'V',
    ],
  ])('%s that go round for ever: after some of them the run ends', async (_, behaviour, loaded) => {
    const { model, problems } = await modelFrom(`package t
${behaviour}
scenario S { load ${loaded} at 1/s  run 1 h  replications 1 }`);
    expect(problems).toEqual([]);
    const { findings, counters } = simulate(model, 't.S');
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['step-budget', 'standstill']));
    expect(findings.find(({ code }) => code === 'standstill')?.message).toContain('A run was ended early: 20 times');
    const { started, finished, failed, refused, unfinished } = counters;
    expect(finished + failed + refused + unfinished).toBe(started);
    expect(started).toBeLessThan(100);
  });

  it('consumers that publish what they consume', async () => {
    const { model, problems } = await modelFrom(`package t
component A { operation x() operation y() }
component Bus broker { topic t(n: Integer) partitions 1 }
interaction Job { actor user lifeline a: A  user -> a.x() { a ->> Bus.t(n: 1) } }
interaction R { lifeline a: A  on Bus.t(n) -> a.y() { a ->> Bus.t(n: n)  a ->> Bus.t(n: n) } }
scenario S { load Job at 10/s  run 100 s  replications 1 }`);
    expect(problems).toEqual([]);
    const { counters } = simulate(model, 't.S');
    expect(counters.finished).toBe(counters.started);
  });
});

describe('who leaves a long line does so at once, from anywhere in it', () => {
  it('and the others keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(29), { maxLength: 40 }), (leaving) => {
        const pool = new TokenPool(32);
        const lines = new CallLines(1, 1 << 12, 1 << 11, pool, new Float64Array(1));
        const tokens = Array.from({ length: 30 }, () => pool.take());
        for (const token of tokens) {
          pool.words[(token << WORD_SHIFT) + FLAGS] = 0;
          lines.enter(token, 0, 1);
        }
        let left = tokens.slice(1);
        for (const at of leaving) {
          lines.withdraw(tokens[at]!, 0);
          left = left.filter((token) => token !== tokens[at]);
          expect(lines.waiting(0)).toBe(left.length);
        }
        const served: number[] = [];
        for (let next = lines.leave(0); next !== NO_TOKEN; next = lines.leave(0)) served.push(next);
        expect(served).toEqual(left);
      }),
    );
  });

  it.each(['threads 1', 'threads 1 queue 10000000 lifo'])(
    'of a pool with %s before which 100 000 wait',
    async (pool) => {
      const { model } = await modelFrom(`package t
component A { operation x() requires B { timeout exp(5 s) cancels } }
component B { operation y() takes 1 s  ${pool} }
interaction Job { actor user lifeline a: A, b: B  user -> a.x() { a -> b.y() } }
deployment D { node n { cores 1 deploy B } node m { deploy A } }
scenario S of D { load Job at 20000/s  run 10 s  replications 1  seed 1 }`);
      const compiled = compileScenario(model, 't.S').value!;
      const { counters } = mergeReplications(compiled, [runReplication(compiled, 0)]);
      expect(counters.started).toBeGreaterThan(190_000);
      expect(counters.failed).toBeGreaterThan(50_000);
      expect(counters.finished + counters.failed + counters.refused + counters.unfinished).toBe(counters.started);
    },
  );
});

it('a thousand nodes are told of one by one without looking for each among all', async () => {
  const { model } = await modelFrom(`package t
component A { operation x() takes 1 ms }
interaction Job { actor user lifeline a: A user -> a.x() }
deployment D { node n * 10000 { cores 1 deploy A } }
scenario S of D { load Job at 10/s  run 10 s  replications 1 }`);
  expect(simulate(model, 't.S').counters.finished).toBeGreaterThan(50);
});
