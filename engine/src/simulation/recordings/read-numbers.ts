/**
 * The text of a recording → its numbers: one to a line, with its unit or under a heading that names it. Knows no files. The rules
 * are in the reference, under scenarios.
 */
import { DAY, HOUR, MICROSECOND, MILLISECOND, MINUTE, SECOND } from '../../numeric/index.ts';

/** What is wanted of each line: a plain number, a length of time, or a moment (a length of time since the beginning, or a date). */
export type Wanted = 'number' | 'time' | 'moment';

/** Lines that a recording may have; one with more is not read. */
export const LINE_LIMIT = 2_000_000;

const units: Readonly<Record<string, number>> = {
  ns: MICROSECOND / 1000,
  us: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  min: MINUTE,
  h: HOUR,
  d: DAY,
};

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
const heading = /(?:^|[^a-zA-Z])(ns|us|ms|s|min|h|d)(?:$|[^a-zA-Z])/;
const date = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:Z|([+-])(\d{2}):?(\d{2}))?$/;

/** Times in microseconds; a text says what is wrong, and where. */
export function readNumbers(text: string, wanted: Wanted): readonly number[] | string {
  const values: number[] = [];
  let factor: number | undefined;
  let isFirst = true;
  let line = 0;
  for (const row of text.split(/\r?\n/)) {
    line++;
    if (line > LINE_LIMIT) return `it has more than ${LINE_LIMIT} lines`;
    const cell = (row.split(/[,;\t]/)[0] ?? '').trim().replace(/^"(.*)"$/, '$1');
    if (cell === '' || cell.startsWith('#')) continue;
    const value = sizeOf(cell, wanted, factor);
    if (typeof value === 'number') values.push(value);
    else if (isFirst && !number.test(cell)) factor = units[heading.exec(cell)?.[1] ?? ''];
    else return `line ${line} ${value}`;
    isFirst = false;
  }
  return values.length === 0 ? 'it holds no values' : values;
}

function sizeOf(cell: string, wanted: Wanted, factor: number | undefined): number | string {
  if (wanted === 'moment' && date.test(cell)) return microsecondsOf(cell);
  const digits = number.exec(cell)?.[0];
  const size = Number(digits);
  if (digits === undefined || !Number.isFinite(size)) return `is no number: "${cell.slice(0, 30)}"`;
  const unit = cell.slice(digits.length).trim();
  if (unit === '' && wanted === 'number') return size;
  const scale = unit === '' ? factor : units[unit];
  if (wanted === 'number') return `has a unit, but plain numbers are wanted: "${cell.slice(0, 30)}"`;
  if (scale === undefined) {
    return unit === ''
      ? 'has no unit: begin the file with a line that names it, such as `ms`, or write `12 ms`'
      : `has a unit that is no time: "${unit.slice(0, 10)}"`;
  }
  return size < 0 ? `is below 0: "${cell.slice(0, 30)}"` : size * scale;
}

/** Since 1970, as ISO 8601 writes it; without a zone it is UTC. Days after Howard Hinnant's `days_from_civil`. */
function microsecondsOf(text: string): number {
  const [, y, mo, d, h, mi, s, fraction, sign, zoneHours, zoneMinutes] = date.exec(text) ?? [];
  const month = Number(mo);
  const year = Number(y) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(d) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  const zone = (Number(zoneHours ?? 0) * HOUR + Number(zoneMinutes ?? 0) * MINUTE) * (sign === '-' ? -1 : 1);
  const clock = Number(h) * HOUR + Number(mi) * MINUTE + Number(s) * SECOND + Number(fraction ?? 0) * SECOND;
  return days * DAY + Math.round(clock) - zone;
}
