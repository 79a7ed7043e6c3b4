import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileScenario, type JudgedExpectation, runReplication, simulate } from '../../src/simulation/index.ts';
import { WINDOW_LIMIT, type WindowSample } from '../../src/simulation/windows.ts';
import { modelFrom } from './models.ts';

const text = (scenario: string): string => `package q
component Server { operation serve() takes exp(1 ms) fails 2 %  operation other() takes exp(1 ms) }
interaction Job { actor client  lifeline server: Server  client -> server.serve() }
interaction Never { actor client  lifeline server: Server  client -> server.other() }
deployment D { node n { cores 1  deploy Server } }
scenario S of D { load Job ${scenario} seed 7 }
`;

async function judged(scenario: string): Promise<JudgedExpectation> {
  const { model, problems } = await modelFrom(text(scenario));
  expect(problems).toEqual([]);
  const result = simulate(model, 'q.S');
  expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return result.expectations[0]!;
}

const burst = 'at 100/s  at 30 s load Job at 1200/s for 10 s';

describe('an expectation in every window', () => {
  it('is missed where one window misses it, though the whole run does not, and says which', async () => {
    const overall = await judged(`${burst}  run 100 s  replications 5  expect mean(Job) < 2 s`);
    expect(overall.verdict).toBe('met');
    const worst = await judged(`${burst}  run 100 s  replications 5  expect p50(Job) < 200 ms in every 10 s`);
    // What came in the burst was served in it, or when it was over.
    expect([30, 40]).toContain(worst.window?.from_s);
    expect([worst.verdict, worst.window]).toMatchObject(['missed', { length_s: 10, windows: 10 }]);
    expect(worst.lower!).toBeGreaterThan(0.2);
  });

  it('is met where every window meets it', async () => {
    const met = await judged('at 200/s  run 41 s  warmup 1 s  replications 6  expect p95(Job) < 20 ms in every 5 s');
    expect([met.verdict, met.window?.windows]).toEqual(['met', 8]);
    const rate = await judged('at 200/s  run 41 s  warmup 1 s  replications 6  expect rate(Job) > 100/s in every 10 s');
    expect(rate.verdict).toBe('met');
    const busy = await judged('at 200/s  run 41 s  replications 6  expect utilization(n) < 50 % in every 10 s');
    expect([busy.verdict, busy.window!.from_s % 10]).toEqual(['met', 0]);
  });

  it('is undecided, with the reason, where it cannot be told', async () => {
    const reasons: readonly (readonly [string, RegExp])[] = [
      ['at 200/s  run 20 s  replications 1  expect p95(Job) < 1 s in every 5 s', /One replication/],
      ['at 200/s  run 20 s  replications 3  expect p95(Job) < 1 s in every 1 min', /shorter than one window/],
      ['at 200/s  run 20 s  replications 3  expect p99.9(Job) < 1 s in every 1 s', /too few/],
      ['at 200/s  run 20 s  replications 3  expect p95(Job) < 1 s in every 1 ms', /too many/],
      ['at 200/s  run 20 s  replications 3  expect p95(Job) < 3.8 ms in every 10 s', /spans|could turn/],
      ['at 200/s  run 20 s  replications 3  expect p95(Never) < 3.8 ms in every 10 s', /never reaches/],
    ];
    for (const [scenario, reason] of reasons) {
      const { verdict, reason: said } = await judged(scenario);
      expect([scenario, verdict]).toEqual([scenario, 'undecided']);
      expect(said).toMatch(reason);
    }
  });

  it('says nothing of a window in which nothing could happen', async () => {
    const quiet = await judged(
      'at { "00:00:00": 0/s  "00:00:20": 300/s }  run 40 s  replications 4  expect p95(Job) < 1 s in every 10 s',
    );
    expect([quiet.verdict, quiet.window?.windows]).toEqual(['met', 2]);
  });

  it('has intervals that hold for all windows together: wider than that of one', async () => {
    const few = await judged('at 500/s  run 10 s  replications 5  expect mean(Job) < 1 s in every 10 s');
    const whole = await judged('at 500/s  run 10 s  replications 5  expect mean(Job) < 1 s');
    expect(few.value).toBeCloseTo(whole.value!, 9);
    expect(few.upper).toBeCloseTo(whole.upper!, 9);
    const many = await judged('at 500/s  run 100 s  replications 5  expect mean(Job) < 1 s in every 10 s');
    expect((many.upper! - many.lower!) / many.value!).toBeGreaterThan((few.upper! - few.lower!) / few.value!);
  });
});

describe('windows', () => {
  it('partition what is measured: their counts add up', async () => {
    const settings = fc.record({
      window: fc.integer({ min: 50, max: 3000 }),
      count: fc.integer({ min: 1, max: 12 }),
      warmup: fc.integer({ min: 0, max: 999 }),
      load: fc.constantFrom('at 300/s', 'at 1500/s', 'by 4 users thinking exp(2 ms)'),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ window, count, warmup, load }) => {
        const { model } = await modelFrom(
          text(
            `${load}  run ${window * count + warmup} ms  warmup ${warmup} ms  replications 1
             expect p95(Job) < 1 s in every ${window} ms  expect queue(n) < 9 in every ${window} ms`,
          ),
        );
        const compiled = compileScenario(model, 'q.S').value!;
        const result = runReplication(compiled, 0);
        const [windows] = result.windows;
        expect([result.windows.length, windows!.samples.length]).toEqual([1, count]);
        const sum = (figure: (sample: WindowSample) => number, at: number): number =>
          windows!.samples.reduce((total, samples) => total + figure(samples[at]!), 0);
        const job = result.timed[1]!;
        expect(sum(({ started }) => started, 0)).toBe(job.started);
        expect(sum(({ completed }) => completed, 0)).toBe(job.completed);
        expect(sum(({ failed }) => failed, 0)).toBe(job.failed);
        const recorded = ({ zeros, counts }: typeof job.latency) => counts.reduce((all, one) => all + one, zeros);
        expect(sum(({ latency }) => recorded(latency), 0)).toBe(recorded(job.latency));
        expect(sum(({ latency }) => latency.sum, 0) / (job.latency.sum || 1)).toBeCloseTo(
          job.latency.sum > 0 ? 1 : 0,
          9,
        );
        expect(sum(({ queue }) => queue, 1) / count).toBeCloseTo(result.cores.queue[0]!, 6);
        expect(sum(({ served }) => served, 1)).toBe(result.cores.served[0]!);
      }),
      { numRuns: 25 },
    );
  });

  it('are kept up to a limit', () => expect(WINDOW_LIMIT).toBeGreaterThanOrEqual(24 * 60));
});
