import { describe, expect, it, vi } from 'vitest';
import { type SimulationResult, simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';
import { covers } from './published.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Pair {
  /** What the front requires of the back. */
  readonly policy?: string;
  /** What limits the front. */
  readonly front?: string;
  /** What the back's operation costs, and what limits the back. */
  readonly back: string;
  readonly limits?: string;
  /** In the execution of the front's operation. */
  readonly call?: string;
  readonly load?: string;
  readonly run?: string;
  readonly deployment?: string;
}

/** `c.Front.ask` calls `c.Back.find` in each `c.Job`. */
async function run(pair: Pair): Promise<SimulationResult> {
  const { policy, back, limits = '', front = '', call = 'front -> back.find()', load = 'at 20/s' } = pair;
  const { model, problems } = await modelFrom(`package c
component Front { operation ask()  ${front}
  ${policy === undefined ? '' : `requires Back { ${policy} }`} }
component Back { operation find(key: Integer = 1) ${back}
  operation more() delays 1 s
  ${limits} }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { ${call} } }
deployment D { node n { deploy Front }  node m { deploy Back }  ${pair.deployment ?? ''} }
scenario S of D { load Job ${load}  run ${pair.run ?? '420 s'}  warmup 20 s  replications 10  seed 11 }
`);
  expect(problems).toEqual([]);
  return simulate(model, 'c.S');
}

describe('a hedge', () => {
  it('sends a second attempt where the first has not answered, and the first answer counts', async () => {
    const result = await run({ policy: 'hedge 0.5 s', back: 'delays exp(1 s)' });
    // P(T > t) is e^-t, and e^-t e^-(t - h) from h on.
    const late = Math.exp(-0.5);
    covers(measure(result, 'c.Job', 'mean'), 1 - late + late / 2);
    covers(measure(result, 'c.Back.find', 'rate'), 20 * (1 + late));
    // The other one works on.
    covers(measure(result, 'c.Back.find', 'mean'), 1);
    covers(measure(result, 'c.Job', 'errors'), 0);
  });

  it('that cancels ends the work of the other one', async () => {
    const result = await run({ policy: 'hedge 0.5 s cancels', back: 'delays exp(1 s)' });
    const late = Math.exp(-0.5);
    covers(measure(result, 'c.Job', 'mean'), 1 - late + late / 2);
    // Both are under way together for as long as the shorter of them takes.
    covers(measure(result, 'c.Back.find', 'concurrency'), 20 * (1 - late + (2 * late) / 2));
  });

  it('after a time that never comes changes nothing', async () => {
    const without = await run({ policy: 'retry 1', back: 'delays exp(1 s) fails 10 %', run: '100 s' });
    const with_ = await run({ policy: 'retry 1 hedge 100 d', back: 'delays exp(1 s) fails 10 %', run: '100 s' });
    expect(with_.measures).toEqual(without.measures);
  });

  it('fails only where both do, and a retry follows then', async () => {
    const failing = { back: 'delays 1 s fails 50 %', run: '220 s' };
    const hedged = await run({ policy: 'hedge 0.25 s', ...failing });
    covers(measure(hedged, 'c.Job', 'errors'), 1 / 4);
    // The second answers a quarter of a second later.
    covers(measure(hedged, 'c.Job', 'mean'), (0.5 * 1 + 0.25 * 1.25) / 0.75);
    covers(measure(await run({ policy: 'hedge 0.25 s retry 1', ...failing }), 'c.Job', 'errors'), 1 / 16);
  });

  it('is given up with the first at the timeout', async () => {
    const result = await run({ policy: 'hedge 0.5 s timeout 1 s', back: 'delays exp(1 s)' });
    covers(measure(result, 'c.Job', 'errors'), Math.exp(-1) * Math.exp(-0.5));
    expect(measure(result, 'c.Job', 'p99').value).toBeLessThan(1.01);
  });

  it('is paid from the budget, and never sent while a breaker looks or holds back', async () => {
    const budget = await run({ policy: 'hedge 0.1 s retry 1 budget 10 %', back: 'delays 1 s' });
    covers(measure(budget, 'c.Back.find', 'rate'), 22);
    const broken = await run({
      policy: 'hedge 0.1 s breaker 100 % of 1 for 5 s',
      back: 'delays 0.2 s fails 100 %',
      load: 'every 1 s',
      run: '620 s',
    });
    // One every five seconds and the time until the next arrival.
    covers(measure(broken, 'c.Back.find', 'rate'), 1 / 6);
  });

  it('lets the fallback begin when both have failed', async () => {
    const fallback = 'front -> back.find() hedge 0.5 s fallback { delays 0.25 s }';
    covers(measure(await run({ back: 'delays 1 s fails 100 %', call: fallback }), 'c.Job', 'mean'), 1.75);
  });
});

