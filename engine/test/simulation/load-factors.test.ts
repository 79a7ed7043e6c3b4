import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveRun, simulate } from '../../src/simulation/index.ts';
import { factoredRate } from '../../src/simulation/load-factors.ts';
import { measure, modelFrom } from './models.ts';

const text = (load: string, more: string): string => `package q
component Server { operation serve() delays 1 ms }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
scenario S { load Job ${load}  ${more}  run 400 s  replications 10  seed 3 }`;

async function rateOf(load: string, more: string): Promise<number> {
  const { model, problems } = await modelFrom(text(load, more));
  expect(problems).toEqual([]);
  return measure(simulate(model, 'q.S'), 'q.Job', 'rate').value ?? Number.NaN;
}

describe('a load that becomes so many times as much', () => {
  it.each([
    ['at 10/s', 'at 200 s load Job * 3', 20],
    ['at 10/s', 'at 100 s load Job * 0 for 100 s', 7.5],
    ['at 10/s', 'at 100 s load Job * 5  at 200 s load Job * 0.5 for 100 s', 28.75],
    ['every 100 ms', 'at 200 s load Job * 2', 15],
    ['ramp 0/s -> 20/s over 400 s', 'at 200 s load Job * 2', 17.5],
    ['by 10 users thinking exp(999 ms)', 'at 100 s load Job * 2 for 200 s', 15],
    ['by 10 users thinking exp(999 ms)', 'at 100 s load Job * 0', 2.5],
  ])('%s, %s: %d a second', async (load, more, expected) => {
    const rate = await rateOf(load, more);
    expect(Math.abs(rate / expected - 1)).toBeLessThan(0.03);
  });

  it('is until then what it was', async () => {
    const [plain, changed] = await Promise.all(
      ['', 'at 50 s load Job * 4'].map(
        async (more) => new LiveRun((await modelFrom(text('at 10/s', more))).model, 'q.S'),
      ),
    );
    for (const run of [plain, changed]) run?.advance(50e6);
    expect(changed?.frame().counters).toEqual(plain?.frame().counters);
  });

  it('by 1 is what it was, and arrivals keep their order whatever the factors', () => {
    const steps = fc
      .array(fc.record({ time: fc.integer({ min: 0, max: 100 }), factor: fc.constantFrom(0, 0.3, 1, 2, 7) }), {
        maxLength: 6,
      })
      .map((all) => all.toSorted((a, b) => a.time - b.time));
    fc.assert(
      fc.property(steps, fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 1 }), (given, gaps) => {
        const one = factoredRate(
          null,
          given.map(({ time }) => ({ time, factor: 1 })),
        );
        const rate = factoredRate(null, given);
        let [time, plain] = [0, 0];
        for (const gap of gaps) {
          if (one !== null) expect(one.after(plain, gap)).toBeCloseTo(plain + gap, 6);
          plain += gap;
          const next = rate?.after(time, gap) ?? time + gap;
          expect(next).toBeGreaterThanOrEqual(time);
          time = next;
        }
      }),
    );
  });

  it('by 0 to the end is followed by no arrival, however often one is asked for', () => {
    const rate = factoredRate(null, [{ time: 10, factor: 0 }]);
    const never = rate?.after(9, 2) ?? 0;
    expect([never, rate?.after(never, 1), rate?.after(9, 0.5)]).toEqual([Infinity, Infinity, 9.5]);
  });

  it.each([
    ['at 5 s load Job * 1000001', 'Write a factor from 0 on, and at most 1000000.'],
    ['at 5 s load Job * 1', 'By 1 nothing changes.'],
    ['at 5 s load Other * 2', 'The scenario has no load of `Other`'],
  ])('%s is told: %s', async (more, message) => {
    const { modelOf } = await import('@pollux/language-server/language');
    const { problems } = await modelOf(
      `${text('at 1/s', more)} interaction Other { actor client  lifeline server: Server  client -> server.serve() }`,
    );
    expect(problems.map((each) => each.message).join()).toContain(message);
  });
});
