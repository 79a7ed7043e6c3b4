/**
 * Limits of a rate as token buckets, each for one operation or one component over all replicas: a bucket begins full, is filled at
 * the rate up to its burst, and each call takes one. Knows nothing of what becomes of a call that is not let in.
 */
import type { Program } from '../behavior/interaction/index.ts';
import type { RateLimit } from '../model/index.ts';
import { SECOND } from '../numeric/index.ts';

/** Rates such as 0.1/s fill a bucket to whole numbers but for rounding. */
const ROUNDING = 1e-9;

export class RateLimits {
  /** By message: of its operation, and of its component. */
  readonly #bucketsOf: readonly (readonly number[])[];
  /** A microsecond. */
  readonly #rate: Float64Array;
  readonly #burst: Float64Array;
  readonly #level: Float64Array;
  readonly #since: Float64Array;

  constructor(limits: readonly RateLimit[], { messages }: Program) {
    this.#rate = Float64Array.from(limits, ({ rate }) => rate / SECOND);
    this.#burst = Float64Array.from(limits, ({ burst }) => burst);
    this.#level = this.#burst.slice();
    this.#since = new Float64Array(limits.length);
    this.#bucketsOf = messages.map(({ operation, component }) =>
      limits.flatMap(({ subject }, bucket) => (subject === operation || subject === component ? [bucket] : [])),
    );
  }

  clear(): void {
    this.#level.set(this.#burst);
    this.#since.fill(0);
  }

  /** Lets a call in where every limit does; only then it counts. */
  admits(message: number, now: number): boolean {
    const buckets = this.#bucketsOf[message]!;
    for (const bucket of buckets) {
      const level = this.#level[bucket]! + (now - this.#since[bucket]!) * this.#rate[bucket]!;
      this.#level[bucket] = Math.min(this.#burst[bucket]!, level);
      this.#since[bucket] = now;
      if (this.#level[bucket]! < 1 - ROUNDING) return false;
    }
    for (const bucket of buckets) this.#level[bucket]! -= 1;
    return true;
  }
}