describe('a bulkhead', () => {
  it('lets so many calls through, and further ones fail at once', async () => {
    const result = await run({ policy: 'bulkhead 2', back: 'delays exp(0.1 s)' });
    // Erlang B for 2 erlangs and 2 servers.
    covers(measure(result, 'c.Job', 'errors'), 2 / 5);
    covers(measure(result, 'c.Job', 'mean'), 0.1);
    expect(result.findings).toEqual([
      expect.objectContaining({ code: 'calls-kept-back', message: expect.stringContaining('bulkhead') }),
    ]);
  });

  it('has a line where it says so', async () => {
    const result = await run({ policy: 'bulkhead 1 queue 100000', back: 'delays exp(0.04 s)', run: '1000 s' });
    covers(measure(result, 'c.Job', 'mean'), 0.04 / (1 - 0.8));
    // M/M/1/3
    const small = await run({ policy: 'bulkhead 1 queue 2', back: 'delays exp(0.05 s)' });
    covers(measure(small, 'c.Job', 'errors'), 1 / 4);
  });

  it('belongs to one calling replica, and is free again when the caller gives up', async () => {
    const patient = await run({ policy: 'bulkhead 1 timeout 0.1 s', back: 'delays 1 s', load: 'every 0.2 s' });
    covers(measure(patient, 'c.Back.find', 'rate'), 5);
  });

  it('that is full is tried again as a failure is', async () => {
    const result = await run({
      policy: 'bulkhead 1 retry 5 backoff 0.3 s',
      back: 'delays 0.5 s',
      load: 'every 10 s',
      call: 'par { front -> back.find() } and { front -> back.find() }',
    });
    covers(measure(result, 'c.Job', 'mean'), 0.6 + 0.5);
  });
});

