/** Times of day and days of the week as texts: `"18:00"`, `"fri 18:00"`. Pure text. */
const MINUTE = 6e7;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Microseconds since midnight; `"24:00"` is the end of the day. Undefined where the text is no time of day. */
export function readTimeOfDay(text: string): number | undefined {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  if (parts === null) return undefined;
  const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
  const time = hours * HOUR + minutes * MINUTE + seconds * 1e6;
  return minutes > 59 || seconds > 59 || time > DAY ? undefined : time;
}

/** Microseconds since Monday 00:00; without a day, of Monday. Undefined where the text is no such moment. */
export function readMomentOfWeek(text: string): number | undefined {
  const parts = /^(?:([a-z]{3})[a-z]*\s+)?(\S+)$/i.exec(text.trim());
  const time = readTimeOfDay(parts?.[2] ?? '');
  if (parts === null || time === undefined) return undefined;
  if (parts[1] === undefined) return time;
  const day = weekdays.indexOf(parts[1].toLowerCase() as (typeof weekdays)[number]);
  return day < 0 ? undefined : day * DAY + time;
}

export interface NamedDate {
  /** What a clock shows, as microseconds since 1970 as if it were one of UTC. */
  readonly shown: number;
  readonly timezone: string;
}

/** `"2026-03-28 20:00 Europe/Berlin"`; without a zone it is UTC. Undefined where no date stands there, or one that does not exist. */
export function readDate(text: string): NamedDate | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})[T ]\s*(\S+)(?:\s+(\S+))?$/.exec(text.trim());
  const time = readTimeOfDay(parts?.[4] ?? '');
  if (parts === null || time === undefined) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const midnight = Date.UTC(year, month - 1, day);
  const written = new Date(midnight);
  if (written.getUTCMonth() !== month - 1 || written.getUTCDate() !== day || year < 1970) return undefined;
  return { shown: midnight * 1000 + time, timezone: parts[5] ?? 'UTC' };
}

/** 1970 began on a Thursday. */
export function momentOfWeekAt(shown: number): number {
  return (shown + 3 * DAY) % (7 * DAY);
}
