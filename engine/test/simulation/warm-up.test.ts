import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';
import { covers } from './published.ts';

/** What takes long beside the run: two seconds are measured, and each takes one on average. */
const RUN = 'run 12 s  warmup 10 s  replications 10  seed 3';

async function run(text: string) {
  const { model, problems } = await modelFrom(text);
  expect(problems).toEqual([]);
  return simulate(model, 'q.S');
}

describe('what began before the warm-up ended', () => {
  it('counts when it ends, so that long ones are not left out of response times and failures', async () => {
    const result = await run(`package q
component Server external { operation serve() delays exp(1 s)  fails 20 % }
interaction Job { actor client  lifeline server: Server  client -> server.serve() timeout 3 s }
deployment D { }
scenario S of D { load Job at 1000/s  ${RUN} }`);
    const late = Math.exp(-3);
    covers(measure(result, 'q.Job', 'mean'), 1 - (3 * late) / (1 - late));
    covers(measure(result, 'q.Job', 'p95'), -Math.log(1 - 0.95 * (1 - late)));
    covers(measure(result, 'q.Job', 'errors'), 1 - 0.8 * (1 - late));
    covers(measure(result, 'q.Job', 'throughput'), 800 * (1 - late));
    const { started, finished, failed, refused, unfinished } = result.counters;
    expect(started).toBe(finished + failed + refused + unfinished);
    // Of those begun in the two seconds, so many are not over at their end.
    const within = (t: number): number => (t < 3 ? 1 - Math.exp(-t) : 1);
    const open = 10_000 * (2 - [...Array(2000).keys()].reduce((sum, i) => sum + within((i + 0.5) / 1000) / 1000, 0));
    expect(Math.abs(unfinished / open - 1)).toBeLessThan(0.02);
  });

  it('counts in activities and machines as well', async () => {
    const { expectations } = await run(`package q
signal Go
machine Order { initial -> New  state New { after exp(1 s) -> Risk }  choice Risk { 25 % -> Long  else -> Done }
  state Long { after 4 s -> Done }  final Done }
component Server external { operation serve() }
interaction Job { actor client  lifeline server: Server, order: Order  client -> server.serve() { server ->> order : Go } }
activity Visit { initial -> see  action see delays exp(1 s) -> sort  decision sort { 25 % -> stay  else -> well }
  action stay delays 4 s -> kept  final well, kept }
deployment D { }
scenario S of D { load Job at 500/s  load Visit at 500/s  ${RUN}
  expect time_in(Order) < 3 s  expect time_in(Order.Long) < 5 s  expect time_to(Order.Long) < 2 s  expect probability(Order.Long) < 50 %
  expect mean(Visit) < 3 s  expect mean(Visit.stay) < 5 s  expect probability(Visit.kept) < 50 % }`);
    const exact = [2, 4, 1, 0.25, 2, 4, 0.25];
    expectations.forEach(({ text, value, verdict }, i) => {
      expect(Math.abs(value! / exact[i]! - 1), text).toBeLessThan(0.03);
      expect(verdict, text).toBe('met');
    });
  });
});
