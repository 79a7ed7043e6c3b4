/** Means of alternatives of which only bounds are known are bounds themselves: every possible choice lies within. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Expression } from '../../../src/model/index.ts';
import { meanOfAlternatives } from '../../../src/simulation/analytic/bounds.ts';
import { branchShares } from '../../../src/simulation/analytic/branch-shares.ts';
import { chanceOf } from '../../../src/simulation/analytic/knowledge.ts';

const place = { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const boolean = { kind: 'primitive', name: 'Boolean' } as const;
const literal = (value: boolean | number): Expression => ({ kind: 'literal', value, type: boolean, place });
const variable = (name: string): Expression => ({ kind: 'variable', variable: name, type: boolean, place });

test('whatever shares within their bounds are taken, the mean lies between the ends', () => {
  const alternative = fc.record({
    share: fc.integer({ min: 1, max: 100 }),
    slack: fc.double({ min: 0, max: 0.3, noNaN: true }),
    cost: fc.double({ min: 0, max: 50, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(alternative, { minLength: 1, maxLength: 5 }), (alternatives) => {
      const whole = alternatives.reduce((sum, { share }) => sum + share, 0);
      const mean = alternatives.reduce((sum, { share, cost }) => sum + (share / whole) * cost, 0);
      const { low, high } = meanOfAlternatives(
        alternatives.map(({ share, slack, cost }) => ({
          share: { low: Math.max(0, share / whole - slack), high: Math.min(1, share / whole + slack) },
          cost: { low: cost, high: cost },
        })),
      );
      expect(low).toBeLessThanOrEqual(mean + 1e-9);
      expect(high).toBeGreaterThanOrEqual(mean - 1e-9);
    }),
    { numRuns: 200 },
  );
});

test('what costs the same on every way is known exactly', () => {
  const same = { share: { low: 0, high: 1 }, cost: { low: 7, high: 7 } };
  expect(meanOfAlternatives([same, same, same])).toEqual({ low: 7, high: 7 });
});

test.each([
  ['weights and the rest', [{ weight: 0.3 }, { isElse: true }], [0.3, 0.3, 0.7, 0.7, 0, 0]],
  ['a weight alone', [{ weight: 0.25 }], [0.25, 0.25, 0.75, 0.75]],
  ['a guard of which nothing is known', [{ guard: variable('x') }, { isElse: true }], [0, 1, 0, 1, 0, 0]],
  ['a guard that always holds', [{ guard: literal(true) }, { isElse: true }], [1, 1, 0, 0, 0, 0]],
  ['a guard that never holds', [{ guard: literal(false) }, { isElse: true }], [0, 0, 1, 1, 0, 0]],
  ['a weight behind a guard', [{ guard: variable('x'), weight: 0.98 }, { isElse: true }], [0, 0.98, 0.02, 1, 0, 0]],
  ['a guard with a known chance', [{ guard: variable('known') }, { isElse: true }], [0.96, 0.96, 0.04, 0.04, 0, 0]],
])('%s', (_, branches, expected) => {
  const knowledge = new Map([['known', { kind: 'chance', chance: { low: 0.96, high: 0.96 } } as const]]);
  const shares = branchShares(
    branches.map((branch) => ({ isElse: false, ...branch })),
    knowledge,
  );
  expect(shares.flatMap(({ low, high }) => [low, high]).map((end) => Number(end.toFixed(9)))).toEqual(expected);
});

test('conditions of several values are not taken to be independent', () => {
  const knowledge = new Map([
    ['a', { kind: 'chance', chance: { low: 0.8, high: 0.8 } } as const],
    ['b', { kind: 'chance', chance: { low: 0.7, high: 0.7 } } as const],
  ]);
  const joined = (operator: 'and' | 'or'): Expression => ({
    kind: 'binary',
    operator,
    left: variable('a'),
    right: variable('b'),
    type: boolean,
    place,
  });
  const { low, high } = chanceOf(joined('and'), knowledge);
  expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.500', '0.700']);
  const either = chanceOf(joined('or'), knowledge);
  expect([either.low.toFixed(3), either.high.toFixed(3)]).toEqual(['0.800', '1.000']);
});
