import { describe, expect, it } from 'vitest';
import { counted, figure, seconds } from '../../src/text/figures.ts';

describe('a figure in a table', () => {
  it('stands with its interval, in the unit of its measure', () => {
    expect(figure({ value: 0.321, lower: 0.312, upper: 0.33, unit: 's' }, false)).toBe('321 ± 9 ms');
    expect(figure({ value: 12, lower: null, upper: null, unit: '1/s' }, false)).toBe('12/s');
    expect(figure({ value: 0.5, unit: '1' }, true)).toBe('50 %');
    expect(figure({ value: 3.5, unit: '1' }, false)).toBe('3.5');
  });

  it('is told from below where only that is known', () => {
    expect(figure({ value: null, lower: 0.3, upper: null, unit: 's' }, false)).toBe('≥ 300 ms');
  });

  it('is a dash where there is none', () => {
    expect(figure({ value: null, lower: null, upper: null, unit: 's' }, false)).toBe('–');
    expect(figure({ value: Number.NaN, unit: '1' }, true)).toBe('–');
    expect(seconds(null)).toBe('–');
  });
});

it('things are counted in words', () => {
  expect(counted(1, 'order')).toBe('1 order');
  expect(counted(14_688, 'order')).toBe('14\u202f688 orders');
  expect(counted(2, 'match', 'matches')).toBe('2 matches');
});
