import { judge, satisfies } from '@pollux/engine/property';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('a verdict', () => {
  it('is met where the whole interval satisfies the demand', () => {
    expect(judge(1, 0.9, 1.1, { operator: '<', bound: 1.2 })).toBe('met');
    expect(judge(1, 0.9, 1.1, { operator: '<=', bound: 1.1 })).toBe('met');
    expect(judge(1, 0.9, 1.1, { operator: '>=', bound: 0.9 })).toBe('met');
  });

  it('is missed where none of the interval does', () => {
    expect(judge(1, 0.9, 1.1, { operator: '<', bound: 0.9 })).toBe('missed');
    expect(judge(1, 0.9, 1.1, { operator: '>', bound: 1.1 })).toBe('missed');
    expect(judge(1, 0.9, Number.POSITIVE_INFINITY, { operator: '<', bound: 0.8 })).toBe('missed');
  });

  it('is undecided where the interval spans the bound, or there is no figure', () => {
    expect(judge(1, 0.9, 1.1, { operator: '<', bound: 1 })).toBe('undecided');
    expect(judge(null, 0.9, 1.1, { operator: '<', bound: 5 })).toBe('undecided');
    expect(judge(1, null, null, { operator: '<', bound: 5 })).toBe('undecided');
    expect(judge(Number.NaN, Number.NaN, Number.NaN, { operator: '<', bound: 5 })).toBe('undecided');
  });

  it('needs no figure where it is known to lie above the bound', () => {
    expect(judge(null, 3, null, { operator: '<', bound: 2 })).toBe('missed');
    expect(judge(null, 3, null, { operator: '<', bound: 4 })).toBe('undecided');
    expect(judge(null, 3, null, { operator: '>', bound: 2 })).toBe('met');
    expect(judge(null, null, null, { operator: '>', bound: 2 })).toBe('undecided');
  });

  it('is never met and missed at once: a wider interval only makes it undecided', () => {
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const operators = fc.constantFrom('<', '<=', '>', '>=' as const);
    fc.assert(
      fc.property(finite, fc.nat(100), fc.nat(100), finite, operators, (value, below, above, bound, operator) => {
        const narrow = judge(value, value, value, { operator, bound });
        const wide = judge(value, value - below, value + above, { operator, bound });
        expect(narrow).toBe(satisfies(value, { operator, bound }) ? 'met' : 'missed');
        expect([narrow, 'undecided']).toContain(wide);
      }),
      { seed: 1 },
    );
  });
});