describe('connections', () => {
  it('are held by calls of others, and further calls wait for one in order', async () => {
    const result = await run({ front: 'connections 2', back: 'delays 1 s', load: 'by 5 users thinking 0 s' });
    covers(measure(result, 'c.Job', 'throughput'), 2);
    covers(measure(result, 'c.Back.find', 'concurrency'), 2);
    covers(measure(result, 'c.Job', 'mean'), 2.5);
  });

  it('are so many lines in one, as M/M/c', async () => {
    const result = await run({ front: 'connections 2', back: 'delays exp(0.08 s)', run: '1000 s' });
    // 1.6 erlangs, 2 servers: Erlang C is 0.7111.
    covers(measure(result, 'c.Job', 'mean'), 0.08 + (0.7111 * 0.08) / (2 - 1.6));
  });

  it('are waited for with a thread in hand', async () => {
    const result = await run({
      front: 'threads 3 connections 1',
      back: 'delays 1 s',
      load: 'by 10 users thinking 0 s',
    });
    covers(measure(result, 'c.Job', 'throughput'), 1);
    covers(measure(result, 'c.Front', 'queue'), 7);
  });

  it('are waited for no longer than the timeout', async () => {
    const result = await run({
      front: 'connections 1',
      policy: 'timeout 1 s',
      back: 'delays exp(0.5 s)',
      load: 'by 20 users thinking exp(1 s)',
    });
    expect(measure(result, 'c.Job', 'p95').value).toBeLessThan(1.01);
    expect(measure(result, 'c.Job', 'errors').value).toBeGreaterThan(0.3);
  });

  it('that are too few for the load are said to be', async () => {
    const short = await run({ front: 'connections 1', back: 'delays 1 s', load: 'at 2/s', run: '220 s' });
    const found = short.findings.find(({ code }) => code === 'line-grows');
    expect(found?.message).toMatch(/^The line at Front\.connections grows by (0\.9\d*|1(\.0\d*)?)\/s/);
    const enough = await run({ front: 'connections 9', back: 'delays 1 s', load: 'at 2/s', run: '220 s' });
    expect(enough.findings).toEqual([]);
  });

  it('are those of where it is deployed, and a call to itself needs none', async () => {
    const { model } = await modelFrom(`package c
component Front { operation ask()  operation think() delays 1 s  connections 1 }
component Back { operation find() delays 1 s }
interaction Job { actor user  lifeline front: Front, back: Back
  user -> front.ask() { front -> front.think()  front -> back.find() } }
deployment D { node n { deploy Front { connections 3 } } }
scenario S of D { load Job by 9 users thinking 0 s  run 420 s  warmup 20 s  replications 2  seed 11 }
`);
    covers(measure(simulate(model, 'c.S'), 'c.Job', 'throughput'), 3);
  });
});

describe('a limit of a rate', () => {
  it('refuses at once what comes faster', async () => {
    const result = await run({ back: 'delays 1 ms', deployment: 'limit Back.find 10/s burst 1' });
    // With a burst of one the next call is let in first after a tenth of a second.
    covers(measure(result, 'c.Back.find', 'throughput'), 1 / (1 / 10 + 1 / 20));
    covers(measure(result, 'c.Back.find', 'errors'), 2 / 3);
    expect(result.findings).toEqual([
      {
        code: 'calls-limited',
        severity: 'warning',
        element: 'c.Back',
        message: expect.stringMatching(/^Back refused [\d\s]+ calls, \d\d % of all: .*limit/),
      },
    ]);
  });

  it('lets a burst through, and holds for all replicas and operations of a component together', async () => {
    const result = await run({
      back: 'delays 1 ms',
      load: 'at 50/s',
      deployment: 'deploy Back * 3 across m  limit Back 10/s burst 100',
    });
    covers(measure(result, 'c.Back.find', 'throughput'), 10);
  });

  it('above what comes changes nothing', async () => {
    const free = await run({ back: 'delays exp(1 s)', run: '60 s' });
    const limited = await run({ back: 'delays exp(1 s)', run: '60 s', deployment: 'limit Back 100000/s burst 1000' });
    expect(limited.measures).toEqual(free.measures);
  });
});

