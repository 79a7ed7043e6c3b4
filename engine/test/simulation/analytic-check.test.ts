/** Simulated figures stand beside exact ones, and a disagreement beyond chance is told. */
import { describe, expect, it } from 'vitest';
import { disagreements } from '../../src/simulation/analytic-check.ts';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom, station } from './models.ts';

describe('beside the simulation', () => {
  it('a figure that a formula tells exactly stands with its simulated one, and they agree', async () => {
    const { model } = await modelFrom(station({ takes: 'exp(1 ms)', cores: 2, rate: '1200/s', run: '20 s' }));
    const result = simulate(model, 'q.S');
    expect(measure(result, 'q.D.n', 'utilization').exact).toEqual({ value: 0.6, form: 'M/M/c' });
    // Erlang C of 2 servers at 1.2 Erlangs: 0.45; over the spare 800/s.
    expect(measure(result, 'q.D.n', 'wait').exact?.value).toBeCloseTo(0.45 / 800, 9);
    expect(measure(result, 'q.Job', 'mean').exact?.value).toBeCloseTo(0.45 / 800 + 0.001, 9);
    expect(measure(result, 'q.Job', 'p95').exact).toBeUndefined();
    expect(result.findings).toEqual([]);
  });

  it('a run that is too short to forget how it began is told', async () => {
    // An empty queue takes minutes to fill at 98 %.
    const text = station({ takes: 'exp(10 ms)', cores: 1, rate: '98/s', run: '6 s', replications: 60 });
    const { model } = await modelFrom(text.replace('warmup 2 s', 'warmup 1 s'));
    const found = simulate(model, 'q.S').findings.filter(({ code }) => code === 'disagrees-with-formula');
    expect(found.map(({ element }) => element)).toContain('q.Job');
    expect(found.find(({ element }) => element === 'q.Job')?.message).toMatch(
      /^mean of Job was .*, but is exactly 500 ms in the long run \(M\/M\/c\)\. A longer run or warm-up forgets how it began/,
    );
  });

  it('what is only approximate is not held against it', async () => {
    const { model } = await modelFrom(station({ takes: '1 ms', cores: 4, rate: '3000/s', run: '5 s' }));
    const { measures } = simulate(model, 'q.S');
    expect(measures.filter(({ exact }) => exact !== undefined)).toEqual([]);
  });

  it.each([
    ['within three times its interval is chance', 1.029, []],
    ['beyond is none', 1.04, ['disagrees-with-formula']],
  ])('%s', (_, value, codes) => {
    const estimated = {
      unit: 's',
      value: 1,
      lower: 0.99,
      upper: 1.01,
      confidence: 0.95,
      samples: 9,
      status: 'ok',
    } as const;
    const found = disagreements([{ element: 'a.b', measure: 'mean', value, form: 'M/M/c' }], () => estimated);
    expect(found.map(({ code }) => code)).toEqual(codes);
  });
});
