/** Times and shares as sentences show them. */

/** `480 ms`, `1.2 s`, from seconds. */
export function timeText(seconds: number): string {
  if (seconds >= 1) return `${significant(seconds, 3)} s`;
  if (seconds >= 0.001) return `${significant(seconds * 1e3)} ms`;
  return `${significant(seconds * 1e6)} us`;
}

/** `62 ± 3 ms`: the larger side of the interval in the value's own unit; only the value where there is no interval. */
export function intervalText(seconds: number, lower: number | null, upper: number | null): string {
  if (lower === null || upper === null) return timeText(seconds);
  const half = Math.max(upper - seconds, seconds - lower);
  const [scale, unit] = seconds >= 1 ? [1, 's'] : seconds >= 0.001 ? [1e3, 'ms'] : [1e6, 'us'];
  return `${significant(seconds * scale)} ± ${Number((half * scale).toPrecision(1))} ${unit}`;
}

/** A figure in its unit: seconds, a share, per second or a count. */
export function amountText(value: number, unit: string): string {
  if (unit === 's') return timeText(value);
  return unit === '1' ? String(significant(value)) : `${significant(value)} ${unit}`;
}

export function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function significant(value: number, digits = 2): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(digits));
}