describe('a cache', () => {
  it('answers a share of the calls at once, with its own demand', async () => {
    const result = await run({ back: 'delays 1 s fails 50 %', limits: 'cache 80 % hit takes 0.1 s' });
    covers(measure(result, 'c.Job', 'errors'), 0.1);
    covers(measure(result, 'c.Job', 'mean'), (0.8 * 0.1 + 0.1 * 1) / 0.9);
  });

  it('that never answers changes nothing, and one that always does leaves no work', async () => {
    const without = await run({ back: 'delays exp(1 s)', run: '60 s' });
    const never = await run({ back: 'delays exp(1 s)', limits: 'cache 0 % hit takes 1 s', run: '60 s' });
    expect(never.measures).toEqual(without.measures);
    const always = await run({ back: 'delays exp(1 s)', limits: 'cache 100 % hit takes 2 s', run: '60 s' });
    covers(measure(always, 'c.Job', 'mean'), 2);
  });

  it('spares the calls that the work makes', async () => {
    const nested = 'front -> back.find() { back -> back.more() }';
    const result = await run({ back: '', limits: 'cache 75 % hit', call: nested });
    covers(measure(result, 'c.Back.more', 'rate'), 20 * 0.25 * 0.25 + 20 * 0.25 * 0.75);
  });

  /** The share of hits where the keys follow a law, `zipf(n, s)`. */
  async function hits(cache: string, law: string, rest: Partial<Pair> = {}): Promise<SimulationResult> {
    return run({
      back: 'delays 1 us',
      limits: cache,
      call: `front -> back.find(${law})`,
      load: 'at 200/s',
      run: '200 s',
      ...rest,
    });
  }
  const shareOfWork = (result: SimulationResult): string => JSON.stringify(result.findings.map(({ code }) => code));

  const popularity = (n: number, s: number): number[] => {
    const weights = Array.from({ length: n }, (_, k) => (k + 1) ** -s);
    const sum = weights.reduce((total, weight) => total + weight);
    return weights.map((weight) => weight / sum);
  };

  it('with one entry answers what is asked for twice in a row', async () => {
    const result = await hits('cache 1 entries lru key key takes 1 s', 'zipf(3, 1)');
    const share = popularity(3, 1).reduce((sum, p) => sum + p * p, 0);
    covers(measure(result, 'c.Job', 'mean'), share);
    expect(shareOfWork(result)).toContain('cache-hits');
  });

  it('with two entries answers as often as King said (1971)', async () => {
    const p = popularity(4, 0.8);
    let share = 0;
    for (const [i, first] of p.entries())
      for (const [j, second] of p.entries()) {
        if (i !== j) share += ((first * second) / (1 - first)) * (first + second);
      }
    const result = await hits('cache 2 entries lru key key takes 1 s', 'zipf(4, 0.8)');
    covers(measure(result, 'c.Job', 'mean'), share);
  });

  it('of a large catalogue answers as often as Che said (2002)', async () => {
    const p = popularity(1000, 0.9);
    const filled = (time: number): number => p.reduce((sum, each) => sum + 1 - Math.exp(-each * time), 0);
    let [low, high] = [0, 1e6];
    while (high - low > 1e-6 * high) {
      const middle = (low + high) / 2;
      if (filled(middle) < 100) low = middle;
      else high = middle;
    }
    const share = p.reduce((sum, each) => sum + each * (1 - Math.exp(-each * low)), 0);
    const { value } = measure(
      await hits('cache 100 entries lru key key takes 1 s', 'zipf(1000, 0.9)'),
      'c.Job',
      'mean',
    );
    expect(Math.abs(value! - share)).toBeLessThan(0.01);
  });

  it('whose entries last for a time answers as often as renewals say', async () => {
    const result = await hits('cache key key takes 1 s ttl 1 s', 'zipf(100, 1)');
    const share = popularity(100, 1).reduce((sum, p) => sum + (p * (200 * p)) / (1 + 200 * p), 0);
    covers(measure(result, 'c.Job', 'mean'), share);
  });

  it('may draw its keys from a law of its own', async () => {
    const result = await hits('cache 1 entries lru key zipf(3, 1) takes 1 s', '1');
    covers(
      measure(result, 'c.Job', 'mean'),
      popularity(3, 1).reduce((sum, p) => sum + p * p, 0),
    );
  });

  it('gives the reply that the work gave', async () => {
    const { model, problems } = await modelFrom(`package c
component Front { operation ask() }
component Back { operation find(key: Integer): Integer  cache 10 entries lru key key }
interaction Job { actor user  lifeline front: Front, back: Back
  var key: Integer = zipf(5, 0)  var found: Integer = 0
  user -> front.ask() { found = front -> back.find(key) { return key * 10 }  invariant found == key * 10 } }
scenario S { load Job at 100/s  run 20 s  replications 2  seed 11 }
`);
    expect(problems).toEqual([]);
    const { findings } = simulate(model, 'c.S');
    expect(findings.map(({ code }) => code)).toEqual(['cache-hits']);
  });
});
