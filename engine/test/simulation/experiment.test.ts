import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  compileScenario,
  mergeReplications,
  type ReplicationResult,
  runReplication,
  simulate,
} from '../../src/simulation/index.ts';
import { Kernel } from '../../src/simulation/kernel.ts';
import { measure, modelFrom, station } from './models.ts';

vi.setConfig({ testTimeout: 60_000 });

const busy = { takes: 'exp(1 ms)', cores: 1, rate: '700/s', run: '4 s' };

describe('a simulation', () => {
  it('gives the same bytes however its replications are spread and in whatever order they end', async () => {
    const { model } = await modelFrom(station({ ...busy, replications: 6 }));
    const whole = JSON.stringify(simulate(model, 'q.S'));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        async (order, threads) => {
          // Each thread compiles for itself and runs its share; results cross a border between threads.
          const results: ReplicationResult[] = [];
          const compiled = Array.from({ length: threads }, () => compileScenario(model, 'q.S').value!);
          order.forEach((index, turn) => {
            results.push(structuredClone(runReplication(compiled[turn % threads]!, index)));
          });
          expect(JSON.stringify(mergeReplications(compiled[0]!, results))).toBe(whole);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('uses the same random numbers where the model did not change', async () => {
    const slow = await modelFrom(station({ ...busy, cores: 2, replications: 3 }));
    const fast = await modelFrom(station({ ...busy, cores: 3, replications: 3 }));
    const [one, two] = [simulate(slow.model, 'q.S'), simulate(fast.model, 'q.S')];
    expect(measure(one, 'q.Job', 'rate').samples).toBe(measure(two, 'q.Job', 'rate').samples);
    // The work asked for is the same: only what was in progress at the ends differs.
    const difference =
      measure(one, 'q.Server', 'utilization').value! * 2 - measure(two, 'q.Server', 'utilization').value! * 3;
    expect(Math.abs(difference)).toBeLessThan(0.002);
  });

  it('depends on the seed', async () => {
    const { model } = await modelFrom(station({ ...busy, replications: 2 }));
    const rate = (seed: number): number => measure(simulate(model, 'q.S', { seed }), 'q.Job', 'mean').value!;
    expect(rate(1)).not.toBe(rate(2));
    expect(simulate(model, 'q.S', { seed: 5 }).seed).toBe(5);
    expect(simulate(model, 'q.S', { replications: 3 }).replications).toBe(3);
  });

  it('stops when cancelled and keeps what was finished', async () => {
    const { model } = await modelFrom(station({ ...busy, run: '100 s', replications: 4 }));
    let polls = 0;
    const result = simulate(model, 'q.S', {}, { cancelled: () => ++polls > 100 });
    expect(polls).toBe(101);
    expect(result.replications).toBeLessThan(4);
    expect(result.findings.map(({ code }) => code)).toContain('incomplete');
    const none = simulate(model, 'q.S', {}, { cancelled: () => true });
    expect(none.replications).toBe(0);
    expect(none.counters.started).toBe(0);
    expect(none.measures.every(({ status }) => status === 'not-estimable')).toBe(true);
  });

  it('tells its progress, rising to 1', async () => {
    const { model } = await modelFrom(station({ ...busy, run: '60 s', replications: 2 }));
    const shares: number[] = [];
    simulate(model, 'q.S', {}, { progress: ({ share }) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('the intervals', () => {
  it('cover the exact value about as often as they say', async () => {
    const { model } = await modelFrom(station({ ...busy, rate: '500/s', run: '6 s', replications: 10 }));
    const exact: Record<string, number> = { mean: 0.002, p95: 0.002 * Math.log(20), concurrency: 1 };
    const covered: Record<string, number> = { mean: 0, p95: 0, concurrency: 0 };
    const seeds = 100;
    for (let seed = 1; seed <= seeds; seed++) {
      const result = simulate(model, 'q.S', { seed });
      for (const [name, value] of Object.entries(exact)) {
        const { lower, upper } = measure(result, 'q.Job', name);
        if (lower! <= value && value <= upper!) covered[name]!++;
      }
    }
    for (const [name, count] of Object.entries(covered)) {
      expect(count / seeds, name).toBeGreaterThanOrEqual(0.9);
      expect(count / seeds, name).toBeLessThanOrEqual(0.985);
    }
  });
});

describe('an expectation', () => {
  const verdicts = async (expect: string, replications = 8) => {
    const { model } = await modelFrom(station({ ...busy, run: '20 s', replications, expect: `expect ${expect}` }));
    return simulate(model, 'q.S').expectations[0]!;
  };

  it('is met or missed by the whole interval', async () => {
    expect((await verdicts('p95(Job) < 40 ms')).verdict).toBe('met');
    expect((await verdicts('p95(Job) < 5 ms')).verdict).toBe('missed');
    expect((await verdicts('utilization(n) > 60 %')).verdict).toBe('met');
    expect((await verdicts('rate(Job) > 900/s')).verdict).toBe('missed');
  });

  it('is undecided where the interval spans the bound', async () => {
    const judged = await verdicts('p95(Job) < 10 ms');
    expect(judged.verdict).toBe('undecided');
    expect(judged.lower! < 0.01 && judged.upper! > 0.01).toBe(true);
    expect(judged.reason).toContain('spans the bound');
  });

  it('is undecided after one replication', async () => {
    const judged = await verdicts('p95(Job) < 40 ms', 1);
    expect([judged.verdict, judged.lower]).toEqual(['undecided', null]);
    expect(judged.reason).toContain('One replication');
  });

  it('is undecided where the tail has too few events', async () => {
    const { model } = await modelFrom(
      station({ ...busy, rate: '5/s', run: '10 s', replications: 2, expect: 'expect p99.9(Job) < 1 s' }),
    );
    const judged = simulate(model, 'q.S').expectations[0]!;
    expect([judged.verdict, judged.value]).toEqual(['undecided', null]);
    expect(judged.reason).toContain('too few');
  });

  it('is undecided where work that the end cut off could turn it', async () => {
    const slow = { takes: 'exp(1 ms)', cores: null, rate: '100/s', run: '10 s', replications: 3 };
    const judged = async (expectation: string) => {
      const text = station({ ...slow, expect: `expect ${expectation}` }).replace('takes exp(1 ms)', 'delays exp(20 s)');
      return simulate((await modelFrom(text)).model, 'q.S').expectations[0]!;
    };
    // Only what is quick by chance ends before the run does.
    for (const text of ['p50(Job) < 10 s', 'mean(Job) < 10 s', 'errors(Job) < 5 %', 'availability(Job) > 95 %']) {
      const { verdict, reason } = await judged(text);
      expect([text, verdict]).toEqual([text, 'undecided']);
      expect(reason).toMatch(/^[\d\u202f]+ of the [\d\u202f]+ that began had not ended/);
    }
    expect((await judged('p50(Job) < 1 ms')).verdict).toBe('missed');
    const never = await judged('p99.9(Job) < 1 ms');
    expect([never.verdict, never.value]).toEqual(['undecided', null]);
    expect((await judged('throughput(Job) > 1/s')).verdict).toBe('met');
  });

  it('on errors takes "none seen" for what it is worth', async () => {
    expect((await verdicts('errors(Job) < 1 %')).verdict).toBe('met');
    const rare = await verdicts('errors(Job) < 0.0001 %');
    expect([rare.verdict, rare.value]).toEqual(['undecided', 0]);
  });
});

describe('a system that cannot keep up', () => {
  it('is said to be saturated, and its unfinished work is counted', async () => {
    const { model } = await modelFrom(station({ ...busy, rate: '1200/s', run: '12 s', replications: 3 }));
    const result = simulate(model, 'q.S');
    const [finding] = result.findings;
    expect([finding?.code, finding?.element]).toEqual(['saturated', 'q.D.n']);
    expect(finding?.message).toMatch(/grows by (1[89]\d|2[01]\d)\/s/);
    expect(result.counters.unfinished).toBeGreaterThan(5000);
  });

  it('begins again with more room where the first was too small, and gives the same figures', async () => {
    const { model } = await modelFrom(station({ ...busy, rate: '9000/s', run: '6 s', replications: 1 }));
    const compiled = compileScenario(model, 'q.S').value!;
    expect(new Kernel(compiled, 1 << 15, true).run(0, {}).needsMore).toBe(true);
    const result = runReplication(compiled, 0);
    expect([result.finished, result.refused]).toEqual([true, 0]);
    const { started } = result.timed.at(-1)!;
    expect(started).toBeGreaterThan(35_000);
    expect(result.incidents).toEqual([]);
  });

  it('ends early once refusing arrivals tells nothing new, and its figures are of the time until then', async () => {
    const { model } = await modelFrom(
      station({ ...busy, rate: '100000000/s', run: '10 h', replications: 2 }).replace('warmup 2 s', ''),
    );
    const result = simulate(model, 'q.S');
    expect(result.replications).toBe(2);
    expect(result.simulated_s).toBeLessThan(0.1);
    expect(measure(result, 'q.Job', 'rate').value! / 1e8).toBeCloseTo(1, 2);
    expect(result.findings.map(({ code }) => code)).toEqual(['saturated', 'refused', 'overloaded']);
    const { started, finished, failed, refused, unfinished } = result.counters;
    expect(refused).toBe(2_000_000);
    expect(started).toBe(finished + failed + refused + unfinished);
  });

  it('has nothing to show where it is overloaded before the warm-up is over', async () => {
    const { model } = await modelFrom(station({ ...busy, rate: '100000000/s', run: '10 h', replications: 1 }));
    const result = simulate(model, 'q.S');
    expect([result.replications, result.counters.refused]).toEqual([0, 0]);
    const overloaded = result.findings.find(({ code }) => code === 'overloaded');
    expect([overloaded?.severity, overloaded?.message.includes('before anything was measured')]).toEqual([
      'error',
      true,
    ]);
  });

  it('sheds load at its limit and counts what it refused', async () => {
    const { model } = await modelFrom(station({ ...busy, rate: '5000/s', run: '6 s', replications: 1 }));
    const kernel = new Kernel(compileScenario(model, 'q.S').value!, 400);
    const run = kernel.run(0, {});
    const started = run.tallies.started(1);
    const finished = run.tallies.latencies[1]!.count;
    expect(run.refused).toBeGreaterThan(10_000);
    expect(run.incidents.list().map(({ code }) => code)).toEqual(['refused']);
    expect(started - finished - run.refused).toBeLessThan(400);
    expect(started - finished - run.refused).toBeGreaterThanOrEqual(0);
  });
});
