import { describe, expect, it } from 'vitest';
import { measure } from '../models.ts';
import { ran } from './running.ts';

interface Callers {
  readonly component?: string;
  readonly version?: string;
  readonly deployed?: string;
  readonly timeline?: string;
  readonly load?: string;
  readonly pay?: string;
  readonly run?: string;
}

/** `Orders` calls `Bank`, which takes 100 ms: two replicas of `Orders` as it stands, and two of its version "2". */
function callers({
  component = '',
  version = '',
  deployed = 'node old { deploy Orders * 2 }  node new { deploy Orders * 2 { version "2" } }',
  timeline = '',
  load = 'every 250 ms',
  pay = 'delays 100 ms',
  run = '100 s',
}: Callers) {
  return ran(`
component Bank external { operation pay() ${pay} }
component Orders { operation create()  ${component}  version "2" { operation create  ${version} } }
interaction Job { actor user  lifeline orders: Orders, bank: Bank  user -> orders.create() { orders -> bank.pay() } }
deployment D { ${deployed} }
scenario S of D { load Job ${load}  ${timeline}  run ${run}  warmup 0 s  replications 1  seed 1 }
`);
}

/** Of all calls, those that failed. */
async function failed(setup: Callers): Promise<number> {
  const { counters } = await callers(setup);
  return counters.failed / counters.started;
}

const hasty = 'requires Bank { timeout 50 ms }';

describe('what a version requires holds for calls of its replicas', () => {
  it.each([
    ['neither', {}, 0],
    ['the version alone', { version: hasty }, 0.5],
    ['the component, and so the version', { component: hasty }, 1],
    ['the version otherwise', { component: hasty, version: 'requires Bank { timeout 200 ms }' }, 0.5],
  ])('gives up early: %s', async (_, setup, share) => {
    expect(await failed(setup)).toBeCloseTo(share, 2);
  });

  it('word by word: the other words are those of the component', async () => {
    const setup = { component: 'requires Bank { retry 1 }', version: hasty };
    const result = await callers(setup);
    // Half of the calls are made twice.
    const calls = measure(result, 'c.Bank.pay', 'rate').value! * result.simulated_s;
    expect(calls / result.counters.started).toBeCloseTo(1.5, 2);
  });

  it('with a bulkhead of its own', async () => {
    const setup = { version: 'requires Bank { bulkhead 1 }', load: 'every 1 s batch 40', pay: 'delays 900 ms' };
    // Of forty at once each replica takes ten, and each of the two new ones lets through one of its ten.
    expect(await failed(setup)).toBeCloseTo(18 / 40, 2);
  });

  it('from when a rollout brings it in, and not any more when it goes back', async () => {
    const deployed = 'node n { deploy Orders * 4 }';
    const to = 'at 50 s rollout Orders to "2"';
    expect(await failed({ deployed, version: hasty, timeline: to })).toBeCloseTo(0.5, 2);
    const back = `${to} every 10 s abort when (errors(Orders) > 10 %)`;
    expect(await failed({ deployed, version: hasty, timeline: back })).toBeCloseTo(0.1, 2);
  });

  it('not of a call that was made before', async () => {
    const deployed = 'node n { deploy Orders }';
    const setup = { deployed, version: 'requires Bank { timeout 100 ms }', pay: 'delays 10 s', load: 'every 4 s' };
    // Calls from 4 s to 16 s are made by what was there before the rollout and wait as long as it takes.
    expect(
      (await callers({ ...setup, timeline: 'at 18 s rollout Orders to "2"', run: '30 s' })).counters,
    ).toMatchObject({
      started: 7,
      finished: 4,
      failed: 3,
    });
  });
});

describe('connections that change', () => {
  const busy = { deployed: 'node n { deploy Orders }', load: 'every 50 ms', component: 'connections 1' };

  it('let those go on who wait for them', async () => {
    const result = await callers({ ...busy, timeline: 'at 50 s set Orders.connections = 10' });
    expect(result.counters.started - result.counters.finished).toBeLessThan(4);
    expect((await callers(busy)).counters.unfinished).toBeGreaterThan(900);
  });

  it('are given back as calls end, where there are fewer; and are there again after that', async () => {
    const many = { ...busy, component: 'connections 10' };
    const throughput = async (timeline: string): Promise<number> =>
      measure(await callers({ ...many, timeline }), 'c.Bank.pay', 'throughput').value!;
    expect(await throughput('at 0 s set Orders.connections = 1')).toBeCloseTo(10, 0);
    expect(await throughput('at 0 s set Orders.connections = 1 for 50 s')).toBeCloseTo(20, 0);
  });

  it('come to be where there was no limit', async () => {
    const free = { ...busy, component: '' };
    const result = await callers({ ...free, timeline: 'at 50 s set Orders.connections = 1' });
    expect(measure(result, 'c.Bank.pay', 'throughput').value).toBeCloseTo(15, 0);
  });

  it('are those of the version that a rollout brings', async () => {
    const result = await callers({
      ...busy,
      version: 'connections 10',
      timeline: 'at 50 s rollout Orders to "2"',
    });
    expect(result.counters.unfinished).toBeLessThan(4);
  });
});
