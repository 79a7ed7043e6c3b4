/** Quantities as the language writes them: one number, one unit, the largest unit that keeps the number whole. */

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['min', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
];

/** Microseconds → `15 min`, `1.5 s`, `200 ms`. */
export function printDuration(microseconds: number): string {
  if (microseconds === 0) return '0 s';
  const sign = microseconds < 0 ? '-' : '';
  const size = Math.abs(microseconds);
  const whole = units.find(([, unit]) => size >= unit && isShort(size / unit));
  const [name, unit] = whole ?? units.find(([, each]) => size >= each) ?? (['us', 1] as const);
  return `${sign}${plain(size / unit)} ${name}`;
}

/** Fraction → `98 %`. */
export function printPercent(fraction: number): string {
  return `${plain(fraction * 100)} %`;
}

/** Without the noise of binary fractions; at most six significant digits. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** At most one digit after the point, and not more than four before it. */
function isShort(value: number): boolean {
  return value < 10_000 && Math.abs(value * 10 - Math.round(value * 10)) < 1e-6;
}
