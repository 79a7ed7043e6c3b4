/**
 * Wall time with fractions of a millisecond, for the ends of spans: left alone, the SDK starts every span at a whole
 * millisecond, and what took less than one then seems to have happened in the wrong order.
 */

/** The monotonic clock may lag behind after the machine slept. */
const MOST_DRIFT_MS = 5;

let origin = performance.timeOrigin;

/** Milliseconds since the Unix epoch. */
export function spanTime(): number {
  const time = origin + performance.now();
  const drift = Date.now() - time;
  if (Math.abs(drift) <= MOST_DRIFT_MS) return time;
  origin += drift;
  return time + drift;
}
