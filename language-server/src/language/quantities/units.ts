/** The units of the language: dimension and factor. Time counts in microseconds, rates per second, shares as fractions. */
import type { PrimitiveName } from '@pollux/engine/model';

export type Dimension = Extract<PrimitiveName, 'Duration' | 'Rate' | 'Percent' | 'Bytes'> | 'Bandwidth';

interface Unit {
  readonly dimension: Dimension;
  readonly factor: number;
}

/** Microseconds in each unit of time. */
export const timeUnits: Readonly<Record<string, number>> = {
  ns: 1e-3,
  us: 1,
  ms: 1e3,
  s: 1e6,
  min: 6e7,
  h: 3.6e9,
  d: 8.64e10,
};

const sizes: Readonly<Record<string, number>> = {
  ...{ B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
};

const bandwidths: Readonly<Record<string, number>> = { bps: 1, kbps: 1e3, Mbps: 1e6, Gbps: 1e9 };

/** Units that are not the language's, with those that were probably meant. */
const meant: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['m', 'mins', 'minute', 'minutes'].map((word) => [word, ['min']])),
  ...Object.fromEntries(['sec', 'secs', 'second', 'seconds', 'S'].map((word) => [word, ['s']])),
  ...Object.fromEntries(['msec', 'msecs', 'millis', 'milliseconds', 'MS'].map((word) => [word, ['ms']])),
  ...Object.fromEntries(['µs', 'μs', 'usec', 'micros', 'microseconds'].map((word) => [word, ['us']])),
  ...{ nanos: ['ns'] },
  ...Object.fromEntries(['hr', 'hrs', 'hour', 'hours', 'H'].map((word) => [word, ['h']])),
  ...{
    day: ['d'],
    days: ['d'],
    KB: ['kB', 'KiB'],
    kb: ['kB', 'KiB'],
    mb: ['MB', 'MiB'],
    gb: ['GB', 'GiB'],
    M: ['min'],
  },
};

/** A unit as a whole word, for names: `minutes` for `min`. */
export function wordOfUnit(unit: string): string | undefined {
  const words = Object.keys(meant).filter((word) => meant[word]?.[0] === unit && /^[a-z]+$/.test(word));
  return words.sort((a, b) => b.length - a.length)[0];
}

type Quantity =
  | { readonly kind: 'known'; readonly value: number; readonly dimension: Dimension }
  | { readonly kind: 'unknown-unit'; readonly unit: string; readonly mended: readonly string[] };

/** Reads the text of a quantity token, `250 ms` or `40/s`. */
export function readQuantity(text: string): Quantity {
  const parts = /^([\d.]+(?:[eE][+-]?\d+)?) ?(\/?)(.*)$/.exec(text);
  const [, digits = '0', slash = '', unit = ''] = parts ?? [];
  const number = Number(digits);
  const found = slash === '/' ? rateUnit(unit) : plainUnit(unit);
  if (found !== undefined) return { kind: 'known', value: scaled(number, found.factor), dimension: found.dimension };
  const gap = slash === '/' ? '/' : ' ';
  return { kind: 'unknown-unit', unit, mended: (meant[unit] ?? []).map((better) => `${digits}${gap}${better}`) };
}

/** Dividing by a whole number is exact where multiplying by its inverse is not: 99.9 % is 0.999. */
function scaled(number: number, factor: number): number {
  return factor < 1 ? number / Math.round(1 / factor) : number * factor;
}

function plainUnit(unit: string): Unit | undefined {
  if (unit === '%') return { dimension: 'Percent', factor: 0.01 };
  const time = timeUnits[unit];
  if (time !== undefined) return { dimension: 'Duration', factor: time };
  const size = sizes[unit];
  if (size !== undefined) return { dimension: 'Bytes', factor: size };
  const bandwidth = bandwidths[unit];
  return bandwidth === undefined ? undefined : { dimension: 'Bandwidth', factor: bandwidth };
}

function rateUnit(unit: string): Unit | undefined {
  const time = timeUnits[unit];
  return time === undefined ? undefined : { dimension: 'Rate', factor: 1e6 / time };
}
