import { describe, expect, it } from 'vitest';
import { measure } from '../models.ts';
import { eventsOf, ran } from './running.ts';

function shop(
  timeline: string,
  { nodes = 'node app * 2 { cores 2  deploy Back }', load = 'every 100 ms', more = '' } = {},
) {
  return ran(`
component Front { operation ask() takes 1 ms }
component Back { operation find() takes 10 ms ${more} }
component Bank external { operation pay() delays 50 ms }
interaction Job { actor user  lifeline front: Front, back: Back, bank: Bank
  user -> front.ask() { front -> back.find()  front -> bank.pay() } }
deployment D { zone west { node web { cores 2  deploy Front }  ${nodes} } }
scenario S of D { load Job ${load}  ${timeline}  run 100 s  replications 1  seed 3 }
`);
}

describe('a crash', () => {
  it('of the only node fails every call at once while it lasts', async () => {
    const result = await shop('at 20 s crash app for 10 s', { nodes: 'node app { cores 2  deploy Back }' });
    expect(result.counters.failed).toBe(100);
    expect(measure(result, 'c.Back.find', 'errors').value).toBeCloseTo(0.1, 2);
    expect(eventsOf(result)).toEqual(['at 20 s crash: app crashes', 'at 30 s recovery: app is back']);
  });

  it('of one node of two leaves the other one the calls', async () => {
    const result = await shop('at 20 s crash app[2] for 10 s');
    expect(result.counters.failed).toBeLessThanOrEqual(1);
    expect(result.counters.finished).toBeGreaterThan(990);
  });

  it('loses what is being worked on and what is in line', async () => {
    const result = await shop('at 20.05 s crash Back for 1 s', {
      nodes: 'node app { cores 1  deploy Back }',
      load: 'by 30 users thinking 1 s',
      more: '',
    });
    expect(result.counters.failed).toBeGreaterThan(0);
    expect(result.counters.started).toBe(
      result.counters.finished + result.counters.failed + result.counters.unfinished,
    );
  });

  it('of an external component fails its calls', async () => {
    const result = await shop('at 20.03 s crash Bank for 10 s');
    // Those that were under way, too.
    expect(result.counters.failed).toBe(101);
  });

  it('of a zone takes all its nodes', async () => {
    const result = await shop('at 20 s crash west for 10 s');
    expect(result.counters.failed).toBeGreaterThanOrEqual(100);
    expect(measure(result, 'c.Front.ask', 'errors').value).toBeGreaterThan(0.09);
  });

  it('within another one ends when both are over', async () => {
    const nodes = 'node app { cores 2  deploy Back }';
    const result = await shop('at 20 s crash app for 10 s  at 25 s crash Back for 10 s', { nodes });
    expect(result.counters.failed).toBe(150);
  });
});
