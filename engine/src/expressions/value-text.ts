/** Values as text, exactly and in the notation of the language: what a log says and a panel of variables shows. */
import type { Value, ValueType } from '../model/index.ts';
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from '../numeric/index.ts';

const units = [
  { unit: 'd', size: DAY, whole: true },
  { unit: 'h', size: HOUR, whole: true },
  { unit: 'min', size: MINUTE, whole: true },
  { unit: 's', size: SECOND, whole: false },
  { unit: 'ms', size: MILLISECOND, whole: false },
] as const;

/** `15 min`, `61.5 s`, `250 us`: the largest unit that needs few digits. Nothing is rounded away. */
export function durationText(microseconds: number): string {
  if (microseconds === 0) return '0 s';
  for (const { unit, size, whole } of units) {
    const scaled = microseconds / size;
    const short = whole ? Number.isInteger(scaled) : Number(scaled.toFixed(3)) === scaled;
    if (short && Math.abs(scaled) >= 1) return `${scaled} ${unit}`;
  }
  return `${microseconds} us`;
}

export function valueText(value: Value, type: ValueType): string {
  if (typeof value !== 'number' || type.kind !== 'primitive') return String(value);
  switch (type.name) {
    case 'Duration':
      return durationText(value);
    case 'Rate':
      return `${value}/s`;
    case 'Percent':
      return `${Number((value * 100).toPrecision(15))} %`;
    case 'Bytes':
      return `${value} B`;
    default:
      return String(value);
  }
}
