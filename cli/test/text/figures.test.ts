import { describe, expect, it } from 'vitest';
import { count, counted, plain, rate, seconds, share } from '../../src/text/figures.ts';

const readable = (text: string): string => text.replaceAll('\u2009', '_');

describe('figures as people read them', () => {
  it.each([
    [0, '0 s'],
    [0.0000123, '12.3 µs'],
    [0.0004, '400 µs'],
    [0.321, '321 ms'],
    [0.0321, '32.1 ms'],
    [1, '1.00 s'],
    [12.345, '12.3 s'],
    [119, '119 s'],
    [600, '10.0 min'],
    [7200, '2.00 h'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('%d seconds are %s', (value, text) => expect(seconds(value)).toBe(text));

  it.each([
    [0.321, 0.009, '321 ± 9 ms'],
    [0.321, 0.0004, '321.0 ± 0.4 ms'],
    [0.0064, 0.0003, '6.40 ± 0.30 ms'],
    [0.321, 0, '321 ± 0 ms'],
    [0.321, null, '321 ms'],
    [1.5, 2, '1.50 ± 2.00 s'],
  ])('%d with half an interval of %d is %s', (value, half, text) => expect(seconds(value, half)).toBe(text));

  it.each([
    [0.5, '50.0 %'],
    [1, '100 %'],
    [0.00012, '0.0120 %'],
    [0, '0 %'],
  ])('the share %d is %s', (value, text) => expect(share(value)).toBe(text));

  it.each([
    [12, '12.0/s'],
    [0.5, '30.0/min'],
    [0.001, '3.60/h'],
    [14_688, '14_688/s'],
    [0, '0/s'],
  ])('the rate %d is %s', (value, text) => expect(readable(rate(value))).toBe(text));

  it('sets thin spaces between thousands, from five digits on', () => {
    expect([count(9999), readable(count(14_688)), readable(count(1_234_567))]).toEqual(['9999', '14_688', '1_234_567']);
    expect([plain(-3.5), counted(1, 'order'), readable(counted(14_688, 'order'))]).toEqual([
      '\u22123.50',
      '1 order',
      '14_688 orders',
    ]);
  });
});
