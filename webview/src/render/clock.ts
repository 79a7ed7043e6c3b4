/** Moments as the reader's own clock shows them. */

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** Microseconds since the epoch → local time, with the weekday when that day is not today. */
export function formatClock(microseconds: number, today: Date): string {
  const date = new Date(microseconds / 1000);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return date.toDateString() === today.toDateString() ? time : `${weekdays[date.getDay()]} ${time}`;
}
