import { describe, expect, it } from 'vitest';
import { measure } from '../models.ts';
import { eventsOf, ran } from './running.ts';

interface Parts {
  readonly timeline?: string;
  readonly deployment: string;
  readonly load?: string;
  readonly warmup?: string;
  readonly run?: string;
}

function fraud({ timeline = '', deployment, load = 'at 400/s', warmup = '0 s', run = '200 s' }: Parts) {
  return ran(`
component Fraud { operation check() takes exp(10 ms) }
interaction Job { actor user  lifeline fraud: Fraud  user -> fraud.check() }
deployment D { node app * 10 { cores 1 }  ${deployment} }
scenario S of D { load Job ${load}  ${timeline}  run ${run}  warmup ${warmup}  replications 1  seed 3 }
`);
}

describe('scale', () => {
  it('places new replicas in turn on the nodes of the others, and takes the last ones away', async () => {
    const deployment = 'deploy Fraud * 5 across app';
    const result = await fraud({ deployment, timeline: 'at 50 s scale Fraud to 8  at 100 s scale Fraud to 5' });
    expect(eventsOf(result)).toEqual([
      'at 50 s scale: Fraud goes from 5 to 8 replicas',
      'at 100 s scale: Fraud goes from 8 to 5 replicas',
    ]);
    expect(result.counters.failed).toBe(0);
  });

  it('to fewer lets those that go finish what they have', async () => {
    const result = await fraud({ deployment: 'deploy Fraud * 8 across app', timeline: 'at 50 s scale Fraud to 5' });
    expect(result.counters.failed).toBe(0);
    expect(result.counters.unfinished).toBeLessThan(60);
  });
});

describe('autoscale', () => {
  const deployment = 'deploy Fraud * 2 across app  autoscale Fraud 2..10 cpu 60 % every 10 s startup 5 s';

  it('brings as many replicas as hold the use of their cores', async () => {
    // 400/s of 10 ms are 4 cores: at 60 % seven replicas, which are within a tenth of it.
    const result = await fraud({ deployment, warmup: '150 s', load: 'at 100/s' });
    expect(measure(result, 'c.Job', 'throughput').value).toBeCloseTo(100, -1);
    const more = await fraud({ deployment, timeline: 'at 50 s load Job at 300/s', load: 'at 100/s', warmup: '150 s' });
    expect(measure(more, 'c.Job', 'throughput').value).toBeGreaterThan(380);
    const totals = more.events
      .filter(({ kind }) => kind === 'autoscale')
      .map(({ text }) => / to (\d+) replicas$/.exec(text)?.[1]);
    expect(Number(totals.at(-1))).toBeGreaterThanOrEqual(6);
    expect(Number(totals.at(-1))).toBeLessThanOrEqual(8);
  });

  it('keeps to its bounds', async () => {
    const narrow = 'deploy Fraud * 2 across app  autoscale Fraud 2..3 cpu 60 % every 10 s';
    const result = await fraud({ deployment: narrow, load: 'at 390/s' });
    const totals = result.events.map(({ text }) => / to (\d+) replicas$/.exec(text)?.[1]);
    expect(totals).toEqual(['3']);
  });

  it('leaves what is within a tenth of the use wanted', async () => {
    // 1.2 cores on two: exactly what is wanted.
    const result = await fraud({ deployment, load: 'every 8.3333 ms' });
    expect(result.eventCounts.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(2);
  });
});
