import { describe, expect, it } from 'vitest';
import type { SimulationResult } from '../../../src/simulation/index.ts';
import { measure } from '../models.ts';
import { ran } from './running.ts';

interface Setup {
  readonly operation?: string;
  readonly component?: string;
  readonly version?: string;
  readonly deployed?: string;
  readonly timeline?: string;
  readonly load?: string;
  readonly front?: string;
  readonly urgent?: string;
  readonly run?: string;
}

const crowd = 'load Job every 6 s batch 12';
const rollout = 'at 7.5 s rollout Store to "2"';

/** One replica of `Store` works a second on each call. Twelve come at 6 s, one that is urgent at 7.3 s, and its version "2" at 7.5 s. */
function run({
  operation = '',
  component = 'threads 1 queue 100',
  version = '',
  deployed = 'node n { deploy Store }',
  timeline = rollout,
  load = crowd,
  front = '',
  urgent = 'at 7 s load Urgent every 300 ms for 500 ms',
  run: duration = '11.5 s',
}: Setup): Promise<SimulationResult> {
  return ran(`
component Front { operation open(rank: Integer)  ${front} }
component Store { operation get(rank: Integer) delays 1 s ${operation}  ${component}  version "2" { ${version} } }
interaction Job(rank: Integer = 0) {
  actor user  lifeline front: Front, store: Store
  user -> front.open(rank) { front -> store.get(rank) }
}
interaction Urgent { actor user  lifeline front: Front, store: Store  user -> front.open(9) { front -> store.get(9) } }
deployment D { ${deployed}  node f { deploy Front }  f -- n { bandwidth 8 kbps } }
scenario S of D {
  ${load}  ${urgent}  ${timeline}
  run ${duration}  warmup 0 s  replications 1  seed 1
}
`);
}

const finished = (result: SimulationResult, element: string): number =>
  Math.round(measure(result, element, 'throughput').value! * result.simulated_s);

const total = (result: SimulationResult, element: string): number =>
  finished(result, element) * measure(result, element, 'mean').value!;

describe('what a version declares comes with a rollout:', () => {
  it.each([
    ['fifo', 'threads 1 queue 100 priority rank', 1],
    ['fifo', 'threads 1 queue 100 lifo', 1],
    ['fifo', 'threads 1 queue 100 fifo', 0],
    ['lifo', 'threads 1 queue 100 fifo', 0],
    ['lifo', 'threads 1 queue 100 priority (0 - rank)', 0],
    ['priority rank', 'threads 1 queue 100 lifo', 1],
    ['priority rank', 'threads 1 queue 100 fifo', 0],
  ])('in place of %s `%s`, also for those who wait at that moment', async (order, version, urgent) => {
    const result = await run({ component: `threads 1 queue 100 ${order}`, version });
    expect(finished(result, 'c.Urgent')).toBe(urgent);
    expect(finished(result, 'c.Store.get')).toBe(5);
  });

  it.each([
    ['nobody is dropped', '', 5],
    // Served are the first two, and the one who came later.
    ['who gave up', 'threads 1 queue 100 drop expired', 3],
    ['who will give up that soon', 'threads 1 queue 100 drop expired within 1.5 s', 2],
  ])('who is dropped of those that wait: %s', async (_, version, served) => {
    const front = 'requires Store { timeout 2 s  deadline propagates }';
    const result = await run({ front, version, timeline: 'at 6.5 s rollout Store to "2"' });
    expect(finished(result, 'c.Store.get')).toBe(served);
  });

  it('a share of hits, and none before', async () => {
    const result = await run({ component: '', version: 'cache 100 % hit', load: 'load Job every 2 s' });
    // At 2 s, 4 s, 6 s and 7.3 s a second each, from 8 s on nothing.
    expect(total(result, 'c.Store.get')).toBeCloseTo(4, 6);
  });

  it('an empty memory where answers are remembered', async () => {
    const setup = { component: 'cache key rank ttl 1 h', load: 'load Job every 2 s' };
    const misses = async (timeline: string): Promise<number> => total(await run({ ...setup, timeline }), 'c.Store.get');
    expect(await misses('')).toBeCloseTo(2, 6);
    expect(await misses(rollout)).toBeCloseTo(3, 6);
  });

  it('what requests and replies carry', async () => {
    // A kB takes a second each way.
    const setup = { operation: 'size 1 kB reply 500 B', component: '', load: 'load Job every 4 s', urgent: '' };
    const mean = async (further: Setup): Promise<number | null> =>
      measure(await run({ ...setup, ...further }), 'c.Job', 'mean').value;
    const timeline = 'at 1 s rollout Store to "2"';
    expect(await mean({ timeline: '' })).toBeCloseTo(2.5, 6);
    expect(await mean({ timeline, version: 'operation get size 500 B reply 250 B' })).toBeCloseTo(1.75, 6);
    expect(await mean({ timeline, version: 'operation get size 500 B' })).toBeCloseTo(2, 6);
  });
});

describe('limits that a version changes', () => {
  const many = { load: 'load Job every 1 s batch 20', component: 'threads 2 queue 1000' };
  const served = async (setup: Setup): Promise<number> => finished(await run({ ...many, ...setup }), 'c.Store.get');

  it('are in force for its replicas alone, where others run', async () => {
    const deployed = 'node n { deploy Store }  node m { deploy Store { version "2" } }';
    expect(await served({ deployed, version: 'threads 6', timeline: '' })).toBe(10 * (2 + 6));
  });

  it('yield to what the deployment says, also where that is what the component says', async () => {
    const deployed = 'node n { deploy Store { threads 2 } }';
    expect(await served({ deployed, version: 'threads 6' })).toBe(20);
  });

  it('yield to what the timeline sets, as long as it does', async () => {
    const version = 'threads 6 queue 1000';
    const set = 'at 0.5 s set Store.threads = 1';
    expect(await served({ version, timeline: `${set}  at 2.5 s rollout Store to "2"` })).toBe(10);
    // One at a time until 5.5 s, then five more at once, and six whenever they are done.
    expect(await served({ version, timeline: `${set} for 5 s  at 2.5 s rollout Store to "2"` })).toBe(5 + 5 * 6);
  });

  it('go when it goes', async () => {
    const version = 'operation get fails 100 %  threads 6 queue 1000';
    const timeline = 'at 2.5 s rollout Store to "2" rolling 1 every 1.8 s abort when (errors(Store) > 10 %)';
    const ended = async (setup: Setup): Promise<number> => {
      const { counters } = await run({ ...many, ...setup, version, run: '20.5 s', urgent: '' });
      return counters.finished + counters.failed;
    };
    expect(await ended({ timeline: '' })).toBe(2 * 19);
    // Four further threads from 2.5 s to 4.3 s do eight pieces of work.
    expect(await ended({ timeline })).toBe(2 * 19 + 4 * 2);
  });
});
