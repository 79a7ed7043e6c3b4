import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatCount,
  formatFigure,
  formatInterval,
  formatRate,
  formatSeconds,
  formatShare,
  inOneUnit,
} from '../../src/numeric/index.ts';

const spaced = (text: string): string => text.replaceAll('\u202f', ' ').replaceAll('\u00a0', ' ');

describe('figures have two significant digits, three from 100', () => {
  it.each([
    [0, '0'],
    [0.0314, '0.031'],
    [6.42, '6.4'],
    [12.04, '12'],
    [612.4, '612'],
    [1_374, '1 370'],
    [-31.2, '\u221231'],
  ])('%d is written %s', (value, text) => {
    expect(spaced(formatFigure(value))).toBe(text);
  });
});

it('counts are whole, with a thin space in thousands', () => {
  expect(formatCount(14_688)).toBe('14\u202f688');
  expect(formatCount(999)).toBe('999');
});

it('shares stand before a spaced percent sign, near 100 with one digit more', () => {
  expect([0.031, 0.0012, 0.51, 0.979, 1].map((share) => spaced(formatShare(share)))).toEqual([
    '3.1 %',
    '0.12 %',
    '51 %',
    '97.9 %',
    '100 %',
  ]);
});

it('rates choose the unit in which the figure lies between 1 and 9 999', () => {
  expect([12, 0.5, 571 / 3600, 1 / 3600, 0].map((rate) => spaced(formatRate(rate)))).toEqual([
    '12/s',
    '30/min',
    '9.5/min',
    '1.0/h',
    '0',
  ]);
  fc.assert(
    fc.property(fc.double({ min: 1 / 86_400, max: 9_000, noNaN: true }), (rate) => {
      const figure = Number(spaced(formatRate(rate)).split('/')[0]?.replaceAll(' ', ''));
      expect(figure).toBeGreaterThanOrEqual(0.99);
      expect(figure).toBeLessThanOrEqual(9_999);
    }),
  );
});

it('times choose their unit, and stay in seconds below 100', () => {
  expect([0.612, 0.0008, 1.24, 90, 164_160, 0].map((time) => spaced(formatSeconds(time)))).toEqual([
    '612 ms',
    '800 µs',
    '1.2 s',
    '90 s',
    '1.9 d',
    '0 s',
  ]);
});

describe('intervals', () => {
  it.each([
    [6.4, 6.1, 6.7, 's', false, '6.4 ± 0.3 s'],
    [0.519, 0.513, 0.525, 's', false, '519 ± 6 ms'],
    [1.24, 1.13, 1.35, 's', false, '1.24 ± 0.11 s'],
    [0.79, 0.76, 0.82, '1', true, '79 ± 3 %'],
    [50, 49.9, 50.1, '1/s', false, '50.00 ± 0.10/s'],
    [3, 3, 3, '1', false, '3.0'],
    [1, 0.9999999, 1.0000001, '1', true, '100.0 %'],
  ] as const)('%d from %d to %d %s', (value, lower, upper, unit, share, text) => {
    expect(spaced(formatInterval(value, lower, upper, unit, share))).toBe(text);
  });

  it('that do not lie around their value are told by their ends', () => {
    expect(spaced(formatInterval(0, 0, 0.00016, '1', true))).toBe('0 to 0.016 %');
  });
});

it('ages are whole numbers of the largest unit', () => {
  expect([0, 2.4, 59.9, 1_690, 90_000].map((age) => spaced(formatAge(age)))).toEqual([
    '0 s',
    '2 s',
    '59 s',
    '28 min',
    '1 d',
  ]);
});

it('an interval too narrow to be seen is left out', () => {
  expect(spaced(formatInterval(0.001, 0.001 - 1e-12, 0.001 + 1e-12, 's', false))).toBe('1.000 ms');
  expect(spaced(formatInterval(393_215, 393_214.9, 393_215.1, '1', false))).toBe('393 215');
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6 }), fc.double({ min: 1e-15, max: 1 }), (value, share) => {
      expect(formatInterval(value, value * (1 - share), value * (1 + share), 's', false)).not.toMatch(/± 0(\.0*)? /);
    }),
  );
});

it('a share near 100 shows how far it is from there', () => {
  expect(spaced(formatInterval(1, 0.99944, 1, '1', true))).toBe('99.944 to 100 %');
  expect(spaced(formatInterval(0, 0, 0.00016, '1', true))).toBe('0 to 0.016 %');
});

it('numbers that stand together have the unit in which the greatest reads best', () => {
  const waits = inOneUnit([181_440, 50_400, 0], 's', false);
  expect([waits.unit, ...[181_440, 50_400, 0].map(waits.figure)]).toEqual(['d', '2.1', '0.58', '0']);
  const shares = inOneUnit([0.84, 0.031], '1', true);
  expect([shares.unit, ...[0.84, 0.031].map((share) => spaced(shares.figure(share)))]).toEqual(['%', '84 %', '3.1 %']);
});
