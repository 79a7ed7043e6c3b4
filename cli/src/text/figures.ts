/** Numbers as people read them: three significant figures, a unit that keeps them short, the interval behind them. */

const THIN = '\u2009';

interface Scale {
  readonly unit: string;
  readonly factor: number;
  /** Places after the point that are worth showing. */
  readonly places?: number;
}

/** A duration given in seconds. */
export function seconds(value: number | null | undefined, half?: number | null): string {
  if (!isNumber(value)) return '–';
  return withInterval(value, half, durationScale(Math.abs(value)));
}

/** A share between 0 and 1. */
export function share(value: number | null | undefined, half?: number | null): string {
  if (!isNumber(value)) return '–';
  return withInterval(value, half, { unit: ' %', factor: 100 });
}

/** Occurrences a second, in the unit that brings the figure between 1 and 9 999. */
export function rate(value: number | null | undefined, half?: number | null): string {
  if (!isNumber(value)) return '–';
  if (value === 0 || value >= 1) return withInterval(value, half, { unit: '/s', factor: 1 });
  if (value * 60 >= 1) return withInterval(value, half, { unit: '/min', factor: 60 });
  return withInterval(value, half, { unit: '/h', factor: 3600 });
}

/** A plain number. */
export function plain(value: number | null | undefined, half?: number | null): string {
  if (!isNumber(value)) return '–';
  return withInterval(value, half, { unit: '', factor: 1, places: 3 });
}

/** A whole number, with thin spaces between its thousands. */
export function count(value: number): string {
  return grouped(Math.round(value).toString());
}

/** `1 order`, `14 688 orders`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** By the unit of results: `s`, `1/s` or `1`. */
export function inUnit(value: number | null, unit: string, half?: number | null): string {
  if (unit === 's') return seconds(value, half);
  return unit === '1/s' ? rate(value, half) : plain(value, half);
}

function durationScale(size: number): Scale {
  if (size === 0) return { unit: ' s', factor: 1 };
  if (size < 1e-3) return { unit: ' µs', factor: 1e6 };
  if (size < 1) return { unit: ' ms', factor: 1e3 };
  if (size < 120) return { unit: ' s', factor: 1 };
  if (size < 7200) return { unit: ' min', factor: 1 / 60 };
  return { unit: ' h', factor: 1 / 3600 };
}

function withInterval(value: number, half: number | null | undefined, { unit, factor, places = 6 }: Scale): string {
  const scaled = value * factor;
  const decimals = Math.min(places, decimalsFor(scaled));
  if (!isNumber(half)) return `${fixed(scaled, decimals)}${unit}`;
  const scaledHalf = half * factor;
  // The interval's first figure shows, even where it is far below the value's last one.
  const first = scaledHalf > 0 ? Math.max(decimals, decimalsFor(scaledHalf) - 2) : decimals;
  const shown = Math.min(places, scaled === 0 ? first : Math.min(first, decimals + 2));
  return `${fixed(scaled, scaled === 0 ? 0 : shown)} ± ${fixed(scaledHalf, shown)}${unit}`;
}

/** Places after the point that make three significant figures. */
function decimalsFor(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size) + 1e-12)));
}

function fixed(value: number, decimals: number): string {
  const digits = value.toFixed(decimals).replace(/^-/, '\u2212');
  const [whole = '', fraction] = digits.split('.');
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
}

function grouped(digits: string): string {
  return digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, THIN) : digits;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
