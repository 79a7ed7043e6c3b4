/** Lengths of time that people count in: what charts step by, and what a run is advised to last. */
import { DAY, HOUR, MINUTE, SECOND } from './time.ts';

const handy = [
  ...[1, 10, 100, 1000, 10_000, 100_000].flatMap((unit) => [1, 2, 5].map((n) => n * unit)),
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 120, 168].map((n) => n * HOUR),
];

/** The shortest of them that is no shorter, microseconds; beyond a week whole days. */
export function handyTime(least: number): number {
  return handy.find((time) => time >= least) ?? Math.ceil(least / DAY) * DAY;
}
