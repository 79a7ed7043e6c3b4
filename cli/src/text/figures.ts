/** Figures in the tables of the terminal: the engine's way of writing them, and a dash where there is none. */
import { formatCount, formatInterval, formatSeconds, formatValue } from '@pollux/engine/numeric';

const NONE = '–';

interface Measured {
  readonly value: number | null;
  readonly lower?: number | null;
  readonly upper?: number | null;
  readonly unit: string;
}

/** With its interval where there is one; of some only is known above what they lie. */
export function figure({ value, lower, upper, unit }: Measured, isShare: boolean): string {
  if (value === null && typeof lower === 'number') return `≥ ${formatValue(lower, unit, isShare)}`;
  if (value === null || !Number.isFinite(value)) return NONE;
  return typeof lower === 'number' && typeof upper === 'number'
    ? formatInterval(value, lower, upper, unit, isShare)
    : formatValue(value, unit, isShare);
}

/** A duration given in seconds. */
export function seconds(value: number | null): string {
  return value === null ? NONE : formatSeconds(value);
}

/** `1 order`, `14 688 orders`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
