/** Simulated figures stand beside exact ones, and a disagreement beyond chance is told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disagreements, exactFigures } from '../../src/simulation/analytic-check.ts';
import { compileScenario, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom, station } from './models.ts';

describe('beside the simulation', () => {
  it('a figure that a formula tells exactly stands with its simulated one, and they agree', async () => {
    const { model } = await modelFrom(station({ takes: 'exp(1 ms)', cores: 2, rate: '1200/s', run: '20 s' }));
    const result = simulate(model, 'q.S');
    expect(measure(result, 'q.D.n', 'utilization').exact).toEqual({ value: 0.6, form: 'M/M/c' });
    // Erlang C of 2 servers at 1.2 Erlangs: 0.45; over the spare 800/s.
    expect(measure(result, 'q.D.n', 'wait').exact?.value).toBeCloseTo(0.45 / 800, 9);
    expect(measure(result, 'q.Job', 'mean').exact?.value).toBeCloseTo(0.45 / 800 + 0.001, 9);
    // The response of M/M/2: the law of its sum, at 95 %.
    const { exact, lower, upper } = measure(result, 'q.Job', 'p95');
    const beyond = (t: number) => {
      const served = Math.exp(-t / 0.001);
      return 0.55 * served + 0.45 * ((800 * served - 1000 * Math.exp(-800 * t)) / (800 - 1000));
    };
    expect(beyond(exact?.value ?? 0)).toBeCloseTo(0.05, 9);
    expect(lower! <= exact!.value && exact!.value <= upper!).toBe(true);
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

  it('a line that only grows has no mean to be held against', async () => {
    const text = station({ takes: 'exp(10 ms)', cores: 8, rate: '150/s', run: '20 s' });
    const { model } = await modelFrom(text.replace('component Server {', 'component Server { threads 1'));
    const { value } = compileScenario(model, 'q.S');
    expect(exactFigures(value!).map(({ measure }) => measure)).toEqual(['throughput']);
    const result = simulate(model, 'q.S');
    expect(result.findings.map(({ code }) => code)).toEqual(['line-grows']);
    expect(measure(result, 'q.Job', 'mean').exact).toBeUndefined();
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

describe('with any network that has a product form', () => {
  const numbers = (...bounds: [number, number]) => fc.double({ min: bounds[0], max: bounds[1], noNaN: true });
  const stations = fc.array(fc.record({ busy: numbers(0.1, 0.7), cores: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  });
  const text = (of: readonly { readonly busy: number; readonly cores: number }[], load: string) => `package q
${of.map(({ busy, cores }, i) => `component C${i} { operation go() takes exp(${(10 * busy * cores).toFixed(4)} ms) }`).join('\n')}
interaction Job { actor user  lifeline ${of.map((_, i) => `c${i}: C${i}`).join(', ')}  ${of.map((_, i) => `user -> c${i}.go()`).join('  ')} }
deployment D { ${of.map(({ cores }, i) => `node n${i} { cores ${cores}  deploy C${i} }`).join('  ')} }
scenario S of D { load Job ${load}  run 50 s  warmup 5 s  replications 10 }`;

  it.each(['at 100/s', 'by 4 users thinking exp(20 ms)'])(
    'a run agrees, and one of another model does not: %s',
    async (load) => {
      await fc.assert(
        fc.asyncProperty(stations, async (of) => {
          const { model } = await modelFrom(text(of, load));
          const result = simulate(model, 'q.S');
          const exact = exactFigures(compileScenario(model, 'q.S').value!);
          expect(exact.map(({ element, measure }) => `${measure}(${element})`)).toContain('mean(q.Job)');
          expect(result.findings.filter(({ code }) => code === 'disagrees-with-formula')).toEqual([]);
          const simulated = (element: string, name: string) => measure(result, element, name);
          for (const figure of exact) {
            const { lower, upper, value } = simulated(figure.element, figure.measure);
            const off = { ...figure, value: value! + 4 * (upper! - lower!) + 0.02 * value! };
            expect(disagreements([off], simulated).map(({ element }) => element)).toEqual([figure.element]);
          }
        }),
        { seed: 9, numRuns: 4 },
      );
    },
  );
});
