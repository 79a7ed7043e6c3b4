import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileScenario, runReplication, simulate } from '../../src/simulation/index.ts';
import { bucketLength, seriesPlan } from '../../src/simulation/series.ts';
import { modelFrom } from './models.ts';

const SECOND = 1_000_000;

const text = (load: string, more: string): string => `package q
component Server { operation serve() takes exp(1 ms) fails 10 %  threads 5 queue 3 }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
deployment D { node n * 2 { cores 1  deploy Server } }
scenario S of D { load Job ${load}  ${more}  seed 7 }
`;

describe('the series of a run', () => {
  it('adds up to the totals, whatever the length of a run', async () => {
    const settings = fc.record({
      milliseconds: fc.integer({ min: 100, max: 5000 }),
      load: fc.constantFrom('at 800/s', 'at 3000/s', 'by 7 users thinking exp(2 ms)', 'every 3 ms'),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ milliseconds, load }) => {
        const { model } = await modelFrom(text(load, `run ${milliseconds} ms  replications 1`));
        const compiled = compileScenario(model, 'q.S').value!;
        const result = runReplication(compiled, 0);
        const { step, lines } = seriesPlan(compiled);
        const total = (element: string, measure: string): number => {
          const line = lines.findIndex((one) => one.element === element && one.measure === measure);
          const sum = result.series[line]!.reduce((area, figure, bucket) => {
            const length = Math.min(step, milliseconds * 1000 - bucket * step);
            return area + figure * (length / SECOND);
          }, 0);
          return sum;
        };
        const [serve, job] = [result.timed[0]!, result.timed[1]!];
        const seconds = milliseconds / 1000;
        expect(total('q.Job', 'rate')).toBeCloseTo(job.started, 6);
        expect(total('q.Job', 'throughput')).toBeCloseTo(job.completed, 6);
        expect(total('q.Server.serve', 'throughput')).toBeCloseTo(serve.completed, 6);
        expect(total('q.Job', 'concurrency')).toBeCloseTo(job.concurrency * seconds, 6);
        expect(total('q.D.n', 'queue')).toBeCloseTo((result.cores.queue[0]! + result.cores.queue[1]!) * seconds, 6);
        expect(total('q.D.n[2]', 'utilization')).toBeCloseTo(result.cores.busyCores[1]! * seconds, 6);
        expect(result.series[0]!.length).toBe(Math.ceil((milliseconds * 1000) / step - 1e-9));
      }),
      { numRuns: 25 },
    );
  });

  it('tells of activities, of their nodes and of resources what their totals tell', async () => {
    const { model, problems } = await modelFrom(`package v
resource doctor * 2
activity Visit {
  initial -> see
  action see takes exp(8 min) using doctor -> rest
  action rest takes 5 min -> left
  final left
}
scenario S { load Visit at 12/h  run 10 h  warmup 0 s  replications 1  seed 3 }`);
    expect(problems).toEqual([]);
    const result = await simulate(model, 'v.S');
    const figure = (element: string, measure: string): number =>
      result.measures.find((one) => one.element === element && one.measure === measure)!.value!;
    const over = (element: string, measure: string): number => {
      const { values } = result.series.elements.find((one) => one.element === element && one.measure === measure)!;
      return values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / result.series.buckets;
    };
    for (const [element, measure] of [
      ['v.Visit', 'concurrency'],
      ['v.Visit', 'throughput'],
      ['v.doctor', 'utilization'],
      ['v.doctor', 'queue'],
    ] as const) {
      // Buckets are written with six figures.
      expect(over(element, measure) / figure(element, measure), `${measure} of ${element}`).toBeCloseTo(1, 4);
    }
    const inProgress = over('v.Visit.see', 'concurrency') + over('v.Visit.rest', 'concurrency');
    expect(inProgress / figure('v.Visit', 'concurrency')).toBeCloseTo(1, 4);
    expect((over('v.Visit.rest', 'rate') * 36_000) / figure('v.Visit.rest', 'count')).toBeCloseTo(1, 1);
    // The same figure in every bucket in which anybody ended.
    const { values } = result.series.elements.find((one) => one.element === 'v.Visit.rest' && one.measure === 'p95')!;
    for (const value of values) if (value !== null) expect(value / 300).toBeCloseTo(1, 1);
  });

  it('has at most 120 buckets of a length that people count in', () => {
    fc.assert(
      fc.property(fc.double({ min: 100, max: 1e14, noNaN: true }), (duration) => {
        const step = bucketLength(duration);
        expect(Math.ceil(duration / step)).toBeLessThanOrEqual(120);
        expect(Math.ceil(duration / step)).toBeGreaterThanOrEqual(duration < 1e13 ? 24 : 1);
      }),
    );
    expect(bucketLength(3600 * SECOND)).toBe(30 * SECOND);
    expect(bucketLength(24 * 3600 * SECOND)).toBe(15 * 60 * SECOND);
  });

  it('begins with the run, and shows when the load changes', async () => {
    const { model } = await modelFrom(
      text('at { "00:00:00": 100/s  "00:00:20": 400/s }', 'run 40 s  warmup 5.3 s  replications 4'),
    );
    const { series } = simulate(model, 'q.S');
    expect([series.from_s, series.step_s, series.buckets]).toEqual([0, 0.5, 80]);
    const rate = series.elements.find(({ element, measure }) => element === 'q.Job' && measure === 'rate')!;
    const mean = (from: number, to: number): number =>
      rate.values.slice(from, to).reduce((sum: number, value) => sum + value!, 0) / (to - from);
    expect(mean(0, 40)).toBeCloseTo(100, -1);
    expect(mean(40, 80)).toBeGreaterThan(380);
    for (const [bucket, value] of rate.values.entries()) {
      expect(rate.lower![bucket]!).toBeLessThanOrEqual(value!);
      expect(rate.upper![bucket]!).toBeGreaterThanOrEqual(value!);
    }
  });

  it('tells response times of each bucket, and nothing where there were none', async () => {
    const { model } = await modelFrom(
      text('every 1 s', 'at 50 s load Job at 900/s for 50 s  run 100 s  replications 3').replace(
        'takes exp(1 ms) fails 10 %  threads 5 queue 3',
        'takes constant(1 ms)',
      ),
    );
    const { series } = simulate(model, 'q.S');
    const figures = (measure: string) =>
      series.elements.find((one) => one.element === 'q.Job' && one.measure === measure)!;
    expect(figures('p95').values[10]).toBeCloseTo(0.001, 5);
    expect(figures('p95').values[80]!).toBeGreaterThan(0.001);
    const { model: quiet } = await modelFrom(text('every 30 s', 'run 100 s  replications 1'));
    const none = simulate(quiet, 'q.S').series.elements.find(({ measure }) => measure === 'mean')!;
    expect([none.values[3], none.lower]).toEqual([null, undefined]);
  });

  it('tells the bucket with which the warm-up ends like any other', async () => {
    const { model } = await modelFrom(text('at 200/s', 'run 40 s  warmup 10 s  replications 2'));
    const { series } = simulate(model, 'q.S');
    const p95 = series.elements.find(({ element, measure }) => element === 'q.Job' && measure === 'p95')!;
    const last = 10 / series.step_s - 1;
    expect(p95.values[last]! / p95.values[last - 1]!).toBeGreaterThan(0.5);
    expect(p95.values.every((value) => value! > 0)).toBe(true);
  });
});
