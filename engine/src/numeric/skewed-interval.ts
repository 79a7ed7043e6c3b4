/**
 * The interval of a mean whose figures spread the more the greater they are: times in a line and numbers in it. In a busy line the
 * standard deviation of what one run says grows as the square of its mean (Whitt, "Planning queueing simulations", Management Science
 * 35, 1989): runs that saw little of the crowd tell a low mean, and as if for certain.
 */
import { type Interval, meanInterval } from './interval.ts';

/**
 * Student's interval, of `half` on either side of `mean`, but for its upper end: mean + half (1 + half / mean), to the second order
 * where Student's interval of the reciprocals ends, whose spread does not depend on the mean. Narrow intervals stay as they are.
 */
export function skewedInterval(figures: readonly number[], confidence = 0.95): Interval {
  const interval = meanInterval(figures, confidence);
  const { mean, upper } = interval;
  const half = upper - mean;
  // None of the figures is negative, so the half of one whose mean is 0 is 0 too.
  return mean > 0 ? { ...interval, upper: mean + half * (1 + half / mean) } : interval;
}
