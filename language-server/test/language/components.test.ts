/** Components in the model, and what is said where they cannot be as written. */
import { describe, expect, test } from 'vitest';
import { bare, expectFinding, lower } from './lowered.ts';

const other = 'component B { operation run(n: Integer): Boolean takes 1 ms }';

async function component(members: string, kind = '') {
  const model = await lower(`machine M(id: String) { initial -> A  state A { after 1 s -> Z } final Z }
${other}
component C ${kind} { ${members} }
interaction Go(id: String) { lifeline c: C  loop 1 { c ->> c.work(id, 1) } }
activity Prepare(id: String) { initial -> done  final done }`);
  return model.components.find(({ name }) => name === 'C');
}
const work = 'operation work(id: String, n: Integer)';

describe('an operation', () => {
  test.each([
    ['takes 3 ms', { takes: { kind: 'literal', value: 3000 } }],
    ['delays exp(4 ms)', { delays: { kind: 'draw', distribution: { kind: 'exponential', mean: 4000 } } }],
    ['takes ?', { takes: { kind: 'unknown' } }],
    ['fails 0.3 %', { fails: { probability: 0.003 } }],
    ['fails 1 % after 5 ms', { fails: { probability: 0.01, after: { kind: 'literal', value: 5000 } } }],
    ['', {}],
  ])('that %s', async (clause, cost) => {
    const [operation] = (await component(`${work} ${clause}`))?.operations ?? [];
    const {
      id: _id,
      name: _name,
      kind: _kind,
      parameters,
      returns,
      ...rest
    } = bare(operation) as Record<string, unknown>;
    expect(parameters).toHaveLength(2);
    expect(returns).toEqual({ kind: 'unknown' });
    expect(rest).toEqual(cost);
  });

  test('its reply may be drawn, and its method is a behaviour', async () => {
    const model = await lower(`activity Prepare(id: String) { initial -> done  final done }
component C { operation run(id: String): Boolean takes 1 ms returns chance(96 %) method Prepare priority 4 }
interaction I { actor u lifeline c: C u -> c.run("x") }`);
    expect(bare(model.components[0]?.operations[0])).toMatchObject({
      result: { kind: 'draw', distribution: { kind: 'chance', probability: 0.96 } },
      method: 'Prepare',
      priority: { kind: 'literal', value: 4 },
    });
  });
});

describe('the limits of a replica', () => {
  test.each([
    ['threads 200', { threads: 200 }],
    ['threads 200 queue 1000', { threads: 200, queue: { capacity: 1000, discipline: { kind: 'fifo' } } }],
    ['queue lifo', { queue: { discipline: { kind: 'lifo' } } }],
    ['queue 10 drop expired', { queue: { capacity: 10, discipline: { kind: 'drop-expired' } } }],
    ['queue drop expired within 50 ms', { queue: { discipline: { kind: 'drop-expired', within: 50_000 } } }],
    [
      'queue 10 priority n',
      {
        queue: { capacity: 10, discipline: { kind: 'priority', priority: { kind: 'variable', variable: 'C.work.n' } } },
      },
    ],
    ['connections 50', { connections: 50 }],
    ['cache 85 % hit', { cache: { hit: 0.85 } }],
    ['cache 85 % hit takes 0.2 ms', { cache: { hit: 0.85, takes: { kind: 'literal', value: 200 } } }],
  ])('%s', async (limits, expected) => {
    expect(bare(await component(`${work} ${limits}`))).toMatchObject(expected);
  });
});

describe('what a caller does about trouble', () => {
  test.each([
    ['timeout 1 s', { timeout: { kind: 'literal', value: 1e6 } }],
    ['timeout 1 s retry 2', { timeout: { kind: 'literal', value: 1e6 }, retries: 2 }],
    [
      'timeout 1 s retry 2 backoff 100 ms exponential jitter budget 10 %',
      { retries: 2, backoff: { first: { value: 1e5 }, exponential: true, jitter: true }, budget: 0.1 },
    ],
    ['breaker 50 % of 20 for 10 s', { breaker: { failures: 0.5, calls: 20, open: 1e7 } }],
    ['hedge 700 ms cancels', { hedge: { kind: 'literal', value: 7e5 }, cancels: true }],
    ['deadline propagates', { deadlinePropagates: true }],
  ])('requires B { %s }', async (clauses, policy) => {
    const lowered = await component(`${work} takes 1 ms requires B { ${clauses} }`);
    expect(bare(lowered?.requires)).toMatchObject([
      { id: 'C/requires(B)', kind: 'requirement', component: 'B', policy },
    ]);
  });
});

test('a version says what differs', async () => {
  const lowered = await component(
    `${work} takes 3 ms version "1.5" { operation work takes 2 ms fails 1 %  threads 20  requires B { timeout 1 s } }`,
  );
  expect(bare(lowered?.versions)).toMatchObject([
    {
      id: 'C/version(1.5)',
      name: '1.5',
      threads: 20,
      operations: [{ operation: 'C.work', cost: { takes: { value: 2000 }, fails: { probability: 0.01 } } }],
      requires: [{ component: 'B', policy: { timeout: { value: 1e6 } } }],
    },
  ]);
});

