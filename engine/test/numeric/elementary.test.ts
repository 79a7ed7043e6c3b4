import { describe, expect, it } from 'vitest';
import { exp, log, logGamma, pow, sineOfTurns } from '../../src/numeric/index.ts';

const near = (actual: number, expected: number, tolerance: number): boolean =>
  Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance * Math.abs(expected);

function* magnitudes(): Generator<number> {
  let x = 0.37;
  for (let i = 0; i < 2000; i++) {
    x = (x * 1103.515245 + 0.12345) % 1;
    yield x * 2 ** ((i % 600) - 300);
  }
}

describe('elementary functions', () => {
  it('agree with the platform to the last few bits', () => {
    for (const x of magnitudes()) {
      expect(near(log(x), Math.log(x), 4e-16), `log ${x}`).toBe(true);
      const exponent = (x % 700) - 350;
      expect(near(exp(exponent), Math.exp(exponent), 6e-16), `exp ${exponent}`).toBe(true);
      expect(near(pow(x % 1000, 1.7), (x % 1000) ** 1.7, 2e-13), `pow ${x}`).toBe(true);
    }
  });

  it('know the sine of turns, however many', () => {
    for (let i = -1000; i <= 1000; i++) expect(sineOfTurns(i / 400)).toBeCloseTo(Math.sin((i / 200) * Math.PI), 13);
    expect([0, 0.25, 0.5, 0.75, 1e9 + 0.25].map((turns) => Math.abs(sineOfTurns(turns)).toFixed(15))).toEqual(
      [0, 1, 0, 1, 1].map((size) => size.toFixed(15)),
    );
  });

  it('have the limits of mathematics', () => {
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(log(1)).toBe(0);
    expect(log(5e-324)).toBeCloseTo(-744.4400719213812, 10);
    expect(exp(0)).toBe(1);
    expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(709.7)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(exp(-746)).toBe(0);
    expect(near(exp(-720), Math.exp(-720), 1e-7)).toBe(true);
    expect(pow(0, 2.5)).toBe(0);
    expect(pow(3, 4)).toBe(81);
    expect(pow(2, -2)).toBe(0.25);
  });

  it('know the gamma function', () => {
    expect(exp(logGamma(5))).toBeCloseTo(24, 10);
    expect(exp(logGamma(0.5))).toBeCloseTo(Math.sqrt(Math.PI), 12);
  });

  it('give the same bits on every machine', () => {
    const float = new Float64Array([log(10), log(0.001), exp(1), exp(-3.5), pow(7.5, 0.3), logGamma(2.5)]);
    const bits = [...new BigUint64Array(float.buffer)].map((word) => word.toString(16));
    expect(bits).toMatchInlineSnapshot(`
      [
        "40026bb1bbb55516",
        "c01ba18a998fffa0",
        "4005bf0a8b14576a",
        "3f9eec1018e4ff66",
        "3ffd48d76a47c02a",
        "3fd2383e809a6808",
      ]
    `);
  });
});
