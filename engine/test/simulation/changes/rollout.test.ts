import { describe, expect, it } from 'vitest';
import { measure } from '../models.ts';
import { eventsOf, ran } from './running.ts';

interface Parts {
  readonly timeline?: string;
  readonly deployed?: string;
  readonly version?: string;
  readonly more?: string;
  readonly warmup?: string;
}

function orders({
  timeline = '',
  deployed = '* 4',
  version = 'operation create takes 30 ms',
  more = '',
  warmup = '0 s',
}: Parts) {
  return ran(`
component Orders { operation create() takes 10 ms  version "1.5" { ${version} } }
interaction Job { actor user  lifeline orders: Orders  user -> orders.create() }
deployment D { node n { cores 64  deploy Orders ${deployed} }  ${more} }
scenario S of D { load Job every 10 ms  ${timeline}  run 100 s  warmup ${warmup}  replications 1  seed 3 }
`);
}

const mean = async (parts: Parts): Promise<number> => measure(await orders(parts), 'c.Job', 'mean').value!;

describe('a version', () => {
  it('that is deployed is what runs', async () => {
    expect(await mean({ deployed: '{ version "1.5" }' })).toBeCloseTo(0.03, 6);
    expect(await mean({ deployed: '{ version "1.5" }', version: 'operation create delays 5 ms' })).toBeCloseTo(
      0.015,
      6,
    );
  });

  it('is that of the replica that takes the call, where they differ', async () => {
    const more = 'node m { cores 64  deploy Orders { version "1.5" } }';
    expect(await mean({ deployed: '', more })).toBeCloseTo(0.02, 4);
  });

  it('brings its threads', async () => {
    const deployed = '{ version "1.5" }';
    const result = await orders({ deployed, version: 'operation create takes 30 ms  threads 1 queue 0' });
    expect(result.counters.failed).toBeGreaterThan(6000);
  });
});

describe('a rollout', () => {
  it.each([
    ['all at once', 'rollout Orders to "1.5"', 0.02],
    ['blue_green', 'rollout Orders to "1.5" blue_green', 0.02],
    [
      'rolling, one each ten seconds: a quarter, a half, three quarters',
      'rollout Orders to "1.5" rolling 1 every 10 s',
      0.017,
    ],
    ['canary: a tenth, a half, then all', 'rollout Orders to "1.5" canary 10 %, 50 %, 100 % every 20 s', 0.0144],
  ])('%s', async (_, what, expected) => {
    expect(await mean({ timeline: `at 50 s ${what}` })).toBeCloseTo(expected, 3);
  });

  it('of a version that fails is aborted at the end of the step, and everything is as before', async () => {
    const timeline =
      'at 20 s rollout Orders to "1.5" canary 5 %, 25 %, 100 % every 20 s abort when (errors(Orders) > 2 %)';
    const result = await orders({ timeline, version: 'operation create fails 50 %', deployed: '* 2' });
    const [first, aborted, ...others] = eventsOf(result);
    expect(first).toBe('at 20 s rollout: Orders goes to 1.5 for 5.0 % of its calls');
    expect(aborted).toMatch(
      /^at 40 s rollout-aborted: rollout of Orders to 1\.5 aborted at 40 s: errors [\d.]+ % > 2\.0 %$/,
    );
    expect(others).toEqual([]);
    // Half of a twentieth of two thousand calls.
    expect(result.counters.failed).toBeGreaterThan(25);
    expect(result.counters.failed).toBeLessThan(80);
  });

  it.each(['blue_green', 'rolling 2 every 10 s', ''])('%s that is aborted leaves the old version', async (how) => {
    const timeline = `at 10 s rollout Orders to "1.5" ${how} abort when (mean(Job) > 15 ms)`;
    const result = await orders({ timeline, warmup: '80 s' });
    expect(measure(result, 'c.Job', 'mean').value).toBeCloseTo(0.01, 6);
    expect(result.eventCounts.find(({ kind }) => kind === 'rollout-aborted')?.count).toBe(1);
  });

  it('is not aborted by a version that keeps to it', async () => {
    const timeline = 'at 10 s rollout Orders to "1.5" canary 50 %, 100 % every 10 s abort when (errors(Orders) > 2 %)';
    const result = await orders({ timeline, warmup: '80 s' });
    expect(measure(result, 'c.Job', 'mean').value).toBeCloseTo(0.03, 6);
  });

  it('rolling with a start-up: a batch is away while it starts', async () => {
    const more = 'autoscale Orders 4..4 cpu 60 % every 30 s startup 10 s';
    const result = await orders({ timeline: 'at 10 s rollout Orders to "1.5" rolling 4', more, deployed: '* 4' });
    // Nobody takes a call for ten seconds.
    expect(result.counters.failed).toBe(1000);
  });
});

describe('what a rollout cannot do yet is said before the run', () => {
  it.each([['a condition on a queue', 'abort when (queue(Orders) > 5)', 'queue']])('%s', async (_, abort, word) => {
    const run = ran(`
component Bank external { operation pay() delays 1 ms }
component Orders { operation create() takes 1 ms  version "2" { operation create takes 2 ms } }
interaction Job { actor user  lifeline orders: Orders, bank: Bank  user -> orders.create() { orders -> bank.pay() } }
deployment D { node n { cores 4  deploy Orders * 2 } }
scenario S of D { load Job at 10/s  at 5 s rollout Orders to "2" ${abort}  run 20 s  replications 1  seed 1 }
`);
    await expect(run).rejects.toThrow(word);
  });
});