test('a broker has topics, with what their messages carry', async () => {
  const model =
    await lower(`component Events broker { topic placed(id: String) partitions 12 retention 7 d  topic lost }
component C { operation run(id: String) takes 1 ms }
interaction I { actor u lifeline c: C  u ->> Events.placed("x")  u ->> Events.lost  on Events.placed(id) -> c.run(id)  on Events.lost -> c.run("x") }`);
  expect(bare(model.components[0])).toMatchObject({
    broker: true,
    topics: [
      { id: 'Events.placed', partitions: 12, retention: 7 * 864e8, parameters: [{ name: 'id' }] },
      { id: 'Events.lost' },
    ],
  });
});

test('it owns machines', async () => {
  expect((await component(`${work} takes 1 ms owns M`))?.owns).toEqual(['M']);
});

describe('is not written so', () => {
  const inC = (members: string, kind = '') =>
    `${other} component C ${kind} { operation work(n: Integer): Boolean takes 1 ms ${members} }`;
  test.each([
    ['a share of failures above 100 %', `component C { operation run fails «120 %» }`, 'out-of-range', 'between 0 %'],
    ['a share of failures nobody knows', `component C { operation run fails «?» }`, 'not-a-constant', 'before the run'],
    ['a time without unit', `component C { operation run takes «3» }`, 'unit-missing', '3 ms'],
    ['a time below zero', `component C { operation run takes «(-3 ms)» }`, 'out-of-range', 'from 0'],
    ['two times', `component C { operation run takes 1 ms «takes 2 ms» }`, 'repeated-clause', '`takes`'],
    [
      'a reply of an operation that returns nothing',
      `component C { operation run returns «3» }`,
      'wrong-type',
      'returns nothing',
    ],
    ['threads twice', inC('threads 3 «threads 4»'), 'repeated-clause', '`threads`'],
    ['no threads', inC('threads «0»'), 'out-of-range', 'from 1'],
    ['a cache of more than all', inC('cache «120 %» hit'), 'out-of-range', 'between'],
    ['a priority that is no number', inC('queue priority «true»'), 'wrong-type', 'a number or an enumeration'],
    ['a breaker of nothing', inC('requires B { breaker «0 %» of 20 for 1 s }'), 'out-of-range', 'above 0 %'],
    ['a breaker over no calls', inC('requires B { breaker 50 % of «0» for 1 s }'), 'out-of-range', 'from 1'],
    ['a breaker that opens for no time', inC('requires B { breaker 50 % of 20 for «0 s» }'), 'out-of-range', 'above 0'],
    ['a timeout of nothing', inC('requires B { timeout «0 s» }'), 'out-of-range', 'above 0'],
    ['a part of a retry', inC('requires B { timeout 1 s retry «1.5» }'), 'out-of-range', 'whole number'],
    ['a timeout twice', inC('requires B { timeout 1 s «timeout 2 s» }'), 'repeated-clause', '`timeout`'],
    ['two requirements', inC('requires B «requires B»'), 'repeated-clause', '`requires B`'],
    [
      'a method in a version',
      `activity P(n: Integer) { initial -> z final z } ${inC('version "1" { operation work «method P» }')}`,
      'misplaced-clause',
      'at the operation',
    ],
    [
      'a priority in a version',
      inC('version "1" { operation work «priority 2» }'),
      'misplaced-clause',
      'at the operation',
    ],
    [
      'a priority of an operation that is no number',
      'component C { operation work priority «true» }',
      'wrong-type',
      'a number or an enumeration',
    ],
    ['work of others', `component C external { operation run «takes» 1 ms }`, 'external-work', '`delays`'],
    [
      'work of others, in a version',
      `component C external { operation run delays 1 ms version "2" { operation run «takes» 1 ms } }`,
      'external-work',
      '`delays`',
    ],
    ['a topic of a component', inC('topic «placed»'), 'no-broker', 'component C broker'],
    ['a topic of no partitions', `component E broker { topic placed partitions «0» }`, 'out-of-range', 'from 1'],
    [
      'a method of other parameters',
      `activity P(id: String) { initial -> z final z } component C { operation run(n: Integer) method «P» }`,
      'wrong-arguments',
      'wants a String for `id`',
    ],
    [
      'a method of more parameters',
      `activity P(n: Integer, m: Integer) { initial -> z final z } component C { operation run(n: Integer) method «P» }`,
      'wrong-arguments',
      'also needs `m`',
    ],
    [
      'a method of fewer parameters',
      `activity P { initial -> z final z } component C { operation run(n: Integer) method «P» }`,
      'wrong-arguments',
      'takes only 0',
    ],
  ])('%s', async (_, text, code, words) => expectFinding(text, code, words));
});
