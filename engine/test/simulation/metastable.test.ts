import { describe, expect, it, vi } from 'vitest';
import { simulate } from '../../src/simulation/index.ts';
import { measure, modelFrom } from './models.ts';

vi.setConfig({ testTimeout: 120_000 });

/**
 * Ten servers of 10 ms for 700/s, a client that waits 0.5 s and three times the load for 10 s at 30 s: what passes in the last
 * minute of three. The shape is that of Bronson (HotOS 2021) and Huang (OSDI 2022).
 */
async function lastMinute(policy: string, queue = 'fifo', fresh = 700) {
  const { model, problems } = await modelFrom(`package m
component Server { operation serve() delays exp(10 ms)  threads 10  queue ${queue} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() ${policy} }
scenario S {
  load Job at ${fresh}/s
  at 30 s load Job at ${2 * fresh}/s for 10 s
  run 180 s  warmup 120 s  replications 1  seed 4
}
`);
  expect(problems).toEqual([]);
  const result = simulate(model, 'm.S');
  return {
    goodput: measure(result, 'm.Job', 'throughput').value!,
    offered: measure(result, 'm.Server.serve', 'rate').value!,
  };
}

describe('after a burst, with timeouts and retries', () => {
  it.each([
    ['three retries keep the servers busy with work that nobody waits for', 'timeout 0.5 s retry 3', 'fifo', 700, 2800],
    ['so does one', 'timeout 0.5 s retry 1', 'fifo', 700, 1400],
    ['backoff with jitter comes too late', 'timeout 0.5 s retry 3 backoff 1 s exponential jitter', 'fifo', 700, 2800],
  ])('a service collapses: %s', async (_, policy, queue, fresh, offered) => {
    const after = await lastMinute(policy, queue, fresh);
    expect(after.goodput).toBeLessThan(0.02 * fresh);
    expect(after.offered / offered).toBeCloseTo(1, 1);
  });

  it.each([
    ['without retries', 'timeout 0.5 s', 'fifo', 700],
    ['with a budget of retries', 'timeout 0.5 s retry 3 budget 10 %', 'fifo', 700],
    ['with a short queue', 'timeout 0.5 s retry 3', '300', 700],
    ['with the last served first', 'timeout 0.5 s retry 3', 'lifo', 700],
    ['with a breaker', 'timeout 0.5 s retry 3 breaker 50 % of 100 for 10 s', 'fifo', 700],
    ['where calls that timed out are cancelled', 'timeout 0.5 s retry 3 cancels', '400', 700],
    ['where all attempts together are fewer than it can serve', 'timeout 0.5 s retry 3', 'fifo', 200],
    ['where one retry more is still bearable', 'timeout 0.5 s retry 1', 'fifo', 300],
  ])('a service recovers %s', async (_, policy, queue, fresh) => {
    const after = await lastMinute(policy, queue, fresh);
    expect(after.goodput / fresh).toBeGreaterThan(0.97);
    expect(after.offered / fresh).toBeLessThan(1.03);
  });

  it('dropping what has expired serves only what is about to expire', async () => {
    const after = await lastMinute('timeout 0.5 s retry 3', 'drop expired');
    expect(after.goodput).toBeGreaterThan(0);
    expect(after.goodput).toBeLessThan(0.3 * 700);
  });
});
