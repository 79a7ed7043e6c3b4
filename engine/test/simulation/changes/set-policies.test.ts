import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../../src/simulation/index.ts';
import { eventsOf, ran } from './running.ts';

interface Parts {
  readonly timeline?: string;
  /** What the front requires of the back, in braces. */
  readonly policy?: string;
  readonly back?: string;
  readonly load?: string;
  /** Limits of the back. */
  readonly limits?: string;
  /** Of the deployment. */
  readonly rules?: string;
  readonly call?: string;
  readonly front?: string;
  readonly run?: string;
}

/** A call every second from 1 s on, answered in 10 ms, for 100.5 s: a hundred of them, fifty before 50.5 s and fifty after. */
function pair(parts: Parts): Promise<SimulationResult> {
  const { timeline = '', policy = '', back = 'delays 10 ms', limits = '', rules = '', front = '' } = parts;
  const { load = 'every 1 s', call = 'front -> back.find(1)', run = '100.5 s' } = parts;
  return ran(`
component Front { operation ask()  requires Back { ${policy} }  ${front} }
component Back { operation find(id: Integer) ${back}  ${limits} }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { ${call} } }
deployment D { node n { deploy Front  deploy Back }  ${rules} }
scenario S of D { load Job ${load}  ${timeline}  run ${run}  replications 1  seed 5 }
`);
}

/** A call that is given up after 5 ms fails, and is answered all the same: so each attempt is counted. */
const attempts = ({ counters, measures }: SimulationResult, run = 100.5): number => {
  const throughput = measures.find((one) => one.element === 'c.Back.find' && one.measure === 'throughput');
  expect(counters.unfinished).toBeLessThanOrEqual(1);
  return Math.round((throughput?.value ?? Number.NaN) * run);
};

