import { describe, expect, it, vi } from 'vitest';
import { simulate } from '../../../src/simulation/index.ts';
import { measure, modelFrom } from '../models.ts';
import { publishedCases } from '../published.ts';

vi.setConfig({ testTimeout: 120_000 });

interface Published {
  readonly case: string;
  readonly collapsed: boolean;
  readonly goodput_last60: number;
  readonly offered_last60: number;
}

interface Variant {
  /** What the client does beside waiting for half a second. */
  readonly policy: string;
  readonly queue?: string;
  readonly rate?: number;
  readonly trigger?: string;
  readonly run?: number;
}

const slow = (seconds: number): string => `at 30 s slow n by 5 for ${seconds} s`;
const retry = 'timeout 0.5 s retry 3';

/** Ten servers of 10 ms, at a fifth of their speed for a while at 30 s; by the letter of the published case. */
const variants: Readonly<Record<string, Variant>> = {
  A: { policy: retry, trigger: '' },
  B: { policy: retry },
  C: { policy: 'timeout 0.5 s' },
  D: { policy: retry, trigger: slow(0.3) },
  E: { policy: retry, rate: 200 },
  F: { policy: retry, queue: '300' },
  G: { policy: retry, queue: 'drop expired' },
  // A server knows how much time is left only where the client tells it.
  G2: { policy: `${retry} deadline propagates`, queue: 'drop expired within 50 ms' },
  H: { policy: retry, queue: 'lifo' },
  I: { policy: `${retry} budget 10 %` },
  J: { policy: `${retry} backoff 1 s exponential jitter` },
  K: { policy: retry, trigger: `${slow(10)}  at 60 s load Job * 0.2142857 for 60 s` },
  K2: { policy: retry, trigger: `${slow(10)}  at 60 s load Job * 0.2142857 for 200 s`, run: 380 },
  L: { policy: retry, trigger: 'at 30 s load Job at 1400/s for 10 s' },
  M: { policy: 'timeout 0.5 s retry 1' },
  N: { policy: 'timeout 0.5 s retry 1', rate: 450 },
};

async function lastMinute({ policy, queue = 'fifo', rate = 700, trigger = slow(10), run = 180 }: Variant) {
  const { model, problems } = await modelFrom(`package m
component Server { operation serve() takes exp(10 ms)  threads 10  queue ${queue} }
interaction Job { actor client  lifeline server: Server  client -> server.serve() ${policy} }
deployment D { node n { cores 10  deploy Server } }
scenario S of D { load Job at ${rate}/s  ${trigger}  run ${run} s  warmup ${run - 60} s  replications 1  seed 4 }
`);
  expect(problems).toEqual([]);
  const result = simulate(model, 'm.S');
  return {
    goodput: measure(result, 'm.Job', 'throughput').value!,
    offered: measure(result, 'm.Server.serve', 'rate').value!,
  };
}

const published = publishedCases<Published>('metastable');

const cases = (published ?? []).flatMap((one) => {
  const variant = variants[one.case.split(' ')[0]!];
  return variant === undefined ? [] : [[one.case, one, variant] as const];
});

describe('a service whose servers are slow for a while', () => {
  it('is held against the published cases', (context) => {
    if (published === null) context.skip('the cases of metastable are not on this machine');
    expect(cases.length).toBe(published!.length);
  });

  it.each(cases)('%s', async (_, { collapsed, goodput_last60, offered_last60 }, variant) => {
    const { goodput, offered } = await lastMinute(variant);
    const rate = variant.rate ?? 700;
    expect(goodput < rate / 2).toBe(collapsed);
    expect(Math.abs(goodput - goodput_last60) / rate).toBeLessThan(0.05);
    expect(offered / offered_last60).toBeCloseTo(1, 1);
  });
});
