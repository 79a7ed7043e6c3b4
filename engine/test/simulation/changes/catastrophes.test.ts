import { describe, it } from 'vitest';
import { measure } from '../models.ts';
import { covers } from '../published.ts';
import { ran } from './running.ts';

describe('a queue that now and then loses all who are in it', () => {
  // M/M/1 with catastrophes at rate ξ: geometric, by the smaller root of µρ² − (λ + µ + ξ)ρ + λ = 0 (X. Chao, A queueing network
  // model with catastrophes and product form solution, 1995).
  it.each([
    [40, 50, 1],
    [60, 50, 0.5],
  ])('%i/s at %i/s, once in %f s', async (arrivals, served, catastrophes) => {
    const result = await ran(`
component Server { operation serve() takes exp(${1000 / served} ms) }
interaction Job { actor user  lifeline server: Server  user -> server.serve() }
deployment D { node n { cores 1  deploy Server  fails every exp(${1 / catastrophes} s) repaired in 0.001 ms } }
scenario S of D { load Job at ${arrivals}/s  run 1050 s  warmup 50 s  replications 10  seed 3 }
`);
    const sum = arrivals + served + catastrophes;
    const root = (sum - Math.sqrt(sum * sum - 4 * arrivals * served)) / (2 * served);
    const inside = root / (1 - root);
    covers(measure(result, 'c.Job', 'concurrency'), inside);
    covers(measure(result, 'c.D.n', 'utilization'), root);
    // Who is inside is lost.
    covers(measure(result, 'c.Job', 'errors'), (catastrophes * inside) / arrivals);
  });
});
