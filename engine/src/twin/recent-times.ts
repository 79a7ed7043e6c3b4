/** The newest durations of one message, exactly: a ring of fixed size. */
import type { EpochMicroseconds } from '../observation/index.ts';

const SIZE = 128;

interface RecentTime {
  readonly time: EpochMicroseconds;
  readonly duration: number;
  readonly traceId: string;
}

export class RecentTimes {
  /** Ever added. */
  total = 0;
  readonly #times = new Float64Array(SIZE);
  readonly #durations = new Float64Array(SIZE);
  readonly #traceIds: string[] = [];

  add(time: EpochMicroseconds, duration: number, traceId: string): void {
    const slot = this.total++ % SIZE;
    this.#times[slot] = time;
    this.#durations[slot] = duration;
    this.#traceIds[slot] = traceId;
  }

  /** At most the newest `count` durations not older than `since`, rising. */
  newest(count: number, since: EpochMicroseconds): number[] {
    return this.since(since)
      .slice(-count)
      .map((call) => call.duration)
      .sort((a, b) => a - b);
  }

  /** In the order in which they were added. */
  since(since: EpochMicroseconds): RecentTime[] {
    const calls: RecentTime[] = [];
    for (let index = Math.max(0, this.total - SIZE); index < this.total; index++) {
      const slot = index % SIZE;
      const time = this.#times[slot] as number;
      if (time < since) continue;
      calls.push({ time, duration: this.#durations[slot] as number, traceId: this.#traceIds[slot] as string });
    }
    return calls;
  }
}
