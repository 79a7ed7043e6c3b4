import { describe, expect, it } from 'vitest';
import { paired, verdictOf } from '../../../src/simulation/experiment/paired.ts';
import { comparison, conduct, type Difference, simulate } from '../../../src/simulation/index.ts';
import { modelFrom } from '../models.ts';

const system = `package q
component Server { operation serve() takes exp(1 ms) fails 1 % }
component Other { operation serve() takes lognormal(median: 2 ms, p99: 20 ms) }
interaction Job { actor client  lifeline server: Server  alt 50 % { client -> server.serve() } else { client -> server.serve() } }
interaction Task { actor client  lifeline other: Other  client -> other.serve() }
deployment D { node n { cores 1  deploy Server }  node m { cores 2  deploy Other } }
deployment E { node n { cores 2  deploy Server }  node m { cores 2  deploy Other } }
`;
const run = 'run 12 s  warmup 2 s  replications 8';

const compare = async (text: string, options = {}) => {
  const { model, problems } = await modelFrom(text);
  expect(problems).toEqual([]);
  const found = conduct(comparison({ model, scenario: 'q.A' }, [{ model, scenario: 'q.B' }], options));
  return { model, ...found, ...found.comparisons[0]! };
};
const of = (differences: readonly Difference[], element: string, measure: string): Difference =>
  differences.find((one) => one.element === element && one.measure === measure)!;

describe('two scenarios that are compared', () => {
  it('differ by exactly 0 in everything where only their names differ', async () => {
    const { differences, pairs, result, baseline } = await compare(`${system}
      scenario A of D { load Job at 600/s  load Task by 5 users thinking exp(10 ms)  load Job at 20/s  ${run} }
      scenario B of D { load Job at 600/s  load Task by 5 users thinking exp(10 ms)  load Job at 20/s  ${run} }`);
    expect(pairs).toBe(8);
    expect(differences.length).toBeGreaterThan(20);
    for (const { difference, verdict, value } of differences) {
      if (value === null) continue;
      expect(difference).toEqual({ value: 0, lower: 0, upper: 0 });
      expect(verdict).toBe('no-difference');
    }
    expect(result.counters).toEqual(baseline.counters);
  });

  it('do not depend on what else the model or the scenario says before them', async () => {
    const { differences } = await compare(`${system}
      scenario A of D { load Task at 100/s  load Job at 600/s  ${run} }
      scenario B of D { load Job at 600/s  ${run} }`);
    expect(of(differences, 'q.Job', 'mean').difference).toEqual({ value: 0, lower: 0, upper: 0 });
  });

  it('have a far narrower interval than figures that know nothing of each other', async () => {
    const { differences, result, baseline } = await compare(`${system}
      scenario A of E { load Job at 600/s  ${run} }
      scenario B of D { load Job at 600/s  ${run}  seed 1 }`);
    const { difference, ratio, verdict } = of(differences, 'q.Job', 'throughput');
    const halfOf = ({ lower, upper }: { lower: number | null; upper: number | null }) => (upper! - lower!) / 2;
    const own = [result, baseline].map((one) =>
      halfOf(one.measures.find(({ element, measure }) => element === 'q.Job' && measure === 'throughput')!),
    );
    expect(halfOf(difference)).toBeLessThan(Math.hypot(...own) / 20);
    expect([verdict, ratio.value! > 0.99 && ratio.value! < 1.01]).toEqual(['no-difference', true]);
    const mean = of(differences, 'q.Job', 'mean');
    expect([mean.verdict, mean.difference.upper! < 0]).toEqual(['better', true]);
    expect(mean.ratio.lower! < mean.ratio.value! && mean.ratio.value! < mean.ratio.upper!).toBe(true);
    expect(of(differences, 'q.E.n', 'utilization')).toBeUndefined();
  });

  it('are told in plain words, what is expected first', async () => {
    const expected = 'expect p95(Job) < 4 ms';
    const { sentences } = await compare(`${system}
      scenario A of E { load Job at 600/s  ${run}  ${expected} }
      scenario B of D { load Job at 600/s  ${run}  ${expected} }`);
    expect(sentences[0]).toMatch(
      /^p95\(Job\) goes from [\d.]+ ms to [\d.]+ ms: better by [\d.]+ ± [\d.]+ ms, [\d.]+ times less\.$/,
    );
    expect(sentences[1]).toBe('p95(Job) < 4 ms is met with A, and missed with B.');
  });

  it('share seed and number of replications, and say where that is not their own', async () => {
    const { result, baseline, findings, model } = await compare(`${system}
      scenario A of D { load Job at 600/s  run 12 s  warmup 2 s  replications 3  seed 5 }
      scenario B of D { load Job at 600/s  run 14 s  warmup 2 s  replications 9  seed 6 }`);
    expect([result.seed, baseline.seed, baseline.replications]).toEqual([5, 5, 3]);
    expect(findings.map(({ code }) => code)).toEqual(['different-times', 'other-seed']);
    expect(JSON.stringify(result)).toBe(JSON.stringify(simulate(model, 'q.A')));
  });

  it('answer with what there is when they are cancelled, or cannot run', async () => {
    const { model } = await modelFrom(`${system}
      scenario A of D { load Job at 600/s  ${run} }  scenario B of D { ${run} }`);
    const cancelled = conduct(comparison({ model, scenario: 'q.A' }, [{ model, scenario: 'q.A' }]), {
      cancelled: () => true,
    });
    expect([cancelled.result.replications, cancelled.comparisons[0]?.pairs]).toEqual([0, 0]);
    const empty = conduct(comparison({ model, scenario: 'q.A' }, [{ model, scenario: 'q.B' }]));
    expect(empty.comparisons[0]?.baseline.findings.map(({ code }) => code)).toContain('no-load');
    expect(empty.result.replications).toBe(8);
    const missing = conduct(comparison({ model, scenario: 'q.B' }, [{ model, scenario: 'q.A' }]));
    expect(missing.result.findings.map(({ code }) => code)).toContain('no-load');
  });
});

