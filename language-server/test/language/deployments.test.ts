/** Deployments in the model, and what is said where they cannot be as written. */
import { describe, expect, test } from 'vitest';
import { bare, expectFinding, lower } from './lowered.ts';

const world = `component A { operation run(id: String, rank: Integer) takes 1 ms  threads 4  version "2" { threads 8 } }
component B { operation run(id: String) takes 1 ms }
component X external { operation run delays 1 ms }
resource clerk * 2
`;
const text = (members: string) => `${world}deployment D { ${members} }`;

async function deployment(members: string) {
  return bare((await lower(text(members))).deployments[0]);
}

describe('a deployment', () => {
  test.each([
    ['node n { }', { nodes: [{ id: 'D.n', count: 1, scheduling: 'fifo', deploys: [] }] }],
    [
      'node n * 3 { cores 4 memory 8 GiB sharing }',
      { nodes: [{ count: 3, cores: 4, memory: 8 * 2 ** 30, scheduling: 'sharing' }] },
    ],
    ['node n { cores 4 priority }', { nodes: [{ scheduling: 'priority' }] }],
    ['node n { cores 4 preemptive priority }', { nodes: [{ scheduling: 'preemptive-priority' }] }],
    [
      'node n { cores 1 fails every exp(30 d) repaired in 10 min }',
      {
        nodes: [
          {
            breakdown: { every: { kind: 'exponential', mean: 30 * 864e8 }, repaired: { kind: 'constant', value: 6e8 } },
          },
        ],
      },
    ],
    [
      'zone eu { zone inner { node n { cores 1 } } fails every 30 d repaired in 1 h } node m { cores 1 }',
      {
        zones: [
          { id: 'D.eu', breakdown: { every: { value: 30 * 864e8 } } },
          { id: 'D.inner', within: 'D.eu' },
        ],
        nodes: [{ id: 'D.n', zone: 'D.inner' }, { id: 'D.m' }],
      },
    ],
    [
      'node n { cores 1 deploy A * 2 }',
      { nodes: [{ deploys: [{ id: 'D.n/A', component: 'A', replicas: 2, config: [] }] }] },
    ],
    [
      'node n { cores 1 deploy A { version "2" config pool = 50 config mode = "fast" threads 9 } }',
      {
        nodes: [
          {
            deploys: [
              {
                version: '2',
                config: [
                  { name: 'pool', value: 50 },
                  { name: 'mode', value: 'fast' },
                ],
                threads: 9,
              },
            ],
          },
        ],
      },
    ],
    [
      'node n { cores 1 deploy A { queue 5 priority rank } }',
      { nodes: [{ deploys: [{ queue: { discipline: { kind: 'priority', priority: { variable: 'A.run.rank' } } } }] }] },
    ],
    [
      'node n { cores 1 } node m { cores 1 } deploy A * 4 across n, m { threads 2 }',
      { spreads: [{ id: 'D/deploy(A)', component: 'A', replicas: 4, nodes: ['D.n', 'D.m'], threads: 2 }] },
    ],
    [
      'node n { cores 1 } node m { cores 1 } n -- m { latency 0.4 ms bandwidth 10 Gbps loss 0.1 % }',
      { links: [{ ends: ['D.n', 'D.m'], latency: 400, bandwidth: 1e10, loss: 0.001 }] },
    ],
    [
      'node n { cores 1 deploy A } balance A by least_connections',
      { balances: [{ component: 'A', strategy: { kind: 'least-connections' } }] },
    ],
    [
      'node n { cores 1 deploy A } balance A by hash(id)',
      { balances: [{ strategy: { kind: 'hash', key: { variable: 'A.run.id' } } }] },
    ],
    [
      'node n { cores 1 deploy A * 2 } autoscale A 2..10 cpu 60 % every 15 s startup 20 s',
      { autoscales: [{ component: 'A', minimum: 2, maximum: 10, cpu: 0.6, every: 15e6, startup: 20e6 }] },
    ],
    ['node n { cores 1 deploy A * 2 } autoscale A 2..10 cpu 60 %', { autoscales: [{ every: 30e6, startup: 0 }] }],
    [
      'node n { cores 1 deploy A } limit A.run 500/s burst 100',
      { limits: [{ subject: 'A.run', rate: 500, burst: 100 }] },
    ],
    ['node n { cores 1 deploy A } limit A 90/min', { limits: [{ subject: 'A', rate: 1.5, burst: 2 }] }],
    ['node n { cores 1 } load crowd on n 20 %', { backgrounds: [{ name: 'crowd', node: 'D.n', share: 0.2 }] }],
    [
      'node n { cores 1 } cost n 72/h cost clerk 36/h',
      {
        costs: [
          { subject: 'D.n', rate: 0.02 },
          { subject: 'clerk', rate: 0.01 },
        ],
      },
    ],
  ])('%s', async (members, expected) => {
    expect(await deployment(members)).toMatchObject(expected);
  });
});

