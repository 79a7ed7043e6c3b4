import { describe, expect, it } from 'vitest';
import { measure } from '../models.ts';
import { eventsOf, ran } from './running.ts';

interface Parts {
  readonly timeline?: string;
  readonly load?: string;
  readonly cost?: string;
  readonly node?: string;
  readonly limits?: string;
  /** Until when nothing is counted. */
  readonly warmup?: string;
}

function server({
  timeline = '',
  load = 'every 1 s',
  cost = 'takes 10 ms',
  node = 'node n { cores 1  deploy Server }',
  limits = '',
  warmup = '0 s',
}: Parts) {
  return ran(`
component Server { operation serve() ${cost}  operation other() takes 10 ms  ${limits} }
component Bank external { operation pay() delays 10 ms }
interaction Job { actor user  lifeline server: Server, bank: Bank  user -> server.serve() { server -> bank.pay() } }
deployment D { ${node} }
scenario S of D { load Job ${load}  ${timeline}  run 100 s  warmup ${warmup}  replications 1  seed 3 }
`);
}

const mean = async (parts: Parts, element = 'c.Job'): Promise<number> =>
  measure(await server(parts), element, 'mean').value!;

describe('slow', () => {
  it.each([
    ['a node: work on its cores', 'slow n by 5', 'takes 10 ms', 0.06],
    ['a node: times without a core too', 'slow n by 5', 'delays 10 ms', 0.06],
    ['a component', 'slow Server by 3', 'takes 10 ms delays 10 ms', 0.07],
    ['one replica', 'slow Server[1] by 3', 'takes 10 ms', 0.04],
    ['an external component', 'slow Bank by 4', 'takes 10 ms', 0.05],
    ['by less than 1: faster', 'slow n by 0.5', 'takes 10 ms', 0.015],
  ])('%s', async (_, what, cost, expected) => {
    expect(await mean({ timeline: `at 0 s ${what}`, cost })).toBeCloseTo(expected, 6);
  });

  it('twice multiplies, and what ends leaves the other', async () => {
    const timeline = 'at 0 s slow n by 2  at 0 s slow n by 3 for 50 s';
    // Fifty at six times, fifty at twice.
    expect(await mean({ timeline })).toBeCloseTo((0.07 + 0.03) / 2, 3);
  });

  it('stretches what is left of work that is under way', async () => {
    const late = await server({ timeline: 'at 50 s slow n by 3', load: 'every 49.995 s', cost: 'takes 10 ms' });
    // Half of the first one at normal speed: 5 ms and three times 5 ms, and 10 ms at the bank. The second does not end.
    expect(measure(late, 'c.Job', 'mean').value!).toBeCloseTo(0.03, 6);
  });
});

describe('set', () => {
  it.each([
    ['takes', 'set Server.serve.takes = 30 ms', 0.04],
    ['delays, where there were none', 'set Server.serve.delays = 30 ms', 0.05],
    ['cores', 'set n.cores = 3', 0.02],
    ['for a time: as before at its end', 'set Server.serve.takes = 30 ms for 50 s', 0.03],
    [
      'over another: the last one counts',
      'set Server.serve.takes = 50 ms  at 0 s set Server.serve.takes = 30 ms',
      0.04,
    ],
    [
      'over another: at its end the one before',
      'set Server.serve.takes = 50 ms  at 0 s set Server.serve.takes = 30 ms for 50 s',
      0.05,
    ],
  ])('%s', async (_, what, expected) => {
    expect(await mean({ timeline: `at 0 s ${what}` })).toBeCloseTo(expected, 3);
  });

  it('fails, where nothing failed', async () => {
    const result = await server({ timeline: 'at 50 s set Server.serve.fails = 100 %' });
    expect(result.counters.failed).toBe(50);
    expect(eventsOf(result)).toEqual(['at 50 s set: Server.serve.fails = 100 %']);
  });

  it('threads: who waits gets those that come', async () => {
    const result = await server({
      timeline: 'at 50 s set Server.threads = 10',
      load: 'every 0.1 s',
      cost: 'delays 150 ms',
      limits: 'threads 1',
      warmup: '80 s',
    });
    // With one thread the queue would only grow.
    expect(measure(result, 'c.Job', 'throughput').value).toBeCloseTo(10, 0);
    expect(measure(result, 'c.Job', 'mean').value).toBeCloseTo(0.16, 3);
  });

  it('queue: what has no place is refused', async () => {
    const full = { load: 'every 0.1 s', cost: 'delays 150 ms', limits: 'threads 1' };
    expect((await server({ ...full })).counters.failed).toBe(0);
    expect((await server({ ...full, timeline: 'at 0 s set Server.queue = 0' })).counters.failed).toBeGreaterThan(400);
  });

  it('count of nodes: what a node runs comes and goes with it', async () => {
    const busy = { load: 'every 8 ms', cost: 'takes 15 ms', warmup: '60 s' };
    const one = await server(busy);
    expect(measure(one, 'c.Job', 'throughput').value).toBeLessThan(70);
    const three = await server({ ...busy, timeline: 'at 0 s set n.count = 3' });
    expect(measure(three, 'c.Job', 'throughput').value).toBeCloseTo(125, 0);
    expect(measure(three, 'c.D.n', 'utilization').value).toBeCloseTo(15 / 8 / 3, 2);
  });
});

describe('a change', () => {
  it.each([
    ['by a factor of 1', 'at 30 s slow n by 1 for 20 s'],
    ['of what nobody uses', 'at 30 s set Server.other.takes = 9 s'],
    ['to what is', 'at 30 s scale Server to 1'],
  ])('%s changes no figure', async (_, timeline) => {
    const random = { load: 'at 50/s', cost: 'takes exp(10 ms)' };
    const before = await server({ ...random, timeline: 'at 99 s slow n by 2' });
    const after = await server({ ...random, timeline: `${timeline}  at 99 s slow n by 2` });
    expect(after.measures).toEqual(before.measures);
  });
});
