import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeenArrivals } from '../../src/model/index.ts';
import { DAY, HOUR, randomStream, SECOND } from '../../src/numeric/index.ts';
import { observers, simulate, withObserved } from '../../src/simulation/index.ts';
import { observedFrom } from '../../src/simulation/observed-from.ts';
import { observedGaps } from '../../src/simulation/observed-gaps.ts';
import { measure, modelFrom } from './models.ts';

const seen = (times: readonly number[], length: number, share = 1, begins = 0): SeenArrivals => ({
  times: times.map((time) => time * SECOND),
  length: length * SECOND,
  begins,
  share,
  source: 'Live',
});

/** Arrival times in seconds, up to `until`. */
function arrivals(from: SeenArrivals, factor: number, until: number, begin = 0, replication = 0): number[] {
  const block = new Float64Array(64);
  const stream = randomStream(7, 'load', replication);
  const fill = observedGaps(from, factor, begin * SECOND);
  const found: number[] = [];
  let at = 0;
  for (;;) {
    fill(stream, block);
    for (const gap of block) {
      if (!(gap >= 0)) throw new Error(`a gap of ${gap}`);
      at += gap;
      if (!(at < until * SECOND)) return found;
      found.push(at / SECOND);
    }
  }
}

describe('what was observed', () => {
  it('comes again as it was, and begins anew when it ends', () => {
    expect(arrivals(seen([1, 4, 4], 10), 1, 25)).toEqual([1, 4, 4, 11, 14, 14, 21, 24, 24]);
  });

  it('begins where the load says', () => {
    expect(arrivals(seen([1, 4, 9], 10), 1, 12, 4)).toEqual([0, 5, 7, 10]);
  });

  it('is doubled by a copy that is moved as a whole, elsewhere in each replication', () => {
    const once = seen([1, 4, 9, 30], 40);
    const twice = arrivals(once, 2, 400);
    const first = arrivals(once, 1, 400);
    const copy = twice.filter((time) => !first.includes(time));
    expect([twice.length, copy.length]).toEqual([80, 40]);
    const gaps = copy.slice(1).map((time, at) => Math.round((time - copy[at]!) * 1000) / 1000);
    expect(new Set(gaps)).toEqual(new Set([3, 5, 21, 11]));
    expect(arrivals(once, 2, 400, 0, 1)).not.toEqual(twice);
    expect(arrivals(once, 2, 400)).toEqual(twice);
  });

  it('of which a twin kept a share is as much more', () => {
    expect(arrivals(seen([1, 4], 10, 0.25), 1, 100)).toHaveLength(80);
  });

  it('never comes where nothing was seen', () => expect(arrivals(seen([], 10), 3, 1e6)).toEqual([]));

  it('is as often as the factor says, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        fc.integer({ min: 0, max: 99 }),
        (times, factor, begin) => {
          const rounds = 200;
          const sorted = times.toSorted((a, b) => a - b);
          const count = arrivals(seen(sorted, 100), factor, rounds * 100, begin).length;
          const expected = times.length * rounds * factor;
          // Thinning is binomial; a shifted copy may have one round more or less at the ends.
          const spread = 6 * Math.sqrt(times.length * rounds * 0.25) + 2 * times.length * Math.ceil(factor);
          expect(Math.abs(count - expected)).toBeLessThan(spread);
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([0.4, 2.5, 7])('that is Poisson stays Poisson, times %d: gaps with a variation of 1', (factor) => {
    const stream = randomStream(3, 'seen', 0);
    let at = 0;
    const times = Array.from({ length: 20_000 }, () => {
      at -= Math.log(stream.uniform());
      return at;
    });
    const found = arrivals(seen(times, at + 1), factor, at);
    const gaps = found.slice(1).map((time, index) => time - found[index]!);
    const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean * factor).toBeCloseTo(1, 1);
    expect(Math.abs(variance / mean ** 2 - 1)).toBeLessThan(0.08);
  });
});

describe('a run that says when it begins', () => {
  // 2026-11-22 was a Sunday.
  const sunday = 1_795_305_600 * SECOND;

  it('begins at that time of the day where a day was seen', () => {
    const day = {
      times: [2 * HOUR, 30 * HOUR],
      length: 31 * HOUR,
      begins: sunday + 6 * HOUR,
      share: 1,
      source: 'Live',
    };
    expect(observedFrom(day, 8 * HOUR)).toMatchObject({ begin: 2 * HOUR, seen: { length: DAY, times: [2 * HOUR] } });
  });

  it('begins at that time of the week where a week was seen', () => {
    const week = { times: [], length: 8 * DAY, begins: sunday, share: 1, source: 'Live' };
    expect(observedFrom(week, HOUR)).toMatchObject({ begin: DAY + HOUR, seen: { length: 7 * DAY } });
  });

  it('begins with what was seen first where that is less than a day, or nothing is said', () => {
    const hour = seen([1], 3600);
    expect([observedFrom(hour, HOUR), observedFrom(hour, undefined)]).toEqual([
      { seen: hour, begin: 0 },
      { seen: hour, begin: 0 },
    ]);
  });
});

describe('a scenario with `observed`', () => {
  const text = (twins: string): string => `package q
component Server { operation serve() takes 1 ms }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
activity Walk { initial -> go  action go takes 1 s -> done  final done }
deployment D { node n { deploy Server } }
deployment E { node n { deploy Server } }
scenario S of D { load Job observed * 3  at 10 s load Job observed for 10 s  run 20 s  replications 2  seed 7 }
scenario W of D { load Walk observed  run 20 s }
${twins}`;
  const twins =
    'twin Other of E { source file "x.jsonl" }  twin Plain of D { }  twin Filed of D { source file "y.jsonl" }';

  it('asks the twin of its deployment that names recordings, and runs with what it saw', async () => {
    const { model } = await modelFrom(text(twins));
    expect([...observers(model)].map(([scenario, twin]) => [scenario, twin?.name])).toEqual([
      ['q.S', 'Filed'],
      ['q.W', 'Filed'],
    ]);
    const result = simulate(
      withObserved(model, () => seen([0.5, 2.5], 5)),
      'q.S',
    );
    expect(measure(result, 'q.Job', 'rate').value).toBeCloseTo((3 * 8 + 4) / 20, 0);
    expect(result.findings.find(({ code }) => code === 'observed-load')?.message).toBe(
      '2 arrivals in 5.0 s, as observed by Live, times 3; they begin anew when they end.',
    );
    expect(result.replications).toBe(2);
  });

  it.each([
    ['q.S', '', /no twin of D: write one, such as `twin Live of D \{ source file/],
    ['q.W', twins, /Walk is an activity, and those are not followed in telemetry/],
    ['q.S', twins, /no recording/],
  ])('%s does not run where nothing is known, and says why', async (scenario, with_, reason) => {
    const { model } = await modelFrom(text(with_));
    const { replications, findings } = simulate(
      withObserved(model, () => 'no recording'),
      scenario,
    );
    expect(replications).toBe(0);
    expect(findings.map(({ message }) => message).join('\n')).toMatch(reason);
  });

  it('does not run where the twin saw none of it, or many more than can be run are wanted', async () => {
    const { model } = await modelFrom(text(twins));
    for (const [what, reason] of [
      [seen([], 5), /has no arrivals/],
      [seen([1], 5, 1e-6), /More than 100000 times/],
    ] as const) {
      const { replications, findings } = simulate(
        withObserved(model, () => what),
        'q.S',
      );
      expect(replications).toBe(0);
      expect(findings.map(({ message }) => message).join('\n')).toMatch(reason);
    }
  });
});
