/**
 * How measured figures are written, in every panel, sentence and terminal: two significant digits, three from 100. The one
 * place that knows. Quantities of the model are written as its text has them, elsewhere.
 */

/** Thin and unbreakable, between thousands. */
const thin = '\u202f';
const minus = '\u2212';

/** What is written of a value that nobody knows. */
export const unknown = '?';

/** A count, whole: `14 688`. */
export function formatCount(count: number): string {
  return grouped(Math.round(count), 0);
}

/** Two significant figures, three from 100; whole from 100. */
export function formatFigure(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 100) {
    const step = powerOfTen(Math.max(0, magnitude(size) - 2));
    return grouped(Math.round(value / step) * step, 0);
  }
  const decimals = Math.max(0, 1 - magnitude(size));
  return size < 1e-6 ? '0' : grouped(value, decimals);
}

/** Fraction → `3.1 %`; from 90 % on one digit more, since there the distance to 100 counts. */
export function formatShare(fraction: number): string {
  const percent = fraction * 100;
  const text = percent >= 90 && percent < 100 ? grouped(percent, 1).replace(/\.0$/, '') : formatFigure(percent);
  return `${text} %`;
}

const rateUnits = [
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
] as const;

/** Occurrences a second → the unit in which the figure lies in 1 … 9 999: `571/h`. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0';
  const [unit, factor] = rateUnits.find(([, each]) => perSecond * each >= 0.995) ?? rateUnits[3];
  return `${formatFigure(perSecond * factor)}/${unit}`;
}

const timeUnits = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
] as const;

/** The unit in which a time reads best; it stays in seconds until 100. */
function timeUnit(seconds: number): readonly [string, number] {
  const size = Math.abs(seconds);
  if (size >= 1 && size < 100) return ['s', 1];
  return timeUnits.find(([, unit]) => size >= unit * 0.9995) ?? (size === 0 ? ['s', 1] : ['µs', 1e-6]);
}

/** Seconds → `612 ms`, `1.9 d`. */
export function formatSeconds(seconds: number): string {
  const [name, unit] = timeUnit(seconds);
  return `${formatFigure(seconds / unit)} ${name}`;
}

/** In the unit that results carry: `s`, `1/s`, `1` (a share where at most 1 is possible). */
export function formatValue(value: number, unit: string, isShare: boolean): string {
  if (unit === 's') return formatSeconds(value);
  if (unit === '1/s') return formatRate(value);
  return isShare ? formatShare(value) : formatFigure(value);
}

/**
 * `6.4 ± 0.3 s`: the half-width says how many digits of the value mean anything. An interval that does not lie around its
 * value (a share near 0 or 1) is told by its ends: `0 to 0.016 %`.
 */
export function formatInterval(value: number, lower: number, upper: number, unit: string, isShare: boolean): string {
  const half = (upper - lower) / 2;
  const [name, factor] = scaleOf(value, unit, isShare);
  const scaled = half / factor;
  if (scaled === 0) return formatValue(value, unit, isShare);
  if (Math.abs((upper + lower) / 2 - value) > half / 4) {
    const [from, to] = [lower, upper].map((end) => (isShare ? endOfShare(end) : formatFigure(end / factor)));
    const range = `${from} to ${to}${name}`;
    return value === lower || value === upper ? range : `${formatValue(value, unit, isShare)}, ${range}`;
  }
  const leading = scaled / powerOfTen(magnitude(scaled));
  const digits = leading < 1.95 ? 1 : 0;
  const shown = Math.abs(value / factor);
  const most = Math.max(0, 3 - magnitude(shown === 0 ? 1 : shown));
  const decimals = Math.min(most, Math.max(0, digits - magnitude(scaled)));
  const [middle, margin] = [grouped(value / factor, decimals), grouped(scaled, decimals)];
  return Number(margin) === 0 ? `${middle}${name}` : `${middle} ± ${margin}${name}`;
}

/** In percent; near 100 it is the distance to 100 that has two significant digits. */
function endOfShare(fraction: number): string {
  const percent = fraction * 100;
  if (percent < 90 || percent >= 100) return formatFigure(percent);
  return grouped(percent, Math.max(0, 1 - magnitude(100 - percent)));
}

function scaleOf(value: number, unit: string, isShare: boolean): readonly [string, number] {
  if (unit === 's') {
    const [name, factor] = timeUnit(value);
    return [` ${name}`, factor];
  }
  if (unit === '1/s') {
    const [name, factor] = rateUnits.find(([, each]) => value * each >= 0.995) ?? rateUnits[0];
    return [`/${name}`, 1 / factor];
  }
  return isShare ? [` %`, 0.01] : ['', 1];
}

/** Seconds of age or lag: whole units, the largest that is not zero: `28 min`. */
export function formatAge(seconds: number): string {
  const [name, unit] = timeUnits.find(([, each]) => seconds >= each && each >= 1) ?? ['s', 1];
  return `${Math.floor(seconds / unit)} ${name}`;
}

function grouped(value: number, decimals: number): string {
  const fixed = Math.abs(value).toFixed(decimals);
  const [whole = '0', fraction] = fixed.split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, thin);
  const sign = value < 0 && Number(fixed) !== 0 ? minus : '';
  return `${sign}${thousands}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** The exponent of the leading digit: 2 for 612. */
function magnitude(size: number): number {
  const [, exponent = '0'] = size.toExponential().split('e');
  return Number(exponent);
}

function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`);
}

/**
 * Numbers that stand together, in the one unit in which the greatest reads best: the unit is said once, the figures are bare.
 * `factor` is how much one of that unit is.
 */
export function inOneUnit(
  values: readonly number[],
  unit: string,
  isShare: boolean,
): { readonly unit: string; readonly factor: number; figure(value: number): string } {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const [name, factor] = scaleOf(greatest, unit, isShare);
  return {
    unit: name.trim(),
    factor,
    figure: (value) => (isShare ? formatShare(value) : formatFigure(value / factor)),
  };
}