describe('from the moment when it is set', () => {
  it('a timeout shorter than the answer lets every later call fail', async () => {
    const result = await pair({ policy: 'timeout 1 s', timeline: 'at 50.5 s set Front.Back.timeout = 5 ms' });
    expect([result.counters.finished, result.counters.failed]).toEqual([50, 50]);
    expect(eventsOf(result)).toEqual(['at 50.5 s set: Front.Back.timeout = 5.0 ms']);
  });

  it('a timeout counts for attempts that begin: one under way keeps its own', async () => {
    const slow = { policy: 'timeout 20 s', back: 'delays 10 s' };
    const result = await pair({ ...slow, timeline: 'at 50.5 s set Front.Back.timeout = 1 s' });
    // Those of 41 s to 50 s are answered after it.
    expect([result.counters.finished, result.counters.failed]).toEqual([50, 49]);
  });

  it('a timeout ends with its time, and the one before counts again', async () => {
    const timeline = 'at 20.5 s set Front.Back.timeout = 5 ms for 30 s';
    expect((await pair({ policy: 'timeout 1 s', timeline })).counters.failed).toBe(30);
  });

  it('a timeout that is a law is drawn anew for each attempt', async () => {
    const timeline = 'at 0 s set Front.Back.timeout = uniform(0 ms, 20 ms)';
    const { failed } = (await pair({ policy: 'timeout 1 s', timeline })).counters;
    // Half of them, within five standard deviations.
    expect(Math.abs(failed - 50)).toBeLessThan(25);
  });

  it.each([
    ['as declared', 'retry 1', '', 200],
    ['raised', 'retry 1', 'at 50.5 s set Front.Back.retry = 3', 50 * 2 + 50 * 4],
    ['raised from none', 'retry 0', 'at 50.5 s set Front.Back.retry = 2', 50 + 50 * 3],
    ['lowered to none', 'retry 4', 'at 50.5 s set Front.Back.retry = 0', 50 * 5 + 50],
    ['of a budget, raised', 'retry 9  budget 10 %', 'at 50.5 s set Front.Back.budget = 100 %', 100 + 5 + 50],
  ])('retries multiply the calls that fail: %s', async (_, policy, timeline, expected) => {
    expect(attempts(await pair({ policy: `timeout 5 ms  ${policy}`, timeline }))).toBe(expected);
  });

  it('a backoff is that long', async () => {
    const parts = {
      policy: 'timeout 5 ms  retry 1  backoff 50 ms',
      call: 'front -> back.find(1) fallback { delays 1 ms }',
    };
    const longer = await pair({ ...parts, timeline: 'at 0 s set Front.Back.backoff = 200 ms' });
    const job = longer.measures.find(({ element, measure }) => element === 'c.Front.ask' && measure === 'mean');
    expect(job?.value).toBeCloseTo(0.211, 6);
  });

  it('what a message says itself stays', async () => {
    const timeline = 'at 0 s set Front.Back.timeout = 1 s  at 50.5 s set Front.Back.retry = 1';
    const call = 'front -> back.find(1) timeout 5 ms';
    const own = await pair({ policy: 'timeout 1 s  retry 0', timeline, call });
    // The retries are those of the component.
    expect(attempts(own)).toBe(50 + 50 * 2);
  });

  it.each([
    ['as declared, after all of its calls', 'breaker 100 % of 40 for 1 h', '', 90],
    ['at a smaller share, sooner', 'breaker 100 % of 40 for 1 h', 'at 0 s set Front.Back.breaker = 25 %', 60],
    [
      'looking at fewer calls, of those that it has seen',
      'breaker 100 % of 40 for 1 h',
      'at 60.5 s set Front.Back.breaker.calls = 5',
      61,
    ],
    ['looking at more calls', 'breaker 100 % of 20 for 1 h', 'at 60.5 s set Front.Back.breaker.calls = 30', 80],
    // Opens after the tenth, at 60 s; then a probe after each time.
    ['for its time', 'breaker 100 % of 10 for 9.5 s', '', 60 + 4],
    ['for a longer time', 'breaker 100 % of 10 for 9.5 s', 'at 0 s set Front.Back.breaker.open = 19.5 s', 60 + 2],
    [
      'for a longer time when it opens next',
      'breaker 100 % of 10 for 9.5 s',
      'at 65 s set Front.Back.breaker.open = 19.5 s',
      60 + 2,
    ],
  ])('a breaker opens %s', async (_, policy, timeline, expected) => {
    const failing = 'at 50.5 s set Front.Back.timeout = 5 ms';
    expect(attempts(await pair({ policy: `timeout 1 s  ${policy}`, timeline: `${failing}  ${timeline}` }))).toBe(
      expected,
    );
  });

  it.each([
    ['as declared', 'bulkhead 2', '', 2 * 100],
    ['with more places', 'bulkhead 2', 'at 50.05 s set Front.Back.bulkhead = 5', 2 * 50 + 5 * 50],
    [
      'with fewer places, though many wait',
      'bulkhead 5 queue 10000',
      'at 50.05 s set Front.Back.bulkhead = 2',
      5 * 50 + 2 * 50,
    ],
    [
      'with more places for those who wait',
      'bulkhead 1 queue 10000',
      'at 50.05 s set Front.Back.bulkhead = 4',
      50 + 4 * 50,
    ],
  ])('a bulkhead lets so many through: %s', async (_, policy, timeline, expected) => {
    const full = { back: 'delays 1 s', load: 'every 0.1 s', run: '100 s' };
    const { measures } = await pair({ ...full, policy, timeline });
    const throughput = measures.find((one) => one.element === 'c.Back.find' && one.measure === 'throughput');
    expect(Math.abs((throughput?.value ?? 0) * 100 - expected)).toBeLessThanOrEqual(5);
  });

  it('a bulkhead has so many in its line, and turns nobody out', async () => {
    const full = { back: 'delays 1 s', load: 'every 0.1 s', policy: 'bulkhead 1 queue 20', run: '100 s' };
    const line = ({ measures }: SimulationResult) =>
      measures.find((one) => one.measure === 'max_queue' && one.element.startsWith('c.Front'))?.value;
    const declared = await pair(full);
    const none = await pair({ ...full, timeline: 'at 50.05 s set Front.Back.bulkhead.queue = 0' });
    expect(line(declared)).toBe(line(none));
    // The twenty that wait are let through one after the other, then nobody waits.
    expect(none.counters.unfinished).toBe(1);
    expect(declared.counters.unfinished).toBe(21);
  });

  it('a hedge sends what takes longer a second time', async () => {
    const parts = { policy: 'hedge 10 s', back: 'delays 300 ms' };
    expect(attempts(await pair({ ...parts, timeline: 'at 50.5 s set Front.Back.hedge = 100 ms' }))).toBe(50 + 50 * 2);
  });

  it.each([
    ['as declared', '', 200],
    ['at a higher rate', 'at 50 s set Back.limit = 5/s', 100 + 250],
    ['at a lower one, for a time', 'at 50 s set Back.limit = 0.5/s for 20 s', 100 + 10 + 60],
    ['a fuller bucket, which is full when nothing came', 'at 0 s set Back.limit.burst = 50', 200 + 49],
    ['of an operation', 'at 50 s set Back.find.limit = 1/s', 100 + 50],
  ])('a limit lets in so many: %s', async (_, timeline, expected) => {
    const many = { load: 'every 0.1 s', run: '100 s' };
    const result = await pair({ ...many, timeline, rules: 'limit Back 2/s burst 1  limit Back.find 1000/s burst 1' });
    expect(Math.abs(result.counters.finished - expected)).toBeLessThanOrEqual(2);
  });

  it('answers in a cache are good for longer, those too that are there', async () => {
    const cached = { limits: 'cache key id takes 0 ms ttl 9.5 s', back: 'delays 100 ms' };
    const work = async (timeline: string) => {
      const { measures } = await pair({ ...cached, timeline });
      const mean = measures.find((one) => one.element === 'c.Back.find' && one.measure === 'mean')?.value ?? 0;
      return Math.round((mean * 100) / 0.1);
    };
    expect(await work('at 0 s slow n by 1')).toBe(10);
    expect(await work('at 55.5 s set Back.cache.ttl = 1 h')).toBe(6);
    // At 1 s, 11 s … 51 s, then at 56 s, 58 s … 100 s.
    expect(await work('at 55.5 s set Back.cache.ttl = 1.5 s')).toBe(6 + 23);
  });
});