describe('is not written so', () => {
  const n = 'node n { cores 1 deploy A } node m { cores 1 }';
  test.each([
    ['no nodes', 'node n * «0» { }', 'out-of-range', 'from 1'],
    ['a half core', 'node n { cores «0.5» }', 'out-of-range', 'whole number'],
    ['a memory in seconds', 'node n { memory «8 s» }', 'wrong-type', '8 GiB'],
    ['a memory in another unit', 'node n { memory «8 gb» }', 'unknown-unit', '8 GB'],
    ['no memory', 'node n { memory «0 GiB» }', 'out-of-range', 'above 0'],
    [
      'two ways to serve, one with a word more',
      'node n { cores 1 priority «preemptive priority» }',
      'repeated-clause',
      'fifo',
    ],
    ['two ways to serve', 'node n { cores 1 fifo «sharing» }', 'repeated-clause', 'fifo'],
    ['failures without time between', 'node n { fails every «0 s» repaired in 1 h }', 'out-of-range', 'above 0'],
    [
      'a repair that depends on the run',
      'node n { fails every 1 d repaired in «elapsed» }',
      'not-a-constant',
      'before the run',
    ],
    ['no replicas', 'node n { cores 1 deploy A * «0» }', 'out-of-range', 'from 1'],
    ['a setting twice', 'node n { cores 1 deploy A { config a = 1 «config a = 2» } }', 'repeated-clause', 'config a'],
    [
      'a setting that depends on the run',
      'node n { cores 1 deploy A { config a = «now» } }',
      'not-a-constant',
      'before the run',
    ],
    ['a node named twice', 'node n { cores 1 } deploy A * 4 across n, «n»', 'repeated-clause', 'named twice'],
    ['a link without unit', `${n} n -- m { latency «5» }`, 'unit-missing', '5 ms'],
    ['a bandwidth of nothing', `${n} n -- m { bandwidth «0 Mbps» }`, 'out-of-range', '10 Gbps'],
    ['more loss than there is', `${n} n -- m { loss «120 %» }`, 'out-of-range', '100 %'],
    ['two latencies', `${n} n -- m { latency 1 ms «latency 2 ms» }`, 'repeated-clause', 'latency'],
    [
      'the same link, turned round',
      `${n} n -- m { latency 1 ms } «m -- n { latency 2 ms }»`,
      'repeated-clause',
      'm -- n',
    ],
    ['two balances', `${n} balance A by random «balance A by round_robin»`, 'repeated-clause', 'balance A'],
    ['bounds the wrong way round', `${n} autoscale A 4..«2» cpu 60 %`, 'out-of-range', 'Swap'],
    ['a target of nothing', `${n} autoscale A 1..2 cpu «0 %»`, 'out-of-range', 'above 0 %'],
    ['a limit of a node', `${n} limit «A» «500»`.replace('«A»', 'A'), 'unit-missing', '500/s'],
    ['a limit of a resource', `${n} limit «clerk» 5/s`, 'wrong-kind', 'is a resource'],
    ['a limit of nothing', `${n} limit A «0/s»`, 'out-of-range', 'above 0'],
    ['traffic beyond the cores', `${n} load noise on n «120 %»`, 'out-of-range', '100 %'],
    ['the price of an operation', `${n} cost «A.run» 1/h`, 'wrong-kind', 'is an operation'],
    ['two prices', `${n} cost n 1/h «cost n 2/h»`, 'repeated-clause', 'cost n'],
  ])('%s', async (_, members, code, words) => expectFinding(text(members), code, words));
});
