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
