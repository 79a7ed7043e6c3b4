/**
 * Limits of a rate as token buckets, each for one operation or one component over all replicas: a bucket begins full, is filled at
 * the rate up to its burst, and each call takes one. Knows nothing of what becomes of a call that is not let in.
 */
import type { Program } from '../behavior/interaction/index.ts';
import type { ElementId, RateLimit } from '../model/index.ts';
import { SECOND } from '../numeric/index.ts';

/** Rates such as 0.1/s fill a bucket to whole numbers but for rounding. */
const ROUNDING = 1e-9;

export class RateLimits {
  /** By message: of its operation, and of its component. */
  readonly #bucketsOf: readonly (readonly number[])[];
  readonly #limits: readonly RateLimit[];
  /** A microsecond. */
  readonly #rate: Float64Array;
  readonly #burst: Float64Array;
  readonly #level: Float64Array;
  readonly #since: Float64Array;

  constructor(limits: readonly RateLimit[], { messages }: Program) {
    this.#limits = limits;
    this.#rate = new Float64Array(limits.length);
    this.#burst = new Float64Array(limits.length);
    this.#level = new Float64Array(limits.length);
    this.#since = new Float64Array(limits.length);
    this.#bucketsOf = messages.map(({ operation, component }) =>
      limits.flatMap(({ subject }, bucket) => (subject === operation || subject === component ? [bucket] : [])),
    );
    this.clear();
  }

  clear(): void {
    this.#limits.forEach(({ rate, burst }, bucket) => {
      this.#rate[bucket] = rate / SECOND;
      this.#burst[bucket] = burst;
    });
    this.#level.set(this.#burst);
    this.#since.fill(0);
  }

  /** Undefined: as the model says. What has been used until now was filled at the old rate. */
  setRate(limit: ElementId, rate: number | undefined, now: number): void {
    for (const bucket of this.#bucketsNamed(limit)) {
      this.#fill(bucket, now);
      this.#rate[bucket] = (rate ?? this.#limits[bucket]!.rate) / SECOND;
    }
  }

  /** Undefined: as the model says. As much is missing as before: a full bucket stays full. */
  setBurst(limit: ElementId, burst: number | undefined, now: number): void {
    for (const bucket of this.#bucketsNamed(limit)) {
      this.#fill(bucket, now);
      const missing = this.#burst[bucket]! - this.#level[bucket]!;
      this.#burst[bucket] = burst ?? this.#limits[bucket]!.burst;
      this.#level[bucket] = Math.max(0, this.#burst[bucket]! - missing);
    }
  }

  /** Lets a call in where every limit does; only then it counts. */
  admits(message: number, now: number): boolean {
    const buckets = this.#bucketsOf[message]!;
    for (const bucket of buckets) {
      this.#fill(bucket, now);
      if (this.#level[bucket]! < 1 - ROUNDING) return false;
    }
    for (const bucket of buckets) this.#level[bucket]! -= 1;
    return true;
  }

  #fill(bucket: number, now: number): void {
    const level = this.#level[bucket]! + (now - this.#since[bucket]!) * this.#rate[bucket]!;
    this.#level[bucket] = Math.min(this.#burst[bucket]!, level);
    this.#since[bucket] = now;
  }

  #bucketsNamed(limit: ElementId): readonly number[] {
    return this.#limits.flatMap(({ id }, bucket) => (id === limit ? [bucket] : []));
  }
}