describe('a version of the caller', () => {
  it('that has words of its own has the number that is set, as long as it lasts', async () => {
    const front = 'version "2" { requires Back { retry 5 } }';
    const failing = { policy: 'timeout 5 ms  retry 1', front };
    const rollout = 'at 25.5 s rollout Front to "2"';
    expect(attempts(await pair({ ...failing, timeline: rollout }))).toBe(25 * 2 + 75 * 6);
    const timeline = `${rollout}  at 50.5 s set Front.Back.retry = 2 for 25 s`;
    expect(attempts(await pair({ ...failing, timeline }))).toBe(25 * 2 + 25 * 6 + 25 * 3 + 25 * 6);
  });
});

it('a bulkhead that only a version has is known to who looks for deadlocks at the end', async () => {
  const front = 'version "2" { requires Back { bulkhead 1 queue 5 } }';
  const result = await pair({
    policy: 'hedge 1 h',
    back: 'delays 8 s',
    front,
    timeline: 'at 10.5 s rollout Front to "2"',
  });
  expect(result.counters.unfinished).toBe(6);
});

describe('what is set at the beginning is as if it were declared', () => {
  const busy = { load: 'at 30/s', back: 'delays exp(60 ms) fails 20 %', run: '30 s' };
  const clauses: Readonly<Record<string, string>> = {
    timeout: 'timeout 150 ms',
    retry: 'retry 2',
    backoff: 'backoff 20 ms jitter',
    budget: 'budget 30 %',
    breaker: 'breaker 60 % of 10 for 1 s',
    hedge: 'hedge 100 ms',
    bulkhead: 'bulkhead 6 queue 4',
  };
  const everything = (changed?: string) => {
    const [word = ''] = changed?.split(' ') ?? [];
    return Object.values(changed === undefined ? clauses : { ...clauses, [word]: changed }).join('  ');
  };
  it.each([
    ['timeout', 'timeout 60 ms', '60 ms'],
    ['retry', 'retry 0', '0'],
    ['retry', 'retry 5', '5'],
    ['backoff', 'backoff 200 ms jitter', '200 ms'],
    ['budget', 'budget 5 %', '5 %'],
    ['breaker', 'breaker 30 % of 10 for 1 s', '30 %'],
    ['breaker.calls', 'breaker 60 % of 5 for 1 s', '5'],
    ['breaker.open', 'breaker 60 % of 10 for 4 s', '4 s'],
    ['bulkhead', 'bulkhead 2 queue 4', '2'],
    ['bulkhead.queue', 'bulkhead 6 queue 0', '0'],
    ['hedge', 'hedge 30 ms', '30 ms'],
  ])('%s: %s', async (name, declared, value) => {
    const base = await pair({ ...busy, policy: everything(), timeline: 'at 0 s slow n by 1' });
    const written = await pair({ ...busy, policy: everything(declared), timeline: 'at 0 s slow n by 1' });
    const set = await pair({ ...busy, policy: everything(), timeline: `at 0 s set Front.Back.${name} = ${value}` });
    expect(figures(set)).toBe(figures(written));
    expect(figures(set)).not.toBe(figures(base));
  });

  it.each([
    ['Back.limit = 12/s', { rules: 'limit Back 20/s burst 5' }, { rules: 'limit Back 12/s burst 5' }],
    ['Back.limit.burst = 30', { rules: 'limit Back 20/s burst 5' }, { rules: 'limit Back 20/s burst 30' }],
    ['Back.limit.burst = 1', { rules: 'limit Back 20/s burst 5' }, { rules: 'limit Back 20/s burst 1' }],
    [
      'Back.queue.within = 80 ms',
      { limits: 'threads 1 queue drop expired', policy: 'timeout 150 ms deadline propagates' },
      { limits: 'threads 1 queue drop expired within 80 ms', policy: 'timeout 150 ms deadline propagates' },
    ],
    [
      'Back.cache.entries = 2',
      { limits: 'cache 30 entries lru key zipf(100, 1)' },
      { limits: 'cache 2 entries lru key zipf(100, 1)' },
    ],
    [
      'Back.cache.ttl = 100 ms',
      { limits: 'cache key zipf(10, 1) ttl 10 s' },
      { limits: 'cache key zipf(10, 1) ttl 100 ms' },
    ],
  ])('%s', async (set, before, declared) => {
    const base = await pair({ ...busy, ...before, timeline: 'at 0 s slow n by 1' });
    const written = await pair({ ...busy, ...declared, timeline: 'at 0 s slow n by 1' });
    const changed = await pair({ ...busy, ...before, timeline: `at 0 s set ${set}` });
    expect(figures(changed)).toBe(figures(written));
    expect(figures(changed)).not.toBe(figures(base));
  });
});

/** All but what happened on the timeline. */
function figures({ measures, counters, findings, series }: SimulationResult): string {
  return JSON.stringify({ measures, counters, findings, series });
}
