import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mser5 } from '../../../src/simulation/experiment/mser.ts';
import { replicationsFor } from '../../../src/simulation/experiment/precision.ts';
import { simulate } from '../../../src/simulation/index.ts';
import { measure, modelFrom, station } from '../models.ts';

const busy = { takes: 'exp(1 ms)', cores: 1, rate: '700/s', run: '4 s' };

describe('MSER-5', () => {
  const noise = (length: number, seed: number) => {
    let state = seed;
    return Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    });
  };

  it('cuts off a beginning that lies elsewhere, and little of a series that has none', () => {
    const series = noise(1000, 3).map((value, at) => value + (at < 150 ? 5 * (1 - at / 150) : 0));
    const { cut, isSteady } = mser5(series);
    expect(isSteady).toBe(true);
    expect(cut).toBeGreaterThanOrEqual(130);
    expect(cut).toBeLessThanOrEqual(250);
  });

  it('says that a series that rises all along has not come to rest', () => {
    expect(mser5(noise(1000, 5).map((value, at) => value + at / 20)).isSteady).toBe(false);
  });

  it('is what its formula says, batch by batch', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 250, maxLength: 600 }), (series) => {
        const count = Math.floor(series.length / 5);
        const means = Array.from({ length: count }, (_, at) =>
          series.slice(at * 5, at * 5 + 5).reduce((sum, value) => sum + value / 5, 0),
        );
        const error = (d: number) => {
          const rest = means.slice(d);
          const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
          return rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2;
        };
        const { cut } = mser5(series);
        expect(cut % 5).toBe(0);
        const least = Math.min(...means.map((_, d) => (count - d >= Math.max(5, count / 10) ? error(d) : Infinity)));
        expect(error(cut / 5)).toBeCloseTo(least, 9);
      }),
      { numRuns: 30 },
    );
  });
});

describe('`warmup auto`', () => {
  it('leaves out what the beginning bends, and says so', async () => {
    // Ten users who begin together: all of them think first, so that the beginning is emptier than the rest.
    const slow = {
      takes: 'exp(300 ms)',
      cores: 1,
      load: 'by 40 users thinking exp(2 s)',
      run: '400 s',
      replications: 4,
    };
    const text = station(slow).replace('warmup 2 s', 'warmup auto');
    const { model, problems } = await modelFrom(text);
    expect(problems).toEqual([]);
    const result = simulate(model, 'q.S');
    const finding = result.findings.find(({ code }) => code === 'warmup-detected');
    expect(finding?.message).toMatch(/^The warm-up was found to end after [\d.]+ s \(MSER-5 .* over 4 pilot runs\)\.$/);
    expect(result.simulated_s).toBeLessThan(4 * 400);
    expect(result.simulated_s).toBeGreaterThan(4 * 200);
    // With 40 users the station never rests: the law of response times gives 40 / (1 / 0.3) − 2.
    const mean = measure(result, 'q.Job', 'mean');
    expect(Math.abs(mean.value! - 10)).toBeLessThan(3 * (mean.upper! - mean.lower!));
  });

  it('does not guess where the system never comes to rest, or is not meant to', async () => {
    const codes = async (text: string) =>
      simulate((await modelFrom(text.replace('warmup 2 s', 'warmup auto'))).model, 'q.S').findings.map(
        ({ code }) => code,
      );
    expect(await codes(station({ ...busy, rate: '1500/s', replications: 2 }))).toContain('warmup-not-detected');
    expect(await codes(station({ ...busy, load: 'ramp 1/s -> 500/s over 4 s', replications: 2 }))).toContain(
      'warmup-not-detected',
    );
  });
});

describe('`replications … until`', () => {
  const until = async (precision: string, expectation = '') => {
    const text = station({ ...busy, replications: 3, expect: expectation }).replace(
      'replications 3',
      `replications ${precision}`,
    );
    const { model, problems } = await modelFrom(text);
    expect(problems).toEqual([]);
    return simulate(model, 'q.S');
  };

  it('goes on until the mean of the load is as close as asked for', async () => {
    const result = await until('3..60 until 5 %');
    const { value, lower, upper } = measure(result, 'q.Job', 'mean');
    expect((upper! - lower!) / 2 / value!).toBeLessThanOrEqual(0.05 / 1.05);
    expect(result.replications).toBeGreaterThan(3);
    expect(result.replications).toBeLessThan(60);
    expect(result.findings.map(({ code }) => code)).toContain('precision-reached');
  });

  it('is of the measures that are expected, where any are', async () => {
    const result = await until('3..60 until 5 %', 'expect utilization(n) > 60 %');
    expect(result.replications).toBeLessThan((await until('3..60 until 5 %')).replications);
  });

  it('ends at the most, and says that it was not enough', async () => {
    const result = await until('3..5 until 0.1 %');
    expect(result.replications).toBe(5);
    expect(result.findings.map(({ code }) => code)).toContain('precision-not-reached');
  });

  it('is the run of as many replications, byte for byte but for what it says of itself', async () => {
    const result = await until('3..60 until 5 %');
    const { model } = await modelFrom(station({ ...busy, replications: result.replications }));
    const plain = simulate(model, 'q.S');
    expect(JSON.stringify({ ...result, findings: [] })).toBe(JSON.stringify({ ...plain, findings: [] }));
  });

  it('never asks for fewer than were done, for more than allowed, or stays where it is too wide', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        fc.integer({ min: 2, max: 200 }),
        fc.integer({ min: 2, max: 400 }),
        (widest, within, done, most) => {
          const next = replicationsFor(widest, { most, within }, done);
          expect(next).toBeGreaterThanOrEqual(done);
          expect(next).toBeLessThanOrEqual(Math.max(done, most));
          if (widest > within && done < most) expect(next).toBeGreaterThan(done);
          if (widest <= within / (1 + within)) expect(next).toBe(done);
        },
      ),
    );
  });
});
