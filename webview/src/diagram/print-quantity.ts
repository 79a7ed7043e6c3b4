/** Quantities as the language writes them: one number, one unit; the largest unit that keeps the number whole and short. */

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
  const reached = units.filter(([, unit]) => size >= unit);
  const isWhole = (value: number): boolean => Number.isInteger(value);
  const exact =
    reached.find(([, unit]) => isWhole(size / unit) && size / unit < 1_000) ??
    reached.find(([, unit]) => isWhole((size * 10) / unit) && size / unit < 1_000) ??
    reached.find(([, unit]) => isWhole(size / unit));
  const [name, unit] = exact ?? reached[0] ?? (['us', 1] as const);
  return `${sign}${plain(size / unit)} ${name}`;
}

/** Fraction → `98 %`. */
export function printPercent(fraction: number): string {
  return `${plain(fraction * 100)} %`;
}

/** A second → `40/s`. */
export function printRate(perSecond: number): string {
  return `${plain(perSecond)}/s`;
}

/** Without the noise of binary fractions; at most six significant digits. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Microseconds since midnight → `18:00`; seconds only where there are some. */
export function printTimeOfDay(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1_000_000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[2] === 0 ? parts.slice(0, 2) : parts;
  return shown.map((part) => String(part).padStart(2, '0')).join(':');
}

/** Microseconds → a quantity that is read as exactly that: `2 min`, `127.34 s`. */
export function printExactDuration(microseconds: number): string {
  const exact = units
    .filter(([, unit]) => microseconds >= unit)
    .map(([name, unit]) => ({
      text: `${plain(microseconds / unit)} ${name}`,
      read: Number(plain(microseconds / unit)) * unit,
    }))
    .filter(({ text, read }) => !text.includes('e') && Math.abs(read - microseconds) < 1e-3);
  return exact.toSorted((a, b) => a.text.length - b.text.length)[0]?.text ?? `${Math.round(microseconds)} us`;
}
