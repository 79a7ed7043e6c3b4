import { describe, expect, test } from 'vitest';
import { expectFinding, lower } from './lowered.ts';

const model = `
component Front {
  operation ask() takes 1 ms
  threads 4  queue 10 drop expired  cache key 1 takes 1 ms ttl 5 min
  requires Bank { timeout 1 s  retry 2  backoff 100 ms jitter  budget 10 %  breaker 50 % of 20 for 10 s  hedge 300 ms  bulkhead 10 }
  requires Store
  version "2" { requires Store { timeout 200 ms } }
}
component Bank external { operation pay() delays 10 ms  cache 100 entries lru key 1 }
component Store { operation get() takes 1 ms  cache 80 % hit }
interaction Job { actor user  lifeline front: Front, bank: Bank  user -> front.ask() timeout 2 s { front -> bank.pay() } }
deployment D { zone eu { node n { cores 1  deploy Front  deploy Store } }  limit Bank 40/s burst 20  limit Bank.pay 30/s }
`;
const inScenario = (members: string) => `${model}\nscenario S of D { load Job at 5/s  run 1 h  ${members} }`;

describe('a scenario sets', () => {
  test.each([
    ['Front.Bank.timeout = 200 ms', 'Front/requires(Bank)', 'timeout', 200_000],
    ['Front.Bank.timeout = exp(1 s)', 'Front/requires(Bank)', 'timeout', { kind: 'exponential', mean: 1e6 }],
    ['Front.Bank.retry = 0', 'Front/requires(Bank)', 'retry', 0],
    ['Front.Bank.backoff = 1 s', 'Front/requires(Bank)', 'backoff', 1e6],
    ['Front.Bank.budget = 20 %', 'Front/requires(Bank)', 'budget', 0.2],
    ['Front.Bank.breaker = 20 %', 'Front/requires(Bank)', 'breaker', 0.2],
    ['Front.Bank.breaker.calls = 40', 'Front/requires(Bank)', 'breaker.calls', 40],
    ['Front.Bank.breaker.open = 1 min', 'Front/requires(Bank)', 'breaker.open', 6e7],
    ['Front.Bank.bulkhead = 3', 'Front/requires(Bank)', 'bulkhead', 3],
    ['Front.Bank.bulkhead.queue = 4', 'Front/requires(Bank)', 'bulkhead.queue', 4],
    ['Front.Bank.hedge = 50 ms', 'Front/requires(Bank)', 'hedge', 50_000],
    ['Front.Store.timeout = 50 ms', 'Front/requires(Store)', 'timeout', 50_000],
    ['Front.queue.within = 20 ms', 'Front', 'queue.within', 20_000],
    ['Front.cache.ttl = 1 min', 'Front', 'cache.ttl', 6e7],
    ['Bank.cache.entries = 10', 'Bank', 'cache.entries', 10],
    ['Bank.limit = 10/s', 'D/limit(Bank)', 'limit', 10],
    ['Bank.limit.burst = 5', 'D/limit(Bank)', 'limit.burst', 5],
    ['Bank.pay.limit = 120/min', 'D/limit(Bank.pay)', 'limit', 2],
  ])('%s', async (written, element, name, value) => {
    const { scenarios } = await lower(inScenario(`at 5 min set ${written} for 1 min`));
    expect(scenarios[0]?.timeline[0]?.change).toMatchObject({
      kind: 'set',
      parameter: { element, name },
      value,
      duration: 6e7,
    });
  });

  test.each([
    [
      '«Front.Bank» = 3',
      'wrong-kind',
      '`Front.Bank` is how `Front` calls `Bank`: say what of it. Write `Front.Bank.timeout`',
    ],
    ['Front.«Bnak».timeout = 3 s', 'unresolved-name', 'Bank'],
    ['Bank.«Front».timeout = 3 s', 'unresolved-name', 'Front'],
    ['Front.Bank.«timeot» = 3 s', 'unresolved-name', 'timeout'],
    [
      '«Front.Store.retry» = 3',
      'wrong-kind',
      '`Front` calls `Store` without a `retry` that could be changed. Add `retry 2` to `requires Store { … }`.',
    ],
    ['«Front.Store.breaker.open» = 3 s', 'wrong-kind', 'Add `breaker 50 % of 20 for 10 s` to `requires Store { … }`.'],
    ['Front.Bank.timeout = «0 s»', 'out-of-range', 'Write a time above 0.'],
    ['Front.Bank.timeout = «3»', 'unit-missing', '3 ms'],
    ['Front.Bank.retry = «2.5»', 'wrong-type', 'type Integer'],
    ['Front.Bank.retry = «1001»', 'out-of-range', 'from 0 to 1000'],
    ['Front.Bank.breaker = «0 %»', 'out-of-range', 'above 0 %'],
    ['Front.Bank.breaker.open = «exp(1 s)»', 'not-a-constant', 'known before the run'],
    ['Front.Bank.bulkhead = «0»', 'out-of-range', 'from 1'],
    ['«Front.limit» = 3/s', 'wrong-kind', '`D` does not limit `Front`. Add `limit Front 100/s` to it.'],
    ['Bank.limit = «3»', 'unit-missing', '3/s'],
    ['«Store.queue.within» = 3 s', 'wrong-kind', 'Add `queue 100 drop expired within 50 ms`'],
    ['«Store.cache.ttl» = 3 s', 'wrong-kind', 'whose answers grow old'],
    ['«Store.cache.entries» = 3', 'wrong-kind', 'has no cache of so many entries'],
    ['«Front.cache» = 30 %', 'wrong-kind', 'remembers keys'],
  ])('%s is an error', (written, code, words) => expectFinding(inScenario(`at 5 min set ${written}`), code, words));

  test('a limit needs a deployment', () =>
    expectFinding(
      `${model}\nscenario S { load Job at 5/s  at 5 min set «Bank.limit» = 3/s }`,
      'wrong-kind',
      'Limits stand in a deployment',
    ));
});

test('policies are varied like anything else', async () => {
  const { scenarios } = await lower(
    inScenario('vary Front.Bank.retry in 0..3, Front.Bank.timeout in [1 s, exp(2 s)], Bank.limit in [10/s]'),
  );
  expect(scenarios[0]?.variations.map(({ parameter, values }) => [parameter.name, values])).toMatchObject([
    ['retry', [0, 1, 2, 3]],
    ['timeout', [1e6, { kind: 'exponential' }]],
    ['limit', [10]],
  ]);
});

test('a range of rates is an error', () =>
  expectFinding(inScenario('vary «Bank.limit in 10..20»'), 'wrong-type', 'in [100/s, 200/s]'));
