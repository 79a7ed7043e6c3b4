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
  readonly policy: string;
  readonly links: string;
}

const networks: fc.Arbitrary<Network> = fc.record({
  cores: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  replicas: fc.integer({ min: 1, max: 3 }),
  balance: fc.constantFrom('', 'balance Right by random', 'balance Right by two_choices'),
  load: fc.constantFrom('at 40/s', 'at 90/s', 'by 4 users thinking exp(20 ms)', 'at 5/s batch 4'),
  work: fc.constantFrom('exp(10 ms)', '7 ms', 'uniform(0 ms, 20 ms)', 'lognormal(median: 8 ms, p99: 40 ms)'),
  policy: fc.constantFrom('', 'timeout 25 ms', 'timeout 20 ms  retry 2 backoff 5 ms', 'timeout 40 ms  hedge 15 ms'),
  links: fc.constantFrom('', 'a -- b { latency 1 ms }', 'a -- b { latency 1 ms }  a -- c { latency 2 ms  loss 1 % }'),
});

async function replication({ cores, replicas, balance, load, work, policy, links }: Network, expectation: string) {
  const { model, problems } = await modelFrom(`package t
component Front {
  operation open() takes ${work}
  requires Left { ${policy} }  requires Right { ${policy} }
}
component Left { operation go() takes exp(8 ms) }
component Right { operation go() takes ${work} }
interaction Visit {
  actor user  lifeline front: Front, left: Left, right: Right
  user -> front.open() {
    par { front -> left.go() } and { front -> right.go() }
    alt 30 % { front -> left.go() } else { front -> right.go() }
  }
}
deployment D {
  node a { cores ${cores[0]}  deploy Front }
  node b { cores ${cores[1]}  deploy Left }
  node c * ${replicas} { cores ${cores[2]}  deploy Right }
  ${balance}  ${links}
}
scenario S of D { load Visit ${load}  run 8 s  warmup 1 s  ${expectation} }
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
      { numRuns: 24 },
    );
  });
});
