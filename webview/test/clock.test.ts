import { expect, it } from 'vitest';
import { formatClock } from '../src/render/clock.ts';

it('times of day carry the weekday when it is not today', () => {
  const time = new Date(2026, 10, 20, 18, 40, 12);
  expect(formatClock(time.getTime() * 1000, time)).toBe('18:40:12');
  expect(formatClock(time.getTime() * 1000, new Date(2026, 10, 22))).toBe('Fri 18:40:12');
});
