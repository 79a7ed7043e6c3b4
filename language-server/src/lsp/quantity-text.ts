/** Says in other words what a quantity amounts to. */
import { readQuantity, timeUnits } from '../language/quantities/units.ts';

/** `250 ms` → `0.25 s`; undefined for unknown units. */
export function quantityInWords(text: string): string | undefined {
  const quantity = readQuantity(text);
  if (quantity.kind === 'unknown-unit') return undefined;
  const { value } = quantity;
  switch (quantity.dimension) {
    case 'Duration':
      return `${duration(value)} (${plain(value)} µs)`;
    case 'Rate':
      return value === 0 ? '0 per second' : `${plain(value)} per second, one every ${duration(1e6 / value)}`;
    case 'Percent':
      return `a share of ${plain(value)}`;
    case 'Bytes':
      return `${plain(value)} bytes`;
    case 'Bandwidth':
      return `${plain(value)} bits per second`;
  }
}

/** The duration in the unit that suits its size. */
export function duration(microseconds: number): string {
  const fitting = Object.entries(timeUnits)
    .filter(([, factor]) => factor <= microseconds)
    .at(-1) ?? ['us', 1];
  return `${plain(microseconds / fitting[1])} ${fitting[0]}`;
}

/** The rate per second, or per the next longer unit of time in which it is above 1. */
export function rate(perSecond: number): string {
  const longer = Object.entries(timeUnits).filter(([, factor]) => factor >= 1e6);
  const [unit, factor] = longer.find(([, each]) => perSecond * each >= 1e6) ?? ['d', 8.64e10];
  return `${plain((perSecond * factor) / 1e6)}/${unit}`;
}

function plain(value: number): string {
  return Number(value.toPrecision(6)).toString();
}
