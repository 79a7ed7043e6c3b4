/** Whether series of several runs are at rest, and how long they remember themselves: held against series whose law is known. */
import { describe, expect, it } from 'vitest';
import { driftOf, memoryOf, type RandomStream, randomStream } from '../../src/numeric/index.ts';

/** Box and Muller. */
function normal(random: RandomStream): number {
  return Math.sqrt(-2 * Math.log(random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

const RUNS = 10;
const STEPS = 100;

/** Autoregressive of the first order, at rest from its beginning: its integrated autocorrelation time is (1 + φ) / (1 − φ). */
function series(random: RandomStream, kept: number, trend: (at: number) => number = () => 0): number[] {
  let value = normal(random) / Math.sqrt(1 - kept * kept);
  return Array.from({ length: STEPS }, (_, at) => {
    value = kept * value + normal(random);
    return 20 + value + trend(at);
  });
}

function runs(seed: number, kept: number, trend?: (at: number) => number): number[][] {
  return Array.from({ length: RUNS }, (_, run) => series(randomStream(seed, 'series', run), kept, trend));
}

describe('how long a series remembers itself', () => {
  it.each([0, 0.5, 0.8])('is (1 + φ) / (1 − φ) where each value keeps %s of the last', (kept) => {
    const found = [1, 2, 3, 4, 5].map((seed) => memoryOf(runs(seed, kept)));
    const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
    const exact = (1 + kept) / (1 - kept);
    expect(mean / exact).toBeGreaterThan(0.8);
    expect(mean / exact).toBeLessThan(1.3);
  });

  it('is not known of one that never changes', () => {
    expect(memoryOf([[3, 3, 3, 3]])).toBeNaN();
  });
});

describe('a drift', () => {
  it.each([0, 0.9])('is seldom seen where there is none, be the memory short or long: each keeps %s', (kept) => {
    const seen = Array.from({ length: 300 }, (_, seed) => driftOf(runs(seed, kept), 0.01)).filter(Boolean);
    // One in a hundred at most: of 300 more than nine in one case of a thousand.
    expect(seen.length).toBeLessThan(10);
  });

  it('is seen where the beginning fades', () => {
    const seen = Array.from({ length: 50 }, (_, seed) =>
      driftOf(
        runs(seed, 0.5, (at) => -8 * Math.exp(-at / 10)),
        0.005,
      ),
    );
    expect(seen.filter(Boolean).length).toBeGreaterThan(45);
    for (const drift of seen) if (drift !== undefined) expect(drift.begins).toBeLessThan(drift.ends);
  });

  it('is none of what goes round for ever, however alike all runs are', () => {
    for (const period of [3, 7, 13, 24, 40]) {
      const alike = Array.from({ length: RUNS }, (_, run) =>
        Array.from({ length: STEPS }, (_, at) => 5 + Math.sin((2 * Math.PI * at) / period) + 1e-6 * run * (at % 2)),
      );
      expect(driftOf(alike, 0.005)).toBeUndefined();
    }
  });

  it('is not looked for in one run, nor in few steps', () => {
    expect(driftOf([series(randomStream(1, 'one'), 0, (at) => at)], 0.01)).toBeUndefined();
    expect(
      driftOf(
        runs(1, 0, (at) => at).map((run) => run.slice(0, 9)),
        0.01,
      ),
    ).toBeUndefined();
  });
});
