import { describe, expect, it } from 'vitest';
import { measure } from '../models.ts';
import { eventsOf, ran } from './running.ts';

function pair(call: string, timeline: string, replications = 1) {
  return ran(`
component Front { operation ask() takes 1 ms }
component Back { operation find() takes 1 ms }
interaction Job { actor user  lifeline front: Front, back: Back  user -> front.ask() { ${call} } }
deployment D { zone a { node web { cores 8  deploy Front } }  zone b { node app { cores 8  deploy Back } } }
scenario S of D { load Job every 1 s  ${timeline}  run 100 s  replications ${replications}  seed 3 }
`);
}

describe('a partition', () => {
  it.each(['web from app', 'a from b', 'app from a'])('of %s keeps calls waiting until their timeout', async (what) => {
    const result = await pair('front -> back.find() timeout 100 ms', `at 20.5 s partition ${what} for 10 s`);
    expect(result.counters.failed).toBe(10);
    expect(result.counters.unfinished).toBe(0);
    expect(measure(result, 'c.Job', 'errors').value).toBeCloseTo(0.1, 2);
  });

  it('keeps those without a timeout until it ends: the connection is broken then', async () => {
    const result = await pair('front -> back.find()', 'at 20.5 s partition web from app for 10 s');
    expect(result.counters.failed).toBe(10);
    expect(result.counters.unfinished).toBe(0);
    expect(eventsOf(result)).toEqual([
      'at 20.5 s partition: nothing passes between web and app',
      'at 30.5 s partition-end: messages pass between web and app again',
    ]);
  });

  it('that does not end leaves them unfinished', async () => {
    const result = await pair('front -> back.find()', 'at 20.5 s partition web from app');
    expect(result.counters.unfinished).toBeGreaterThanOrEqual(79);
    expect(result.counters.failed).toBe(0);
  });

  it('loses asynchronous messages, and nobody notices', async () => {
    const result = await pair('front ->> back.find()', 'at 20.5 s partition web from app for 10 s');
    expect(result.counters.failed).toBe(0);
    expect(measure(result, 'c.Back.find', 'errors').value).toBeCloseTo(0.1, 2);
  });

  it('loses replies too', async () => {
    const result = await pair('front -> back.find() { delays 2 s }', 'at 20.5 s partition web from app for 10 s');
    // Two were under way whose work is done and whose reply is lost.
    expect(result.counters.failed).toBe(12);
    expect(measure(result, 'c.Back.find', 'throughput').value).toBeCloseTo(0.88, 1);
  });
});
