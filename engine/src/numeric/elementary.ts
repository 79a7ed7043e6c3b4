/**
 * Logarithm, exponential and power from additions, multiplications and divisions alone. IEEE 754 fixes the bits of
 * those, while `Math.log` and its kin may differ between JavaScript engines and their versions; results of a run must not.
 */

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Where the upper half of a double lies on this machine. */
const HIGH = ((): 0 | 1 => {
  float[0] = 1;
  return words[1] === 0 ? 0 : 1;
})();
const LOW = (1 - HIGH) as 0 | 1;

// ln 2 in two parts: multiples of the first by an exponent are exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const SQRT2 = Math.SQRT2;
const TWO_54 = 18014398509481984;

/** Natural logarithm, relative error below 2e-16 away from 1; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = 0;
  float[0] = x;
  if (words[HIGH]! < 0x00100000) {
    float[0] = x * TWO_54;
    exponent = -54;
  }
  const high = words[HIGH]!;
  exponent += (high >>> 20) - 1023;
  words[HIGH] = (high & 0x000fffff) | 0x3ff00000;
  let mantissa = float[0]!;
  if (mantissa > SQRT2) {
    mantissa *= 0.5;
    exponent++;
  }
  // ln m = 2 artanh s with s = (m - 1) / (m + 1), |s| < 0.172.
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const tail =
    z *
    (2 / 3 +
      z *
        (2 / 5 +
          z *
            (2 / 7 +
              z *
                (2 / 9 +
                  z *
                    (2 / 11 +
                      z * (2 / 13 + z * (2 / 15 + z * (2 / 17 + z * (2 / 19 + z * (2 / 21 + (z * 2) / 23))))))))));
  // 2 s = f - s f, which keeps f's bits.
  return exponent * LN2_HIGH + (f - (s * (f - tail) - exponent * LN2_LOW));
}

/** e to the power of x, relative error below 3e-16. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  if (Number.isNaN(x)) return x;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const series =
    1 +
    r *
      (1 +
        r *
          (1 / 2 +
            r *
              (1 / 6 +
                r *
                  (1 / 24 +
                    r *
                      (1 / 120 +
                        r *
                          (1 / 720 +
                            r *
                              (1 / 5040 +
                                r *
                                  (1 / 40320 +
                                    r *
                                      (1 / 362880 +
                                        r *
                                          (1 / 3628800 +
                                            r * (1 / 39916800 + r * (1 / 479001600 + r / 6227020800))))))))))));
  if (k < -1021) return series * powerOfTwo(k + 54) * (1 / TWO_54);
  if (k > 1023) return series * powerOfTwo(k - 1) * 2;
  return series * powerOfTwo(k);
}

/** x to the power of y for x ≥ 0; whole y up to 64 by repeated multiplication, the rest as `exp(y ln x)`. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    let result = 1;
    let factor = x;
    for (let n = Math.abs(y); n > 0; n >>= 1) {
      if ((n & 1) === 1) result *= factor;
      factor *= factor;
    }
    return y < 0 ? 1 / result : result;
  }
  if (y === 0.5) return Math.sqrt(x);
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * log(x));
}

/** Square root: IEEE 754 already fixes every bit. */
export function sqrt(x: number): number {
  return Math.sqrt(x);
}

/** 2 to the power of k, -1022 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  words[HIGH] = (k + 1023) << 20;
  words[LOW] = 0;
  return float[0]!;
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Logarithm of the gamma function for x > 0 (Lanczos, g = 7), relative error below 1e-13. */
export function logGamma(x: number): number {
  const z = x - 1;
  let sum = 0.99999999999980993;
  for (let i = 0; i < lanczos.length; i++) sum += lanczos[i]! / (z + i + 1);
  const t = z + 7.5;
  return 0.9189385332046728 + (z + 0.5) * log(t) - t + log(sum);
}

/** Sine of a number of whole turns: absolute error below 1e-15, whatever the number of turns. */
export function sineOfTurns(turns: number): number {
  let part = turns - Math.floor(turns + 0.5);
  if (part > 0.25) part = 0.5 - part;
  else if (part < -0.25) part = -0.5 - part;
  const x = part * 6.283185307179586;
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 2; n <= 22; n += 2) {
    term *= -square / (n * (n + 1));
    sum += term;
  }
  return sum;
}
