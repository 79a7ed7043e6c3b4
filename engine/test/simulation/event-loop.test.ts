import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileScenario, runReplication } from '../../src/simulation/index.ts';
import { modelFrom } from './models.ts';

interface Network {
  readonly cores: readonly [number, number, number];
  readonly replicas: number;
  readonly balance: string;
  readonly load: string;
  readonly work: string;
  /** What Front does about trouble with Left, and with Right; and Left with Right. */
  readonly policies: readonly [string, string, string];
  readonly links: string;
  readonly fails: string;
  /** Of Right: how many at once. */
  readonly threads: string;
  readonly event: string;
}

const policy = fc.constantFrom(
  '',
  'timeout 25 ms',
  'timeout 60 ms',
  'timeout 20 ms  retry 2 backoff 5 ms',
  'retry 1 backoff 2 ms',
  'timeout exp(30 ms)',
  'timeout 40 ms  hedge 15 ms',
);

const networks: fc.Arbitrary<Network> = fc.record({
  cores: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  replicas: fc.integer({ min: 1, max: 3 }),
  balance: fc.constantFrom(
    '',
    'balance Right by random',
    'balance Right by two_choices',
    'balance Right by least_connections',
  ),
  load: fc.constantFrom('at 40/s', 'at 90/s', 'by 4 users thinking exp(20 ms)', 'at 5/s batch 4'),
  work: fc.constantFrom('exp(10 ms)', '7 ms', 'uniform(0 ms, 20 ms)', 'lognormal(median: 8 ms, p99: 40 ms)'),
  policies: fc.tuple(policy, policy, policy),
  links: fc.constantFrom(
    '',
    'a -- b { latency 1 ms }',
    'a -- b { latency 1 ms }  a -- c { latency 2 ms }  b -- c { latency 1 ms }',
    'a -- b { latency 1 ms }  a -- c { latency 2 ms  loss 1 % }',
  ),
  fails: fc.constantFrom('', '', 'fails 5 %', 'fails 5 % after 1 ms'),
  threads: fc.constantFrom('', '', 'threads 2  queue 5'),
  event: fc.constantFrom(
    '',
    '',
    '',
    'at 2 s crash Right for 1 s',
    'at 2 s crash c for 500 ms',
    'at 3 s set b.cores = 1',
  ),
});

async function replication(network: Network, expectation: string) {
  const { cores, replicas, balance, load, work, policies, links, fails, threads, event } = network;
  const { model, problems } = await modelFrom(`package t
component Front {
  operation open() takes ${work}
  requires Left { ${policies[0]} }  requires Right { ${policies[1]} }
}
component Left { operation go() takes exp(8 ms)  requires Right { ${policies[2]} } }
component Right { ${threads}  operation go() takes ${work} ${fails} }
interaction Visit {
  actor user  lifeline front: Front, left: Left, right: Right
  user -> front.open() {
    par { front -> left.go() } and { front -> right.go() }
    alt 30 % { front -> left.go() { left -> right.go() } } else { front -> right.go() fallback { front -> left.go() } }
    front ->> left.go()
  }
}
deployment D {
  node a { cores ${cores[0]}  deploy Front }
  node b { cores ${cores[1]}  deploy Left }
  node c * ${replicas} { cores ${cores[2]}  deploy Right }
  ${balance}  ${links}
}
scenario S of D { load Visit ${load}  run 5 s  warmup 1 s  ${event}  ${expectation} }
`);
  expect(problems).toEqual([]);
  return runReplication(compileScenario(model, 't.S').value!, 0);
}

describe('the loop over events', () => {
  it('does with plain calls, and with plain work of others, what is done with them step by step, where percentiles of waits are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(networks, async (network) => {
        const fast = await replication(network, '');
        const stepwise = await replication(network, 'expect p95(wait(Left.go)) < 1 s');
        expect(stepwise.laws.length).toBeGreaterThan(fast.laws.length);
        expect({ ...fast, laws: [], windows: [], series: [] }).toEqual({
          ...stepwise,
          laws: [],
          windows: [],
          series: [],
        });
      }),
      { numRuns: 120 },
    );
  });
});