describe('a paired interval', () => {
  it('is that of the differences, and the ratio that of Fieller', () => {
    const { difference, ratio } = paired('mean', [11, 12, 14], [10, 10, 13], 37 / 3, 11);
    // Differences 1, 2, 1: mean 4/3, deviation 0.57735; t of two degrees of freedom is 4.302653.
    expect(difference.value).toBeCloseTo(4 / 3, 12);
    expect(difference.upper! - 4 / 3).toBeCloseTo((4.302653 * 0.5773503) / Math.sqrt(3), 5);
    // The ends of Fieller's set make the t statistic of A − rB exactly t.
    for (const r of [ratio.lower!, ratio.upper!]) {
      const left = [11 - 10 * r, 12 - 10 * r, 14 - 13 * r];
      const mean = left.reduce((sum, one) => sum + one / 3, 0);
      const deviation = Math.sqrt(left.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 2);
      expect(Math.abs(mean) / (deviation / Math.sqrt(3))).toBeCloseTo(4.302653, 4);
    }
  });

  it('takes what rounding leaves behind for nothing', () => {
    const { difference } = paired('mean', [0.1 + 0.2, 1, 2], [0.3, 1, 2], 0.5, 0.5);
    expect(difference).toEqual({ value: 0, lower: 0, upper: 0 });
  });

  it('has no ratio where the baseline may be 0, and no verdict where there is no interval', () => {
    expect(paired('mean', [1, 2, 3], [0, 0, 0], 2, 0).ratio.value).toBeNull();
    expect(paired('mean', [1, 2, 3], [-5, 5, 0.5], 2, 0.2).ratio).toEqual({ value: 10, lower: null, upper: null });
    const { difference } = paired('mean', [1], [2], 1, 2);
    expect([difference.value, difference.lower, verdictOf(difference, 2, 'lower')]).toEqual([-1, null, 'undecided']);
  });

  it.each([
    [{ value: 2, lower: 1, upper: 3 }, 'lower', 'worse'],
    [{ value: 2, lower: 1, upper: 3 }, 'higher', 'better'],
    [{ value: -2, lower: -3, upper: -1 }, undefined, 'lower'],
    [{ value: 0, lower: -4, upper: 4 }, 'lower', 'no-difference'],
    [{ value: 0, lower: -6, upper: 4 }, 'lower', 'undecided'],
  ] as const)('%o with %s better is %s', (difference, better, verdict) => {
    expect(verdictOf(difference, 100, better)).toBe(verdict);
  });
});
